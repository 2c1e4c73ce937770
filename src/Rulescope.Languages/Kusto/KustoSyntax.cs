using Rulescope.Text;

namespace Rulescope.Languages.Kusto;

/// <summary>A node of a Kusto text. Equality is structural and ignores places, comments and spelling (quotes, brackets, parentheses).</summary>
public abstract record KustoSyntax
{
    private protected KustoSyntax() { }

    /// <summary>Where it stands in the text.</summary>
    public SourceSpan Span { get; init; }

    /// <inheritdoc cref="KustoSyntax"/>
    public virtual bool Equals(KustoSyntax? other) => other is not null && EqualityContract == other.EqualityContract;

    /// <inheritdoc/>
    public override int GetHashCode() => EqualityContract.GetHashCode();
}

/// <summary>One query text: statements parted by <c>;</c>, of which a detection has one <see cref="KustoStatement.Query"/>, the last.</summary>
public sealed record KustoQuery(EquatableArray<KustoStatement> Statements) : KustoSyntax;

/// <summary>A statement of a query text.</summary>
public abstract record KustoStatement : KustoSyntax
{
    KustoStatement() { }

    /// <summary><c>let Name = Value</c>; the value is a scalar, a table or a <see cref="KustoExpression.Function"/>.</summary>
    public sealed record Let(string Name, KustoExpression Value) : KustoStatement;

    /// <summary>An expression, for its result.</summary>
    public sealed record Query(KustoExpression Value) : KustoStatement;

    /// <summary><c>set Name = Value</c>: an option of the request.</summary>
    public sealed record Set(string Name, KustoExpression? Value) : KustoStatement;

    /// <summary><c>alias database Name = Target</c>.</summary>
    public sealed record Alias(string Name, KustoExpression Target) : KustoStatement;

    /// <summary><c>declare query_parameters(…)</c>.</summary>
    public sealed record QueryParameters(EquatableArray<KustoPart.Declaration> Parameters) : KustoStatement;

    /// <summary><c>declare pattern Name = (parameters)[path] { matches }</c>; without a body where it is only announced.</summary>
    public sealed record Pattern(
        string Name,
        EquatableArray<KustoPart.Column> Parameters,
        KustoPart.Column? Path,
        EquatableArray<KustoPart.Match> Matches) : KustoStatement;

    /// <summary><c>restrict access to (…)</c>.</summary>
    public sealed record Restrict(EquatableArray<KustoExpression> Tables, EquatableArray<KustoPart.Option> Options) : KustoStatement;
}

/// <summary>The direction of a sort key.</summary>
public enum KustoDirection
{
    /// <summary>Not written; <c>sort</c> and <c>top</c> then descend.</summary>
    Unstated,
    Asc,
    Desc,

    /// <summary>By the numbers inside names: <c>a2</c> before <c>a10</c>.</summary>
    GrannyAsc,
    GrannyDesc,
}

/// <summary>Where nulls sort.</summary>
public enum KustoNulls
{
    /// <summary>Not written: first when ascending, last when descending.</summary>
    Unstated,
    First,
    Last,
}

/// <summary>A piece that is neither expression nor operator nor statement.</summary>
public abstract record KustoPart : KustoSyntax
{
    KustoPart() { }

    /// <summary><c>Value</c>, <c>name = Value</c> or <c>(a, b) = Value</c>: a column, an argument, a grouping key.</summary>
    public sealed record Item(EquatableArray<string> Names, KustoExpression Value) : KustoPart;

    /// <summary>An option of an operator: <c>kind=inner</c>, <c>hint.strategy=shuffle</c>, <c>title="…"</c>; words are names.</summary>
    public sealed record Option(string Name, KustoExpression Value) : KustoPart;

    /// <summary>A typed column: <c>name:string</c>; <c>name:(schema)</c> for a tabular parameter; without type in a <c>parse</c> pattern.</summary>
    public sealed record Column(string Name, string? Type, Schema? Table) : KustoPart;

    /// <summary>Columns in parentheses; <c>(*)</c> is any columns, and an output schema may begin with <c>*</c> for the input's.</summary>
    public sealed record Schema(bool Any, EquatableArray<Column> Columns) : KustoPart;

    /// <summary>A parameter with its default.</summary>
    public sealed record Declaration(Column Parameter, KustoExpression? Default) : KustoPart;

    /// <summary>A sort key.</summary>
    public sealed record Key(Item By, KustoDirection Direction, KustoNulls Nulls) : KustoPart;

    /// <summary>A column to expand, with <c>to typeof(…)</c>; the grammar lets the column be absent.</summary>
    public sealed record Expansion(Item? Source, KustoExpression.TypeOf? Type) : KustoPart;

    /// <summary>An aggregate of <c>make-series</c> with its <c>default=</c>.</summary>
    public sealed record Series(Item Aggregate, Item? Default) : KustoPart;

    /// <summary>A level of <c>top-nested</c>.</summary>
    public sealed record Level(Item? Count, Item Of, KustoExpression? Others, Key By) : KustoPart;

    /// <summary>A branch of <c>fork</c>.</summary>
    public sealed record Branch(string? Name, KustoExpression Query) : KustoPart;

    /// <summary>A step of <c>scan</c>; it emits (<c>output=</c>) <c>all</c>, <c>last</c> or <c>none</c>.</summary>
    public sealed record Step(string Name, bool Optional, string? Emits, KustoExpression Condition, EquatableArray<Item> Assignments) : KustoPart;

    /// <summary>A piece of a <c>parse</c> pattern: a text or <c>*</c>, or a column.</summary>
    public sealed record Piece(KustoExpression? Text, Column? Target) : KustoPart;

    /// <summary>A case of a pattern: <c>(arguments).[path] = { body };</c>.</summary>
    public sealed record Match(EquatableArray<KustoExpression> Arguments, KustoExpression? Path, Body Result) : KustoPart;

    /// <summary>The inside of a function: statements, then the value.</summary>
    public sealed record Body(EquatableArray<KustoStatement> Statements, KustoExpression? Value) : KustoPart;

    /// <summary>An output of <c>find</c>: a column, <c>*</c> or <c>pack(*)</c>.</summary>
    public sealed record Output(string Name, string? Type) : KustoPart;

    /// <summary>An arithmetic operator and its right operand.</summary>
    public sealed record Term(KustoArithmetic Operator, KustoExpression Operand) : KustoPart;

    /// <summary>One step of a path: a name, wildcard or call after a dot, or an index in brackets.</summary>
    public sealed record Access(bool Indexed, KustoExpression Selector) : KustoPart;

    /// <summary>A property of a JSON object.</summary>
    public sealed record Property(string Name, KustoExpression Value) : KustoPart;
}
