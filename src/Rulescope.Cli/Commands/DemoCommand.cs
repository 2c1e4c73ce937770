using System.Collections.Immutable;
using System.CommandLine;
using Rulescope.Catalog.Facts;
using Rulescope.Catalog.Guide;
using Rulescope.Catalog.Store;
using Rulescope.Cli.Rendering;
using Rulescope.Corpus.Sources;
using Rulescope.Corpus.Vendors;
using Rulescope.Web.Serving;

namespace Rulescope.Cli.Commands;

/// <summary><c>rulescope demo</c>: a small catalog of our own rules, one guide, and the site.</summary>
static class DemoCommand
{
    const string Technique = "T1021.007";
    const string CatalogName = "demo.db";

    public static Command Build(Terminal terminal)
    {
        var noServe = new Option<bool>("--no-serve") { Description = "End when the guide is printed." };
        var urls = CommonOptions.Urls();
        var command = new Verb(
            "demo",
            "Build a small catalog of starter rules, print one guide, serve the site; works without a network.",
            new("rulescope demo", $"Look around at {CommonOptions.Address}; Ctrl-C ends it."),
            new("rulescope demo --no-serve", "Only the guide."))
        {
            noServe, urls,
        };
        command.SetAction((parse, cancellation) => RunAsync(terminal, parse.GetValue(noServe), parse.GetRequiredValue(urls), cancellation));
        return command;
    }

    static async Task<int> RunAsync(Terminal terminal, bool noServe, string urls, CancellationToken cancellation)
    {
        if (SiteAddresses.Parse(urls, out var message) is not { } addresses)
            return terminal.CouldNotRun(message);
        var sources = Starters();
        if (sources.IsEmpty)
            return terminal.CouldNotRun($"the starter rules are not where they belong, in {Folder}: this copy of Rulescope is not complete");
        if (await BuildAsync(terminal, sources, cancellation).ConfigureAwait(false) is not { } catalog)
            return ExitCodes.CouldNotRun;
        var exit = GuideCommand.Run(terminal, new GuideQuestion(Technique), catalog, "table");
        if (exit != ExitCodes.Ok || noServe)
            return exit;
        terminal.WriteRaw("\n");
        return CommonOptions.Open(terminal, catalog) is { } opened
            ? await ServeCommand.RunAsync(terminal, opened, addresses, SiteSettings.Default, cancellation).ConfigureAwait(false)
            : ExitCodes.CouldNotRun;
    }

    static string Folder => Path.Combine(AppContext.BaseDirectory, "content", "rules");

    static ImmutableArray<RuleSource> Starters() =>
    [
        .. VendorReaders.All.Select(r => new RuleSource(r.Vendor, Path.Combine(Folder, r.Vendor))).Where(s => Directory.Exists(s.Path)),
    ];

    // The cache may be read-only, or held by another demo; the system's temporary folder then serves.
    static async Task<string?> BuildAsync(Terminal terminal, ImmutableArray<RuleSource> sources, CancellationToken cancellation)
    {
        var wanted = Path.Combine(CacheFolder.Of(terminal), CatalogName);
        try
        {
            return await BuildAsync(terminal, sources, wanted, cancellation).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            terminal.Note($"{wanted} cannot be written ({e.Message.TrimEnd('.')}); a temporary folder is used instead");
        }

        var folder = Directory.CreateTempSubdirectory("rulescope-");
        return await BuildAsync(terminal, sources, Path.Combine(folder.FullName, CatalogName), cancellation).ConfigureAwait(false);
    }

    static async Task<string> BuildAsync(Terminal terminal, ImmutableArray<RuleSource> sources, string output, CancellationToken cancellation)
    {
        var result = await ProgressBar.RunAsync(
            terminal, "Reading starter rules", progress => CatalogBuild.RunAsync(sources, new BuildInputs { Facts = ReachFacts.Shipped }, output, progress, cancellation)).ConfigureAwait(false);
        terminal.Note($"{output}: {Words.Count(result.Sources.Sum(s => s.Rules), "starter rule")}");
        return output;
    }
}
