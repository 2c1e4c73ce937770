using System.Collections.Immutable;
using System.Globalization;
using Rulescope.Taxonomy.Fields;

namespace Rulescope.Catalog.Guide;

/// <summary>One negated clause of a rule with the rows that stand in it.</summary>
sealed record ExclusionClause(string Text, ImmutableArray<Seen> Members)
{
    const string And = " AND ";
    const string Or = " OR ";
    const string List = " | ";

    // What has brackets, negations or unread parts is more than its rows, and equal only where it is written alike.
    bool IsPlain => !(Has(And) && Has(Or)) && !Text.Contains("NOT ", StringComparison.Ordinal) && !Text.Contains("[not read:", StringComparison.Ordinal);

    /// <summary>Equal for clauses that exclude the same, under whatever names.</summary>
    public string Key => IsPlain
        ? $"{(Has(Or) ? Or : And)}{string.Join('\n', Members.Select(m => string.Create(CultureInfo.InvariantCulture, $"{m.Owner}\t{m.Field}\t{m.Kind}\t{m.Key}")).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal))}"
        : $"={Text.ToLowerInvariant()}";

    /// <summary>All that the clause asks for must be open to choice; of alternatives one is enough.</summary>
    public ExclusionRisk Risk(FieldTaxonomy taxonomy)
    {
        if (!IsPlain && !(Has(And) && Has(Or)))
            return new([]);
        var open = Members.Where(m => IsOpen(m, taxonomy)).ToArray();
        return open.Length > 0 && (open.Length == Members.Length || (Has(Or) && !Has(And)))
            ? new([.. open.Select(m => m.Field).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)])
            {
                Reasons = [.. open.Select(m => taxonomy.Find(m.Field)?.ChoiceReason).OfType<string>().Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            }
            : new([]);
    }

    static bool IsOpen(Seen member, FieldTaxonomy taxonomy) => member.Owner.Length == 0 && taxonomy.Find(member.Field) is { } concept && concept.Choice switch
    {
        ActorChoice.Whole => member.Kind is "eq" or "in" or "contains" or "starts_with" or "ends_with" or "has" or "wildcard" or "match" or "regex_match" or "cidr",
        ActorChoice.End => member.Kind is "contains" or "ends_with" or "has",
        _ => false,
    };

    /// <summary>One of the members is enough.</summary>
    public bool IsAny => !Has(And) && (Has(Or) || Has(List));

    /// <summary>Its members and how they are joined say all of it.</summary>
    public bool IsFlat => IsPlain && !(Has(And) && Has(List));

    bool Has(string word) => Text.Contains(word, StringComparison.Ordinal);
}
