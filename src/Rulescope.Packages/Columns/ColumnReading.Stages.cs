using System.Collections.Immutable;
using System.IO.Enumeration;
using Rulescope.Languages.Kusto;

namespace Rulescope.Packages.Columns;

// What each operator makes of the columns.
sealed partial class ColumnReading
{
    KustoColumns Stage(KustoColumns? rows, KustoOperator stage)
    {
        var input = rows ?? KustoColumns.Any;
        switch (stage)
        {
            case KustoOperator.Where where:
                Test(where.Condition.Value, input);
                return input;
            case KustoOperator.Extend extend:
                return Named(extend.Columns.Items, input, input);
            case KustoOperator.Project project:
                return Named(project.Columns.Items, input, KustoColumns.Empty with { Open = input.Open && project.Columns.IsEmpty });
            case KustoOperator.Distinct distinct:
                return distinct.Columns.Any(c => c.Value is KustoExpression.Wildcard) ? input : Named(distinct.Columns.Items, input, KustoColumns.Empty);
            case KustoOperator.Summarize summarize:
                return Named([.. summarize.Keys.Items, .. summarize.Aggregates.Items], input, KustoColumns.Empty);
            case KustoOperator.ProjectAway away:
                return input.Without(name => away.Columns.Any(c => Selects(c, name)));
            case KustoOperator.ProjectKeep keep:
                return input.Without(name => !keep.Columns.Any(c => Selects(c, name)));
            case KustoOperator.ProjectRename rename:
                var renamed = Named(rename.Columns.Items, input, input);
                return renamed.Without(name => rename.Columns.Any(c => c.Value is KustoExpression.Name(var old) && old == name));
            case KustoOperator.Union union:
                return Union(union, rows);
            case KustoOperator.Sort sort:
                foreach (var key in sort.Keys)
                    Value(key.By.Value, input);
                return input;
            case KustoOperator.Top top:
                Value(top.By.By.Value, input);
                return input;
            case KustoOperator.Count count:
                return KustoColumns.Empty.With(count.Column ?? "Count", KustoColumn.Of("long"));
            case KustoOperator.Join join:
                return Beside(input, join.Right);
            case KustoOperator.Lookup lookup:
                return Beside(input, lookup.Right);
            case KustoOperator.Take or KustoOperator.Sample or KustoOperator.ProjectReorder or KustoOperator.As or KustoOperator.Render or KustoOperator.Serialize or KustoOperator.Consume:
                return input;
            default:
                return input with { Open = true };
        }
    }

    // Which side a name of the condition means is not followed, so that nothing behind a join is called wrong.
    KustoColumns Beside(KustoColumns left, KustoExpression right) => left.Beside(Table(right)) with { Open = true };

    KustoColumns Named(ImmutableArray<KustoPart.Item> items, KustoColumns seen, KustoColumns made)
    {
        foreach (var item in items)
        {
            var value = Value(item.Value, seen);
            if (item.Names.Count > 0)
                made = item.Names.Items.Aggregate(made, (m, name) => m.With(name, item.Names.Count == 1 ? value : KustoColumn.Unknown));
            else if (item.Value is KustoExpression.Name(var name))
                made = made.With(name, value);
            else
                made = made with { Open = true };
        }

        return made;
    }

    static bool Selects(KustoExpression pattern, string name) => pattern switch
    {
        KustoExpression.Name(var only) => only == name,
        KustoExpression.Wildcard(var wildcard) => FileSystemName.MatchesSimpleExpression(wildcard, name, ignoreCase: false),
        _ => false,
    };

    KustoColumns Union(KustoOperator.Union union, KustoColumns? input)
    {
        var legs = new List<(KustoColumns Columns, KustoExpression? Syntax)>();
        if (input is not null)
            legs.Add((input, null));
        legs.AddRange(union.Tables.Select(t => (Table(t), (KustoExpression?)t)));
        Agree(legs, union);
        var merged = legs.Count == 0 ? KustoColumns.Any : legs.Skip(1).Aggregate(legs[0].Columns, (all, leg) => all.Beside(leg.Columns));
        foreach (var option in union.Options)
        {
            if (option is { Name: "withsource", Value: KustoExpression.Name(var source) })
                merged = merged.With(source, KustoColumn.Of("string"));
        }

        return merged;
    }

    void Agree(List<(KustoColumns Columns, KustoExpression? Syntax)> legs, KustoOperator union)
    {
        // Whole tables side by side differ by nature; legs that were shaped are meant to agree.
        if (legs.Count < 2 || legs.Any(l => l.Columns.Open || l.Syntax is KustoExpression.Name(var name) && !_lets.ContainsKey(name)))
            return;
        var all = legs.SelectMany(l => l.Columns.Columns.Keys).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
        var times = all.Where(c => legs.TrueForAll(l => l.Columns.Columns.GetValueOrDefault(c)?.Type is "datetime" or null && l.Columns.Columns.ContainsKey(c))).ToList();
        var types = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < legs.Count; i++)
        {
            var span = legs[i].Syntax?.Span ?? union.Span;
            foreach (var name in all)
            {
                if (!legs[i].Columns.Columns.TryGetValue(name, out var column))
                    Report(span, PackageCodes.LegWithoutColumn, i + 1, name);
                else if (column.Type is { } type && !types.TryAdd(name, type) && types[name] != type)
                    Report(span, PackageCodes.LegOfOtherType, name, type, i + 1, types[name]);
            }

            if (times.Count == 0)
                Report(span, PackageCodes.NoTime, i + 1);
        }
    }
}
