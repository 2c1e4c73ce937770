using System.Diagnostics;
using Rulescope.Text;

namespace Rulescope.Taxonomy.Attack;

/// <summary>What an id, as a rule writes it, turned out to be.</summary>
public enum AttackIdKind
{
    /// <summary>Of the current version.</summary>
    Current,

    /// <summary>Of an older version; another id stands in its place now, or the same one under another name.</summary>
    Moved,

    /// <summary>Of an older version and deprecated without a successor.</summary>
    Retired,

    /// <summary>Of the mobile, ICS or PRE matrix.</summary>
    OtherMatrix,

    /// <summary>Well formed, but of no known version.</summary>
    Unknown,

    /// <summary>Not an id.</summary>
    Malformed,
}

/// <summary>The answer to "which page does this id belong to".</summary>
/// <param name="Written">As the rule has it.</param>
/// <param name="Id">The id to go by; null only when malformed. Names a page when <see cref="HasPage"/>.</param>
/// <param name="Steps">The ids on the way, the repaired spelling first: <c>T1089, T1562.001, T1685</c>; one id when it never moved.</param>
/// <param name="Repair">Why the spelling was read as another; null when it was right.</param>
/// <param name="Matrix">The other matrix the id is of: <c>mobile</c>, <c>ics</c> or <c>pre</c>.</param>
public sealed record AttackResolution(
    string Written, string? Id, AttackIdKind Kind, EquatableArray<string> Steps, string? Repair = null, string? Matrix = null)
{
    /// <summary>True when <see cref="Id"/> is of the current version.</summary>
    public bool HasPage => Kind is AttackIdKind.Current or AttackIdKind.Moved;

    /// <summary>What to report about the id at its place in the rule, or null when there is nothing to say.</summary>
    public Diagnostic? Finding(SourceSpan span) => Kind switch
    {
        AttackIdKind.Malformed => Diagnostic.At(span, AttackCodes.Malformed, Written),
        AttackIdKind.Unknown => Diagnostic.At(span, AttackCodes.Unknown, Id),
        AttackIdKind.Retired => Diagnostic.At(span, AttackCodes.Retired, Id),
        AttackIdKind.OtherMatrix => Diagnostic.At(span, AttackCodes.OtherMatrix, Id, Matrix),
        AttackIdKind.Current or AttackIdKind.Moved when Repair is not null =>
            Diagnostic.At(span, AttackCodes.Misspelt, Written.Trim(), Steps[0], Repair),
        AttackIdKind.Current or AttackIdKind.Moved => null,
        _ => throw new UnreachableException(Kind.ToString()),
    };
}
