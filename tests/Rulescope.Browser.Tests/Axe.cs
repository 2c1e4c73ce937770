using System.Text.Json;
using Microsoft.Playwright;

namespace Rulescope.Browser.Tests;

/// <summary>Asks axe-core what it finds wrong with a page (WCAG 2.2 A and AA, and its best practices).</summary>
static class Axe
{
    const string Findings = """
        async () => (await axe.run(document, { preload: false })).violations.map(v => `${v.id} (${v.impact}): ${v.help}\n` + v.nodes.slice(0, 3).map(n => `    ${n.target} ${n.failureSummary.replaceAll('\n', ' ')}`).join('\n'))
        """;

    static readonly string Script = Path.Combine(PublishedProgram.Repository, "artifacts", "obj", "Rulescope.Web", "client", "node_modules", "axe-core", "axe.min.js");

    /// <summary>Why pages cannot be asked about; empty when they can.</summary>
    public static string Lacking => File.Exists(Script) ? "" : "axe-core is not there (npm brings it when the site's scripts are bundled): pages are not asked for accessibility";

    public static async Task<IReadOnlyList<string>> AskAsync(IPage page)
    {
        await page.EvaluateAsync(await File.ReadAllTextAsync(Script));
        var found = await page.EvaluateAsync<JsonElement>(Findings);
        return [.. found.EnumerateArray().Select(f => f.GetString() ?? "")];
    }
}
