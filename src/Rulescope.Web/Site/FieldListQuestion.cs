using System.Collections.Immutable;
using System.Globalization;
using Rulescope.Catalog.Fields;

namespace Rulescope.Web.Site;

/// <summary>What is asked of the list of fields.</summary>
/// <param name="Text">A part of the name or of what it is.</param>
/// <param name="Show"><c>shared</c> for names of the taxonomy, <c>own</c> for names that only one vendor has, empty for both.</param>
/// <param name="Page">From 1.</param>
public sealed record FieldListQuestion(string Text, string Show, int Page)
{
    const int MaxText = 200;
    const int MaxPage = 1_000;

    public static FieldListQuestion Read(IQueryCollection query) => new(
        query["q"].ToString() is { Length: <= MaxText } text && !text.Any(char.IsControl) ? text.Trim() : "",
        query["show"].ToString() is "shared" or "own" ? query["show"].ToString() : "",
        int.TryParse(query["page"], NumberStyles.None, CultureInfo.InvariantCulture, out var page) ? Math.Clamp(page, 1, MaxPage) : 1);

    public ImmutableArray<FieldCount> Of(ImmutableArray<FieldCount> fields) =>
    [
        .. fields.Where(f => Show switch { "shared" => f.Owner.Length == 0, "own" => f.Owner.Length > 0, _ => true })
            .Where(f => f.Name.Contains(Text, StringComparison.OrdinalIgnoreCase) || f.Title.Contains(Text, StringComparison.OrdinalIgnoreCase)),
    ];
}

/// <summary>The fields that fit; the page shows a stretch of them.</summary>
/// <param name="All">Every field of the catalog.</param>
public sealed record FieldList(FieldListQuestion Question, ImmutableArray<FieldCount> All, ImmutableArray<FieldCount> Fitting)
{
    public const int PageSize = 100;

    public IEnumerable<FieldCount> Shown => Fitting.Skip((Question.Page - 1) * PageSize).Take(PageSize);

    public int Pages => Math.Max(1, (Fitting.Length + PageSize - 1) / PageSize);
}

/// <summary>The fields of a name, and those of which it is a native name.</summary>
public sealed record FieldAnswer(string Name, ImmutableArray<FieldPage> Named, ImmutableArray<FieldPage> Meant);
