using System.Diagnostics;
using System.Text;
using Rulescope.Text;

namespace Rulescope.Languages.Esql;

/// <summary>Writes a tree as ES|QL: one command per line, keywords and functions in upper case; reading the text gives the tree again.</summary>
/// <remarks>Comments and the choice of quotes are not in the tree, so they are not kept. <c>Unsupported</c> is written as it stood.</remarks>
public static partial class EsqlWriter
{
    /// <summary>A whole query.</summary>
    public static string Write(EsqlQuery query)
    {
        var text = new StringBuilder();
        foreach (var setting in query.Settings)
        {
            text.Append("SET ").Append(WriteName(setting.Name)).Append(" = ");
            WriteExpression(text, setting.Value, Precedence.Or);
            text.Append(";\n");
        }

        WriteCommands(text, query.Commands, "\n| ");
        return text.ToString();
    }

    /// <summary>One expression.</summary>
    public static string Write(EsqlExpression expression)
    {
        var text = new StringBuilder();
        WriteExpression(text, expression, Precedence.Or);
        return text.ToString();
    }

    static void WriteCommands(StringBuilder text, EquatableArray<EsqlCommand> commands, string separator)
    {
        for (var i = 0; i < commands.Count; i++)
        {
            if (i > 0)
                text.Append(separator);
            WriteCommand(text, commands[i]);
        }
    }

    static void WriteCommand(StringBuilder text, EsqlCommand command)
    {
        _ = command switch
        {
            EsqlCommand.From from => WriteFrom(text.Append("FROM "), from.Sources, from.Metadata),
            EsqlCommand.TimeSeries series => WriteFrom(text.Append("TS "), series.Sources, series.Metadata),
            EsqlCommand.Row row => List(text.Append("ROW "), row.Fields, WriteField),
            EsqlCommand.Show show => text.Append("SHOW ").Append(Word(show.Subject)),
            EsqlCommand.Where where => Expression(text.Append("WHERE "), where.Condition),
            EsqlCommand.Eval eval => List(text.Append("EVAL "), eval.Fields, WriteField),
            EsqlCommand.Stats stats => WriteStats(text.Append("STATS"), stats.Aggregates, stats.By),
            EsqlCommand.InlineStats stats => WriteStats(text.Append("INLINE STATS"), stats.Aggregates, stats.By),
            EsqlCommand.Keep keep => List(text.Append("KEEP "), keep.Columns, WriteColumn),
            EsqlCommand.Drop drop => List(text.Append("DROP "), drop.Columns, WriteColumn),
            EsqlCommand.Rename rename => List(text.Append("RENAME "), rename.Renames, (t, r) => t.Append(r.Old.ToAtom()).Append(" AS ").Append(r.New.ToAtom())),
            EsqlCommand.Sort sort => List(text.Append("SORT "), sort.Keys, WriteOrder),
            EsqlCommand.Limit limit => WriteBy(Expression(text.Append("LIMIT "), limit.Count), limit.By),
            EsqlCommand.MvExpand expand => text.Append("MV_EXPAND ").Append(expand.Field.ToAtom()),
            EsqlCommand.LookupJoin join => WriteJoin(text, join),
            EsqlCommand.Fork fork => WriteFork(text, fork),
            EsqlCommand.Sample sample => Expression(text.Append("SAMPLE "), sample.Probability),
            EsqlCommand.Unsupported unread => text.Append(unread.SourceText),
            _ => WriteExtra(text, command),
        };
    }

    static StringBuilder WriteFrom(StringBuilder text, EquatableArray<EsqlSource> sources, EquatableArray<EsqlName> metadata)
    {
        List(text, sources, WriteSource);
        return metadata.IsEmpty ? text : List(text.Append(" METADATA "), metadata, (t, n) => t.Append(n.Text));
    }

    static StringBuilder WriteSource(StringBuilder text, EsqlSource source) => source switch
    {
        EsqlSource.Index index => WriteIndex(text, index),
        EsqlSource.Subquery subquery => WritePipeline(text, subquery.Pipeline),
        _ => throw new UnreachableException(source.GetType().Name),
    };

    static StringBuilder WriteIndex(StringBuilder text, EsqlSource.Index index)
    {
        var flat = $"{(index.Cluster is null ? "" : index.Cluster + ":")}{index.Pattern}{(index.Selector is null ? "" : "::" + index.Selector)}";
        var isPlain = EsqlLexer.IsSourceWord(index.Pattern) && !index.Pattern.Equals("metadata", StringComparison.OrdinalIgnoreCase)
            && (index.Cluster is null || EsqlLexer.IsSourceWord(index.Cluster))
            && (index.Selector is null || EsqlLexer.IsSourceWord(index.Selector));
        return isPlain ? text.Append(flat) : WriteString(text, flat);
    }

    static StringBuilder WriteStats(StringBuilder text, EquatableArray<EsqlAggregate> aggregates, EquatableArray<EsqlField> by)
    {
        if (!aggregates.IsEmpty)
            List(text.Append(' '), aggregates, WriteAggregate);
        return by.IsEmpty ? text : List(text.Append(" BY "), by, WriteField);
    }

    static StringBuilder WriteAggregate(StringBuilder text, EsqlAggregate aggregate)
    {
        if (aggregate.Name is { } name)
            text.Append(name.ToAtom()).Append(" = ");
        Expression(text, aggregate.Value);
        return aggregate.Where is { } where ? Expression(text.Append(" WHERE "), where) : text;
    }

    static StringBuilder WriteBy(StringBuilder text, EquatableArray<EsqlExpression> by) => by.IsEmpty ? text : List(text.Append(" BY "), by, Expression);

    static StringBuilder WriteField(StringBuilder text, EsqlField field)
    {
        if (field.Name is { } name)
            text.Append(name.ToAtom()).Append(" = ");
        return Expression(text, field.Value);
    }

    static StringBuilder WriteColumn(StringBuilder text, EsqlName name) => text.Append(name.ToAtom());

    static StringBuilder WriteOrder(StringBuilder text, EsqlOrder order)
    {
        Expression(text, order.Value);
        if (order.Direction is { } direction)
            text.Append(direction == EsqlDirection.Asc ? " ASC" : " DESC");
        return order.Nulls is { } nulls ? text.Append(nulls == EsqlNulls.First ? " NULLS FIRST" : " NULLS LAST") : text;
    }

    static StringBuilder WriteJoin(StringBuilder text, EsqlCommand.LookupJoin join)
    {
        WriteIndex(text.Append("LOOKUP JOIN "), join.Target);
        return join.On.IsEmpty ? text : List(text.Append(" ON "), join.On, Expression);
    }

    static StringBuilder WriteFork(StringBuilder text, EsqlCommand.Fork fork)
    {
        text.Append("FORK");
        foreach (var branch in fork.Branches)
            WritePipeline(text.Append(' '), branch);
        return text;
    }

    static StringBuilder WritePipeline(StringBuilder text, EsqlPipeline pipeline)
    {
        WriteCommands(text.Append('('), pipeline.Commands, " | ");
        return text.Append(')');
    }

    static StringBuilder List<T>(StringBuilder text, EquatableArray<T> items, Func<StringBuilder, T, StringBuilder> write)
    {
        for (var i = 0; i < items.Count; i++)
            write(i > 0 ? text.Append(", ") : text, items[i]);
        return text;
    }

    static StringBuilder Expression(StringBuilder text, EsqlExpression expression)
    {
        WriteExpression(text, expression, Precedence.Or);
        return text;
    }

    // The names of settings, options and types are words or quoted.
    static string WriteName(string name) => new EsqlName([name]).ToAtom();

    static string Word(string word) => word.ToUpperInvariant();
}
