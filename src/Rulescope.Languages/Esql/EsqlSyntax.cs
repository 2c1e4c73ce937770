using Rulescope.Text;

namespace Rulescope.Languages.Esql;

/// <summary>What every node of an ES|QL tree has: its place in the query, which is no part of its equality.</summary>
public abstract record EsqlNode
{
    /// <summary>Where the node is written, parentheses around it included.</summary>
    public SourceSpan Span { get; init; }

    /// <summary>Same kind and same content, wherever it was written.</summary>
    public virtual bool Equals(EsqlNode? other) => other is not null && EqualityContract == other.EqualityContract;

    /// <inheritdoc/>
    public override int GetHashCode() => EqualityContract.GetHashCode();
}

/// <summary>A whole ES|QL text: <c>SET name = value;</c> statements, then one pipeline.</summary>
public sealed record EsqlQuery(EquatableArray<EsqlOption> Settings, EquatableArray<EsqlCommand> Commands) : EsqlNode;

/// <summary>A pipeline in parentheses: a subquery, or a branch of FORK, which has no source of its own.</summary>
public sealed record EsqlPipeline(EquatableArray<EsqlCommand> Commands) : EsqlNode;

/// <summary><c>name = value</c> where it sets an option, not a column: SET, DISSECT's APPEND_SEPARATOR.</summary>
public sealed record EsqlOption(string Name, EsqlExpression Value) : EsqlNode;

/// <summary>A column computed by EVAL, ROW or a grouping: <c>[name =] value</c>; without a name the expression's text is the name.</summary>
public sealed record EsqlField(EsqlName? Name, EsqlExpression Value) : EsqlNode;

/// <summary>One output of STATS: <c>[name =] value [WHERE condition]</c>.</summary>
public sealed record EsqlAggregate(EsqlName? Name, EsqlExpression Value, EsqlExpression? Where) : EsqlNode;

/// <summary>One renaming; <c>a AS b</c> and <c>b = a</c> give the same node.</summary>
public sealed record EsqlRename(EsqlName Old, EsqlName New) : EsqlNode;

/// <summary>One sort key; null where direction or place of nulls is not written (ascending; nulls last when ascending, first when descending).</summary>
public sealed record EsqlOrder(EsqlExpression Value, EsqlDirection? Direction, EsqlNulls? Nulls) : EsqlNode;

/// <summary>One column taken from an enrich policy: <c>[new =] field</c>.</summary>
public sealed record EsqlEnrichField(EsqlName? NewName, EsqlName Field) : EsqlNode;

/// <summary>One entry of a map in braces.</summary>
public sealed record EsqlMapEntry(string Key, EsqlExpression Value) : EsqlNode;

/// <summary>One step of an arithmetic chain: <c>+ operand</c>.</summary>
public sealed record EsqlStep(EsqlArithmetic Op, EsqlExpression Operand) : EsqlNode;

/// <summary>What a query reads from.</summary>
public abstract record EsqlSource : EsqlNode
{
    EsqlSource() { }

    /// <summary>An index pattern such as <c>cluster:logs-*::failures</c>; date math in angle brackets is kept as written.</summary>
    public sealed record Index(string? Cluster, string Pattern, string? Selector) : EsqlSource;

    /// <summary>A pipeline in parentheses whose rows are added to the others.</summary>
    public sealed record Subquery(EsqlPipeline Pipeline) : EsqlSource;
}

/// <summary>Order of a sort key.</summary>
public enum EsqlDirection
{
    Asc,
    Desc,
}

/// <summary>Where rows without a value go.</summary>
public enum EsqlNulls
{
    First,
    Last,
}

/// <summary>The six comparisons.</summary>
public enum EsqlComparison
{
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// <summary>The five binary arithmetic operators.</summary>
public enum EsqlArithmetic
{
    Add,
    Subtract,
    Multiply,
    Divide,
    Modulo,
}

/// <summary><c>LIKE</c> has <c>*</c> and <c>?</c>, <c>RLIKE</c> Lucene's regular expressions; both match the whole value.</summary>
public enum EsqlLikeKind
{
    Like,
    RLike,
}

/// <summary>Units of a time span; months, quarters and years are calendar periods, the others durations.</summary>
public enum EsqlTimeUnit
{
    Millisecond,
    Second,
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Quarter,
    Year,
}
