using Rulescope.Text;

namespace Rulescope.Algebra.Fields;

/// <summary>Where a rule's events come from, in the words of its vendor: <c>sigma product=windows category=process_creation</c>.</summary>
/// <param name="Vendor">The vendor id whose words these are; it names the vocabulary of the fields as well.</param>
/// <param name="Terms">What the rule says, in source order; an empty list is any source.</param>
public sealed record LogSource(string Vendor, EquatableArray<LogSource.Term> Terms)
{
    /// <summary>One thing said of the source: <c>product</c>, <c>category</c>, <c>service</c>, <c>index</c>, <c>dataset</c>, <c>table</c>, <c>log_type</c>.</summary>
    public sealed record Term(string Key, EquatableArray<string> Values);

    /// <summary>The first value under a key, or null.</summary>
    public string? this[string key] =>
        Terms.FirstOrDefault(t => string.Equals(t.Key, key, StringComparison.Ordinal)) is { Values.Count: > 0 } term ? term.Values[0] : null;

    /// <summary><c>product=windows category=process_creation</c>.</summary>
    public string Display => string.Join(' ', Terms.Select(t => $"{t.Key}={string.Join(',', t.Values)}"));
}
