using Rulescope.Text;

namespace Rulescope.Languages.Kusto;

/// <summary>The type of a typed literal.</summary>
public enum KustoLiteralType
{
    Bool,
    Int,
    Long,
    Real,
    Decimal,
    Timespan,
    DateTime,
    Guid,
}

/// <summary>An arithmetic operator.</summary>
public enum KustoArithmetic
{
    Add,
    Subtract,
    Multiply,
    Divide,
    Modulo,
}

/// <summary>An operator between two scalars that gives a bool.</summary>
public enum KustoComparison
{
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    EqualFold,
    NotEqualFold,
    Has,
    NotHas,
    HasCs,
    NotHasCs,
    HasPrefix,
    NotHasPrefix,
    HasPrefixCs,
    NotHasPrefixCs,
    HasSuffix,
    NotHasSuffix,
    HasSuffixCs,
    NotHasSuffixCs,
    Like,
    NotLike,
    LikeCs,
    NotLikeCs,
    Contains,
    NotContains,
    ContainsCs,
    NotContainsCs,
    StartsWith,
    NotStartsWith,
    StartsWithCs,
    NotStartsWithCs,
    EndsWith,
    NotEndsWith,
    EndsWithCs,
    NotEndsWithCs,
    MatchesRegex,

    /// <summary><c>:</c> of <c>search</c>.</summary>
    Search,
}

/// <summary>An operator between a scalar and a list or a table of one column.</summary>
public enum KustoMembership
{
    In,
    NotIn,
    InFold,
    NotInFold,
    HasAny,
    HasAll,
}

/// <summary>A scalar or a table: the grammar does not tell them apart, only what a name is bound to does.</summary>
public abstract record KustoExpression : KustoSyntax
{
    KustoExpression() { }

    /// <summary>A string, escapes undone and adjacent literals joined; hidden ones (<c>h"…"</c>) are kept out of logs.</summary>
    public sealed record String(string Value, bool Hidden = false) : KustoExpression;

    /// <summary>A literal of another type: the text as written, without the type's name (<c>datetime(2020-01-01)</c> holds <c>2020-01-01</c>).</summary>
    public sealed record Literal(KustoLiteralType Type, string Text) : KustoExpression;

    /// <summary><c>dynamic(…)</c>; inside it arrays, bags and <c>null</c> are literals.</summary>
    public sealed record Dynamic(KustoExpression Value) : KustoExpression;

    /// <summary>A JSON array inside <see cref="Dynamic"/>.</summary>
    public sealed record Array(EquatableArray<KustoExpression> Items) : KustoExpression;

    /// <summary>A JSON object inside <see cref="Dynamic"/>, in the written order.</summary>
    public sealed record Bag(EquatableArray<KustoPart.Property> Properties) : KustoExpression;

    /// <summary><c>null</c> inside <see cref="Dynamic"/>.</summary>
    public sealed record Null : KustoExpression;

    /// <summary><c>typeof(string)</c> or <c>typeof(a:string, *)</c>.</summary>
    public sealed record TypeOf(string? Type, EquatableArray<KustoPart.Column> Columns) : KustoExpression;

    /// <summary>A column, table, variable, <c>$left</c>, <c>$right</c>, or a client's <c>{parameter}</c> (with its braces).</summary>
    public sealed record Name(string Value) : KustoExpression;

    /// <summary>Columns or tables by pattern: <c>*</c>, <c>Device*</c>.</summary>
    public sealed record Wildcard(string Pattern) : KustoExpression;

    /// <summary>A function of no owner: <c>strcat(a, b)</c>.</summary>
    public sealed record Call(string Callee, EquatableArray<KustoPart.Item> Arguments) : KustoExpression;

    /// <summary>A root and the accesses that follow: <c>a.b["c"][0]</c>, <c>cluster("x").database("y").T</c>.</summary>
    public sealed record Path(KustoExpression Root, EquatableArray<KustoPart.Access> Accesses) : KustoExpression;

    /// <summary>A column whose name is computed: <c>[expression]</c> where a name could stand.</summary>
    public sealed record Computed(KustoExpression Value) : KustoExpression;

    /// <summary><c>-x</c>, or <c>+x</c> where not negative.</summary>
    public sealed record Sign(bool Negative, KustoExpression Operand) : KustoExpression;

    /// <summary>A run of operators of one rank, left to right: <c>a + b - c</c>.</summary>
    public sealed record Arithmetic(KustoExpression First, EquatableArray<KustoPart.Term> Rest) : KustoExpression;

    public sealed record Compare(KustoComparison Operator, KustoExpression Left, KustoExpression Right) : KustoExpression;

    /// <summary>Membership in a list, or in the first column of a table when the only item is tabular.</summary>
    public sealed record In(KustoMembership Operator, KustoExpression Subject, EquatableArray<KustoExpression> Items) : KustoExpression;

    /// <summary><c>between (Low .. High)</c>, both included.</summary>
    public sealed record Between(bool Negated, KustoExpression Subject, KustoExpression Low, KustoExpression High) : KustoExpression;

    /// <summary>All of a run of <c>and</c>.</summary>
    public sealed record And(EquatableArray<KustoExpression> Terms) : KustoExpression;

    /// <summary>All of a run of <c>or</c>.</summary>
    public sealed record Or(EquatableArray<KustoExpression> Terms) : KustoExpression;

    /// <summary>A source through operators; without a source where an operator begins (<c>union</c>, <c>print</c>, a subquery).</summary>
    public sealed record Pipeline(KustoExpression? Source, EquatableArray<KustoOperator> Operators) : KustoExpression;

    /// <summary><c>toscalar(…)</c>: the first cell.</summary>
    public sealed record ToScalar(EquatableArray<KustoPart.Option> Options, KustoExpression Query) : KustoExpression;

    /// <summary><c>totable(…)</c>.</summary>
    public sealed record ToTable(EquatableArray<KustoPart.Option> Options, KustoExpression Query) : KustoExpression;

    /// <summary><c>materialize(…)</c>: computed once.</summary>
    public sealed record Materialize(KustoExpression Query) : KustoExpression;

    /// <summary>A table written out, row by row.</summary>
    public sealed record DataTable(EquatableArray<KustoPart.Option> Options, KustoPart.Schema Schema, EquatableArray<KustoExpression> Values) : KustoExpression;

    /// <summary>A table read from addresses.</summary>
    public sealed record ExternalData(
        EquatableArray<KustoPart.Option> Options,
        KustoPart.Schema Schema,
        EquatableArray<KustoExpression> Sources,
        EquatableArray<KustoPart.Option> Properties) : KustoExpression;

    /// <summary>A table with <c>datascope=</c>.</summary>
    public sealed record Scoped(KustoExpression Table, string Scope) : KustoExpression;

    /// <summary><c>entity_group [a, b]</c>.</summary>
    public sealed record EntityGroup(EquatableArray<KustoExpression> Entities) : KustoExpression;

    /// <summary>The value of a <c>let</c> that takes parameters; a view also answers to wildcards of <c>union</c>.</summary>
    public sealed record Function(bool View, EquatableArray<KustoPart.Declaration> Parameters, KustoPart.Body Body) : KustoExpression;

    /// <summary>Stands where an expression is missing; never without an error.</summary>
    public sealed record Missing : KustoExpression;
}
