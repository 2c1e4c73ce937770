using System.Diagnostics;
using System.Text;
using Rulescope.Text;

namespace Rulescope.Languages.Spl;

public static partial class SplWriter
{
    // How tightly a condition of the search language binds: here OR binds tighter than AND.
    enum Level
    {
        And,
        Or,
        Not,
        Primary,
    }

    static Level LevelOf(SplSearch node) => node switch
    {
        SplSearch.And => Level.And,
        SplSearch.Or => Level.Or,
        SplSearch.Not => Level.Not,
        _ => Level.Primary,
    };

    static void Write(StringBuilder text, SplSearch node, Level floor)
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

    static void WriteBare(StringBuilder text, SplSearch node)
    {
        switch (node)
        {
            case SplSearch.Everything:
                text.Append('*');
                break;
            case SplSearch.And and:
                WriteTerms(text, and.Terms, " ", Level.Or);
                break;
            case SplSearch.Or or:
                WriteTerms(text, or.Terms, " OR ", Level.Not);
                break;
            case SplSearch.Not not:
                Write(text.Append("NOT "), not.Operand, Level.Not);
                break;
            case SplSearch.Compare compare:
                WriteValue(WriteValue(text, compare.Field).Append(SignOf(compare.Op)), compare.Value);
                break;
            case SplSearch.In list:
                WriteValue(text, list.Field).Append(" IN (");
                for (var i = 0; i < list.Values.Count; i++)
                    WriteValue(i == 0 ? text : text.Append(", "), list.Values[i]);
                text.Append(')');
                break;
            case SplSearch.Keyword keyword:
                WriteValue(text, keyword.Value);
                break;
            case SplSearch.Evaluated evaluated:
                Write(text.Append("eval("), evaluated.Condition, Strength.Xor);
                text.Append(')');
                break;
            case SplSearch.Subsearch subsearch:
                WriteSubsearch(text, subsearch.Pipeline);
                break;
            case SplSearch.Macro macro:
                text.Append(macro.Call);
                break;
            case SplSearch.Unsupported unread:
                text.Append(unread.SourceText);
                break;
            default:
                throw new UnreachableException(node.GetType().Name);
        }
    }

    static void WriteTerms(StringBuilder text, EquatableArray<SplSearch> terms, string joint, Level floor)
    {
        for (var i = 0; i < terms.Count; i++)
            Write(i == 0 ? text : text.Append(joint), terms[i], floor);
    }

    static string SignOf(SplComparison op) => op switch
    {
        SplComparison.Equal => "=",
        SplComparison.NotEqual => "!=",
        SplComparison.Less => "<",
        SplComparison.LessOrEqual => "<=",
        SplComparison.Greater => ">",
        SplComparison.GreaterOrEqual => ">=",
        _ => throw new UnreachableException(op.ToString()),
    };

    static StringBuilder WriteValue(StringBuilder text, SplValue value) => value.Quoting switch
    {
        SplQuoting.None => text.Append(Escaped(value.Text)),
        SplQuoting.Double => text.Append('"').Append(Escaped(value.Text)).Append('"'),
        SplQuoting.Single => text.Append('\'').Append(Escaped(value.Text)).Append('\''),
        SplQuoting.Case => text.Append("CASE(").Append(Escaped(value.Text)).Append(')'),
        SplQuoting.Term => text.Append("TERM(").Append(Escaped(value.Text)).Append(')'),
        SplQuoting.Macro => text.Append(value.Text),
        _ => throw new UnreachableException(value.Quoting.ToString()),
    };

    static string Escaped(string text) => text.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal);

    // The name that an assignment gives.
    static void WriteName(StringBuilder text, string name) =>
        WriteValue(text, new(name, SplLexer.IsWord(Escaped(name), SplMode.Search) ? SplQuoting.None : SplQuoting.Double));
}
