using System.Collections.Immutable;
using System.CommandLine;
using Rulescope.Catalog.Facts;
using Rulescope.Catalog.Json;
using Rulescope.Catalog.Store;
using Rulescope.Cli.Rendering;
using Rulescope.Corpus.Sources;
using Rulescope.Taxonomy.Attack;
using Rulescope.Text;

namespace Rulescope.Cli.Commands;

/// <summary><c>rulescope build</c>: reads rule sets into a catalog.</summary>
static class BuildCommand
{
    public static Command Build(Terminal terminal)
    {
        var sources = new Option<string[]>("--source")
        {
            Description = "A folder, an archive (.tar.gz, .zip) or a file with rules of a vendor: sigma, elastic, splunk, google, panther or microsoft. Without it, what 'rulescope sync' has fetched.",
            HelpName = "VENDOR=PATH",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var publish = SourceArguments.PublishOption();
        var attack = new Option<string?>("--attack") { Description = "An ATT&CK bundle (STIX), or a folder of them, with the descriptions of techniques.", HelpName = "FILE" };
        var taxonomy = TaxonomyOption.Make();
        var macros = SourceArguments.MacrosOption();
        var facts = new Option<string?>("--facts") { Description = "Also write how many rules test each row of the guide, as hashes and counts without any rule text.", HelpName = "FILE" };
        var output = new Option<string>("--out") { Description = "The catalog to write.", HelpName = "FILE", DefaultValueFactory = _ => CommonOptions.CatalogName };
        var format = CommonOptions.Format("table", "json");
        var command = new Verb(
            "build",
            "Read rule sets into a catalog.",
            new("rulescope build --source sigma=../sigma", "Read the rules of a checkout into catalog.db."),
            new("rulescope build --source sigma=sigma.tar.gz --attack enterprise-attack.json --out all.db", "Read an archive in place, with ATT&CK's descriptions."),
            new("rulescope build --format json", "Tell as JSON what could not be read."))
        {
            sources, publish, attack, taxonomy, macros, facts, output, format,
        };
        command.SetAction((parse, cancellation) => RunAsync(
            terminal,
            new(parse.GetValue(sources) ?? [], parse.GetValue(macros) ?? [], parse.GetValue(attack), parse.GetValue(taxonomy), parse.GetRequiredValue(output), parse.GetRequiredValue(format)) { Facts = parse.GetValue(facts), Publish = parse.GetValue(publish) ?? [] },
            cancellation));
        return command;
    }

    sealed record Request(IReadOnlyList<string> Sources, IReadOnlyList<string> Macros, string? Attack, string? Taxonomy, string Output, string Format)
    {
        public string? Facts { get; init; }

        public IReadOnlyList<string> Publish { get; init; } = [];
    }

    static async Task<int> RunAsync(Terminal terminal, Request request, CancellationToken cancellation)
    {
        var sources = request.Sources.Count > 0 ? SourceArguments.Parse(request.Sources, out var message) : Synced(terminal, out message);
        if (sources.IsEmpty)
            return terminal.CouldNotRun(message);
        sources = SourceArguments.WithMacros(sources, request.Macros, out message);
        if (message.Length == 0)
            sources = SourceArguments.WithPublish(sources, request.Publish, out message);
        if (message.Length > 0)
            return terminal.CouldNotRun(message);
        if (ReadAttack(terminal, request.Attack, cancellation) is not { } attack)
            return ExitCodes.CouldNotRun;
        if (TaxonomyOption.Read(terminal, request.Taxonomy) is not { } taxonomy)
            return ExitCodes.CouldNotRun;
        var inputs = new BuildInputs { Attack = attack, Taxonomy = taxonomy };
        var result = await WriteAsync(terminal, sources, inputs, request.Output, cancellation).ConfigureAwait(false);
        if (result is null)
            return ExitCodes.CouldNotRun;
        if (request.Facts is { } facts && !WriteFacts(terminal, request.Output, facts))
            return ExitCodes.CouldNotRun;
        if (request.Format == "json")
            terminal.WriteRaw(stream => BuildJson.Write(result, stream));
        else
            BuildView.Write(terminal.Out, result, request.Output);
        return ExitCodes.Ok;
    }

    /// <summary>Builds with a progress bar; where the output cannot be written, says so and gives null.</summary>
    public static async Task<BuildResult?> WriteAsync(
        Terminal terminal, IReadOnlyList<RuleSource> sources, BuildInputs inputs, string output, CancellationToken cancellation)
    {
        try
        {
            return await ProgressBar.RunAsync(
                terminal, "Reading rules", progress => CatalogBuild.RunAsync(sources, inputs, output, progress, cancellation)).ConfigureAwait(false);
        }
        catch (IOException e) when (IsHeld(e))
        {
            terminal.CouldNotRun($"another build is writing {output}: wait for it, or name another file with --out");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or NotSupportedException)
        {
            terminal.CouldNotRun($"{output} cannot be written: {e.Message}");
        }

        return null;
    }

    static ImmutableArray<RuleSource> Synced(Terminal terminal, out string message)
    {
        message = "there is no source: name one with --source VENDOR=PATH, or fetch the public rule sets with 'rulescope sync'";
        var synced = SourceArguments.Synced(CacheFolder.Of(terminal));
        foreach (var source in synced)
            terminal.Note($"source {source.Vendor}={source.Path}");
        return synced;
    }

    static AttackDescriptions? ReadAttack(Terminal terminal, string? path, CancellationToken cancellation)
    {
        if (path is null)
            return AttackDescriptions.None;
        var read = AttackReader.Read(path, cancellation: cancellation);
        foreach (var finding in read.Diagnostics.Where(d => d.Code.Severity > Severity.Info))
            terminal.Note($"{path}: {finding.Code.Id} {finding.Message}");
        if (read.Value.Techniques.Count > 0)
            return read.Value;
        terminal.CouldNotRun($"--attack {path} holds no technique");
        return null;
    }

    static bool WriteFacts(Terminal terminal, string built, string path)
    {
        try
        {
            using var catalog = CatalogFile.Open(built, out _, out var message);
            if (catalog is null)
            {
                terminal.CouldNotRun(message);
                return false;
            }

            using var file = File.Create(path);
            ReachFacts.Write(catalog, DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime), file);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            terminal.CouldNotRun($"--facts {path} cannot be written: {e.Message}");
            return false;
        }
    }

    // A file that somebody else holds: EWOULDBLOCK on Linux and macOS, a sharing or lock violation on Windows.
    static bool IsHeld(IOException e) => e.HResult is 11 or 35 or unchecked((int)0x80070020) or unchecked((int)0x80070021);
}
