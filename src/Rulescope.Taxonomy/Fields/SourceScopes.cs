using System.Collections.Frozen;
using System.Collections.Immutable;
using Rulescope.Algebra.Fields;
using Rulescope.Algebra.Reading;
using Rulescope.Taxonomy.LogSources;

namespace Rulescope.Taxonomy.Fields;

/// <summary>Tells which log sources a rule, or a part of it, is about: by what the rule says of its source and by the tests that pick one.</summary>
public sealed class SourceScopes
{
    // A pattern with less before its star (logs-*) says nothing of the source.
    const int ShortestStem = 8;

    readonly LogSourceCatalog _sources;
    readonly FieldTaxonomy _fields;
    readonly FrozenDictionary<(string Vocabulary, string Name), ImmutableArray<string>> _names;
    readonly ImmutableArray<(string Vocabulary, string Beginning, string Id)> _beginnings;
    readonly ILookup<string, (SourceSignature Signature, string Id)> _signatures;

    public SourceScopes(LogSourceCatalog sources, FieldTaxonomy fields)
    {
        (_sources, _fields) = (sources, fields);
        var names = sources.Sources.SelectMany(s => s.Names.Items.SelectMany(n => n.Names.Items.Select(name => (n.Vocabulary, Name: name, s.Id)))).ToArray();
        _names = names.Where(n => !n.Name.EndsWith('*')).GroupBy(n => (n.Vocabulary, n.Name.ToUpperInvariant()))
            .ToFrozenDictionary(g => g.Key, g => g.Select(n => n.Id).ToImmutableArray());
        _beginnings = [.. names.Where(n => n.Name.EndsWith('*')).Select(n => (n.Vocabulary, n.Name[..^1], n.Id))];
        _signatures = sources.Sources.SelectMany(s => s.Signatures.Items.Select(signature => (signature, s.Id))).ToLookup(s => s.signature.Vocabulary, StringComparer.Ordinal);
    }

    /// <summary>The sources a rule's own words name; empty when they name none that is known.</summary>
    public ImmutableArray<string> Of(LogSource said)
    {
        if (said.Terms.IsEmpty)
            return [];
        var triple = new LogSourceTriple(said["product"], said["category"], said["service"]);
        if (said.Vendor == "sigma" && triple is not { Product: null, Category: null, Service: null })
            return _sources.Exact(triple) is { } exact ? [exact.Id] : [.. _sources.About(triple).Select(s => s.Id)];
        var scope = ImmutableArray<string>.Empty;
        foreach (var term in said.Terms)
            scope = Narrow(scope, [.. term.Values.Items.SelectMany(v => Called(said.Vendor, v)).Distinct(StringComparer.Ordinal)]);
        return scope;
    }

    /// <summary>The sources that are left when these tests hold.</summary>
    public ImmutableArray<string> Within(ImmutableArray<string> scope, string vocabulary, ImmutableArray<ReadNode.Leaf> beside)
    {
        foreach (var leaf in beside)
        {
            if (IsEquality(leaf) && NativeField.Of(leaf.Field, leaf.Target) is { } field && _fields.IsSelector(vocabulary, field))
                scope = Narrow(scope, [.. leaf.Values.Items.SelectMany(v => Called(vocabulary, v.Text)).Distinct(StringComparer.Ordinal)]);
        }

        ImmutableArray<string> signed = [.. _signatures[vocabulary].Where(s => Holds(s.Signature, beside)).Select(s => s.Id).Distinct(StringComparer.Ordinal)];
        return Narrow(scope, signed);
    }

    /// <summary>The sources that any vendor calls by a name, and the one whose id it is.</summary>
    public ImmutableArray<string> Named(string name) =>
    [
        .. _sources.Sources.SelectMany(s => s.Names.Items.Select(n => n.Vocabulary)).Distinct(StringComparer.Ordinal).SelectMany(v => Called(v, name))
            .Concat(_sources.Find(name.ToLowerInvariant()) is { } source ? [source.Id] : []).Distinct(StringComparer.Ordinal),
    ];

    /// <summary>The platforms of sources, without <c>any</c>.</summary>
    public ImmutableArray<string> Platforms(ImmutableArray<string> scope) =>
        [.. scope.Select(_sources.Find).OfType<LogSourceEntry>().SelectMany(s => s.Platforms.Items).Where(p => p != "any").Distinct(StringComparer.Ordinal)];

    IEnumerable<string> Called(string vocabulary, string name)
    {
        if (_names.TryGetValue((vocabulary, name.ToUpperInvariant()), out var ids))
            return ids;
        var stem = name.AsSpan().TrimEnd('*');
        var isPattern = stem.Length < name.Length && stem.Length >= ShortestStem;
        var found = new List<string>();
        foreach (var (own, beginning, id) in _beginnings)
        {
            if (own == vocabulary && (name.StartsWith(beginning, StringComparison.OrdinalIgnoreCase) || (isPattern && beginning.AsSpan().StartsWith(stem, StringComparison.OrdinalIgnoreCase))))
                found.Add(id);
        }

        return found;
    }

    // A source covers those below it: windows/process_creation is what windows and it have in common. What shares nothing says more than what was known.
    static ImmutableArray<string> Narrow(ImmutableArray<string> scope, ImmutableArray<string> named)
    {
        if (named.IsEmpty)
            return scope;
        if (scope.IsEmpty)
            return named;
        ImmutableArray<string> common =
        [
            .. named.Where(n => scope.Any(s => Covers(s, n))),
            .. scope.Where(s => named.Any(n => n != s && Covers(n, s))),
        ];
        return common.IsEmpty ? named : common;
    }

    static bool Covers(string wider, string narrower) =>
        narrower.StartsWith(wider, StringComparison.Ordinal) && (narrower.Length == wider.Length || narrower[wider.Length] == '/');

    static bool Holds(SourceSignature signature, ImmutableArray<ReadNode.Leaf> beside) => signature.Tests.Items.All(test => beside.Any(leaf =>
        IsEquality(leaf) && string.Equals(NativeField.Of(leaf.Field, leaf.Target), test.Field, StringComparison.OrdinalIgnoreCase)
        && leaf.Values.Items.All(v => test.Values.Items.Contains(v.Text, StringComparer.OrdinalIgnoreCase))));

    static bool IsEquality(ReadNode.Leaf leaf) => leaf.Operator is ReadOperator.Eq or ReadOperator.In && !leaf.Values.IsEmpty;
}
