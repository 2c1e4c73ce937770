using Rulescope.Text;
using Items = Rulescope.Text.EquatableArray<Rulescope.Languages.Kusto.KustoPart.Item>;
using Options = Rulescope.Text.EquatableArray<Rulescope.Languages.Kusto.KustoPart.Option>;

namespace Rulescope.Languages.Kusto;

/// <summary>A tabular operator: what stands behind a <c>|</c>, or begins a query. Options are kept in the written order.</summary>
/// <remarks>Synonyms are one case: <c>filter</c> is <c>where</c>, <c>limit</c> is <c>take</c>, <c>order</c> is <c>sort</c>.</remarks>
public abstract record KustoOperator : KustoSyntax
{
    KustoOperator() { }

    /// <summary>The grammar also takes <c>where a = b</c>, which names the condition and is hardly meant.</summary>
    public sealed record Where(Options Options, KustoPart.Item Condition) : KustoOperator;

    public sealed record Extend(Items Columns) : KustoOperator;

    public sealed record Project(Items Columns) : KustoOperator;

    public sealed record ProjectAway(EquatableArray<KustoExpression> Columns) : KustoOperator;

    public sealed record ProjectKeep(EquatableArray<KustoExpression> Columns) : KustoOperator;

    public sealed record ProjectRename(Items Columns) : KustoOperator;

    public sealed record ProjectReorder(EquatableArray<KustoPart.Key> Columns) : KustoOperator;

    /// <summary>Columns by names that are values.</summary>
    public sealed record ProjectByNames(EquatableArray<KustoExpression> Names) : KustoOperator;

    /// <summary>Aggregates by keys; <c>Bin</c> is the old <c>by x bin=1h</c>.</summary>
    public sealed record Summarize(Options Options, Items Aggregates, Items Keys, KustoExpression? Bin) : KustoOperator;

    /// <summary>The conditions of <c>on</c>; <c>where</c> in its stead joins on any condition.</summary>
    public sealed record Join(Options Options, KustoExpression Right, EquatableArray<KustoExpression> On, KustoExpression? Condition) : KustoOperator;

    public sealed record Lookup(Options Options, KustoExpression Right, EquatableArray<KustoExpression> On) : KustoOperator;

    public sealed record Union(Options Options, EquatableArray<KustoExpression> Tables) : KustoOperator;

    public sealed record MvExpand(Options Options, EquatableArray<KustoPart.Expansion> Columns, KustoExpression? Limit) : KustoOperator;

    public sealed record MvApply(
        Options Options,
        EquatableArray<KustoPart.Expansion> Columns,
        KustoExpression? Limit,
        KustoExpression? Id,
        KustoExpression Query) : KustoOperator;

    /// <summary><c>parse</c>, or <c>parse-where</c> which drops rows that do not match.</summary>
    public sealed record Parse(bool Filters, Options Options, KustoExpression Subject, EquatableArray<KustoPart.Piece> Pattern) : KustoOperator;

    public sealed record ParseKv(KustoExpression Subject, KustoPart.Schema Columns, Options Options) : KustoOperator;

    /// <summary>Either <c>From</c>, <c>To</c>, <c>Step</c> or the arguments of <c>in range(…)</c>.</summary>
    public sealed record MakeSeries(
        Options Options,
        EquatableArray<KustoPart.Series> Columns,
        KustoPart.Item On,
        KustoExpression? From,
        KustoExpression? To,
        KustoExpression? Step,
        Items InRange,
        Items Keys) : KustoOperator;

    public sealed record Top(Options Options, KustoPart.Item Number, KustoPart.Key By) : KustoOperator;

    public sealed record TopNested(EquatableArray<KustoPart.Level> Levels) : KustoOperator;

    public sealed record TopHitters(KustoPart.Item Number, KustoPart.Item Of, KustoPart.Item? By) : KustoOperator;

    public sealed record Distinct(Options Options, Items Columns) : KustoOperator;

    public sealed record Sample(Options Options, KustoPart.Item Number) : KustoOperator;

    public sealed record SampleDistinct(Options Options, KustoPart.Item Number, KustoPart.Item Of) : KustoOperator;

    public sealed record Serialize(Options Options, Items Columns) : KustoOperator;

    public sealed record Take(Options Options, KustoPart.Item Number) : KustoOperator;

    public sealed record Sort(Options Options, EquatableArray<KustoPart.Key> Keys) : KustoOperator;

    /// <summary>The number of rows, as a column <c>Count</c> or the one named.</summary>
    public sealed record Count(string? Column) : KustoOperator;

    public sealed record Scan(
        Options Options,
        EquatableArray<KustoPart.Key> Order,
        EquatableArray<KustoExpression> PartitionBy,
        EquatableArray<KustoPart.Declaration> Declarations,
        EquatableArray<KustoPart.Step> Steps) : KustoOperator;

    /// <summary>A plugin, with its output's schema where it is declared.</summary>
    public sealed record Evaluate(Options Options, KustoExpression Plugin, KustoPart.Schema? Schema) : KustoOperator;

    public sealed record Invoke(KustoExpression Function) : KustoOperator;

    public sealed record As(Options Options, string Name) : KustoOperator;

    public sealed record Render(string Chart, Options Options) : KustoOperator;

    public sealed record Search(Options Options, EquatableArray<KustoExpression> Tables, KustoExpression Condition) : KustoOperator;

    /// <summary>A null projection is not written; <c>Smart</c> is <c>project-smart</c>.</summary>
    public sealed record Find(
        Options Options,
        EquatableArray<KustoExpression> Tables,
        KustoExpression Condition,
        bool Smart,
        EquatableArray<KustoPart.Output> Columns,
        EquatableArray<KustoPart.Output> Away) : KustoOperator;

    public sealed record Range(string Name, KustoExpression From, KustoExpression To, KustoExpression Step) : KustoOperator;

    public sealed record Print(Items Columns) : KustoOperator;

    /// <summary><c>by key (operators)</c>; the old form <c>by key { query }</c> is <c>Whole</c>.</summary>
    public sealed record Partition(Options Options, KustoExpression By, KustoExpression? Scope, bool Whole, KustoExpression Query) : KustoOperator;

    public sealed record Fork(EquatableArray<KustoPart.Branch> Branches) : KustoOperator;

    public sealed record Facet(EquatableArray<KustoExpression> By, KustoExpression? Query) : KustoOperator;

    public sealed record Reduce(Options Options, KustoPart.Item By, Options With) : KustoOperator;

    public sealed record GetSchema(Options Options) : KustoOperator;

    public sealed record Consume(Options Options) : KustoOperator;

    public sealed record AssertSchema(KustoPart.Schema Schema) : KustoOperator;

    public sealed record MacroExpand(
        Options Options,
        KustoExpression Group,
        string? Scope,
        EquatableArray<KustoStatement> Statements) : KustoOperator;

    /// <summary>An operator that is read but not modelled (the graph family), or none at all (then with an error): its text, keyword included.</summary>
    public sealed record Unsupported(string Keyword, string Text) : KustoOperator;
}
