using Rulescope.Text;

namespace Rulescope.Languages.Eql;

/// <summary>Which EQL a query is written in.</summary>
public enum EqlDialect
{
    /// <summary>Elasticsearch's: <c>:</c>, <c>like</c>, optional fields, samples, missing events.</summary>
    Elastic,

    /// <summary>The older one of Endgame: also <c>=</c>, single quotes, joins, relations, method calls, more pipes.</summary>
    Endgame,
}

/// <summary>Units of a time span.</summary>
public enum EqlTimeUnit
{
    Milliseconds,
    Seconds,
    Minutes,
    Hours,
    Days,
}

/// <summary>A whole EQL query and its parts above the expressions.</summary>
/// <remarks>Closed: the private constructor keeps every case here. Equality leaves <see cref="Span"/> out.</remarks>
public abstract record EqlSyntax
{
    EqlSyntax() { }

    /// <summary>Where it stands in the query.</summary>
    public SourceSpan Span { get; init; }

    /// <summary>What is searched, then the pipes in order.</summary>
    public sealed record Query(EqlSyntax Body) : EqlSyntax
    {
        public EquatableArray<Pipe> Pipes { get; init; }
    }

    /// <summary><c>process where true</c>; a null category is <c>any</c>, or Endgame's bare condition.</summary>
    public sealed record Event(string? Category, EqlExpression Condition) : EqlSyntax;

    /// <summary><c>sequence by a with maxspan=1m [...] [...] until [...]</c>.</summary>
    public sealed record Sequence(EquatableArray<Stage> Stages) : EqlSyntax
    {
        public EquatableArray<EqlExpression> By { get; init; }

        public Duration? MaxSpan { get; init; }

        public Stage? Until { get; init; }
    }

    /// <summary><c>sample by a [...] [...]</c>: one event each, in any order.</summary>
    public sealed record Sample(EquatableArray<Stage> Stages) : EqlSyntax
    {
        public EquatableArray<EqlExpression> By { get; init; }
    }

    /// <summary>Endgame's <c>join by a [...] [...] until [...]</c>: the first event each, in any order.</summary>
    public sealed record Join(EquatableArray<Stage> Stages) : EqlSyntax
    {
        public EquatableArray<EqlExpression> By { get; init; }

        public Stage? Until { get; init; }
    }

    /// <summary><c>[event] by keys with runs=n</c>, one slot of a sequence, sample or join.</summary>
    public sealed record Stage(Event Filter) : EqlSyntax
    {
        /// <summary>Keys of this stage; they follow those of the whole sequence.</summary>
        public EquatableArray<EqlExpression> By { get; init; }

        /// <summary>How often the event occurs in a row, 1 to 100.</summary>
        public int Runs { get; init; } = 1;

        /// <summary>Written <c>![...]</c>: the event does not occur here.</summary>
        public bool Missing { get; init; }

        /// <summary>Endgame's <c>fork</c>: the partial sequence is kept when it goes on.</summary>
        public bool Fork { get; init; }
    }

    /// <summary><c>| head 10</c>.</summary>
    public sealed record Pipe(string Name, EquatableArray<EqlExpression> Arguments) : EqlSyntax;

    /// <summary><c>1m</c>.</summary>
    public sealed record Duration(long Count, EqlTimeUnit Unit) : EqlSyntax;

    /// <summary>Text that was not read; an error says why.</summary>
    public sealed record Unsupported(string SourceText) : EqlSyntax;

    /// <summary>Same case and same parts, wherever they were written.</summary>
    public virtual bool Equals(EqlSyntax? other) => other is not null && EqualityContract == other.EqualityContract;

    /// <inheritdoc/>
    public override int GetHashCode() => EqualityContract.GetHashCode();
}
