using System.Collections.Immutable;
using Rulescope.Catalog.Store;

namespace Rulescope.Catalog.Fields;

/// <summary>How much of what the live rules test has a meaning in the taxonomy (<c>field --unmapped</c>).</summary>
/// <remarks>
/// An occurrence is one test of a rule: a field with an operator, counted once per rule, operator and side, however many values it lists. Tests of
/// computed columns are no tests of a field and are left out.
/// </remarks>
/// <param name="Resolved">Those whose name has an entry in the taxonomy.</param>
/// <param name="Shared">Those resolved to a concept that the rules of two or more vendors test.</param>
public sealed record UnmappedFields(int Occurrences, int Resolved, int Shared, ImmutableArray<VendorOccurrences> Vendors, ImmutableArray<UnmappedField> Fields)
{
    const string Tests = """
        WITH test AS (
            SELECT DISTINCT r.vendor, o.rule, o.native, o.operator, o.side, o.mapping FROM observation o JOIN rule r ON r.id = o.rule
            WHERE r.kind = 'rule' AND o.reading < 2 AND o.role <> 'threshold' AND o.native NOT LIKE '(%')
        """;

    /// <summary>Counts over a catalog; fields stand by occurrences, then vendor and name.</summary>
    public static UnmappedFields Of(CatalogFile catalog)
    {
        using var connection = catalog.Connect();
        var vendors = connection.Query($"{Tests} SELECT vendor, count(*), count(mapping) FROM test GROUP BY vendor", [], r => new VendorOccurrences(r.GetString(0), r.GetInt32(1), r.GetInt32(2)));
        var shared = connection.Query(
            $"""
            {Tests}, meant AS (SELECT t.vendor, m.concept FROM test t JOIN mapping m ON m.id = t.mapping)
            SELECT count(*) FROM meant WHERE concept IN (SELECT concept FROM meant GROUP BY concept HAVING count(DISTINCT vendor) > 1)
            """,
            [], r => r.GetInt32(0));
        var fields = connection.Query(
            $"{Tests} SELECT vendor, native, count(*) AS n FROM test WHERE mapping IS NULL GROUP BY vendor, native ORDER BY n DESC, vendor, native", [],
            r => new UnmappedField(r.GetString(0), r.GetString(1), r.GetInt32(2)));
        return new(
            vendors.Sum(v => v.Occurrences), vendors.Sum(v => v.Resolved), shared is [var count] ? count : 0,
            [.. vendors.OrderBy(v => Guide.Vendors.Order.IndexOf(v.Vendor))], [.. fields]);
    }
}

public sealed record VendorOccurrences(string Vendor, int Occurrences, int Resolved);

public sealed record UnmappedField(string Vendor, string Name, int Occurrences);
