using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Rulescope.Languages.Panther;

/// <summary>The names of conditions.</summary>
static class SimpleConditions
{
    // Each name and its opposite; a name has no opposite where the reference names none.
    static readonly ImmutableArray<(SimpleTest Test, string Word, string? Opposite)> Words =
    [
        (SimpleTest.Equal, "Equals", "DoesNotEqual"),
        (SimpleTest.StartsWith, "StartsWith", "DoesNotStartWith"),
        (SimpleTest.EndsWith, "EndsWith", "DoesNotEndWith"),
        (SimpleTest.Contains, "Contains", "DoesNotContain"),
        (SimpleTest.Has, "Has", "DoesNotHave"),
        (SimpleTest.Greater, "IsGreaterThan", null),
        (SimpleTest.GreaterOrEqual, "IsGreaterThanOrEquals", null),
        (SimpleTest.GreaterOrEqual, "IsGreaterThanOrEqual", null),
        (SimpleTest.Less, "IsLessThan", null),
        (SimpleTest.LessOrEqual, "IsLessThanOrEquals", null),
        (SimpleTest.LessOrEqual, "IsLessThanOrEqual", null),
        (SimpleTest.In, "IsIn", "IsNotIn"),
        (SimpleTest.Exists, "Exists", "DoesNotExist"),
        (SimpleTest.Null, "IsNull", "IsNotNull"),
        (SimpleTest.NullOrEmpty, "IsNullOrEmpty", "IsNotNullOrEmpty"),
        (SimpleTest.Address, "IsIPAddress", "IsNotIPAddress"),
        (SimpleTest.AddressV4, "IsIPv4Address", "IsNotIPv4Address"),
        (SimpleTest.AddressV6, "IsIPv6Address", "IsNotIPv6Address"),
        (SimpleTest.PublicAddress, "IsIPAddressPublic", null),
        (SimpleTest.PrivateAddress, "IsIPAddressPrivate", null),
        (SimpleTest.InNetwork, "IsIPAddressInCIDR", "IsIPAddressNotInCIDR"),
    ];

    static readonly FrozenDictionary<string, SimpleCondition> Known = All().ToFrozenDictionary(c => c.Word, StringComparer.Ordinal);

    /// <summary>All names, in ordinal order.</summary>
    public static IEnumerable<string> Names => Known.Keys.Order(StringComparer.Ordinal);

    public static SimpleCondition? Find(string word) => Known.GetValueOrDefault(word);

    /// <summary>True for a condition that compares texts, which has a form that ignores case.</summary>
    public static bool ComparesText(SimpleTest test) => test is SimpleTest.Equal or SimpleTest.StartsWith or SimpleTest.EndsWith or SimpleTest.Contains;

    /// <summary>True for a condition that needs no value; <c>Value: false</c> turns one about addresses around.</summary>
    public static bool NeedsNoValue(SimpleTest test) =>
        test is SimpleTest.Exists or SimpleTest.Null or SimpleTest.NullOrEmpty
            or SimpleTest.Address or SimpleTest.AddressV4 or SimpleTest.AddressV6 or SimpleTest.PublicAddress or SimpleTest.PrivateAddress;

    static IEnumerable<SimpleCondition> All()
    {
        foreach (var (test, word, opposite) in Words)
        {
            foreach (var folds in ComparesText(test) ? (ImmutableArray<bool>)[false, true] : [false])
            {
                var prefix = folds ? "I" : "";
                yield return new(prefix + word, test) { IgnoresCase = folds };
                if (opposite is not null)
                    yield return new(prefix + opposite, test) { IgnoresCase = folds, Negated = true };
            }
        }
    }
}
