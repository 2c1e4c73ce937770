using System.Collections.Immutable;

namespace Rulescope.Languages.Sigma;

/// <summary>The documents that correlations and filters can refer to: those of one file, or of a whole folder of rules.</summary>
public sealed class SigmaScope
{
    readonly Dictionary<string, SigmaDocument> _byReference = new(StringComparer.Ordinal);
    readonly ImmutableArray<SigmaDocument.Filter> _filters;

    SigmaScope(IReadOnlyCollection<SigmaDocument> documents)
    {
        // A name may be used twice over many files; the first one counts, and an id is never hidden by a name.
        foreach (var document in documents)
        {
            if (document.Header.Id is { } id)
                _byReference.TryAdd(id, document);
        }

        foreach (var document in documents)
        {
            if (document.Header.Name is { } name)
                _byReference.TryAdd(name, document);
        }

        _filters = [.. documents.OfType<SigmaDocument.Filter>()];
    }

    public static SigmaScope Of(IEnumerable<SigmaDocument> documents) => new([.. documents]);

    /// <summary>The document of an id or name, or null.</summary>
    public SigmaDocument? Find(string reference) => _byReference.GetValueOrDefault(reference);

    /// <summary>The filters that apply to a rule: they name it or every rule, and their log source takes in its own.</summary>
    public IEnumerable<SigmaDocument.Filter> FiltersOf(SigmaDocument.Rule rule) =>
        _filters.Where(f => (f.Targets.Rules.IsEmpty || f.Targets.Rules.Any(r => Names(rule.Header, r.Text))) && Covers(f.LogSource, rule.LogSource));

    static bool Names(SigmaHeader header, string reference) =>
        string.Equals(header.Id, reference, StringComparison.Ordinal) || string.Equals(header.Name, reference, StringComparison.Ordinal);

    static bool Covers(SigmaLogSource wide, SigmaLogSource narrow) =>
        wide.Terms.Where(t => t.Key is "category" or "product" or "service").All(t => string.Equals(narrow[t.Key], t.Value, StringComparison.OrdinalIgnoreCase));
}
