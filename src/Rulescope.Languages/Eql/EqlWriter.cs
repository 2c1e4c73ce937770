using System.Diagnostics;
using System.Globalization;
using System.Text;
using Rulescope.Text;

namespace Rulescope.Languages.Eql;

/// <summary>Writes EQL trees as text that <see cref="EqlParser"/> reads back to the same tree.</summary>
/// <remarks>Sequences take a line per stage, pipes a line each; strings are always in double quotes, so both dialects read them.</remarks>
public static partial class EqlWriter
{
    /// <summary>A whole query.</summary>
    public static string Write(EqlSyntax.Query query)
    {
        var text = new StringBuilder();
        WriteBody(text, query.Body);
        foreach (var pipe in query.Pipes)
        {
            text.Append("\n| ").Append(pipe.Name);
            if (!pipe.Arguments.IsEmpty)
                WriteList(text.Append(' '), pipe.Arguments);
        }

        return text.ToString();
    }

    /// <summary>A condition alone.</summary>
    public static string Write(EqlExpression expression)
    {
        var text = new StringBuilder();
        Write(text, expression, Level.Or);
        return text.ToString();
    }

    static void WriteBody(StringBuilder text, EqlSyntax body)
    {
        switch (body)
        {
            case EqlSyntax.Event simple:
                WriteEvent(text, simple);
                break;
            case EqlSyntax.Sequence sequence:
                text.Append("sequence");
                WriteKeys(text, sequence.By);
                if (sequence.MaxSpan is { } span)
                    text.Append(CultureInfo.InvariantCulture, $" with maxspan={span.Count}{UnitOf(span.Unit)}");
                WriteStages(text, sequence.Stages, sequence.Until);
                break;
            case EqlSyntax.Sample sample:
                WriteKeys(text.Append("sample"), sample.By);
                WriteStages(text, sample.Stages, null);
                break;
            case EqlSyntax.Join join:
                WriteKeys(text.Append("join"), join.By);
                WriteStages(text, join.Stages, join.Until);
                break;
            case EqlSyntax.Unsupported unread:
                text.Append(unread.SourceText);
                break;
            default:
                throw new UnreachableException(body.GetType().Name);
        }
    }

    static string UnitOf(EqlTimeUnit unit) => unit switch
    {
        EqlTimeUnit.Milliseconds => "ms",
        EqlTimeUnit.Seconds => "s",
        EqlTimeUnit.Minutes => "m",
        EqlTimeUnit.Hours => "h",
        EqlTimeUnit.Days => "d",
        _ => throw new UnreachableException(unit.ToString()),
    };

    static void WriteEvent(StringBuilder text, EqlSyntax.Event simple)
    {
        if (simple.Category is { } category)
            text.Append(EqlPath.WriteName(category) is var name && name.StartsWith('`') ? Quote(category) : name);
        else
            text.Append("any");
        Write(text.Append(" where "), simple.Condition, Level.Or);
    }

    static void WriteStages(StringBuilder text, EquatableArray<EqlSyntax.Stage> stages, EqlSyntax.Stage? until)
    {
        foreach (var stage in stages)
            WriteStage(text.Append("\n  "), stage);
        if (until is not null)
            WriteStage(text.Append("\nuntil "), until);
    }

    static void WriteStage(StringBuilder text, EqlSyntax.Stage stage)
    {
        WriteEvent(text.Append(stage.Missing ? "![" : "["), stage.Filter);
        text.Append(']');
        if (stage.Fork)
            text.Append(" fork=true");
        WriteKeys(text, stage.By);
        if (stage.Runs != 1)
            text.Append(CultureInfo.InvariantCulture, $" with runs={stage.Runs}");
    }

    static void WriteKeys(StringBuilder text, EquatableArray<EqlExpression> keys)
    {
        if (!keys.IsEmpty)
            WriteList(text.Append(" by "), keys);
    }

    static void WriteList(StringBuilder text, EquatableArray<EqlExpression> items)
    {
        for (var i = 0; i < items.Count; i++)
            Write(i == 0 ? text : text.Append(", "), items[i], Level.Or);
    }
}
