using System.Collections.Immutable;
using Rulescope.Algebra.Plans;
using Rulescope.Algebra.Values;

namespace Rulescope.Languages.Kusto;

/// <summary>What a name of a query text stands for outside of rows.</summary>
abstract class KustoBinding
{
    KustoBinding() { }

    /// <summary>A scalar: lowered anew wherever it is used, in the scope it was written in.</summary>
    public sealed class Scalar(KustoExpression value, KustoScope scope) : KustoBinding
    {
        public KustoExpression Value => value;

        public KustoScope Scope => scope;
    }

    public sealed class Table(Plan plan, KustoRow row) : KustoBinding
    {
        public Plan Plan => plan;

        public KustoRow Row => row;
    }

    public sealed class Function(KustoExpression.Function value, KustoScope scope) : KustoBinding
    {
        public KustoExpression.Function Value => value;

        public KustoScope Scope => scope;
    }

    /// <summary>A parameter of the whole query.</summary>
    public sealed class Parameter(Literal? value) : KustoBinding
    {
        public Literal? Default => value;
    }
}

/// <summary>What is known of the columns of a row.</summary>
/// <param name="Columns">Those that a stage computed; every other name is a field of the event.</param>
/// <param name="Closed">No other columns exist, as after <c>summarize</c>.</param>
/// <param name="First">The first column, where it is known: what <c>in (query)</c> looks into.</param>
sealed record KustoRow(ImmutableHashSet<string> Columns, bool Closed, string? First)
{
    public static readonly KustoRow Open = new(ImmutableHashSet.Create<string>(StringComparer.Ordinal), Closed: false, First: null);

    public static KustoRow Of(IReadOnlyList<string> columns) => new(columns.ToImmutableHashSet(StringComparer.Ordinal), Closed: true, columns.Count > 0 ? columns[0] : null);

    public KustoRow With(IEnumerable<string> columns) => this with { Columns = Columns.Union(columns) };

    public KustoRow Without(IEnumerable<string> columns) => this with { Columns = Columns.Except(columns) };

    /// <summary>A row that may come from either side.</summary>
    public KustoRow Or(KustoRow other) => new(Columns.Union(other.Columns), Closed && other.Closed, First ?? other.First);
}

/// <summary>The names that an expression sees.</summary>
sealed record KustoScope(ImmutableDictionary<string, KustoBinding> Names, KustoRow Row)
{
    public static readonly KustoScope Empty = new(ImmutableDictionary.Create<string, KustoBinding>(StringComparer.Ordinal), KustoRow.Open);

    public KustoScope Bind(string name, KustoBinding binding) => this with { Names = Names.SetItem(name, binding) };

    /// <summary>The scope of a subquery: the same names, no row.</summary>
    public KustoScope Outside => this with { Row = KustoRow.Open };

    /// <summary>The binding of a name that no column hides.</summary>
    public KustoBinding? Find(string name) => Row.Columns.Contains(name) ? null : Names.GetValueOrDefault(name);
}

/// <summary>A plan in the making, what its rows look like, and how many stages it is deep.</summary>
readonly record struct KustoFlow(Plan Plan, KustoRow Row, int Depth)
{
    public KustoFlow To(Plan plan, KustoRow row) => new(plan, row, Depth + 1);

    public KustoFlow To(Plan plan) => To(plan, Row);
}
