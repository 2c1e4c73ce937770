using System.Collections.Frozen;
using System.Collections.Immutable;
using Rulescope.Taxonomy.LogSources;
using Rulescope.Text;

namespace Rulescope.Taxonomy.Fields;

/// <summary>The fields of one vocabulary whose tests only pick a log source.</summary>
/// <param name="Id">A vendor id.</param>
/// <param name="Selectors">Native names, without regard to case.</param>
public sealed record Vocabulary(string Id, EquatableArray<string> Selectors);

/// <summary>What a native field means where it stands.</summary>
/// <param name="Name">The name the guide shows.</param>
/// <param name="Concept">The concept the name belongs to.</param>
/// <param name="Binding">The entry that says so.</param>
public sealed record FieldMeaning(string Name, Concept Concept, Binding Binding)
{
    /// <summary>The native field and the concept are one fact, so their rows may be one.</summary>
    public bool Merges => Binding.Relation == FieldRelation.Exact;
}

/// <summary>Concepts, and the names each vendor has for them (SPEC T20).</summary>
public sealed class FieldTaxonomy
{
    const string ResourcePrefix = "fields/";

    static readonly Lazy<FieldTaxonomy> ShippedTaxonomy = new(() => FieldTaxonomyFile.Load(ShippedFiles, LogSourceCatalog.Shipped).Value);

    readonly FrozenDictionary<string, Concept> _concepts;
    readonly ImmutableArray<Concept> _families;
    readonly FrozenDictionary<string, FrozenDictionary<string, ImmutableArray<Binding>>> _bindings;
    readonly FrozenDictionary<string, ImmutableArray<Binding>> _prefixes;
    readonly FrozenDictionary<string, FrozenSet<string>> _selectors;

    public FieldTaxonomy(ImmutableArray<Concept> concepts, ImmutableArray<Binding> bindings, ImmutableArray<Vocabulary> vocabularies, bool isScoped)
    {
        (Concepts, Bindings, Vocabularies, IsScoped) = (concepts, bindings, vocabularies, isScoped);
        _concepts = concepts.Where(c => !c.IsFamily).ToFrozenDictionary(c => c.Name, StringComparer.OrdinalIgnoreCase);
        _families = [.. concepts.Where(c => c.IsFamily).OrderByDescending(c => c.Name.Length)];
        _bindings = bindings.Where(b => !b.IsPrefix).GroupBy(b => b.Vocabulary, StringComparer.Ordinal).ToFrozenDictionary(
            g => g.Key,
            g => g.GroupBy(b => b.Field, StringComparer.OrdinalIgnoreCase).ToFrozenDictionary(f => f.Key, f => f.ToImmutableArray(), StringComparer.OrdinalIgnoreCase),
            StringComparer.Ordinal);
        _prefixes = bindings.Where(b => b.IsPrefix).GroupBy(b => b.Vocabulary, StringComparer.Ordinal)
            .ToFrozenDictionary(g => g.Key, g => g.OrderByDescending(b => b.Field.Length).ToImmutableArray(), StringComparer.Ordinal);
        _selectors = vocabularies.ToFrozenDictionary(v => v.Id, v => v.Selectors.Items.ToFrozenSet(StringComparer.OrdinalIgnoreCase), StringComparer.Ordinal);
    }

    /// <summary>The taxonomy that comes with the program.</summary>
    public static FieldTaxonomy Shipped => ShippedTaxonomy.Value;

    /// <summary>The files of <see cref="Shipped"/>, for checks and for extending it.</summary>
    public static ImmutableArray<SourceText> ShippedFiles => Embedded.Texts(ResourcePrefix);

    public ImmutableArray<Concept> Concepts { get; }

    public ImmutableArray<Binding> Bindings { get; }

    public ImmutableArray<Vocabulary> Vocabularies { get; }

    /// <summary>Bindings hold only where their scope does; without it a name means the same everywhere (the plain reading's merging).</summary>
    public bool IsScoped { get; }

    /// <summary>The concept of a name, or of the family it lies in; null for none.</summary>
    public Concept? Find(string name) => _concepts.GetValueOrDefault(name) ?? _families.FirstOrDefault(f => f.Covers(name));

    /// <summary>True when tests of a vocabulary's field only pick the log source.</summary>
    public bool IsSelector(string vocabulary, string field) => _selectors.TryGetValue(vocabulary, out var names) && names.Contains(field);

    /// <summary>What a field means where events come from one of these sources; null when nobody says, or when they differ.</summary>
    public FieldMeaning? Resolve(string vocabulary, string field, ImmutableArray<string> sources)
    {
        var candidates = Candidates(vocabulary, field);
        if (candidates.IsEmpty)
            return null;
        if (!IsScoped)
            return Meaning(candidates[0], field);
        FieldMeaning? found = null;
        foreach (var source in sources)
        {
            if (Best(candidates, source) is not { } best || Meaning(best, field) is not { } meaning)
                continue;
            // A name that means two things in the sources of one rule means neither for sure.
            if (found is not null && (found.Name != meaning.Name || found.Binding.Transform != meaning.Binding.Transform))
                return null;
            found ??= meaning;
        }

        return found ?? (candidates.FirstOrDefault(b => b.Scope.Items.Contains(Binding.Anywhere, StringComparer.Ordinal)) is { } anywhere ? Meaning(anywhere, field) : null);
    }

    /// <summary>The entries for a native name, in any scope; those of whole names before those of prefixes, and of them those in the name's own case.</summary>
    public ImmutableArray<Binding> Candidates(string vocabulary, string field)
    {
        var whole = _bindings.TryGetValue(vocabulary, out var names) && names.TryGetValue(field, out var found) ? found : [];
        var prefixed = _prefixes.TryGetValue(vocabulary, out var prefixes)
            ? prefixes.Where(p => field.Length >= p.Field.Length && field.StartsWith(p.Field.AsSpan(0, p.Field.Length - 1), StringComparison.OrdinalIgnoreCase))
            : [];
        return [.. whole.OrderBy(b => string.Equals(b.Field, field, StringComparison.Ordinal) ? 0 : 1), .. prefixed];
    }

    // The first of the best: whole names stand before prefixes, longer prefixes before shorter ones.
    static Binding? Best(ImmutableArray<Binding> candidates, string source)
    {
        var (best, fit) = ((Binding?)null, 0);
        foreach (var candidate in candidates)
        {
            var own = candidate.Fit(source);
            if (own > fit && (best is null || !candidate.IsPrefix || best.IsPrefix))
                (best, fit) = (candidate, own);
        }

        return best;
    }

    FieldMeaning? Meaning(Binding binding, string field)
    {
        var name = binding.NameOf(field);
        return Find(name) is { } concept ? new(concept.IsFamily ? name : concept.Name, concept, binding) : null;
    }
}
