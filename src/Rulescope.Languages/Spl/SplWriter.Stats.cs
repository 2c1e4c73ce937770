using System.Diagnostics;
using System.Text;
using Rulescope.Text;

namespace Rulescope.Languages.Spl;

public static partial class SplWriter
{
    static void WriteStats(StringBuilder text, SplCommand.Stats stats)
    {
        WriteOptions(text.Append(NameOf(stats.Kind)).Append(' '), stats.Options);
        WriteAggregates(text, stats.Aggregates);
        if (stats.Over is { } over)
            WriteValue(text.Append(" over "), over);
        WriteGroups(text, stats.By);
    }

    static void WriteStats(StringBuilder text, SplCommand.TStats stats)
    {
        WriteOptions(text.Append(stats.IsMetrics ? "mstats " : "tstats "), stats.Options);
        foreach (var macro in stats.Macros)
            text.Append(macro).Append(' ');
        WriteAggregates(text, stats.Aggregates);
        if (stats.DataModel is { } model)
            WriteValue(text.Append(" from datamodel="), model);
        if (stats.Condition is not SplSearch.Everything)
            Write(text.Append(" where "), stats.Condition, Level.And);
        WriteGroups(text, stats.By);
    }

    static string NameOf(SplStatsKind kind) => kind switch
    {
        SplStatsKind.Stats => "stats",
        SplStatsKind.EventStats => "eventstats",
        SplStatsKind.StreamStats => "streamstats",
        SplStatsKind.Chart => "chart",
        SplStatsKind.TimeChart => "timechart",
        _ => throw new UnreachableException(kind.ToString()),
    };

    static void WriteAggregates(StringBuilder text, EquatableArray<SplAggregate> aggregates)
    {
        for (var i = 0; i < aggregates.Count; i++)
        {
            var aggregate = aggregates[i];
            (i == 0 ? text : text.Append(", ")).Append(aggregate.Function);
            WriteArgument(text, aggregate);
            if (aggregate.Name is { } name)
                WriteValue(text.Append(" AS "), name);
        }
    }

    static void WriteArgument(StringBuilder text, SplAggregate aggregate)
    {
        if (aggregate.Argument is not { } argument)
            return;
        text.Append('(');
        if (aggregate.IsEval)
            text.Append("eval(");
        if (argument is SplExpression.Field field && !aggregate.IsEval)
            WriteName(text, field.Name);
        else
            Write(text, argument, Strength.Xor);
        text.Append(aggregate.IsEval ? "))" : ")");
    }

    static void WriteGroups(StringBuilder text, EquatableArray<SplGroup> groups)
    {
        for (var i = 0; i < groups.Count; i++)
        {
            WriteValue(text.Append(i == 0 ? " by " : ", "), groups[i].Field);
            if (groups[i].Buckets is { } span)
                WriteValue(text.Append(" span="), span);
        }
    }
}
