using System.Collections.Immutable;
using Rulescope.Text;

namespace Rulescope.Languages.Esql;

/// <summary>Reads ES|QL, the piped language of Elasticsearch, as of version 9 (https://www.elastic.co/docs/reference/query-languages/esql).</summary>
/// <remarks>Never throws: what is wrong becomes a finding, the rest of the command is skipped and reading goes on at the next pipe.</remarks>
public static class EsqlParser
{
    /// <summary>Deepest nesting of parentheses, calls, negations and subqueries together.</summary>
    public const int MaxDepth = 200;

    /// <summary>Most findings of one query; one more says that there were others.</summary>
    public const int MaxFindings = 200;

    /// <summary>A whole query.</summary>
    public static Parsed<EsqlQuery> Parse(string text)
    {
        var findings = new List<Diagnostic>();
        var reader = new EsqlTreeReader(text, findings);
        var query = reader.ReadQuery();
        return new(query, Ordered(findings));
    }

    /// <summary>One expression alone, as WHERE and EVAL take it.</summary>
    public static Parsed<EsqlExpression> ParseExpression(string text)
    {
        var findings = new List<Diagnostic>();
        var reader = new EsqlTreeReader(text, findings);
        var expression = reader.ReadWholeExpression();
        return new(expression, Ordered(findings));
    }

    /// <summary>The content of a string literal of <paramref name="text"/>, such as the query inside <c>kql("…")</c>, with the place of each piece.</summary>
    public static EmbeddedText Content(string text, EsqlExpression.String literal)
    {
        var span = literal.Span;
        if (span.Start < 0 || span.End > text.Length || span.Length == 0 || text[span.Start] != '"')
            throw new ArgumentException("the literal is not from this text", nameof(literal));
        return EsqlString.Decode(text, span, findings: null);
    }

    static ImmutableArray<Diagnostic> Ordered(List<Diagnostic> findings)
    {
        if (findings.Count <= MaxFindings)
            return [.. findings.OrderBy(f => f.Span.Start)];
        return
        [
            .. findings.Take(MaxFindings).OrderBy(f => f.Span.Start),
            Diagnostic.At(findings[MaxFindings].Span, EsqlCodes.TooManyFindings, MaxFindings),
        ];
    }
}
