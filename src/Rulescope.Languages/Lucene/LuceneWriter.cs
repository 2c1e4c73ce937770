using System.Diagnostics;
using System.Globalization;
using System.Text;
using Rulescope.Text;

namespace Rulescope.Languages.Lucene;

/// <summary>Writes Lucene trees as text that <see cref="LuceneParser"/> reads back to the same tree, on one line.</summary>
public static class LuceneWriter
{
    /// <summary>A whole query.</summary>
    public static string Write(LuceneSyntax.Group query)
    {
        var text = new StringBuilder();
        WriteClauses(text, query.Clauses);
        return text.ToString();
    }

    static void WriteClauses(StringBuilder text, EquatableArray<LuceneSyntax.Clause> clauses)
    {
        for (var i = 0; i < clauses.Count; i++)
        {
            var clause = clauses[i];
            text.Append(i == 0 ? "" : " ");
            text.Append(clause.Joint switch
            {
                LuceneJoint.None => "",
                LuceneJoint.And => "AND ",
                LuceneJoint.Or => "OR ",
                _ => throw new UnreachableException(clause.Joint.ToString()),
            });
            text.Append(clause.Modifier switch
            {
                LuceneModifier.None => "",
                LuceneModifier.Required => "+",
                LuceneModifier.Prohibited => clause.Joint == LuceneJoint.None ? "-" : "NOT ",
                _ => throw new UnreachableException(clause.Modifier.ToString()),
            });
            WriteQuery(text, clause.Query);
        }
    }

    static void WriteQuery(StringBuilder text, LuceneSyntax node)
    {
        switch (node)
        {
            case LuceneSyntax.Group group:
                WriteClauses(text.Append('('), group.Clauses);
                text.Append(')');
                break;
            case LuceneSyntax.Field field:
                WriteQuery(text.Append(field.Name == "*" ? "*" : Escape(field.Name)).Append(':'), field.Query);
                break;
            case LuceneSyntax.Term term:
                text.Append(Escape(term.Value));
                if (term.Fuzziness is { } fuzziness)
                    text.Append('~').Append(Number(fuzziness));
                break;
            case LuceneSyntax.Wildcard wildcard:
                WritePattern(text, wildcard.Pattern);
                break;
            case LuceneSyntax.Phrase phrase:
                text.Append(Quote(phrase.Value));
                if (phrase.Slop != 0)
                    text.Append(CultureInfo.InvariantCulture, $"~{phrase.Slop}");
                break;
            case LuceneSyntax.Regex regex:
                text.Append('/').Append(regex.Pattern.Replace("/", @"\/", StringComparison.Ordinal)).Append('/');
                break;
            case LuceneSyntax.Range range:
                text.Append(range.ExcludesLow ? '{' : '[').Append(Bound(range.Low)).Append(" TO ");
                text.Append(Bound(range.High)).Append(range.ExcludesHigh ? '}' : ']');
                break;
            case LuceneSyntax.Boosted boosted:
                WriteQuery(text, boosted.Query);
                text.Append('^').Append(Number(boosted.Factor));
                break;
            case LuceneSyntax.Unsupported unread:
                text.Append(unread.SourceText);
                break;
            default:
                throw new UnreachableException(node.GetType().Name);
        }
    }

    // Never with an exponent, which the syntax does not have.
    static string Number(double number) => ((decimal)Math.Clamp(number, 0, 1e9)).ToString(CultureInfo.InvariantCulture);

    static string Bound(string? bound)
    {
        if (bound is null)
            return "*";
        var plain = bound.Length > 0 && bound is not "TO" && bound.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.' or ':' or '/' or '+' or '-');
        return plain ? bound : Quote(bound);
    }

    static string Quote(string value) =>
        $"\"{value.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";

    static string Escape(string value)
    {
        var text = new StringBuilder(value.Length);
        // A word that would be read as an operator or a range.
        if (value is "AND" or "OR" or "NOT" or "&&" or "||" or ['<' or '>' or '+' or '-', ..])
            text.Append('\\');
        foreach (var c in value)
            WriteCharacter(text, c);
        return text.ToString();
    }

    static void WriteCharacter(StringBuilder text, char c)
    {
        if (LuceneLexer.IsWhite(c) || c is '!' or '(' or ')' or '{' or '}' or '[' or ']' or '^' or '"' or '~' or '*' or '?' or ':' or '\\' or '/')
            text.Append('\\');
        text.Append(c);
    }

    // In a pattern * and ? stand for themselves, and what a backslash guards is literal.
    static void WritePattern(StringBuilder text, string pattern)
    {
        if (pattern is ['+' or '-', ..])
            text.Append('\\');
        for (var i = 0; i < pattern.Length; i++)
        {
            if (pattern[i] is '*' or '?')
                text.Append(pattern[i]);
            else if (pattern[i] == '\\' && i + 1 < pattern.Length)
                text.Append('\\').Append(pattern[++i]);
            else
                WriteCharacter(text, pattern[i]);
        }
    }
}
