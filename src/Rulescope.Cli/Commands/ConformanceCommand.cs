using System.Collections.Immutable;
using System.CommandLine;
using Rulescope.Cli.Rendering;
using Rulescope.Engine.Conformance;

namespace Rulescope.Cli.Commands;

/// <summary><c>rulescope conformance</c>: how the engine does on public test suites; for contributors.</summary>
static class ConformanceCommand
{
    /// <summary>A suite: the names of its results, the archives it reads, and how it is run.</summary>
    sealed record Suite(ImmutableArray<string> Names, ImmutableArray<string> FileNames, Func<ImmutableArray<Stream>, IEnumerable<SuiteResult>> Run);

    static readonly ImmutableArray<string> PantherNames = [PantherSuite.Name, PantherSuite.CorrelationsName];

    static ImmutableArray<string> Names => [.. Suites.SelectMany(s => s.Names), .. PantherNames, ReadingSuite.Name];

    static ImmutableArray<Suite> Suites =>
    [
        new([SigmaRegressionSuite.Name, SigmaRegressionSuite.MatrixName], [SigmaRegressionSuite.FileName], archives => SigmaRegressionSuite.Run(archives[0], SuiteLanguages.Sigma, ConformanceFiles.Skips)),
        new([EqlSuite.EndgameName], [EqlSuite.EndgameFile], archives => [EqlSuite.Endgame(SuiteFiles.Read(archives), SuiteLanguages.Endgame, ConformanceFiles.Skips)]),
        new([EqlExpressionSuite.Name], [EqlSuite.EndgameFile], archives => [EqlExpressionSuite.Run(SuiteFiles.Read(archives), SuiteLanguages.EndgameExpression, ConformanceFiles.Skips)]),
        new([EqlSuite.ElasticName, EqlSuite.DerivedName], [EqlSuite.ElasticFile, EqlSuite.EndgameFile], archives => EqlSuite.Elastic(SuiteFiles.Read(archives), SuiteLanguages.Eql, ConformanceFiles.Skips)),
        new([EsqlSuite.Name], [EsqlSuite.FileName], archives => [EsqlSuite.Run(SuiteFiles.Read(archives), SuiteLanguages.Esql, ConformanceFiles.Skips)]),
        new([UdmSuite.Name], [UdmSuite.FileName], archives => [UdmSuite.Run(SuiteFiles.Read(archives), SuiteLanguages.Yaral, ConformanceFiles.Skips)]),
        new([KustoSuite.DocumentsName], [KustoSuite.FileName], archives => [KustoSuite.Documents(SuiteFiles.Read(archives), SuiteLanguages.Kusto, ConformanceFiles.Skips)]),
    ];

    public static Command Build(Terminal terminal)
    {
        var wanted = new Option<string[]>("--suite")
        {
            Description = $"Only this suite: {string.Join(", ", Names)}.",
            HelpName = "NAME",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var suites = new Option<string?>("--suites") { Description = "The folder of suites; ../shared/conformance beside the repository by default, or below RULESCOPE_SHARED.", HelpName = "DIR" };
        var corpora = new Option<string?>("--corpora") { Description = "The folder of public rule sets; ../shared/corpora by default.", HelpName = "DIR" };
        var panther = new Option<string?>("--panther") { Description = $"A checkout of panther-analysis; the one that {PantherCheckout.Variable} names by default.", HelpName = "DIR" };
        var format = CommonOptions.Format("table", "json");
        var command = new Verb(
            "conformance",
            "Run public test suites and compare with the figures that are checked in; exit code 1 when one fails.",
            new("rulescope conformance", "Every suite that is there."),
            new("rulescope conformance --suite sigma-regression --format json", "One suite, with all its failures."))
        {
            wanted, suites, corpora, panther, format,
        };
        command.Hidden = true;
        command.SetAction((parse, cancellation) => RunAsync(
            terminal,
            parse.GetValue(wanted) ?? [],
            parse.GetValue(suites) ?? Path.Combine(Shared(terminal), "conformance"),
            parse.GetValue(corpora) ?? Path.Combine(Shared(terminal), "corpora"),
            parse.GetValue(panther) ?? terminal.Variable(PantherCheckout.Variable),
            parse.GetRequiredValue(format),
            cancellation));
        return command;
    }

    static async Task<int> RunAsync(Terminal terminal, string[] wanted, string suites, string corpora, string? panther, string format, CancellationToken cancellation)
    {
        if (wanted.FirstOrDefault(w => !Names.Contains(w, StringComparer.Ordinal)) is { } unknown)
            return terminal.CouldNotRun($"unknown suite '{unknown}': there are {string.Join(", ", Names)}");
        var results = new List<SuiteResult>();
        var all = Suites;
        if (wanted.Length == 0 || PantherNames.Any(n => wanted.Contains(n, StringComparer.Ordinal)))
            all = all.AddRange(await PantherAsync(terminal, panther, cancellation).ConfigureAwait(false));
        foreach (var suite in all.Where(s => wanted.Length == 0 || s.Names.Any(n => wanted.Contains(n, StringComparer.Ordinal))))
        {
            cancellation.ThrowIfCancellationRequested();
            if (suite.FileNames.FirstOrDefault(f => !File.Exists(Path.Combine(suites, f))) is { } absent)
            {
                terminal.Note($"{string.Join(", ", suite.Names)}: {absent} is not present in {suites}");
                continue;
            }

            var archives = suite.FileNames.Select(f => (Stream)File.OpenRead(Path.Combine(suites, f))).ToImmutableArray();
            results.AddRange(suite.Run(archives).Where(r => wanted.Length == 0 || wanted.Contains(r.Suite, StringComparer.Ordinal)));
            foreach (var archive in archives)
                await archive.DisposeAsync().ConfigureAwait(false);
        }

        if (wanted.Length == 0 || wanted.Contains(ReadingSuite.Name, StringComparer.Ordinal))
            results.AddRange(await ReadingSuite.RunAsync(corpora, cancellation).ConfigureAwait(false));
        if (results.Count == 0)
            return terminal.CouldNotRun($"no suite was found in {suites} or {corpora}: name the folders with --suites and --corpora, or their parent in RULESCOPE_SHARED");
        if (format == "json")
            terminal.WriteRaw(Scoreboard.Write(results) + "\n");
        else
            ConformanceView.Write(terminal.Out, results);
        return Judge(terminal, results);
    }

    // These rules are Python, which only a checkout has.
    static async Task<ImmutableArray<Suite>> PantherAsync(Terminal terminal, string? checkout, CancellationToken cancellation)
    {
        if (checkout is null || !Directory.Exists(checkout))
        {
            terminal.Note($"{string.Join(", ", PantherNames)}: a checkout of panther-analysis is not present; name it with --panther or in {PantherCheckout.Variable}");
            return [];
        }

        var rules = await PantherCheckout.ReadAsync(checkout, cancellation).ConfigureAwait(false);
        return [new(PantherNames, [PantherSuite.FileName], archives => PantherSuite.Run(SuiteFiles.Read(archives), rules.GetValueOrDefault, ConformanceFiles.Skips))];
    }

    static int Judge(Terminal terminal, List<SuiteResult> results)
    {
        var exit = results.Any(r => r.Failed > 0) ? ExitCodes.Findings : ExitCodes.Ok;
        foreach (var result in results)
        {
            if (ConformanceFiles.Figures.TryGetValue(result.Suite, out var figure) && result.Passed < figure)
            {
                terminal.Note($"{result.Suite}: {Words.Number(result.Passed)} passed, the figure that is checked in is {Words.Number(figure)}");
                exit = ExitCodes.Findings;
            }
        }

        return exit;
    }

    // Where the program runs from its sources, the test data lie beside them.
    static string Shared(Terminal terminal)
    {
        if (terminal.Variable("RULESCOPE_SHARED") is { } named)
            return named;
        foreach (var start in (string[])[AppContext.BaseDirectory, Environment.CurrentDirectory])
        {
            for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
            {
                if (File.Exists(Path.Combine(folder.FullName, "Rulescope.slnx")))
                    return Path.GetFullPath(Path.Combine(folder.FullName, "..", "shared"));
            }
        }

        return Path.GetFullPath(Path.Combine("..", "shared"));
    }
}
