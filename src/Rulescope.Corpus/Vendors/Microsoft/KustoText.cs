using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Text;
using Rulescope.Languages.Kusto;
using Rulescope.Text;

namespace Rulescope.Corpus.Vendors.Microsoft;

/// <summary>What can be said of a Kusto text before it is read: whether it is a query, where the next one begins, whether two are twins.</summary>
static class KustoText
{
    static readonly FrozenSet<string> Operators = new[]
    {
        "as", "count", "distinct", "evaluate", "extend", "filter", "getschema", "invoke", "join", "limit", "lookup", "make-series", "mv-apply",
        "mv-expand", "mvexpand", "order", "parse", "parse-where", "project", "project-away", "project-keep", "project-rename",
        "project-reorder", "render", "sample", "scan", "search", "serialize", "sort", "summarize", "take", "top", "union", "where",
    }.ToFrozenSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Some statement of it gives rows: a text of nothing but <c>let</c> is no query.</summary>
    public static bool HasQuery(string text) => Statements(KustoParser.ParseQuery(text)).Any(s => s is KustoStatement.Query);

    /// <summary>The statements without those that are prose: beside an error, a word alone that no <c>let</c> binds is no table.</summary>
    public static EquatableArray<KustoStatement> Statements(Parsed<KustoQuery> query)
    {
        var all = query.Value.Statements;
        if (query.IsComplete)
            return all;
        var bound = all.OfType<KustoStatement.Let>().Select(l => l.Name).ToHashSet(StringComparer.Ordinal);
        return [.. all.Where(s => s is not KustoStatement.Query { Value: KustoExpression.Name name } || bound.Contains(name.Value))];
    }

    /// <summary>A bar and the name of an operator stand outside comments: prose and program output do not have that.</summary>
    public static bool HasOperator(string text)
    {
        var code = string.Join('\n', text.Split('\n').Where(l => !IsComment(l)));
        for (var bar = code.IndexOf('|', StringComparison.Ordinal); bar >= 0; bar = code.IndexOf('|', bar + 1))
        {
            var rest = code.AsSpan(bar + 1).TrimStart();
            var length = 0;
            while (length < rest.Length && (char.IsAsciiLetter(rest[length]) || rest[length] == '-'))
                length++;
            // A cell of a table that is an operator's name has nothing but a bar behind it.
            if (Operators.Contains(rest[..length].ToString()) && !rest[length..].TrimStart().StartsWith("|"))
                return true;
        }

        return false;
    }

    /// <summary>The queries of a plain text: blank lines part them, but not inside a run of <c>let</c> statements or before a bar; comments belong to what follows.</summary>
    public static ImmutableArray<SourceSpan> Parts(string text, SourceSpan within)
    {
        var parts = ImmutableArray.CreateBuilder<SourceSpan>();
        SourceSpan? open = null;
        foreach (var chunk in Chunks(text, within))
        {
            var part = open is { } begun ? SourceSpan.Cover(begun, chunk) : chunk;
            if (open is null && parts.Count > 0 && text[chunk.Start] == '|')
                (part, parts.Count) = (SourceSpan.Cover(parts[^1], chunk), parts.Count - 1);
            var code = text.Substring(chunk.Start, chunk.Length).Split('\n').Where(l => !IsComment(l)).ToArray();
            // Comments alone, or a statement that something must still follow.
            open = code.Length == 0 || code[^1].AsSpan().TrimEnd() is [.., ';'] ? part : null;
            if (open is null)
                parts.Add(part);
        }

        // A text that ends with ';' is still a query, comments at its end are none.
        if (open is { } rest && HasQuery(text.Substring(rest.Start, rest.Length)))
            parts.Add(rest);
        return parts.ToImmutable();
    }

    /// <summary>The same for twins that differ only in the name of the time column and in blanks.</summary>
    public static string TwinKey(string text)
    {
        var key = new StringBuilder(text.Length);
        foreach (var word in text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
            key.Append(word.Replace("TimeGenerated", "Timestamp", StringComparison.Ordinal)).Append(' ');
        return key.ToString();
    }

    /// <summary>The comments above the first line of code, without their slashes.</summary>
    public static ImmutableArray<string> HeaderComments(string text) =>
        [.. text.Split('\n').TakeWhile(l => IsComment(l)).Select(l => l.Trim().TrimStart('/').Trim())];

    static bool IsComment(string line) => line.AsSpan().Trim() is [] or ['/', '/', ..];

    static IEnumerable<SourceSpan> Chunks(string text, SourceSpan within)
    {
        var start = -1;
        var end = 0;
        for (var at = within.Start; at < within.End;)
        {
            var next = text.IndexOf('\n', at, within.End - at) is var newline and >= 0 ? newline + 1 : within.End;
            var line = text.AsSpan(at, next - at);
            if (line.Trim().IsEmpty)
            {
                if (start >= 0)
                    yield return SourceSpan.FromBounds(start, end);
                start = -1;
            }
            else
            {
                if (start < 0)
                    start = at + line.Length - line.TrimStart().Length;
                end = at + line.TrimEnd().Length;
            }

            at = next;
        }

        if (start >= 0)
            yield return SourceSpan.FromBounds(start, end);
    }
}
