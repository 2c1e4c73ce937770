using System.Data.Common;
using System.Text.Json;
using Rulescope.Web.Site;

namespace Rulescope.Web.Serving;

/// <summary><c>/healthz</c>: whether the site can answer from its catalog, asked anew each time.</summary>
static class Health
{
    public const string Address = "/healthz";

    public static void UseHealth(this IApplicationBuilder site) => site.Map(Address, branch => branch.Run(AnswerAsync));

    static async Task AnswerAsync(HttpContext context)
    {
        var catalog = context.RequestServices.GetRequiredService<OpenCatalog>();
        var rules = Rules(catalog);
        context.Response.StatusCode = rules is null ? StatusCodes.Status503ServiceUnavailable : StatusCodes.Status200OK;
        context.Response.Headers.CacheControl = "no-store";
        await context.Response.WriteAsJsonAsync(
            new HealthReport(rules is null ? "no catalog" : "alive", catalog.File.BuiltAt, rules), JsonSerializerOptions.Web, context.RequestAborted).ConfigureAwait(false);
    }

    // The count is known from the first time on; the look-up of a rule that nobody has shows that the file still answers.
    static int? Rules(OpenCatalog catalog)
    {
        try
        {
            catalog.Rules.Read("", "", out _);
            return catalog.Overview.Counts.Rules;
        }
        catch (Exception e) when (e is DbException or IOException)
        {
            return null;
        }
    }

    sealed record HealthReport(string Status, DateTime CatalogBuiltAt, int? Rules);
}
