using System.Collections.Frozen;
using System.Collections.Immutable;
using Rulescope.Text;

namespace Rulescope.Languages.Sigma;

/// <summary>The value modifiers of the specification.</summary>
public enum SigmaModifierKind
{
    Unknown,
    All,
    Contains,
    StartsWith,
    EndsWith,
    Base64,
    Base64Offset,
    Utf16Le,
    Utf16Be,
    Utf16,
    Windash,
    Regex,
    IgnoreCase,
    MultiLine,
    DotAll,
    Cidr,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Minute,
    Hour,
    Day,
    Week,
    Month,
    Year,
    Exists,
    Cased,
    NotEqual,
    FieldReference,
    Expand,
}

/// <summary>Which modifiers there are and which may stand together; the whole grammar of a chain is the table below.</summary>
public static class SigmaModifiers
{
    /// <summary>What a modifier does to the item.</summary>
    [Flags]
    enum Role
    {
        None = 0,
        Link = 1,
        Place = 2,
        Encode = 4,
        Dash = 8,
        Regex = 16,
        RegexFlag = 32,
        Network = 64,
        Order = 128,
        Time = 256,
        Presence = 512,
        Case = 1024,
        Negate = 2048,
        Reference = 4096,
        Placeholder = 8192,
    }

    // What may not stand before a role: either never together, or only in the other order.
    static readonly FrozenDictionary<Role, Role> NotAfter = new Dictionary<Role, Role>
    {
        [Role.Link] = Role.Link | Role.Presence,
        [Role.Place] = Role.Place | Role.Network | Role.Order | Role.Time | Role.Presence,
        [Role.Encode] = Role.Place | Role.Regex | Role.Network | Role.Order | Role.Time | Role.Presence | Role.Reference | Role.Placeholder,
        [Role.Dash] = Role.Dash | Role.Encode | Role.Regex | Role.Network | Role.Order | Role.Time | Role.Presence | Role.Reference,
        [Role.Regex] = ~(Role.Link | Role.Negate),
        [Role.RegexFlag] = Role.Presence,
        [Role.Network] = ~(Role.Link | Role.Negate | Role.Placeholder),
        [Role.Order] = ~(Role.Link | Role.Time),
        [Role.Time] = ~(Role.Link | Role.Negate),
        [Role.Presence] = ~Role.None,
        [Role.Case] = Role.Case | Role.Regex | Role.Network | Role.Order | Role.Time | Role.Presence,
        [Role.Negate] = Role.Negate | Role.Order | Role.Presence,
        [Role.Reference] = ~(Role.Link | Role.Negate | Role.Place | Role.Case),
        [Role.Placeholder] = Role.Placeholder | Role.Encode | Role.Order | Role.Time | Role.Presence | Role.Reference,
    }.ToFrozenDictionary();

    static readonly ImmutableArray<(string Name, SigmaModifierKind Kind, Role Role)> Table =
    [
        ("all", SigmaModifierKind.All, Role.Link),
        ("contains", SigmaModifierKind.Contains, Role.Place),
        ("startswith", SigmaModifierKind.StartsWith, Role.Place),
        ("endswith", SigmaModifierKind.EndsWith, Role.Place),
        ("base64", SigmaModifierKind.Base64, Role.Encode),
        ("base64offset", SigmaModifierKind.Base64Offset, Role.Encode),
        ("wide", SigmaModifierKind.Utf16Le, Role.Encode),
        ("utf16le", SigmaModifierKind.Utf16Le, Role.Encode),
        ("utf16be", SigmaModifierKind.Utf16Be, Role.Encode),
        ("utf16", SigmaModifierKind.Utf16, Role.Encode),
        ("windash", SigmaModifierKind.Windash, Role.Dash),
        ("re", SigmaModifierKind.Regex, Role.Regex),
        ("i", SigmaModifierKind.IgnoreCase, Role.RegexFlag),
        ("ignorecase", SigmaModifierKind.IgnoreCase, Role.RegexFlag),
        ("m", SigmaModifierKind.MultiLine, Role.RegexFlag),
        ("multiline", SigmaModifierKind.MultiLine, Role.RegexFlag),
        ("s", SigmaModifierKind.DotAll, Role.RegexFlag),
        ("dotall", SigmaModifierKind.DotAll, Role.RegexFlag),
        ("cidr", SigmaModifierKind.Cidr, Role.Network),
        ("lt", SigmaModifierKind.Less, Role.Order),
        ("lte", SigmaModifierKind.LessOrEqual, Role.Order),
        ("gt", SigmaModifierKind.Greater, Role.Order),
        ("gte", SigmaModifierKind.GreaterOrEqual, Role.Order),
        ("minute", SigmaModifierKind.Minute, Role.Time),
        ("hour", SigmaModifierKind.Hour, Role.Time),
        ("day", SigmaModifierKind.Day, Role.Time),
        ("week", SigmaModifierKind.Week, Role.Time),
        ("month", SigmaModifierKind.Month, Role.Time),
        ("year", SigmaModifierKind.Year, Role.Time),
        ("exists", SigmaModifierKind.Exists, Role.Presence),
        ("cased", SigmaModifierKind.Cased, Role.Case),
        ("neq", SigmaModifierKind.NotEqual, Role.Negate),
        ("fieldref", SigmaModifierKind.FieldReference, Role.Reference),
        ("expand", SigmaModifierKind.Expand, Role.Placeholder),
    ];

    static readonly FrozenDictionary<string, SigmaModifierKind> ByName = Table.ToFrozenDictionary(t => t.Name, t => t.Kind, StringComparer.OrdinalIgnoreCase);

    static readonly FrozenDictionary<SigmaModifierKind, Role> Roles = Table.DistinctBy(t => t.Kind).ToFrozenDictionary(t => t.Kind, t => t.Role);

    /// <summary>The modifier of a name in any case, or <see cref="SigmaModifierKind.Unknown"/>.</summary>
    public static SigmaModifierKind Find(string name) => ByName.GetValueOrDefault(name);

    /// <summary>True when every modifier is known and may stand where it does.</summary>
    public static bool IsLegal(EquatableArray<SigmaModifier> chain) => chain.All(m => m.Kind != SigmaModifierKind.Unknown) && FirstConflict(chain) is null;

    /// <summary>The first modifier that may not stand where it does, and the one before it that forbids it; null for a legal chain.</summary>
    /// <remarks>A regular-expression flag without <c>re</c> before it is named twice.</remarks>
    public static (SigmaModifier Modifier, SigmaModifier Forbidding)? FirstConflict(IReadOnlyList<SigmaModifier> chain)
    {
        for (var i = 0; i < chain.Count; i++)
        {
            if (!Roles.TryGetValue(chain[i].Kind, out var role))
                continue;
            for (var j = 0; j < i; j++)
            {
                if ((NotAfter[role] & Roles.GetValueOrDefault(chain[j].Kind)) != Role.None)
                    return (chain[i], chain[j]);
            }

            if (role == Role.RegexFlag && !chain.Take(i).Any(m => m.Kind == SigmaModifierKind.Regex))
                return (chain[i], chain[i]);
        }

        return null;
    }
}
