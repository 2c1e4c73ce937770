using System.Collections.Frozen;
using System.Collections.Immutable;

namespace Rulescope.Taxonomy.Attack;

/// <summary>
/// The techniques of the current ATT&amp;CK version, and the way from any id of an older version to its page.
/// Source: <c>content/attack</c>, whose notice names where each fact is from. Immutable; made once.
/// </summary>
public sealed class AttackFacts
{
    // The longest chain in the data has three ids; the bound only keeps a circle in the data from hanging the program.
    const int MaxSteps = 16;

    // No repair is longer, so a long text need not be copied to look for one.
    const int MaxRepair = 64;

    static readonly Lazy<AttackFacts> Once = new(() => new AttackFacts());

    readonly FrozenDictionary<string, Technique> _current;
    readonly FrozenDictionary<string, Technique> _former;
    readonly FrozenDictionary<string, AttackContent.Move> _moved = AttackContent.Moved();
    readonly FrozenDictionary<string, string> _retired = AttackContent.Retired();
    readonly FrozenDictionary<string, string> _otherMatrices = AttackContent.OtherMatrices();
    readonly FrozenDictionary<string, AttackContent.Repair> _repairs = AttackContent.Repairs();
    readonly FrozenDictionary<string, ImmutableArray<Technique>> _subTechniques;
    readonly FrozenDictionary<string, string> _predecessors;

    AttackFacts()
    {
        Tactics = AttackContent.Tactics();
        (Version, _current) = AttackContent.Techniques("techniques-19.1.json", Tactics);
        (FormerVersion, _former) = AttackContent.Techniques("techniques-18.1.json", Tactics);
        Techniques = [.. _current.Values.OrderBy(t => t.Id, StringComparer.Ordinal)];
        _subTechniques = Techniques.Where(t => t.ParentId is not null)
            .GroupBy(t => t.ParentId ?? "", StringComparer.Ordinal)
            .ToFrozenDictionary(g => g.Key, g => g.ToImmutableArray(), StringComparer.Ordinal);
        _predecessors = _former.Values.Where(t => !_current.ContainsKey(t.Id) && Resolve(t.Id).HasPage)
            .GroupBy(t => Resolve(t.Id).Id ?? "", StringComparer.Ordinal)
            .Where(g => !_former.ContainsKey(g.Key))
            .ToFrozenDictionary(g => g.Key, g => Closest(_current[g.Key], g), StringComparer.Ordinal);
    }

    /// <summary>The facts this build carries.</summary>
    public static AttackFacts Default => Once.Value;

    /// <summary>The version the pages follow, such as <c>19.1</c>.</summary>
    public string Version { get; }

    /// <summary>The version before it that is held whole: <c>18.1</c>.</summary>
    public string FormerVersion { get; }

    /// <summary>In the order of the matrix.</summary>
    public ImmutableArray<Tactic> Tactics { get; }

    /// <summary>Techniques and sub-techniques of the current version, by id.</summary>
    public ImmutableArray<Technique> Techniques { get; }

    /// <summary>The ids that were revoked in favour of another.</summary>
    public IEnumerable<string> MovedIds => _moved.Keys;

    /// <summary>The technique of a canonical id, or null where the current version has none.</summary>
    public Technique? Find(string id) => _current.GetValueOrDefault(id);

    /// <summary>The technique as <see cref="FormerVersion"/> had it, or null; tactics under today's names.</summary>
    public Technique? FindFormer(string id) => _former.GetValueOrDefault(id);

    /// <summary>The name an id has or had: <c>PowerShell</c> for the revoked <c>T1086</c>; null where none is known.</summary>
    public string? NameOf(string id) =>
        Find(id)?.Name ?? FindFormer(id)?.Name ?? _moved.GetValueOrDefault(id)?.Name ?? _retired.GetValueOrDefault(id);

    /// <summary><c>Remote Services: Cloud Services</c>: the parent's name before the own one; the id where no name is known.</summary>
    public string FullNameOf(string id)
    {
        var name = NameOf(id) ?? id;
        return AttackId.ParentOf(id) is { } parent && NameOf(parent) is { } ofParent ? $"{ofParent}: {name}" : name;
    }

    /// <summary>The sub-techniques of a technique, by id; empty for a sub-technique.</summary>
    public ImmutableArray<Technique> SubTechniques(string id) => _subTechniques.GetValueOrDefault(id, []);

    /// <summary>
    /// The id of <see cref="FormerVersion"/> whose text describes a page that is new since: <c>T1562.001</c> for <c>T1685</c>.
    /// Null where the page had the same id before, or is wholly new.
    /// </summary>
    public string? Predecessor(string id) => _predecessors.GetValueOrDefault(id);

    /// <summary>Finds the page of an id of any version, however it is spelt; never throws.</summary>
    public AttackResolution Resolve(string? written)
    {
        written ??= "";
        var repair = RepairOf(written, isTactic: false);
        var id = repair?.Id ?? AttackId.Normalize(written);
        if (id is null)
            return new(written, null, AttackIdKind.Malformed, []);

        var steps = ImmutableArray.CreateBuilder<string>();
        steps.Add(id);
        while (!_current.ContainsKey(id) && steps.Count < MaxSteps && _moved.GetValueOrDefault(id) is { } move)
        {
            id = move.To;
            steps.Add(id);
        }

        var kind = _current.ContainsKey(id) ? steps.Count > 1 ? AttackIdKind.Moved : AttackIdKind.Current
            : _retired.ContainsKey(id) ? AttackIdKind.Retired
            : _otherMatrices.ContainsKey(id) ? AttackIdKind.OtherMatrix
            : AttackIdKind.Unknown;
        return new(written, id, kind, steps.ToImmutable(), repair?.Reason, _otherMatrices.GetValueOrDefault(id));
    }

    /// <summary>Finds a tactic by id, name or short name of any version: <c>TA0005</c>, <c>Defense Evasion</c>, <c>defense_evasion</c>.</summary>
    public AttackResolution ResolveTactic(string? written)
    {
        written ??= "";
        var repair = RepairOf(written, isTactic: true);
        var bare = repair is null ? AttackId.Bare(written) : repair.Id;
        var shortName = AttackContent.ShortNameOf(bare);
        var id = AttackId.NormalizeTactic(bare.ToString());
        foreach (var tactic in Tactics)
        {
            if (string.Equals(tactic.Id, id, StringComparison.Ordinal) || string.Equals(tactic.ShortName, shortName, StringComparison.Ordinal))
                return new(written, tactic.Id, AttackIdKind.Current, [tactic.Id], repair?.Reason);
            if (tactic.FormerName is { } former && string.Equals(AttackContent.ShortNameOf(former), shortName, StringComparison.Ordinal))
                return new(written, tactic.Id, AttackIdKind.Moved, [tactic.Id], repair?.Reason);
        }

        return id is null
            ? new(written, null, AttackIdKind.Malformed, [])
            : new(written, id, AttackIdKind.Unknown, [id], repair?.Reason);
    }

    /// <summary>The tactic of a canonical id, or null.</summary>
    public Tactic? FindTactic(string id) => Tactics.FirstOrDefault(t => string.Equals(t.Id, id, StringComparison.Ordinal));

    // Of several ids that became one, the one that kept its name is the one whose text still fits.
    static string Closest(Technique now, IEnumerable<Technique> before) => before
        .OrderBy(t => string.Equals(t.Name, now.Name, StringComparison.OrdinalIgnoreCase) ? 0 : 1)
        .ThenBy(t => t.Id, StringComparer.Ordinal)
        .First().Id;

    AttackContent.Repair? RepairOf(string written, bool isTactic)
    {
        var bare = AttackId.Bare(written);
        return bare.Length <= MaxRepair
            && _repairs.GetValueOrDefault(bare.ToString()) is { } repair
            && repair.Id.StartsWith("TA", StringComparison.Ordinal) == isTactic
                ? repair
                : null;
    }
}
