using System.Diagnostics;
using System.Text;
using Rulescope.Text;

namespace Rulescope.Languages.Kuery;

/// <summary>Writes kuery trees as text that <see cref="KueryParser"/> reads back to the same tree, on one line.</summary>
public static class KueryWriter
{
    enum Level
    {
        Or,
        And,
        Not,
        Primary,
    }

    /// <summary>A whole query.</summary>
    public static string Write(KuerySyntax query)
    {
        var text = new StringBuilder();
        Write(text, query, Level.Or);
        return text.ToString();
    }

    static Level LevelOf(KuerySyntax node) => node switch
    {
        KuerySyntax.Or => Level.Or,
        KuerySyntax.And => Level.And,
        KuerySyntax.Not => Level.Not,
        _ => Level.Primary,
    };

    static void Write(StringBuilder text, KuerySyntax node, Level floor)
    {
        if (LevelOf(node) >= floor)
        {
            WriteBare(text, node);
            return;
        }

        text.Append('(');
        WriteBare(text, node);
        text.Append(')');
    }

    static void WriteBare(StringBuilder text, KuerySyntax node)
    {
        switch (node)
        {
            case KuerySyntax.Everything:
                break;
            case KuerySyntax.Or or:
                WriteTerms(text, or.Terms, " or ", Level.And);
                break;
            case KuerySyntax.And and:
                WriteTerms(text, and.Terms, " and ", Level.Not);
                break;
            case KuerySyntax.Not not:
                Write(text.Append("not "), not.Operand, Level.Primary);
                break;
            case KuerySyntax.Is test:
                WriteValue(text, test.Field);
                Write(text.Append(':'), test.Term, Level.Primary);
                break;
            case KuerySyntax.Range range:
                WriteValue(text, range.Field);
                WriteValue(text.Append(' ').Append(SignOf(range.Op)).Append(' '), range.Bound);
                break;
            case KuerySyntax.Nested nested:
                WriteValue(text, nested.Field);
                Write(text.Append(":{ "), nested.Query, Level.Or);
                text.Append(" }");
                break;
            case KuerySyntax.Anywhere bare:
                WriteValue(text, bare.Value);
                break;
            case KuerySyntax.Unsupported unread:
                text.Append(unread.SourceText);
                break;
            default:
                throw new UnreachableException(node.GetType().Name);
        }
    }

    static void WriteTerms(StringBuilder text, EquatableArray<KuerySyntax> terms, string joint, Level floor)
    {
        for (var i = 0; i < terms.Count; i++)
            Write(i == 0 ? text : text.Append(joint), terms[i], floor);
    }

    static Level LevelOf(KueryTerm node) => node switch
    {
        KueryTerm.Or => Level.Or,
        KueryTerm.And => Level.And,
        KueryTerm.Not => Level.Not,
        _ => Level.Primary,
    };

    static void Write(StringBuilder text, KueryTerm node, Level floor)
    {
        if (LevelOf(node) >= floor)
        {
            WriteBare(text, node);
            return;
        }

        text.Append('(');
        WriteBare(text, node);
        text.Append(')');
    }

    static void WriteBare(StringBuilder text, KueryTerm node)
    {
        switch (node)
        {
            case KueryTerm.Or or:
                WriteTerms(text, or.Terms, " or ", Level.And);
                break;
            case KueryTerm.And and:
                WriteTerms(text, and.Terms, " and ", Level.Not);
                break;
            case KueryTerm.Not not:
                Write(text.Append("not "), not.Operand, Level.Primary);
                break;
            case KueryTerm.One one:
                WriteValue(text, one.Value);
                break;
            case KueryTerm.Unsupported unread:
                text.Append(unread.SourceText);
                break;
            default:
                throw new UnreachableException(node.GetType().Name);
        }
    }

    static void WriteTerms(StringBuilder text, EquatableArray<KueryTerm> terms, string joint, Level floor)
    {
        for (var i = 0; i < terms.Count; i++)
            Write(i == 0 ? text : text.Append(joint), terms[i], floor);
    }

    static string SignOf(KueryComparison op) => op switch
    {
        KueryComparison.Less => "<",
        KueryComparison.LessOrEqual => "<=",
        KueryComparison.Greater => ">",
        KueryComparison.GreaterOrEqual => ">=",
        _ => throw new UnreachableException(op.ToString()),
    };

    static void WriteValue(StringBuilder text, KueryValue value)
    {
        switch (value)
        {
            case KueryValue.Quoted quoted:
                WriteQuoted(text, quoted.Text);
                break;
            case KueryValue.Unquoted unquoted:
                WriteUnquoted(text, unquoted.Text);
                break;
            case KueryValue.Pattern pattern:
                for (var i = 0; i < pattern.Parts.Count; i++)
                    WriteUnquoted(i == 0 ? text : text.Append('*'), pattern.Parts[i]);
                break;
            case KueryValue.Boolean flag:
                text.Append(flag.Value ? "true" : "false");
                break;
            case KueryValue.Null:
                text.Append("null");
                break;
            default:
                throw new UnreachableException(value.GetType().Name);
        }
    }

    static void WriteQuoted(StringBuilder text, string value)
    {
        text.Append('"');
        foreach (var c in value)
            WriteCharacter(text, c, escaped: c is '"' or '\\');
        text.Append('"');
    }

    static void WriteCharacter(StringBuilder text, char c, bool escaped) => _ = c switch
    {
        '\t' => text.Append("\\t"),
        '\r' => text.Append("\\r"),
        '\n' => text.Append("\\n"),
        _ when escaped => text.Append('\\').Append(c),
        _ => text.Append(c),
    };

    // A word that would be read as a keyword is escaped. Readers disagree on \not, which begins like \n, so its first letter goes by number.
    static void WriteUnquoted(StringBuilder text, string value)
    {
        for (var i = 0; i < value.Length; i++)
        {
            if (i == 0 || char.IsWhiteSpace(value[i - 1]))
            {
                var end = i;
                while (end < value.Length && !char.IsWhiteSpace(value[end]))
                    end++;
                var keyword = KueryLexer.KeywordOf(value.AsSpan(i, end - i));
                if (keyword == KueryTokenKind.Not)
                {
                    text.Append(value[i] == 'n' ? "\\u006e" : "\\u004e");
                    continue;
                }

                if (keyword != KueryTokenKind.Word)
                    text.Append('\\');
            }

            WriteCharacter(text, value[i], value[i] is '\\' or '(' or ')' or ':' or '<' or '>' or '"' or '*' or '{' or '}');
        }
    }
}
