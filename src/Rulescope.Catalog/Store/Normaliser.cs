using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Rulescope.Algebra.Fields;
using Rulescope.Algebra.Reading;
using Rulescope.Corpus;
using Rulescope.Taxonomy.Fields;
using Rulescope.Taxonomy.LogSources;
using Rulescope.Text;

namespace Rulescope.Catalog.Store;

/// <summary>A leaf as the catalog keeps it: under the shared name where the taxonomy knows one, beside the name it came from.</summary>
/// <param name="Seen">The leaf as the rule has it.</param>
/// <param name="Field">The shared name; the rule's own where none is known.</param>
/// <param name="Owner">The vendor whose own name <paramref name="Field"/> is; null for a shared one. Rows of different owners are never one.</param>
/// <param name="Meaning">What the taxonomy says of the native name; null where it says nothing.</param>
sealed record NormalisedLeaf(
    Observation Seen, string Native, string Field, string? Owner, ReadOperator Operator, string? Value, string? MergeKey, FieldRole Role, FieldMeaning? Meaning)
{
    /// <summary>Ids of the log sources the leaf's events are of; empty where none is known.</summary>
    public ImmutableArray<string> Scope { get; init; } = [];

    /// <summary>A value alone and one of a list are the same fact; how the rules say it stands beside the row. A pattern in a list equals nothing.</summary>
    public ReadOperator Kind => Operator == ReadOperator.In && !MergeKey.AsSpan().ContainsAny('*', '?') ? ReadOperator.Eq : Operator;

    /// <summary>What rows of the guide meet by: vendors spell one value in different cases, but in a pattern case may be syntax.</summary>
    public string? RowKey => Operator == ReadOperator.RegexMatch ? MergeKey : MergeKey?.ToLowerInvariant();
}

/// <summary>Puts the leaves of one rule under the names all vendors share (SPEC T20, T21).</summary>
sealed class Normaliser(FieldTaxonomy fields, SourceScopes scopes, RuleDocument document, RuleReading reading)
{
    readonly Dictionary<(int Stage, ImmutableArray<ReadNode.Leaf> Beside), ImmutableArray<string>> _scopes = [];

    public NormalisedLeaf Of(Observation seen)
    {
        var native = Native(seen);
        if (seen.IsThreshold || NativeField.Of(seen.Field, seen.Target) is not { } path)
            return new(seen, native, native, document.Vendor, seen.Operator, seen.Value, seen.MergeKey, seen.IsThreshold ? FieldRole.Threshold : FieldRole.Behaviour, null);
        var scope = Scope(seen);
        var meaning = fields.Resolve(document.Vendor, path, scope);
        var role = fields.IsSelector(document.Vendor, path) ? FieldRole.Selector : meaning?.Concept.Role ?? FieldRole.Behaviour;
        if (meaning is { Merges: true } && Transformed(seen, meaning.Binding.Transform, scope) is { } test)
            return new(seen, native, meaning.Name, null, test.Operator, test.Value, test.MergeKey, role, meaning) { Scope = scope };
        return new(seen, native, native, document.Vendor, seen.Operator, seen.Value, seen.MergeKey, role, meaning) { Scope = scope };
    }

    /// <summary>The name of a leaf's field where its events come from these sources: the shared one, else its own.</summary>
    public string NameOf(ReadNode.Leaf leaf, ImmutableArray<string> scope) =>
        NativeField.Of(leaf.Field, leaf.Target) is not { } path ? leaf.Field
            : fields.Resolve(document.Vendor, path, scope) is { Merges: true } meaning ? meaning.Name : path;

    (ReadOperator Operator, string? Value, string? MergeKey)? Transformed(Observation seen, ValueTransform transform, ImmutableArray<string> scope)
    {
        // A test of presence is the same of a path and of its last segment.
        if (seen.Value is null || seen.MergeKey is null)
            return (seen.Operator, null, null);
        var platforms = scopes.Platforms(scope);
        if (platforms.Length != 1 && !document.Platforms.IsEmpty)
            platforms = document.Platforms.Items;
        if (transform.Apply(new(seen.Operator, seen.Value), platforms) is not { } shown || transform.Apply(new(seen.Operator, seen.MergeKey), platforms) is not { } key)
            return null;
        return (shown.Operator, shown.Value, key.Value);
    }

    ImmutableArray<string> Scope(Observation seen)
    {
        var key = (seen.Stage, seen.Beside);
        if (_scopes.TryGetValue(key, out var known))
            return known;
        var said = reading.Stages[seen.Stage].Sources.Items.SelectMany(s => scopes.Of(s)).Distinct(StringComparer.Ordinal).ToImmutableArray();
        if (said.IsEmpty)
            said = scopes.Of(document.LogSource);
        return _scopes[key] = scopes.Within(said, document.Vendor, seen.Beside);
    }

    static string Native(Observation seen) => seen.Target is Reference.Field field && field.Display == seen.Field ? field.Path.Display : seen.Field;
}

/// <summary>The taxonomy a catalog is built with.</summary>
/// <param name="fields">Concepts and bindings.</param>
/// <param name="file">The file of the user that was laid upon what comes with the program; null for none.</param>
public sealed class CatalogTaxonomy(FieldTaxonomy fields, SourceText? file)
{
    /// <summary>The taxonomy that comes with the program.</summary>
    public static CatalogTaxonomy Shipped { get; } = new(FieldTaxonomy.Shipped, null);

    public FieldTaxonomy Fields { get; } = fields;

    public SourceText? File { get; } = file;

    /// <summary>Other for other content; empty for what comes with the program.</summary>
    public string Fingerprint => File is null ? "" : Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(File.Text)));

    public SourceScopes Scopes { get; } = new(LogSourceCatalog.Shipped, fields);

    /// <summary>The shipped taxonomy with a file of the user's upon it, which may replace it (<c>--taxonomy</c>).</summary>
    public static Parsed<CatalogTaxonomy> With(SourceText file) => FieldTaxonomyFile.Load([.. FieldTaxonomy.ShippedFiles, file], LogSourceCatalog.Shipped)
        .Then(fields => Parsed.Clean(new CatalogTaxonomy(fields, file)));
}
