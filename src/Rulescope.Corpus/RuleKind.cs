namespace Rulescope.Corpus;

/// <summary>What a document of a rule set is. Only <see cref="Rule"/> counts unless others are asked for.</summary>
public enum RuleKind
{
    /// <summary>A live detection: rules, building blocks and correlations alike.</summary>
    Rule,

    /// <summary>A query for hunting, not for alerting.</summary>
    Hunt,

    /// <summary>Withdrawn by its vendor.</summary>
    Deprecated,

    /// <summary>Kept by its vendor though it cannot run.</summary>
    Unsupported,

    /// <summary>A saved query without detection logic.</summary>
    SavedQuery,

    /// <summary>A scheduled query without detection logic.</summary>
    ScheduledQuery,

    /// <summary>A check of a resource's configuration.</summary>
    Policy,

    /// <summary>Conditions that narrow other rules, such as a Sigma filter.</summary>
    Filter,
}

/// <summary>The words for kinds: in JSON the singular, after <c>--include</c> the plural.</summary>
public static class RuleKinds
{
    /// <summary>Every kind, in the order they are shown.</summary>
    public static IReadOnlyList<RuleKind> All { get; } = Enum.GetValues<RuleKind>();

    /// <summary><c>rule</c>, <c>savedQuery</c>: a member name in JSON.</summary>
    public static string Word(this RuleKind kind)
    {
        var name = kind.ToString();
        return char.ToLowerInvariant(name[0]) + name[1..];
    }

    /// <summary><c>rules</c>, <c>saved-queries</c>: what <c>--include</c> takes.</summary>
    public static string Plural(this RuleKind kind) => kind switch
    {
        RuleKind.Rule => "rules",
        RuleKind.Hunt => "hunts",
        RuleKind.SavedQuery => "saved-queries",
        RuleKind.ScheduledQuery => "scheduled-queries",
        RuleKind.Policy => "policies",
        RuleKind.Filter => "filters",
        _ => kind.Word(),
    };

    /// <summary>Kinds named in a list such as <c>hunts,deprecated</c>, or <c>all</c>; null with the word that names none.</summary>
    public static IReadOnlySet<RuleKind>? ParseList(string text, out string unknown)
    {
        var kinds = new HashSet<RuleKind>();
        unknown = "";
        foreach (var word in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var named = All.Where(k => Names(word, k)).ToArray();
            if (named.Length == 0)
            {
                unknown = word;
                return null;
            }

            kinds.UnionWith(named);
        }

        return kinds;
    }

    static bool Names(string word, RuleKind kind) =>
        word.Equals("all", StringComparison.OrdinalIgnoreCase)
        || word.Equals(kind.Plural(), StringComparison.OrdinalIgnoreCase)
        || word.Equals(kind.Word(), StringComparison.OrdinalIgnoreCase);
}
