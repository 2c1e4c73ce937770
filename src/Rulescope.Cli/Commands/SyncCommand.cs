using System.CommandLine;
using Rulescope.Catalog.Guide;
using Rulescope.Cli.Rendering;
using Rulescope.Corpus.Provenance;
using Rulescope.Corpus.Sync;
using Rulescope.Text;

namespace Rulescope.Cli.Commands;

/// <summary><c>rulescope sync</c>: fetches the public rule sets with git.</summary>
static class SyncCommand
{
    public static Command Build(Terminal terminal)
    {
        var vendors = new Argument<string[]>("VENDOR")
        {
            Description = $"Whose rule sets: {string.Join(", ", KnownRuleSets.Builtin.All.Select(s => s.Vendor).Distinct(StringComparer.Ordinal))}. All of them by default.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var command = new Verb(
            "sync",
            "Fetch or update the public rule sets with git; the only verb that uses the network.",
            new("rulescope sync", "Every public rule set, into the cache folder; 'rulescope build' then reads them."),
            new("rulescope sync sigma elastic", "Those of two vendors."))
        {
            vendors,
        };
        command.SetAction((parse, cancellation) => RunAsync(terminal, parse.GetValue(vendors) ?? [], sets => new CorpusSync(sets), cancellation));
        return command;
    }

    /// <summary>Fetches; the way to the network is the caller's, so that tests have none.</summary>
    public static async Task<int> RunAsync(Terminal terminal, IReadOnlyList<string> vendors, Func<string, CorpusSync> open, CancellationToken cancellation)
    {
        var known = KnownRuleSets.Builtin.All;
        foreach (var vendor in vendors)
        {
            if (known.Any(s => s.Vendor == vendor))
                continue;
            var near = Nearest.Of(vendor, Vendors.Order);
            return terminal.CouldNotRun($"unknown vendor '{vendor}': there are rule sets of {string.Join(", ", known.Select(s => s.Vendor).Distinct(StringComparer.Ordinal))}"
                + (near is null ? "" : $"; did you mean '{near}'?"));
        }

        var wanted = known.Where(s => vendors.Count == 0 || vendors.Contains(s.Vendor, StringComparer.Ordinal)).ToArray();
        var cache = CacheFolder.Of(terminal);
        terminal.Note($"fetching {Words.Count(wanted.Length, "rule set")} into {cache}");
        var results = await open(cache).RunAsync(wanted, r => Report(terminal, r), cancellation).ConfigureAwait(false);
        SyncView.Write(terminal.Out, results);
        return results.Any(r => r.Error is null) ? ExitCodes.Ok : terminal.CouldNotRun("no rule set could be fetched");
    }

    static void Report(Terminal terminal, SyncResult result) =>
        terminal.Note($"{result.RuleSet.Vendor}/{result.RuleSet.Name}: {(result.Error is { } error ? $"failed: {error}" : result.IsNew ? "cloned" : "up to date")}");
}
