using System.Globalization;
using Rulescope.Catalog.Json;
using Rulescope.Catalog.Search;
using Rulescope.Web.Pages;
using Rulescope.Web.Site;

namespace Rulescope.Web.Endpoints;

/// <summary><c>/search</c>: a search that is not understood is answered with findings, and with what the rest of it finds.</summary>
static class SearchEndpoints
{
    public const int PageSize = 25;

    const int MaxPage = 10_000;
    const int MaxText = 4_000;

    public static void MapSearch(this IEndpointRouteBuilder routes)
    {
        routes.MapRead("/search", (HttpRequest request, SearchReader rules) => Answers.Page<SearchView>(Answer(request, rules)));
        routes.MapRead("/search.json", (HttpRequest request, SearchReader rules) =>
        {
            var answer = Answer(request, rules);
            return Answers.JsonTwin(output => RuleJson.Write(answer.Result, output));
        });
    }

    static SearchAnswer Answer(HttpRequest request, SearchReader rules)
    {
        var text = Clean(request.Query["q"].ToString());
        var page = int.TryParse(request.Query["page"], NumberStyles.None, CultureInfo.InvariantCulture, out var asked) ? Math.Clamp(asked, 1, MaxPage) : 1;
        var parsed = SearchQuery.Parse(text);
        return new(text, page, parsed.Value, parsed.Diagnostics, rules.Search(parsed.Value, PageSize, (page - 1) * PageSize));
    }

    // A control character would end the phrase that the index is asked for.
    static string Clean(string text) =>
        new([.. text.Take(MaxText).Select(c => char.IsControl(c) ? ' ' : c)]);
}
