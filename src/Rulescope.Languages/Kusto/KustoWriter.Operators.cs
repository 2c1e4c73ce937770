using System.Diagnostics;
using Rulescope.Text;

namespace Rulescope.Languages.Kusto;

public sealed partial class KustoWriter
{
    void Pipeline(KustoExpression.Pipeline pipeline, string separator)
    {
        if (pipeline.Source is { } source)
            Expression(source, Level.Unnamed);
        for (var i = 0; i < pipeline.Operators.Count; i++)
        {
            if (i > 0 || pipeline.Source is not null)
                Add(separator);
            Operator(pipeline.Operators[i]);
        }
    }

    void Operator(KustoOperator read)
    {
        if (!Columns(read) && !Tables(read) && !Subqueries(read))
            throw new UnreachableException(read.GetType().Name);
    }

    bool Columns(KustoOperator read)
    {
        switch (read)
        {
            case KustoOperator.Where(var options, var condition):
                Add("where ").Options(options).Item(condition);
                return true;
            case KustoOperator.Extend(var columns):
                Add("extend ").Items(columns);
                return true;
            case KustoOperator.Project(var columns):
                Lead("project", columns.IsEmpty).Items(columns);
                return true;
            case KustoOperator.ProjectAway(var columns):
                Patterns("project-away", columns);
                return true;
            case KustoOperator.ProjectKeep(var columns):
                Patterns("project-keep", columns);
                return true;
            case KustoOperator.ProjectRename(var columns):
                Lead("project-rename", columns.IsEmpty).Items(columns);
                return true;
            case KustoOperator.ProjectReorder(var keys):
                Lead("project-reorder", keys.IsEmpty).List(keys, ReorderKey);
                return true;
            case KustoOperator.ProjectByNames(var names):
                Lead("project-by-names", names.IsEmpty).List(names, n => Expression(n, Level.Unnamed));
                return true;
            case KustoOperator.Summarize(var options, var aggregates, var keys, var bin):
                Add("summarize ").Options(options).Items(aggregates);
                By(keys);
                Optional(" bin=", bin);
                return true;
            case KustoOperator.Distinct(var options, var columns):
                Add("distinct ").Options(options).Items(columns);
                return true;
            case KustoOperator.Serialize(var options, var columns):
                Lead("serialize", options.IsEmpty && columns.IsEmpty).Options(options).Items(columns);
                return true;
            case KustoOperator.MakeSeries series:
                MakeSeries(series);
                return true;
            default:
                return Rows(read);
        }
    }

    bool Rows(KustoOperator read)
    {
        switch (read)
        {
            case KustoOperator.Sort(var options, var keys):
                Add("sort ").Options(options).Add("by ").List(keys, Key);
                return true;
            case KustoOperator.Top(var options, var number, var by):
                Add("top ").Options(options).Item(number);
                Add(" by ").Key(by);
                return true;
            case KustoOperator.TopHitters(var number, var of, var by):
                Add("top-hitters ").Item(number);
                Add(" of ").Item(of);
                if (by is not null)
                    Add(" by ").Item(by);
                return true;
            case KustoOperator.TopNested(var levels):
                List(levels, Nested);
                return true;
            case KustoOperator.Take(var options, var number):
                Add("take ").Options(options).Item(number);
                return true;
            case KustoOperator.Sample(var options, var number):
                Add("sample ").Options(options).Item(number);
                return true;
            case KustoOperator.SampleDistinct(var options, var number, var of):
                Add("sample-distinct ").Options(options).Item(number);
                Add(" of ").Item(of);
                return true;
            case KustoOperator.Count(var column):
                Add("count").Add(column is null ? "" : $" as {column}");
                return true;
            default:
                return false;
        }
    }

    bool Tables(KustoOperator read)
    {
        switch (read)
        {
            case KustoOperator.Join(var options, var right, var on, var condition):
                Add("join ").Options(options).Expression(right, Level.Unnamed);
                On(on);
                Optional(" where ", condition);
                return true;
            case KustoOperator.Lookup(var options, var right, var on):
                Add("lookup ").Options(options).Expression(right, Level.Unnamed);
                On(on);
                return true;
            case KustoOperator.Union(var options, var tables):
                Add("union ").Options(options).List(tables, UnionTable);
                return true;
            case KustoOperator.Search(var options, var tables, var condition):
                Add("search ").Options(options).In(tables);
                Expression(condition, Level.Unnamed);
                return true;
            case KustoOperator.Find find:
                Find(find);
                return true;
            case KustoOperator.Range(var name, var from, var to, var step):
                Add("range ").Name(name);
                Optional(" from ", from);
                Optional(" to ", to);
                Optional(" step ", step);
                return true;
            case KustoOperator.Print(var columns):
                Add("print ").Items(columns);
                return true;
            case KustoOperator.Evaluate(var options, var plugin, var schema):
                Add("evaluate ").Options(options).Expression(plugin, Level.Primary);
                if (schema is not null)
                    Add(" : ").Schema(schema);
                return true;
            case KustoOperator.Invoke(var function):
                Add("invoke ").Expression(function, Level.Primary);
                return true;
            default:
                return Endings(read);
        }
    }

    bool Endings(KustoOperator read)
    {
        switch (read)
        {
            case KustoOperator.As(var options, var name):
                Add("as ").Options(options).Name(name);
                return true;
            case KustoOperator.Render(var chart, var options):
                Render(chart, options);
                return true;
            case KustoOperator.GetSchema(var options):
                Lead("getschema", options.IsEmpty).List(options, Option, " ");
                return true;
            case KustoOperator.Consume(var options):
                Lead("consume", options.IsEmpty).List(options, Option, " ");
                return true;
            case KustoOperator.AssertSchema(var schema):
                Add("assert-schema ").Schema(schema);
                return true;
            case KustoOperator.Unsupported(_, var text):
                Add(text);
                return true;
            default:
                return false;
        }
    }

    KustoWriter Lead(string word, bool alone) => Add(word).Add(alone ? "" : " ");

    void Patterns(string word, EquatableArray<KustoExpression> columns) =>
        Lead(word, columns.IsEmpty).List(columns, c => Table(c, Level.Unnamed));

    void By(EquatableArray<KustoPart.Item> keys)
    {
        if (!keys.IsEmpty)
            Add(_written[^1] == ' ' ? "by " : " by ").Items(keys);
    }

    void On(EquatableArray<KustoExpression> conditions)
    {
        if (!conditions.IsEmpty)
            Add(" on ").List(conditions, c => Expression(c, Level.Unnamed));
    }

    // A union takes tables by name; anything else stands in parentheses.
    void UnionTable(KustoExpression table) =>
        Table(table, table is KustoExpression.Name or KustoExpression.Call or KustoExpression.Computed ? Level.Primary : int.MaxValue);

    void ReorderKey(KustoPart.Key key)
    {
        Table(key.By.Value, Level.Unnamed);
        Direction(key.Direction);
    }

    KustoWriter In(EquatableArray<KustoExpression> tables)
    {
        if (tables.IsEmpty)
            return this;
        Add("in (").List(tables, t => Table(t, Level.Pipeline));
        return Add(") ");
    }

    void Find(KustoOperator.Find find)
    {
        Add("find ").Options(find.Options).In(find.Tables).Add("where ");
        Expression(find.Condition, Level.Unnamed);
        if (find.Smart)
            Add(" project-smart");
        if (!find.Columns.IsEmpty)
            Add(" project ").List(find.Columns, Output);
        if (!find.Away.IsEmpty)
            Add(" __projectAway ").List(find.Away, Output);
    }

    void Output(KustoPart.Output output)
    {
        if (output.Name is "*" or "pack(*)")
            Add(output.Name);
        else
            Name(output.Name);
        if (output.Type is { } type)
            Add(":").Add(type);
    }

    // The options of the old form without a value in `=` keep it; the others go behind `with`.
    void Render(string chart, EquatableArray<KustoPart.Option> options)
    {
        Add("render ").Add(chart);
        foreach (var option in options.Where(o => o.Name is "by" or "with"))
            Add(" ").Add(option.Name).Add(" ").List(((KustoExpression.Array)option.Value).Items, n => Expression(n, Level.Unnamed));
        EquatableArray<KustoPart.Option> properties = [.. options.Where(o => o.Name is not ("by" or "with"))];
        if (!properties.IsEmpty)
            Add(" with (").List(properties, Option);
        Add(properties.IsEmpty ? "" : ")");
    }

    void MakeSeries(KustoOperator.MakeSeries series)
    {
        Add("make-series ").Options(series.Options).List(series.Columns, c =>
        {
            Item(c.Aggregate);
            if (c.Default is { } value)
                Add(" default=").Item(value);
        });
        Add(" on ").Item(series.On);
        Optional(" from ", series.From);
        Optional(" to ", series.To);
        Optional(" step ", series.Step);
        if (series.Step is null)
        {
            Add(" in range(").Items(series.InRange);
            Add(")");
        }

        By(series.Keys);
    }

    void Nested(KustoPart.Level level)
    {
        Add("top-nested ");
        if (level.Count is { } count)
            Item(count);
        Add(level.Count is null ? "of " : " of ").Item(level.Of);
        Optional(" with others=", level.Others);
        Add(" by ").Key(level.By);
    }
}
