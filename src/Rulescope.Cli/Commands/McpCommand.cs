using Microsoft.Extensions.Logging;
using Rulescope.Cli.Rendering;
using Rulescope.Mcp;
using Rulescope.Mcp.Tools;
using Rulescope.Packages;

namespace Rulescope.Cli.Commands;

/// <summary><c>rulescope mcp</c>: the catalog for programs that speak the Model Context Protocol.</summary>
static class McpCommand
{
    public static System.CommandLine.Command Build(Terminal terminal)
    {
        var catalog = CommonOptions.Catalog();
        var command = new Verb(
            "mcp",
            "Answer a client of the Model Context Protocol over stdin and stdout, with read-only tools over the catalog; ends when the client goes.",
            new("rulescope mcp --catalog /data/catalog.db", "What a client is told to start: docs/mcp.md shows how."),
            new("claude mcp add rulescope -- rulescope mcp --catalog /data/catalog.db", "For one client, as an example."))
        {
            catalog,
        };
        command.SetAction((parse, cancellation) => RunAsync(terminal, parse.GetRequiredValue(catalog), cancellation));
        return command;
    }

    static async Task<int> RunAsync(Terminal terminal, string path, CancellationToken cancellation)
    {
        if (CommonOptions.Open(terminal, path) is not { } catalog)
            return ExitCodes.CouldNotRun;
        using (catalog)
        {
            // stdout belongs to the protocol, so everything that is said goes to stderr. The library logs each mistake of a client as a failure, with where
            // it was found: the client is told, and nobody else needs to know.
            using var logs = LoggerFactory.Create(builder => builder
                .AddSimpleConsole(console => console.ColorBehavior = Microsoft.Extensions.Logging.Console.LoggerColorBehavior.Disabled)
                .AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace)
                .AddFilter("ModelContextProtocol", terminal.IsDebugging ? LogLevel.Debug : LogLevel.Critical)
                .SetMinimumLevel(terminal.IsDebugging ? LogLevel.Debug : LogLevel.Warning));
            var server = new ToolServer(CatalogTools.Of(catalog, PackageLibrary.Open(PackageLibrary.ShippedFolder)), VersionLine.Version, logs);
            try
            {
                await server.RunAsync(Console.OpenStandardInput(), Console.OpenStandardOutput(), cancellation).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                // Being stopped is one of the two usual ends.
            }
        }

        return ExitCodes.Ok;
    }
}
