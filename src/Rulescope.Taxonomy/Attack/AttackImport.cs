using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Rulescope.Text;

namespace Rulescope.Taxonomy.Attack;

/// <summary>What one import has gathered so far, over one file or many.</summary>
sealed class AttackImport(AttackLimits limits)
{
    const int MaxFindings = 1000;

    readonly Dictionary<string, ImportedTechnique> _techniques = new(StringComparer.Ordinal);
    readonly Dictionary<string, string> _moved = new(StringComparer.Ordinal);
    readonly Dictionary<string, string> _idOfStix = new(StringComparer.Ordinal);
    readonly List<(string From, string To)> _revocations = [];
    readonly ImmutableArray<Diagnostic>.Builder _findings = ImmutableArray.CreateBuilder<Diagnostic>();
    string? _version;
    string? _notice;
    bool _isFull;

    public void Read(Stream stream, string name, CancellationToken cancellation)
    {
        var pieces = new JsonPieces(stream, limits.MaxPiece);
        var root = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        var isObject = false;
        while (pieces.Next() is var (property, value))
        {
            using (value)
            {
                cancellation.ThrowIfCancellationRequested();
                switch (property)
                {
                    case "objects" or "" when value.RootElement.ValueKind == JsonValueKind.Object:
                        AddStix(new(value.RootElement), name, pieces.Position);
                        break;
                    case "techniques" when value.RootElement.ValueKind == JsonValueKind.Object:
                        AddCompact(new(value.RootElement), name, pieces.Position);
                        break;
                    case "attack_version":
                        SetVersion(JsonText.Of(value.RootElement));
                        break;
                    case "notice":
                        _notice ??= JsonText.Of(value.RootElement);
                        break;
                    case "revoked_by" when value.RootElement.ValueKind == JsonValueKind.Object:
                        AddMoves(value.RootElement);
                        break;
                    case "type":
                        isObject = JsonText.Of(value.RootElement) is "attack-pattern" or "relationship" or "marking-definition" or "x-mitre-collection";
                        root[property] = value.RootElement.Clone();
                        break;
                    default:
                        if (StixObject.Properties.Contains(property))
                            root[property] = value.RootElement.Clone();
                        break;
                }
            }
        }

        // A file may be one STIX object without a bundle around it; its properties then came one by one.
        if (isObject)
            AddStix(new(root), name, pieces.Position);
        if (pieces.End == JsonEnd.NotJson)
            Report(pieces.Position, AttackCodes.NotJson, name, pieces.Position);
        else if (pieces.End == JsonEnd.TooLarge)
            Report(pieces.Position, AttackCodes.TooLarge, name, limits.MaxPiece);
    }

    public Parsed<AttackDescriptions> Finish(string name)
    {
        foreach (var (from, to) in _revocations)
        {
            if (_idOfStix.GetValueOrDefault(from) is { } id && _idOfStix.GetValueOrDefault(to) is { } successor && !string.Equals(id, successor, StringComparison.Ordinal))
                _moved.TryAdd(id, successor);
        }

        if (_techniques.Count == 0 && !_findings.Any(f => f.Code.Severity == Severity.Error))
            Report(0, AttackCodes.NoTechniques, name);
        return new(
            new AttackDescriptions(
                _version, _notice, _techniques.ToFrozenDictionary(StringComparer.Ordinal), _moved.ToFrozenDictionary(StringComparer.Ordinal)),
            _findings.ToImmutable());
    }

    /// <summary>Adds a finding at a byte of the file; beyond a thousand, more of them say nothing new.</summary>
    public void Report(long position, DiagnosticCode code, params ReadOnlySpan<object?> arguments)
    {
        if (_findings.Count < MaxFindings)
            _findings.Add(Diagnostic.At(new((int)Math.Min(position, int.MaxValue), 0), code, arguments));
    }

    void AddStix(StixObject stix, string file, long position)
    {
        switch (stix.Text("type"))
        {
            case "attack-pattern":
                AddAttackPattern(stix, file, position);
                break;
            case "relationship" when stix.Text("relationship_type") == "revoked-by" && _revocations.Count < limits.MaxTechniques:
                _revocations.Add((stix.Text("source_ref"), stix.Text("target_ref")));
                break;
            case "marking-definition":
                _notice ??= stix.Statement();
                break;
            case "x-mitre-collection":
                SetVersion(stix.Text("x_mitre_version"));
                break;
        }
    }

    void AddAttackPattern(StixObject stix, string file, long position)
    {
        var id = AttackId.Normalize(stix.ExternalId(out var isOtherMatrix));
        if (id is null)
        {
            if (!isOtherMatrix)
                Report(position, AttackCodes.NoId, file);
            return;
        }

        if (_idOfStix.Count < limits.MaxTechniques && stix.Text("id") is { Length: > 0 } stixId)
            _idOfStix[stixId] = id;
        // The text of a revoked technique is that of its successor, or out of date.
        if (stix.IsTrue("revoked"))
            return;
        Add(
            new(id, stix.Text("name"), stix.Text("description"), stix.Phases(), stix.Texts("x_mitre_platforms"), stix.IsTrue("x_mitre_deprecated"), stix.Text("modified")),
            file,
            position);
    }

    void AddCompact(StixObject row, string file, long position)
    {
        if (AttackId.Normalize(row.Text("id")) is { } id)
            Add(new(id, row.Text("name"), row.Text("desc"), row.Texts("tactics"), row.Texts("platforms"), false, row.Text("mod")), file, position);
        else
            Report(position, AttackCodes.NoId, file);
    }

    void Add(ImportedTechnique technique, string file, long position)
    {
        var known = _techniques.GetValueOrDefault(technique.Id);
        if (known is null && _techniques.Count >= limits.MaxTechniques)
        {
            if (!_isFull)
                Report(position, AttackCodes.TooMany, file, limits.MaxTechniques, "techniques");
            _isFull = true;
            return;
        }

        // Two files of one folder may hold the same id: the one that MITRE changed last counts.
        if (known is not null && string.CompareOrdinal(known.Modified, technique.Modified) >= 0)
            return;
        if (technique.Description.Length > limits.MaxText)
        {
            Report(position, AttackCodes.Cut, technique.Id, limits.MaxText);
            technique = technique with { Description = technique.Description[..limits.MaxText] };
        }

        _techniques[technique.Id] = technique;
    }

    void AddMoves(JsonElement map)
    {
        foreach (var entry in map.EnumerateObject())
        {
            if (_moved.Count < limits.MaxTechniques && AttackId.Normalize(JsonText.NameOf(entry)) is { } from && AttackId.Normalize(JsonText.Of(entry.Value)) is { } to)
                _moved.TryAdd(from, to);
        }
    }

    // Of several versions in one folder the newest is the one to show.
    void SetVersion(string version)
    {
        if (Number(version) is { } number && (_version is null || Number(_version) is not { } known || number > known))
            _version = version;
    }

    static decimal? Number(string version) =>
        decimal.TryParse(version, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) ? number : null;
}
