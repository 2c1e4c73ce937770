using System.Collections.Frozen;

namespace Rulescope.Languages.Kusto;

/// <summary>What an infix operator builds.</summary>
enum KustoInfixKind
{
    Or,
    And,
    Compare,
    Member,
    Between,
    Arithmetic,
}

/// <summary>An infix operator: how tight it binds (a higher level is tighter), and which one of its kind it is.</summary>
readonly record struct KustoInfix(KustoInfixKind Kind, int Level, int Operator)
{
    public const int OrLevel = 1;
    public const int AndLevel = 2;
    public const int EqualityLevel = 3;
    public const int RelationLevel = 4;
    public const int SumLevel = 5;
    public const int ProductLevel = 6;

    /// <summary>String operators bind tighter than arithmetic: <c>"a" + b has "c"</c> adds a bool.</summary>
    public const int StringLevel = 7;

    static readonly (string Text, KustoComparison Operator, int Level)[] Comparisons =
    [
        ("==", KustoComparison.Equal, EqualityLevel),
        ("!=", KustoComparison.NotEqual, EqualityLevel),
        ("<>", KustoComparison.NotEqual, EqualityLevel),
        ("<", KustoComparison.Less, RelationLevel),
        ("<=", KustoComparison.LessOrEqual, RelationLevel),
        (">", KustoComparison.Greater, RelationLevel),
        (">=", KustoComparison.GreaterOrEqual, RelationLevel),
        ("=~", KustoComparison.EqualFold, StringLevel),
        ("!~", KustoComparison.NotEqualFold, StringLevel),
        ("has", KustoComparison.Has, StringLevel),
        ("!has", KustoComparison.NotHas, StringLevel),
        ("has_cs", KustoComparison.HasCs, StringLevel),
        ("!has_cs", KustoComparison.NotHasCs, StringLevel),
        ("hasprefix", KustoComparison.HasPrefix, StringLevel),
        ("!hasprefix", KustoComparison.NotHasPrefix, StringLevel),
        ("hasprefix_cs", KustoComparison.HasPrefixCs, StringLevel),
        ("!hasprefix_cs", KustoComparison.NotHasPrefixCs, StringLevel),
        ("hassuffix", KustoComparison.HasSuffix, StringLevel),
        ("!hassuffix", KustoComparison.NotHasSuffix, StringLevel),
        ("hassuffix_cs", KustoComparison.HasSuffixCs, StringLevel),
        ("!hassuffix_cs", KustoComparison.NotHasSuffixCs, StringLevel),
        ("like", KustoComparison.Like, StringLevel),
        ("notlike", KustoComparison.NotLike, StringLevel),
        ("likecs", KustoComparison.LikeCs, StringLevel),
        ("notlikecs", KustoComparison.NotLikeCs, StringLevel),
        ("contains", KustoComparison.Contains, StringLevel),
        ("!contains", KustoComparison.NotContains, StringLevel),
        ("notcontains", KustoComparison.NotContains, StringLevel),
        ("contains_cs", KustoComparison.ContainsCs, StringLevel),
        ("containscs", KustoComparison.ContainsCs, StringLevel),
        ("!contains_cs", KustoComparison.NotContainsCs, StringLevel),
        ("notcontainscs", KustoComparison.NotContainsCs, StringLevel),
        ("startswith", KustoComparison.StartsWith, StringLevel),
        ("!startswith", KustoComparison.NotStartsWith, StringLevel),
        ("startswith_cs", KustoComparison.StartsWithCs, StringLevel),
        ("!startswith_cs", KustoComparison.NotStartsWithCs, StringLevel),
        ("endswith", KustoComparison.EndsWith, StringLevel),
        ("!endswith", KustoComparison.NotEndsWith, StringLevel),
        ("endswith_cs", KustoComparison.EndsWithCs, StringLevel),
        ("!endswith_cs", KustoComparison.NotEndsWithCs, StringLevel),
        ("matches regex", KustoComparison.MatchesRegex, StringLevel),
        (":", KustoComparison.Search, StringLevel),
    ];

    static readonly (string Text, KustoMembership Operator)[] Memberships =
    [
        ("in", KustoMembership.In),
        ("!in", KustoMembership.NotIn),
        ("in~", KustoMembership.InFold),
        ("!in~", KustoMembership.NotInFold),
        ("has_any", KustoMembership.HasAny),
        ("has_all", KustoMembership.HasAll),
    ];

    static readonly (string Text, KustoArithmetic Operator, int Level)[] Arithmetics =
    [
        ("+", KustoArithmetic.Add, SumLevel),
        ("-", KustoArithmetic.Subtract, SumLevel),
        ("*", KustoArithmetic.Multiply, ProductLevel),
        ("/", KustoArithmetic.Divide, ProductLevel),
        ("%", KustoArithmetic.Modulo, ProductLevel),
    ];

    static readonly FrozenDictionary<string, KustoInfix>.AlternateLookup<ReadOnlySpan<char>> ByText = All()
        .ToFrozenDictionary(StringComparer.Ordinal)
        .GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>The operator of this spelling; null for none.</summary>
    public static KustoInfix? Of(ReadOnlySpan<char> text) => ByText.TryGetValue(text, out var infix) ? infix : null;

    // The first spelling of a synonym is the canonical one.
    public static string TextOf(KustoComparison comparison) => Array.Find(Comparisons, c => c.Operator == comparison).Text;

    public static string TextOf(KustoMembership membership) => Array.Find(Memberships, m => m.Operator == membership).Text;

    public static string TextOf(KustoArithmetic arithmetic) => Array.Find(Arithmetics, a => a.Operator == arithmetic).Text;

    public static int LevelOf(KustoComparison comparison) => Array.Find(Comparisons, c => c.Operator == comparison).Level;

    public static int LevelOf(KustoArithmetic arithmetic) => Array.Find(Arithmetics, a => a.Operator == arithmetic).Level;

    static Dictionary<string, KustoInfix> All()
    {
        var all = new Dictionary<string, KustoInfix>(StringComparer.Ordinal)
        {
            ["or"] = new(KustoInfixKind.Or, OrLevel, 0),
            ["and"] = new(KustoInfixKind.And, AndLevel, 0),
            ["between"] = new(KustoInfixKind.Between, EqualityLevel, 0),
            ["!between"] = new(KustoInfixKind.Between, EqualityLevel, 1),
        };
        foreach (var (text, comparison, level) in Comparisons)
            all.Add(text, new(KustoInfixKind.Compare, level, (int)comparison));
        foreach (var (text, membership) in Memberships)
            all.Add(text, new(KustoInfixKind.Member, EqualityLevel, (int)membership));
        foreach (var (text, arithmetic, level) in Arithmetics)
            all.Add(text, new(KustoInfixKind.Arithmetic, level, (int)arithmetic));
        return all;
    }
}
