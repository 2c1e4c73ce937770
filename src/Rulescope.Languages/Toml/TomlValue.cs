using Rulescope.Text;

namespace Rulescope.Languages.Toml;

/// <summary>A value of a TOML document; equality ignores where it stands.</summary>
public abstract record TomlValue
{
    TomlValue() { }

    /// <summary>Where the value is written, delimiters included; for a table the header or the key that made it.</summary>
    public SourceSpan Span { get; init; }

    /// <summary>A string with its escapes resolved and line breaks as <c>\n</c>; <see cref="TomlReader.Content"/> has the way back.</summary>
    public sealed record String(string Text) : TomlValue;

    /// <summary>A 64-bit integer, whatever its base was.</summary>
    public sealed record Integer(long Value) : TomlValue;

    /// <summary>An IEEE 754 double; infinities and NaN included.</summary>
    public sealed record Float(double Value) : TomlValue;

    /// <summary><c>true</c> or <c>false</c>.</summary>
    public sealed record Boolean(bool Value) : TomlValue;

    /// <summary>An instant: the wall clock as written, and its distance from UTC in whole minutes.</summary>
    public sealed record OffsetDateTime(DateTime Local, TimeSpan Offset) : TomlValue;

    /// <summary>A wall clock without a zone; fractions beyond 100 ns are cut.</summary>
    public sealed record LocalDateTime(DateTime Value) : TomlValue;

    /// <summary>A day.</summary>
    public sealed record LocalDate(DateOnly Value) : TomlValue;

    /// <summary>A time of day; fractions beyond 100 ns are cut.</summary>
    public sealed record LocalTime(TimeOnly Value) : TomlValue;

    /// <summary>An array, also one of tables made by <c>[[name]]</c> headers.</summary>
    public sealed record Array(EquatableArray<TomlValue> Items) : TomlValue;

    /// <summary>A table in the order of its keys' first occurrence; keys are unique.</summary>
    public sealed record Table(EquatableArray<TomlEntry> Entries) : TomlValue
    {
        /// <summary>The value of a key (one key, dots are part of it), or null where the table has none.</summary>
        public TomlValue? this[string key]
        {
            get
            {
                foreach (var entry in Entries)
                {
                    if (string.Equals(entry.Key, key, StringComparison.Ordinal))
                        return entry.Value;
                }

                return null;
            }
        }

        /// <summary>The value at a path of keys through tables, or null where it breaks off.</summary>
        public TomlValue? Find(params ReadOnlySpan<string> path)
        {
            TomlValue? found = this;
            foreach (var key in path)
                found = (found as Table)?[key];
            return found;
        }
    }

    /// <summary>Same case and same content, wherever it was written.</summary>
    public virtual bool Equals(TomlValue? other) => other is not null && EqualityContract == other.EqualityContract;

    /// <inheritdoc/>
    public override int GetHashCode() => EqualityContract.GetHashCode();
}

/// <summary>One key of a table with its value; equality ignores where the key stands.</summary>
public sealed record TomlEntry(string Key, TomlValue Value)
{
    /// <summary>Where the key was first written, quotes included.</summary>
    public SourceSpan KeySpan { get; init; }

    public bool Equals(TomlEntry? other) =>
        other is not null && string.Equals(Key, other.Key, StringComparison.Ordinal) && Value.Equals(other.Value);

    public override int GetHashCode() => HashCode.Combine(StringComparer.Ordinal.GetHashCode(Key), Value);
}
