using System.Diagnostics;
using System.Globalization;
using Rulescope.Text;

namespace Rulescope.Engine.Events;

/// <summary>One value of an event, or of a computation over it. Numbers keep how they were written, since some languages compare them as text.</summary>
public abstract record EventValue
{
    EventValue() { }

    /// <summary>No such path.</summary>
    public static EventValue Nothing { get; } = new Missing();

    /// <summary>A path that leads to <c>null</c>.</summary>
    public static EventValue NullValue { get; } = new Null();

    public sealed record Missing : EventValue;

    public sealed record Null : EventValue;

    public sealed record Bool(bool Value) : EventValue;

    /// <summary>A whole number of 64 bits.</summary>
    public sealed record Integer(long Value) : EventValue;

    /// <summary>Any other number; <paramref name="Written"/> is its text in the log, so that no digit is lost in comparisons as text.</summary>
    public sealed record Real(double Value, string Written) : EventValue;

    public sealed record Text(string Value) : EventValue;

    /// <summary>A point in time in UTC ticks of 100 ns since 0001-01-01; only computations give it, logs hold text or numbers.</summary>
    public sealed record Instant(long Ticks) : EventValue;

    /// <summary>A length of time in ticks of 100 ns; only computations give it.</summary>
    public sealed record Duration(long Ticks) : EventValue;

    public sealed record Array(EquatableArray<EventValue> Items) : EventValue;

    /// <summary>Members in the order of the log; a name that occurs twice is kept twice and the last one counts.</summary>
    public sealed record Object(EquatableArray<Member> Members) : EventValue
    {
        /// <summary>The value under a name, or <see cref="Missing"/>.</summary>
        public EventValue this[string name]
        {
            get
            {
                for (var i = Members.Count - 1; i >= 0; i--)
                {
                    if (string.Equals(Members[i].Name, name, StringComparison.Ordinal))
                        return Members[i].Value;
                }

                return Nothing;
            }
        }
    }

    /// <summary>One member of an <see cref="Object"/>.</summary>
    public readonly record struct Member(string Name, EventValue Value);

    /// <summary>True for a value that is there and is not null.</summary>
    public bool HasValue => this is not (Missing or Null);

    /// <summary>The text of a plain value as logs write it (<c>true</c>, <c>4688</c>); null for missing, null, lists and objects.</summary>
    public string? AsText => this switch
    {
        Text t => t.Value,
        Integer i => i.Value.ToString(CultureInfo.InvariantCulture),
        Real r => r.Written,
        Bool b => b.Value ? "true" : "false",
        Instant t => new DateTime(t.Ticks, DateTimeKind.Utc).ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture),
        Duration d => new TimeSpan(d.Ticks).ToString("c", CultureInfo.InvariantCulture),
        Missing or Null or Array or Object => null,
        _ => throw new UnreachableException(GetType().Name),
    };

    /// <summary>A number that no log wrote.</summary>
    public static EventValue OfNumber(double value) => new Real(value, value.ToString("R", CultureInfo.InvariantCulture));
}

/// <summary>One record of a log.</summary>
/// <param name="Content">The record as it stands in the log.</param>
/// <param name="Source">Which log it is from: a path, <c>archive.zip/member.json</c>, or <c>-</c>.</param>
/// <param name="Line">The line it begins at, from 1.</param>
public sealed record Event(EventValue.Object Content, string Source, long Line);
