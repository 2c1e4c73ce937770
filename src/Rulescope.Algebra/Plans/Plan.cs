using Rulescope.Algebra.Expressions;
using Rulescope.Algebra.Fields;
using Rulescope.Algebra.Predicates;
using Rulescope.Text;

namespace Rulescope.Algebra.Plans;

/// <summary>The stages of a query, from its result down to its sources. A view makes the tree a graph: <see cref="Use"/> points to one by name.</summary>
/// <remarks>Limits and windows that the rule did not state carry <c>Defaulted</c>: execution may drop them, translation must state them.</remarks>
public abstract record Plan
{
    Plan() { }

    /// <summary>Where the stage stands in the rule's text; not part of equality.</summary>
    public SourceSpan Span { get; init; }

    public virtual bool Equals(Plan? other) => other is not null && EqualityContract == other.EqualityContract;

    public override int GetHashCode() => EqualityContract.GetHashCode();

    /// <summary>Events of a log source.</summary>
    public sealed record Source(LogSource LogSource) : Plan
    {
        /// <summary>The name fields refer to; empty where the plan has one source.</summary>
        public string Name { get; init; } = "";

        /// <summary>How far back it reads, in ticks; null where the rule does not say.</summary>
        public long? Lookback { get; init; }

        /// <summary>The column that holds the event's time; null for the source's own.</summary>
        public string? TimeColumn { get; init; }
    }

    /// <summary>The rows of a <see cref="View"/> of the query.</summary>
    public sealed record Use(string View) : Plan;

    /// <summary>Rows written in the rule (<c>datatable</c>, <c>ROW</c>, <c>makeresults</c>).</summary>
    public sealed record Rows(EquatableArray<string> Columns, EquatableArray<Row> Items) : Plan;

    /// <summary>One of <see cref="Rows"/>.</summary>
    public sealed record Row(EquatableArray<Expression> Values);

    public sealed record Filter(Plan Input, Predicate Condition) : Plan;

    /// <summary>Adds or replaces columns; later ones see earlier ones of the same stage where <see cref="Sequential"/>.</summary>
    public sealed record Derive(Plan Input, EquatableArray<Named> Columns) : Plan
    {
        public bool Sequential { get; init; } = true;
    }

    /// <summary>Keeps, drops or computes columns.</summary>
    public sealed record Project(Plan Input, ProjectKind Kind, EquatableArray<Named> Columns) : Plan;

    public sealed record Rename(Plan Input, EquatableArray<Named> Columns) : Plan;

    /// <summary>Groups rows. After <see cref="AggregateKind.Collapse"/> only keys and outcomes exist.</summary>
    public sealed record Aggregate(Plan Input, AggregateKind Kind, EquatableArray<Named> Keys, EquatableArray<Named> Outcomes) : Plan
    {
        /// <summary>Rows with a null key form a group of their own; otherwise they are dropped.</summary>
        public bool KeepsNullKeys { get; init; }

        /// <summary>A row whose key is a list counts once in the group of each element; otherwise the list is the key.</summary>
        public bool KeysPerElement { get; init; }

        /// <summary>The order the rows run in, for <see cref="AggregateKind.Running"/>.</summary>
        public EquatableArray<SortKey> Order { get; init; }
    }

    public sealed record Join(Plan Left, Plan Right, JoinKind Kind, EquatableArray<JoinKey> On) : Plan
    {
        /// <summary>Rows must lie within so many ticks of one another; null for no bound.</summary>
        public long? TimeBound { get; init; }

        /// <summary>The left side keeps one arbitrary row per key (Kusto <c>innerunique</c>).</summary>
        public bool UniqueLeft { get; init; }

        /// <summary>The keys are not written: all columns that both sides have (Splunk's <c>join</c> without fields, a subsearch as a condition).</summary>
        public bool OnCommonColumns { get; init; }

        /// <summary>So many rows of the right side at most meet one of the left; null for all (Splunk's <c>max</c>).</summary>
        public long? MaxMatches { get; init; }
    }

    public sealed record JoinKey(Expression Left, Expression Right);

    public sealed record Union(EquatableArray<Plan> Inputs) : Plan
    {
        /// <summary>Columns meet by name and type (Kusto) or by name.</summary>
        public bool ByNameAndType { get; init; }

        /// <summary>Only columns that every input has are kept.</summary>
        public bool InnerSchema { get; init; }

        /// <summary>The column that names each row's origin, or null.</summary>
        public string? SourceColumn { get; init; }
    }

    /// <summary>A row per element of a list.</summary>
    public sealed record Expand(Plan Input, EquatableArray<Named> Columns) : Plan
    {
        /// <summary>A null list gives one row (else none).</summary>
        public bool KeepsNull { get; init; } = true;

        /// <summary>An empty list gives one row (else none).</summary>
        public bool KeepsEmpty { get; init; }

        public long? Limit { get; init; }

        /// <summary>Several lists run side by side, padded with null (else their product).</summary>
        public bool Zip { get; init; } = true;
    }

    /// <summary>Columns cut out of a text (<c>rex</c>, <c>parse</c>, <c>GROK</c>, <c>DISSECT</c>).</summary>
    public sealed record Parse(Plan Input, ParseKind Kind, Expression Subject, string Pattern, EquatableArray<string> Columns) : Plan
    {
        /// <summary>Rows that do not fit are dropped (<c>parse-where</c>).</summary>
        public bool DropsUnmatched { get; init; }

        /// <summary>How often the pattern is sought; a column of several finds is a list, and 0 is no bound (Splunk's <c>max_match</c>).</summary>
        public long MaxMatches { get; init; } = 1;

        /// <summary>What stands between the pieces of a column that is put together of several (<c>DISSECT</c>).</summary>
        public string Separator { get; init; } = "";
    }

    /// <summary>Columns fetched from a named table.</summary>
    public sealed record Lookup(Plan Input, string Table, EquatableArray<JoinKey> On, EquatableArray<Named> Outputs) : Plan;

    /// <summary>One row per combination of keys.</summary>
    public sealed record Distinct(Plan Input, EquatableArray<Expression> Keys) : Plan
    {
        public long Keep { get; init; } = 1;

        /// <summary>Rows without a value for one of the keys are dropped; otherwise they are a combination of their own.</summary>
        public bool DropsNullKeys { get; init; }
    }

    public sealed record Sort(Plan Input, EquatableArray<SortKey> Keys) : Plan;

    public sealed record Take(Plan Input, long Count) : Plan
    {
        public LimitKind Kind { get; init; }

        public bool Defaulted { get; init; }
    }

    /// <summary>The same rows through several branches, their results put together.</summary>
    public sealed record Fork(Plan Input, EquatableArray<Plan> Branches) : Plan;

    /// <summary>Inside a branch of <see cref="Fork"/> or a subplan: the rows that flow in.</summary>
    public sealed record Inflow : Plan;

    /// <summary>Key tuples that were not seen in the window before this run (Elastic <c>new_terms</c>).</summary>
    public sealed record History(Plan Input, EquatableArray<Expression> Keys, long Window) : Plan;

    /// <summary>When and how often the rule runs and alerts. Times in ticks.</summary>
    public sealed record Schedule(Plan Input) : Plan
    {
        public long? Every { get; init; }

        public long? Lookback { get; init; }

        public long? Threshold { get; init; }

        public long? Deduplicate { get; init; }
    }

    /// <summary>Events that belong together: sequences, samples, thresholds, match windows, correlation rules.</summary>
    public sealed record Correlate(EquatableArray<Pattern> Patterns) : Plan
    {
        public EquatableArray<CorrelationKey> Keys { get; init; }

        /// <summary>What events of two patterns share beside the keys.</summary>
        public EquatableArray<JoinKey> Joins { get; init; }

        /// <summary>What else must hold between the events of one combination; fields name the pattern whose event they are of.</summary>
        public Predicate? Where { get; init; }

        public PatternOrder Order { get; init; }

        public TimeWindow? Window { get; init; }

        public Selection Selection { get; init; } = Selection.All;

        /// <summary>One event may fill two slots.</summary>
        public bool Reuse { get; init; }

        /// <summary>An event of this plan discards what is pending for its key.</summary>
        public Plan? Until { get; init; }

        public Emission Emit { get; init; } = Emission.First;

        /// <summary>What must hold of the counts and outcomes of a group.</summary>
        public Predicate? Condition { get; init; }

        public EquatableArray<Named> Outcomes { get; init; }

        public long? Limit { get; init; }

        public bool LimitDefaulted { get; init; }
    }

    /// <summary>A stage whose text is kept but not looked into, and whose rows pass through unchanged as far as the rule is concerned.</summary>
    public sealed record Opaque(Plan Input, string SourceText) : Plan;

    /// <summary>A stage that was read but has no model here; what follows it is read on a best effort.</summary>
    public sealed record Unsupported(string SourceText) : Plan
    {
        public EquatableArray<Plan> Inputs { get; init; }
    }
}

public enum ProjectKind
{
    /// <summary>Only these columns remain.</summary>
    Keep,

    /// <summary>These columns go.</summary>
    Drop,
}

public enum AggregateKind
{
    /// <summary>One row per group (<c>stats</c>, <c>summarize</c>).</summary>
    Collapse,

    /// <summary>Every row, with the group's outcomes beside it (<c>eventstats</c>).</summary>
    Annotate,

    /// <summary>Every row, with the outcomes up to it (<c>streamstats</c>).</summary>
    Running,
}

public enum JoinKind
{
    Inner,
    LeftOuter,
    RightOuter,
    FullOuter,
    LeftSemi,
    RightSemi,
    LeftAnti,
    RightAnti,
}

public enum ParseKind
{
    Regex,
    Grok,
    Dissect,
    KustoPattern,
    KeyValue,
    Json,
    Sed,
}

public enum LimitKind
{
    /// <summary>The first rows in order.</summary>
    First,

    Last,

    /// <summary>Any rows.</summary>
    Sample,
}
