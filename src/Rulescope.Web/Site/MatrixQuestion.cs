using System.Collections.Immutable;
using Rulescope.Catalog.Coverage;
using Rulescope.Catalog.Guide;
using Rulescope.Catalog.Search;

namespace Rulescope.Web.Site;

/// <summary>What is asked of the matrix, as its address says it.</summary>
public sealed record MatrixQuestion
{
    /// <summary>Every technique is shown, those with a rule, or those without.</summary>
    public static readonly ImmutableArray<string> Shows = ["covered", "gaps"];

    const int MaxValue = 200;

    /// <summary>Vendors to count, in the order of the pages; all for none.</summary>
    public ImmutableArray<string> Vendors { get; init; } = [];

    public string Platform { get; init; } = "";

    public string Domain { get; init; } = "";

    public string Level { get; init; } = "";

    /// <summary>Names of the data at hand, parted by commas.</summary>
    public string Data { get; init; } = "";

    /// <summary>One of <see cref="Shows"/>, or empty for all.</summary>
    public string Show { get; init; } = "";

    /// <summary>Sub-techniques stand open.</summary>
    public bool IsOpen { get; init; }

    /// <summary>The same numbers as a table.</summary>
    public bool IsTable { get; init; }

    /// <summary>What the address says beside the vendors.</summary>
    public IEnumerable<(string Name, string Value)> Named =>
        Filters.Concat([("show", Show), ("open", IsOpen ? "1" : ""), ("view", IsTable ? "table" : "")]).Where(p => p.Item2.Length > 0);

    /// <summary>Something is left out.</summary>
    public bool HasFilter => !Vendors.IsEmpty || Filters.Any(f => f.Value.Length > 0);

    (string Name, string Value)[] Filters => [("platform", Platform), ("domain", Domain), ("level", Level), ("data", Data)];

    public static MatrixQuestion Read(IQueryCollection query) => new()
    {
        Vendors = [.. Catalog.Guide.Vendors.Order.Where(v => query["vendor"].SelectMany(w => (w ?? "").Split(',')).Contains(v, StringComparer.OrdinalIgnoreCase))],
        Platform = Word(query, "platform"),
        Domain = Word(query, "domain"),
        Level = Word(query, "level"),
        Data = Word(query, "data"),
        Show = Word(query, "show") is var show && Shows.Contains(show, StringComparer.Ordinal) ? show : "",
        IsOpen = Word(query, "open") == "1",
        IsTable = Word(query, "view") == "table",
    };

    /// <summary>The question with a vendor taken in or out; all of them are none.</summary>
    public MatrixQuestion Toggled(string vendor)
    {
        var now = Vendors.IsEmpty ? Catalog.Guide.Vendors.Order : Vendors;
        ImmutableArray<string> then = [.. Catalog.Guide.Vendors.Order.Where(v => now.Contains(v, StringComparer.Ordinal) != (v == vendor))];
        return this with { Vendors = then.Length == Catalog.Guide.Vendors.Order.Length ? [] : then };
    }

    public CoverageQuestion Coverage() => new()
    {
        Vendors = Vendors,
        Search = new([], [.. Filters.Where(f => f.Value.Length > 0).Select(f => new SearchQuery.Term(f.Name, f.Value, default))]),
    };

    /// <summary>The guide of a technique under the same filters, as far as it has them.</summary>
    public string Guide(string technique, bool withSubtechniques) => Links.Technique(new GuideQuestion(technique)
    {
        Role = Links.PageRole,
        Vendor = Vendors is [var only] ? only : null,
        Platform = Platform.Length > 0 ? Platform : null,
        Domain = Domain.Length > 0 ? Domain : null,
        Data = Data.Length > 0 ? Data : null,
        WithSubtechniques = withSubtechniques,
    });

    static string Word(IQueryCollection query, string name) =>
        query[name] is [{ Length: > 0 and <= MaxValue } value, ..] && !value.Any(char.IsControl) ? value.Trim().ToLowerInvariant() : "";
}

/// <summary>The matrix as its page shows it.</summary>
/// <param name="Facets">What it can be narrowed by.</param>
public sealed record MatrixAnswer(MatrixQuestion Question, CoverageMatrix Matrix, ImmutableSortedDictionary<string, ImmutableArray<Facet>> Facets);

/// <summary>Shades of cells by a number of rules; fixed, so that a shade means the same under every filter.</summary>
public static class Shades
{
    static readonly ImmutableArray<int> Least = [1, 5, 15, 50, 150];

    /// <summary>From 0 for none to 5.</summary>
    public static int Of(int rules) => Least.Count(l => rules >= l);

    /// <summary>Each shade with the numbers it stands for.</summary>
    public static IEnumerable<(int Shade, string Text)> Legend =>
        [(0, "none"), .. Least.Select((l, i) => (i + 1, i + 1 < Least.Length ? $"{Words.Number(l)} to {Words.Number(Least[i + 1] - 1)}" : $"{Words.Number(l)} and more"))];
}
