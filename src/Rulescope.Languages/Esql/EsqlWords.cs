using System.Collections.Frozen;

namespace Rulescope.Languages.Esql;

/// <summary>Words with a meaning of their own; all in any case.</summary>
static class EsqlWords
{
    // FIRST and LAST are words of SORT too, but also functions; as names they do no harm.
    static readonly FrozenSet<string> Reserved = FrozenSet.ToFrozenSet(
        ["and", "as", "asc", "by", "desc", "false", "in", "is", "like", "not", "null", "nulls", "on", "or", "rlike", "true", "where", "with"],
        StringComparer.OrdinalIgnoreCase);

    static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> ReservedSpans = Reserved.GetAlternateLookup<ReadOnlySpan<char>>();

    static readonly FrozenSet<string> Sources = FrozenSet.ToFrozenSet(["from", "ts", "row", "show"], StringComparer.OrdinalIgnoreCase);

    static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> SourceSpans = Sources.GetAlternateLookup<ReadOnlySpan<char>>();

    static readonly FrozenDictionary<string, EsqlTimeUnit> Units = new Dictionary<string, EsqlTimeUnit>(StringComparer.OrdinalIgnoreCase)
    {
        ["ms"] = EsqlTimeUnit.Millisecond,
        ["millisecond"] = EsqlTimeUnit.Millisecond,
        ["milliseconds"] = EsqlTimeUnit.Millisecond,
        ["s"] = EsqlTimeUnit.Second,
        ["sec"] = EsqlTimeUnit.Second,
        ["second"] = EsqlTimeUnit.Second,
        ["seconds"] = EsqlTimeUnit.Second,
        ["m"] = EsqlTimeUnit.Minute,
        ["min"] = EsqlTimeUnit.Minute,
        ["minute"] = EsqlTimeUnit.Minute,
        ["minutes"] = EsqlTimeUnit.Minute,
        ["h"] = EsqlTimeUnit.Hour,
        ["hour"] = EsqlTimeUnit.Hour,
        ["hours"] = EsqlTimeUnit.Hour,
        ["d"] = EsqlTimeUnit.Day,
        ["day"] = EsqlTimeUnit.Day,
        ["days"] = EsqlTimeUnit.Day,
        ["w"] = EsqlTimeUnit.Week,
        ["week"] = EsqlTimeUnit.Week,
        ["weeks"] = EsqlTimeUnit.Week,
        ["mo"] = EsqlTimeUnit.Month,
        ["month"] = EsqlTimeUnit.Month,
        ["months"] = EsqlTimeUnit.Month,
        ["q"] = EsqlTimeUnit.Quarter,
        ["quarter"] = EsqlTimeUnit.Quarter,
        ["quarters"] = EsqlTimeUnit.Quarter,
        ["y"] = EsqlTimeUnit.Year,
        ["yr"] = EsqlTimeUnit.Year,
        ["year"] = EsqlTimeUnit.Year,
        ["years"] = EsqlTimeUnit.Year,
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    /// <summary>Words that are no name unless quoted.</summary>
    public static bool IsReserved(ReadOnlySpan<char> word) => ReservedSpans.Contains(word);

    /// <summary>Commands that begin a query.</summary>
    public static bool IsSource(ReadOnlySpan<char> word) => SourceSpans.Contains(word);

    public static EsqlTimeUnit? TimeUnit(string word) => Units.TryGetValue(word, out var unit) ? unit : null;
}
