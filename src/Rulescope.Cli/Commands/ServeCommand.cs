using System.CommandLine;
using Microsoft.AspNetCore.Builder;
using Rulescope.Catalog.Store;
using Rulescope.Packages;
using Rulescope.Web.Serving;
using Rulescope.Web.Site;

namespace Rulescope.Cli.Commands;

/// <summary><c>rulescope serve</c>: the site over a catalog.</summary>
static class ServeCommand
{
    // What every program that knows OpenTelemetry reads; the library reads the rest of its variables itself.
    const string TelemetryVariable = "OTEL_EXPORTER_OTLP_ENDPOINT";

    public static Command Build(Terminal terminal)
    {
        var urls = CommonOptions.Urls();
        var catalog = CommonOptions.Catalog();
        var export = new Option<string?>("--export") { Description = "Write the site as files into this folder instead, for a file server or to be opened as they are.", HelpName = "DIR" };
        var options = new ServingOptions();
        var command = new Verb(
            "serve",
            "Serve the catalog as pages; Ctrl-C ends it.",
            new("rulescope serve", $"The pages of catalog.db at {CommonOptions.Address}, for this machine only."),
            new("rulescope serve --catalog all.db --urls http://127.0.0.1:8080", "Another catalog at another port."),
            new("rulescope serve --export site", "Write every page as a file."),
            new("rulescope serve --log json 2>> requests.jsonl", "Log every request as a line of JSON."))
        {
            urls, catalog, export, options.Hosts, options.Log, options.LogQueries, options.Rate,
        };
        command.SetAction(async (parse, cancellation) =>
        {
            if (SiteAddresses.Parse(parse.GetRequiredValue(urls), out var message) is not { } addresses || options.Read(parse, out message) is not { } settings)
                return terminal.CouldNotRun(message);
            if (CommonOptions.Open(terminal, parse.GetRequiredValue(catalog)) is not { } opened)
                return ExitCodes.CouldNotRun;
            return parse.GetValue(export) is { } folder
                ? await SiteExportRun.RunAsync(terminal, opened, folder, cancellation).ConfigureAwait(false)
                : await RunAsync(terminal, opened, addresses, settings, cancellation).ConfigureAwait(false);
        });
        return command;
    }

    /// <summary>Serves until it is cancelled, which is the usual end; requests that have begun are answered first.</summary>
    public static async Task<int> RunAsync(Terminal terminal, CatalogFile catalog, SiteAddresses addresses, SiteSettings settings, CancellationToken cancellation)
    {
        foreach (var url in addresses.Open)
            terminal.Note($"warning: {url} can be reached from other machines, and the site asks nobody for a password");
        if (addresses.Fault() is { } fault)
            return terminal.CouldNotRun(fault);
        settings = settings with { SendsTelemetry = terminal.Variable(TelemetryVariable) is not null };
        var options = new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory };
        await using var site = RulescopeSite.Build(options, catalog, addresses.Urls, PackageLibrary.Open(PackageLibrary.ShippedFolder), settings);
        try
        {
            await site.StartAsync(cancellation).ConfigureAwait(false);
            foreach (var url in site.Urls)
                terminal.WriteRaw($"{catalog.Path} is served at {url} {(addresses.Open.IsEmpty ? "for this machine only " : "")}(Ctrl-C ends it)\n");
            await Task.WhenAll(HeadStart.MakeAsync(site, cancellation), Task.Delay(Timeout.Infinite, cancellation)).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            await site.StopAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (IOException e)
        {
            return terminal.CouldNotRun($"the site cannot listen: {e.Message.TrimEnd('.')}; name another address with --urls");
        }

        return ExitCodes.Ok;
    }
}
