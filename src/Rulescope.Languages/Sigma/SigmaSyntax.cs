using Rulescope.Text;

namespace Rulescope.Languages.Sigma;

/// <summary>Anything that was read from a Sigma document. Equality is structural and ignores where a node stood.</summary>
public abstract record SigmaNode
{
    protected SigmaNode() { }

    /// <summary>Where the node stands in the YAML text.</summary>
    public SourceSpan Span { get; init; }

    public virtual bool Equals(SigmaNode? other) => other is not null && EqualityContract == other.EqualityContract;

    public override int GetHashCode() => EqualityContract.GetHashCode();
}

/// <summary>One Sigma document. The old collections (<c>action: global</c>, <c>reset</c>, <c>repeat</c>) are merged while reading.</summary>
public abstract record SigmaDocument : SigmaNode
{
    SigmaDocument() { }

    /// <summary>What names the document.</summary>
    public abstract SigmaHeader Header { get; init; }

    /// <summary>A detection rule.</summary>
    public sealed record Rule(SigmaHeader Header, SigmaLogSource LogSource, SigmaDetection Detection) : SigmaDocument;

    /// <summary>A rule over the matches of other rules.</summary>
    public sealed record Correlation(SigmaHeader Header, SigmaCorrelation Body) : SigmaDocument;

    /// <summary>A condition that is added to other rules.</summary>
    public sealed record Filter(SigmaHeader Header, SigmaLogSource LogSource, SigmaTargets Targets, SigmaDetection Detection) : SigmaDocument;

    /// <summary>A document without detection, correlation or filter.</summary>
    public sealed record Unread(SigmaHeader Header) : SigmaDocument;
}

/// <summary>What names a document. Everything else that is said about a rule (tags, references) is read by the corpus reader.</summary>
public sealed record SigmaHeader : SigmaNode
{
    public string? Title { get; init; }

    public string? Id { get; init; }

    /// <summary>The name correlations refer to.</summary>
    public string? Name { get; init; }

    /// <summary>Whose field names are used; null for Sigma's own.</summary>
    public string? Taxonomy { get; init; }

    public string? Status { get; init; }

    public string? Level { get; init; }
}

/// <summary>The <c>logsource</c> section: <c>category</c>, <c>product</c>, <c>service</c> and whatever else is written there.</summary>
public sealed record SigmaLogSource(EquatableArray<SigmaTerm> Terms) : SigmaNode
{
    /// <summary>The value under a key, or null.</summary>
    public string? this[string key] => Terms.FirstOrDefault(t => string.Equals(t.Key, key, StringComparison.Ordinal))?.Value;
}

/// <summary>One entry of the log source.</summary>
public sealed record SigmaTerm(string Key, string Value) : SigmaNode;

/// <summary>Which rules a filter applies to.</summary>
/// <param name="Rules">Ids or names; empty means every rule of the log source (<c>rules: any</c>).</param>
public sealed record SigmaTargets(EquatableArray<SigmaName> Rules) : SigmaNode;

/// <summary>A name with a place: a rule reference, a field to group by.</summary>
public sealed record SigmaName(string Text) : SigmaNode;

/// <summary>The searches of a rule, and how they are combined.</summary>
/// <param name="Conditions">Several conditions mean one of them.</param>
public sealed record SigmaDetection(EquatableArray<SigmaSearch> Searches, EquatableArray<SigmaCondition> Conditions) : SigmaNode
{
    /// <summary>The window of an old aggregation.</summary>
    public SigmaTimespan? Timeframe { get; init; }
}

/// <summary>A named search of a detection; the span is the name's.</summary>
public sealed record SigmaSearch(string Name, SigmaSelection Body) : SigmaNode;

/// <summary>What a search asks of an event.</summary>
public abstract record SigmaSelection : SigmaNode
{
    SigmaSelection() { }

    /// <summary>A map: every item must hold.</summary>
    public sealed record AllOf(EquatableArray<SigmaSelection> Items) : SigmaSelection;

    /// <summary>A list of maps: one must hold.</summary>
    public sealed record AnyOf(EquatableArray<SigmaSelection> Items) : SigmaSelection;

    /// <summary>A field and the values it may have.</summary>
    public sealed record Item(SigmaField Field, EquatableArray<SigmaValue> Values) : SigmaSelection;
}

/// <summary>A field name with its modifiers. Without a name the values are keywords, searched in the whole event.</summary>
public sealed record SigmaField(string? Name, EquatableArray<SigmaModifier> Modifiers) : SigmaNode
{
    /// <summary>The modifiers as written: <c>contains|all</c>.</summary>
    public string Chain => string.Join('|', Modifiers.Select(m => m.Name));

    public bool Has(SigmaModifierKind kind) => Modifiers.Any(m => m.Kind == kind);
}

/// <summary>One modifier of a chain.</summary>
/// <param name="Name">As written, in lower case.</param>
public sealed record SigmaModifier(SigmaModifierKind Kind, string Name) : SigmaNode;

/// <summary>A value of a field item.</summary>
public abstract record SigmaValue : SigmaNode
{
    SigmaValue() { }

    /// <summary>Text as written, wildcards and escapes included.</summary>
    public sealed record Text(string Value) : SigmaValue;

    /// <summary>A number in its shortest decimal form; hexadecimal YAML numbers are converted.</summary>
    public sealed record Number(string Digits) : SigmaValue;

    public sealed record Boolean(bool Value) : SigmaValue;

    public sealed record Null : SigmaValue;
}

/// <summary>How searches are combined.</summary>
public abstract record SigmaCondition : SigmaNode
{
    SigmaCondition() { }

    /// <summary>A search by name (in a correlation: a rule by name or id).</summary>
    public sealed record Identifier(string Name) : SigmaCondition;

    public sealed record Not(SigmaCondition Operand) : SigmaCondition;

    public sealed record And(EquatableArray<SigmaCondition> Terms) : SigmaCondition;

    public sealed record Or(EquatableArray<SigmaCondition> Terms) : SigmaCondition;

    /// <summary><c>1 of filter_*</c>, <c>all of them</c>.</summary>
    /// <param name="Count">How many must hold; null for all.</param>
    /// <param name="Pattern">A name with <c>*</c>; null for <c>them</c>.</param>
    public sealed record Of(int? Count, string? Pattern) : SigmaCondition;

    /// <summary>The old form <c>search | count() by field &gt; 5</c>.</summary>
    public sealed record Pipe(SigmaCondition Input, SigmaAggregation Aggregation) : SigmaCondition;

    /// <summary>What could not be read; its text.</summary>
    public sealed record Unread(string Text) : SigmaCondition;
}

/// <summary>What stands behind the pipe of an old condition.</summary>
public abstract record SigmaAggregation : SigmaNode
{
    SigmaAggregation() { }

    /// <summary><c>count(field) by group &gt; 5</c>; the functions are count, sum, min, max and avg.</summary>
    public sealed record Metric(string Function, string? Field, EquatableArray<SigmaName> GroupBy, SigmaBound Bound) : SigmaAggregation;

    /// <summary><c>near other and not third</c>: other searches that match close in time.</summary>
    public sealed record Near(SigmaCondition Others) : SigmaAggregation;
}

/// <summary>A length of time such as <c>15m</c>.</summary>
/// <param name="Unit">One of <c>s m h d</c>, and outside the specification <c>w M y</c>.</param>
public sealed record SigmaTimespan(long Amount, string Unit) : SigmaNode
{
    /// <summary>In ticks of 100 ns; a month is a twelfth of 365.2425 days.</summary>
    public long Ticks
    {
        get
        {
            var seconds = Unit switch { "s" => 1L, "m" => 60, "h" => 3600, "d" => 86_400, "w" => 604_800, "M" => 2_629_746, _ => 31_556_952 };
            return Amount > long.MaxValue / TimeSpan.TicksPerSecond / seconds ? long.MaxValue : Amount * seconds * TimeSpan.TicksPerSecond;
        }
    }

    public override string ToString() => $"{Amount}{Unit}";
}

/// <summary>The <c>correlation</c> section.</summary>
public sealed record SigmaCorrelation(SigmaCorrelationKind Kind, EquatableArray<SigmaName> Rules) : SigmaNode
{
    public EquatableArray<SigmaName> GroupBy { get; init; }

    public EquatableArray<SigmaAlias> Aliases { get; init; }

    public SigmaTimespan? Timespan { get; init; }

    /// <summary>What is counted, summed or averaged.</summary>
    public EquatableArray<SigmaName> Fields { get; init; }

    /// <summary>The percentile of <c>value_percentile</c>, as written.</summary>
    public string? Percentile { get; init; }

    /// <summary>All of them must hold.</summary>
    public EquatableArray<SigmaBound> Bounds { get; init; }

    /// <summary>The condition of a temporal correlation over its rules, where one is written.</summary>
    public SigmaCondition? Condition { get; init; }

    /// <summary>The referred rules also stand on their own.</summary>
    public bool Generate { get; init; }
}

/// <summary>The correlation types of the specification.</summary>
public enum SigmaCorrelationKind
{
    Unknown,
    EventCount,
    ValueCount,
    Temporal,
    TemporalOrdered,
    ValueSum,
    ValueAvg,
    ValuePercentile,
}

/// <summary>A field name that stands for different fields in the events of different rules.</summary>
public sealed record SigmaAlias(string Name, EquatableArray<SigmaAliasField> Fields) : SigmaNode;

/// <summary>What an alias is in the events of one rule.</summary>
public sealed record SigmaAliasField(string Rule, string Field) : SigmaNode;

/// <summary>A bound on a count or another measure.</summary>
/// <param name="Value">The number as written.</param>
public sealed record SigmaBound(SigmaComparison Comparison, string Value) : SigmaNode;

public enum SigmaComparison
{
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}
