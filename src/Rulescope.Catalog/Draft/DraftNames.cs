using Microsoft.Data.Sqlite;
using Rulescope.Algebra.Reading;
using Rulescope.Catalog.Guide;
using Rulescope.Catalog.Store;
using Rulescope.Taxonomy.Fields;

namespace Rulescope.Catalog.Draft;

/// <summary>Finds the names fields have in a vendor's rules about a log source.</summary>
sealed class DraftNames(SqliteConnection connection, FieldTaxonomy taxonomy, string vendor)
{
    readonly Dictionary<string, List<string>> _used = new(StringComparer.Ordinal);

    /// <summary>The test in the vendor's words; under the canonical name, without the service before it, where none is known.</summary>
    public NamedTest Of(CombinedTest test, string source)
    {
        var kind = ReadOperators.Parse(test.Kind) ?? ReadOperator.Eq;
        var native = test.Owner == vendor ? test.Field : test.Owner.Length > 0 ? null : Names(test.Field, source).FirstOrDefault(n => Means(n, test.Field, source));
        return new(test, new(native ?? Bare(test.Field), kind, test.Value), native is not null);
    }

    // What the vendor's own rules use goes before what the taxonomy also knows.
    IEnumerable<string> Names(string field, string source)
    {
        if (!_used.TryGetValue(field, out var used))
        {
            _used[field] = used = connection.Query(
                """
                SELECT o.native FROM field f JOIN observation o ON o.field = f.id JOIN rule r ON r.id = o.rule
                WHERE f.name = $1 AND f.owner = '' AND r.vendor = $2 GROUP BY o.native ORDER BY count(*) DESC, o.native
                """,
                [field, vendor], r => r.GetString(0));
        }

        return used.Concat(taxonomy.Bindings.Where(b => b.Vocabulary == vendor && b.Fit(source) > 0).OrderByDescending(b => b.Fit(source)).Select(b => NativeOf(b, field)).OfType<string>());
    }

    static string? NativeOf(Binding binding, string field)
    {
        if (!binding.IsPrefix)
            return string.Equals(binding.Concept, field, StringComparison.Ordinal) ? binding.Field : null;
        return binding.Concept.EndsWith('*') && field.StartsWith(binding.Concept[..^1], StringComparison.Ordinal) ? binding.Field[..^1] + field[(binding.Concept.Length - 1)..] : null;
    }

    // A name that is spelt otherwise there would have to have its values turned back.
    bool Means(string native, string field, string source) =>
        taxonomy.Resolve(vendor, native, [source]) is { Merges: true, Binding.Transform: ValueTransform.Same } meaning && meaning.Name == field && !native.Contains('(', StringComparison.Ordinal);

    static string Bare(string field) => field.IndexOf("::", StringComparison.Ordinal) is >= 0 and var at ? field[(at + 2)..] : field;
}
