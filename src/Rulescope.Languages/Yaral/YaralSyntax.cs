using Rulescope.Text;

namespace Rulescope.Languages.Yaral;

/// <summary>A node of a YARA-L text. Equality is structural and ignores places, comments and parentheses.</summary>
public abstract record YaralSyntax
{
    private protected YaralSyntax() { }

    /// <summary>Where it stands in the text.</summary>
    public SourceSpan Span { get; init; }

    /// <inheritdoc cref="YaralSyntax"/>
    public virtual bool Equals(YaralSyntax? other) => other is not null && EqualityContract == other.EqualityContract;

    /// <inheritdoc/>
    public override int GetHashCode() => EqualityContract.GetHashCode();
}

/// <summary>The rules of a text in source order. A search, which has sections but no <c>rule</c> around them, is one rule without a name.</summary>
public sealed record YaralFile(EquatableArray<YaralRule> Rules) : YaralSyntax;

/// <summary>One rule. Sections that are not there are empty or null.</summary>
public sealed record YaralRule(YaralName? Name) : YaralSyntax
{
    public EquatableArray<YaralEntry> Meta { get; init; }

    /// <summary>What must hold of the events, one item per statement; all of them must.</summary>
    public EquatableArray<YaralExpression> Events { get; init; }

    public YaralMatch? Match { get; init; }

    /// <summary>Values of a detection under their names, without <c>$</c>.</summary>
    public EquatableArray<YaralEntry> Outcome { get; init; }

    public YaralExpression? Condition { get; init; }

    public EquatableArray<YaralEntry> Options { get; init; }

    /// <summary>The rows of a search that are alike in these are one.</summary>
    public EquatableArray<YaralExpression> Dedup { get; init; }

    public EquatableArray<YaralOrder> Order { get; init; }

    /// <summary>How many rows a search gives at most.</summary>
    public YaralExpression? Limit { get; init; }

    public EquatableArray<YaralExpression> Select { get; init; }

    public EquatableArray<YaralExpression> Unselect { get; init; }

    /// <summary>The text of a meta entry under a key in any case; null where there is none.</summary>
    public string? MetaText(string key) =>
        Meta.FirstOrDefault(m => string.Equals(m.Name, key, StringComparison.OrdinalIgnoreCase)) is { } entry ? entry.Text : null;
}

/// <summary>A rule's name.</summary>
public sealed record YaralName(string Text) : YaralSyntax;

/// <summary>A name and its value: an entry of meta, outcome or options.</summary>
public sealed record YaralEntry(string Name, YaralExpression Value) : YaralSyntax
{
    /// <summary>The value where it is one written text, number or flag; null for anything computed.</summary>
    public string? Text => Value switch
    {
        YaralExpression.Text text => text.Value,
        YaralExpression.Number number => number.Digits,
        YaralExpression.Boolean flag => flag.Value ? "true" : "false",
        YaralExpression.Duration length => length.Written,
        _ => null,
    };
}

/// <summary>What the events of a detection share, and how far apart they may be: <c>$user, $host over 5m</c>.</summary>
public sealed record YaralMatch(EquatableArray<YaralExpression> Keys, YaralWindow? Window) : YaralSyntax;

/// <summary>The window of a match: <c>over 5m</c> (hop), <c>by 10m</c> (tumbling), <c>over 5m after $e</c> (sliding).</summary>
/// <param name="Amount">The number as written; empty for a bare unit (<c>by day</c>).</param>
/// <param name="Unit"><c>s</c>, <c>m</c>, <c>h</c>, <c>d</c>, or a word such as <c>day</c>.</param>
public sealed record YaralWindow(YaralWindowKind Kind, string Amount, string Unit) : YaralSyntax
{
    /// <summary>Written with <c>every</c>: windows side by side.</summary>
    public bool Every { get; init; }

    /// <summary>On which side of the pivot the window lies; null without a pivot.</summary>
    public YaralSide? Side { get; init; }

    /// <summary>The event variable the window hangs on, without <c>$</c>.</summary>
    public string? Pivot { get; init; }
}

public enum YaralWindowKind
{
    Over,
    By,
}

public enum YaralSide
{
    Before,
    After,
}

/// <summary>One key of a search's order.</summary>
public sealed record YaralOrder(YaralExpression Value) : YaralSyntax
{
    public bool Descending { get; init; }
}
