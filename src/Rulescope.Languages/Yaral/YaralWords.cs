using System.Collections.Frozen;

namespace Rulescope.Languages.Yaral;

/// <summary>YARA-L's words; they are written in either case.</summary>
static class YaralWords
{
    static readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> Keywords = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "and", "or", "not", "in", "nocase", "regex", "cidr", "any", "all", "of", "over", "by", "every", "before", "after", "true", "false", "asc", "desc")
        .GetAlternateLookup<ReadOnlySpan<char>>();

    static readonly FrozenSet<string> SectionNames = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "meta", "events", "match", "outcome", "condition", "options", "dedup", "order", "limit", "select", "unselect");

    /// <summary>True for a word that cannot be a value.</summary>
    public static bool IsKeyword(ReadOnlySpan<char> word) => Keywords.Contains(word);

    /// <summary>True for the name of a section.</summary>
    public static bool IsSection(string word) => SectionNames.Contains(word);
}
