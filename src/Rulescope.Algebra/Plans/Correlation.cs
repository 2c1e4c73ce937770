using Rulescope.Algebra.Expressions;
using Rulescope.Text;

namespace Rulescope.Algebra.Plans;

/// <summary>One slot of a correlation: which events fill it, and how often.</summary>
public sealed record Pattern(string Variable, Plan Plan)
{
    public long Minimum { get; init; } = 1;

    /// <summary>Null for no upper bound.</summary>
    public long? Maximum { get; init; }

    /// <summary>No such event may occur (EQL <c>![ ]</c>).</summary>
    public bool Absent { get; init; }

    /// <summary>The slot stands this many times in a row (EQL <c>with runs</c>).</summary>
    public long Repeat { get; init; } = 1;
}

/// <summary>What the events of one group share: one expression per pattern, in the order of the patterns and then for <c>until</c> where there is one, or one for all. One that names another pattern's event asks nothing of its own pattern's.</summary>
public sealed record CorrelationKey(EquatableArray<Expression> PerPattern)
{
    /// <summary>A null key is a value; otherwise the event is ignored.</summary>
    public bool Nullable { get; init; }

    /// <summary>A list counts once per element.</summary>
    public bool PerElement { get; init; }

    /// <summary>The empty text, zero and false are no keys either (YARA-L's match section).</summary>
    public bool DropsZero { get; init; }
}

/// <summary>How the events of the patterns stand in time.</summary>
public enum PatternOrder
{
    Any,

    /// <summary>In the order of the patterns.</summary>
    Listed,

    /// <summary>In the order of their times, each after the one before.</summary>
    Chronological,
}

/// <summary>How far apart the events of a group may be.</summary>
public sealed record TimeWindow(WindowKind Kind, long Length)
{
    /// <summary>The window's exact length still passes.</summary>
    public bool Inclusive { get; init; } = true;

    /// <summary>Windows start at multiples of this many ticks from the epoch; null for none.</summary>
    public long? Align { get; init; }

    /// <summary>For <see cref="WindowKind.Before"/> and <see cref="WindowKind.After"/>: the pattern it hangs on.</summary>
    public string? Pivot { get; init; }

    public bool Defaulted { get; init; }
}

public enum WindowKind
{
    Sliding,
    Tumbling,
    Hop,
    Session,
    Before,
    After,
}

/// <summary>Which of several candidates fills a slot.</summary>
public enum Selection
{
    All,
    First,
    Latest,
}

/// <summary>When a group speaks.</summary>
public enum Emission
{
    /// <summary>Once, as soon as it holds.</summary>
    First,

    /// <summary>At every event that makes it hold.</summary>
    Each,

    AtWindowEnd,
}
