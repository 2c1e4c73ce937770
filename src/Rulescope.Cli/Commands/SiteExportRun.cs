using System.Globalization;
using Rulescope.Catalog.Store;
using Rulescope.Cli.Rendering;
using Rulescope.Packages;
using Rulescope.Web.Export;

namespace Rulescope.Cli.Commands;

/// <summary><c>rulescope serve --export DIR</c>: the site as files, and what came of it.</summary>
static class SiteExportRun
{
    const int MostDead = 10;

    public static async Task<int> RunAsync(Terminal terminal, CatalogFile catalog, string folder, CancellationToken cancellation)
    {
        await using var export = new SiteExport(catalog, PackageLibrary.Open(PackageLibrary.ShippedFolder));
        try
        {
            var (exported, message) = await ProgressBar.RunAsync(terminal, "Writing pages", progress => export.WriteAsync(folder, progress, cancellation)).ConfigureAwait(false);
            if (exported is null)
                return terminal.CouldNotRun(message);
            Tell(terminal, folder, exported);
            return ExitCodes.Ok;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return terminal.CouldNotRun($"{folder} cannot be written: {e.Message}");
        }
    }

    static void Tell(Terminal terminal, string folder, ExportedSite exported)
    {
        var size = string.Create(CultureInfo.InvariantCulture, $"{exported.Bytes / 1e6:n1} MB");
        terminal.Out.Paragraph($"{SafeText.Line(folder)}: {Words.Count(exported.Pages, "page")} and {Words.Count(exported.Files, "other file")}, {size} in {Words.Seconds(exported.Took.TotalSeconds)}", Page.Strong);
        terminal.Out.Paragraph($"{Words.Count(exported.LeftOut, "link")} to searches and filters lead to a page that says they are left out");
        if (exported.IsCut)
            terminal.Note("rulescope: there are more addresses than an export follows; the rest is left out");
        if (exported.Dead.Count > 0)
            terminal.Note($"rulescope: {Words.Count(exported.Dead.Count, "address", "addresses")} that pages link to have no page: {string.Join(", ", exported.Dead.Take(MostDead))}{(exported.Dead.Count > MostDead ? " …" : "")}");
    }
}
