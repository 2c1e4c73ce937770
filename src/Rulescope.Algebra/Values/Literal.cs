using System.Diagnostics;
using System.Globalization;
using Rulescope.Text;

namespace Rulescope.Algebra.Values;

/// <summary>A constant as a rule states it; its kind is what the rule wrote, never what a field may hold.</summary>
public abstract record Literal
{
    const long MaxTicks = 3155378975999999999;

    Literal() { }

    /// <summary>The language's null.</summary>
    public sealed record Null : Literal;

    public sealed record Boolean(bool Value) : Literal;

    /// <summary>A whole number of 64 bits.</summary>
    public sealed record Integer(long Value) : Literal;

    public sealed record Real(double Value) : Literal;

    /// <summary>A text after the language's escapes; the pattern itself where the test is a glob or a regular expression.</summary>
    public sealed record String(string Value) : Literal;

    /// <summary>A point in time in UTC ticks of 100 ns since 0001-01-01.</summary>
    public sealed record Instant(long Ticks) : Literal;

    /// <summary>A length of time in ticks of 100 ns.</summary>
    public sealed record Duration(long Ticks) : Literal;

    /// <summary>An ordered list, such as Kusto's <c>dynamic([1, 2])</c>.</summary>
    public sealed record Array(EquatableArray<Literal> Items) : Literal;

    /// <summary>Names and values in source order, such as a Python dict or a Kusto property bag.</summary>
    public sealed record Object(EquatableArray<Member> Members) : Literal;

    /// <summary>One member of an <see cref="Object"/>.</summary>
    public sealed record Member(string Name, Literal Value);

    /// <summary>How the guide, messages and text comparison show it: <c>4688</c>, <c>true</c>, the text itself without quotes.</summary>
    public string Display => this switch
    {
        Null => "null",
        Boolean b => b.Value ? "true" : "false",
        Integer i => i.Value.ToString(CultureInfo.InvariantCulture),
        Real r => r.Value.ToString("R", CultureInfo.InvariantCulture),
        String s => s.Value,
        // A rule may write a time that no calendar has.
        Instant { Ticks: < 0 } or Instant { Ticks: > MaxTicks } => "(no such time)",
        Instant t => new DateTime(t.Ticks, DateTimeKind.Utc).ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture),
        Duration d => new TimeSpan(d.Ticks).ToString("c", CultureInfo.InvariantCulture),
        Array a => $"[{string.Join(", ", a.Items.Select(i => i.Display))}]",
        Object o => $"{{{string.Join(", ", o.Members.Select(m => $"{m.Name}: {m.Value.Display}"))}}}",
        _ => throw new UnreachableException(GetType().Name),
    };
}
