using System.Globalization;
using System.Text.RegularExpressions;
using Rulescope.Algebra.Reading;
using Rulescope.Corpus;
using Rulescope.Corpus.Provenance;
using Rulescope.Corpus.Sources;
using Rulescope.Tests.Support;

namespace Rulescope.Tests.Corpus;

/// <summary>Rules that a seed picked, read by a person before the lowering was run on them, against what the lowering reads.</summary>
/// <remarks>Rows on which the two differ stand with the reason in <c>cases/LANGUAGE/by-hand-differences.txt</c>.</remarks>
public partial class ByHandTests
{
    const double LeastAgreement = 0.95;

    [Theory]
    [InlineData("spl")]
    [InlineData("yaral")]
    [InlineData("panther")]
    public void The_rules_are_those_that_the_seed_picks(string language)
    {
        var source = SourceOf(language);
        TestContext.Current.TestOutputHelper?.WriteLine($"seed {ByHand.Seed}");
        Assert.Equal(ByHand.Pick(Population(language, source.Path)), ByHand.Load(language).Rules.Select(r => r.Path));
    }

    [Theory]
    [InlineData("spl")]
    [InlineData("yaral")]
    [InlineData("panther")]
    public async Task The_lowering_reads_what_a_person_reads(string language)
    {
        var source = SourceOf(language);
        var expected = ByHand.Load(language);
        var target = new Picked(expected);
        await new CorpusReader().ReadAsync([source], target, null, TestContext.Current.CancellationToken);
        var (rows, agreed, differences) = (0, 0, new List<string>());
        foreach (var rule in expected.Rules)
        {
            HashSet<ByHandRow> read = [.. target.Rows[ByHand.Stem(rule.Path)]];
            var hand = rule.Rows.Select(r => Named(r, read, source.Path)).ToHashSet();
            agreed += hand.Count(read.Contains);
            // A row that is read differently is one difference, though it misses here and is too many there.
            rows += Math.Max(hand.Count, read.Count);
            differences.AddRange(hand.Where(r => !read.Contains(r)).Select(r => $"{rule.Path}: by hand only: {r}"));
            differences.AddRange(read.Where(r => !hand.Contains(r)).Select(r => $"{rule.Path}: lowering only: {r}"));
        }

        var agreement = (double)agreed / rows;
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"seed {ByHand.Seed}, {language}: {agreed} of {rows} rows of {expected.Rules.Length} rules agree ({agreement:P1})"));
        foreach (var difference in differences)
            TestContext.Current.TestOutputHelper?.WriteLine(difference);
        Assert.True(agreement >= LeastAgreement, $"{agreed} of {rows} rows agree:\n{string.Join('\n', differences)}");
        Assert.Equal(Explained(language).Order(StringComparer.Ordinal), differences.Order(StringComparer.Ordinal));
    }

    static RuleSource SourceOf(string language)
    {
        if (language == "panther")
        {
            var checkout = Environment.GetEnvironmentVariable("RULESCOPE_PANTHER");
            if (!Directory.Exists(checkout))
                Assert.Skip("no checkout of panther-analysis: name one in RULESCOPE_PANTHER");
            return new("panther", checkout);
        }

        if (Repository.Shared is null)
            Assert.Skip(Repository.SharedAbsent);
        var (vendor, archive) = language == "spl" ? ("splunk", "splunk") : ("google", "chronicle");
        return new(vendor, Path.Combine(Repository.Shared, "corpora", $"{archive}.tar.gz"));
    }

    static IEnumerable<string> Population(string language, string path) => language switch
    {
        "spl" => from file in PublicArchive.Files(path, ".yml")
                 where file.Path.StartsWith("detections/", StringComparison.Ordinal) && !file.Path.Split('/').SkipLast(1).Contains("deprecated", StringComparer.Ordinal)
                 where HasSearch().IsMatch(file.Text)
                 select file.Path,
        "yaral" => PublicArchive.Files(path, ".yaral").Select(f => f.Path).Where(p => p.StartsWith("rules/community/", StringComparison.Ordinal)),
        _ => PythonRules(path).Distinct(),
    };

    static IEnumerable<string> PythonRules(string checkout) =>
        from metadata in Directory.EnumerateFiles(checkout, "*.yml", SearchOption.AllDirectories)
        let text = File.ReadAllText(metadata)
        where IsRule().IsMatch(text) && CodeFile().Match(text) is { Success: true }
        let code = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(metadata) ?? "", CodeFile().Match(text).Groups["name"].Value))
        where File.Exists(code) && HasRule().IsMatch(File.ReadAllText(code))
        let name = Path.GetRelativePath(checkout, code).Replace('\\', '/')
        where !name.StartsWith("templates/", StringComparison.Ordinal)
        select name;

    // "@module.py:NAME" stands for all texts of a constant: it agrees when every one of them is read, and then counts as one row.
    static ByHandRow Named(ByHandRow row, HashSet<ByHandRow> read, string checkout)
    {
        if (!row.Value.StartsWith('@') || row.Value[1..].Split(':') is not [var module, var name])
            return row;
        var text = File.ReadAllText(Path.Combine(checkout, "global_helpers", module));
        var start = text.IndexOf($"\n{name} = {{", StringComparison.Ordinal);
        Assert.True(start >= 0, $"{name} is not in {module}");
        var members = Quoted().Matches(text[start..text.IndexOf("\n}", start, StringComparison.Ordinal)]).Select(m => row with { Value = m.Groups["text"].Value }).ToHashSet();
        if (!members.IsSubsetOf(read))
            return row;
        read.ExceptWith(members);
        read.Add(row);
        return row;
    }

    static IEnumerable<string> Explained(string language) =>
        File.ReadLines(DifferencesOf(language)).Where(l => l.Length > 0 && !l.StartsWith("//", StringComparison.Ordinal));

    static string DifferencesOf(string language) =>
        Path.Combine(Repository.Root, "tests", "Rulescope.Tests", "cases", language, "by-hand-differences.txt");

    [GeneratedRegex("^search:", RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex HasSearch();

    [GeneratedRegex("""^AnalysisType: *["']?(scheduled_)?rule["']?\s*$""", RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex IsRule();

    [GeneratedRegex("""^Filename: *["']?(?<name>[^"'\s#]+)""", RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex CodeFile();

    [GeneratedRegex(@"^def rule\(", RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex HasRule();

    [GeneratedRegex("^ +\"(?<text>[^\"]*)\"", RegexOptions.Multiline | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Quoted();

    /// <summary>Reads the picked rules only: all others are known already.</summary>
    sealed class Picked(ByHand rules) : ICorpusTarget<ByHandRule>
    {
        readonly HashSet<string> _names = [.. rules.Rules.Select(r => ByHand.Stem(r.Path))];
        readonly List<ByHandRule> _read = [];

        public ILookup<string, ByHandRow> Rows => _read.SelectMany(r => r.Rows, (rule, row) => (rule.Path, row)).ToLookup(p => ByHand.Stem(p.Path), p => p.row);

        public bool Knows(SourceProvenance source, string path, string hash) => !_names.Contains(ByHand.Stem(path));

        public ByHandRule Prepare(RuleDocument document) =>
            new(document.Path, document.Query is { } query ? [.. Reader.Read(query).Observations.Items.Where(o => !IsBeside(document, o)).Select(ByHandRow.Of)] : []);

        // How many alerts make one stands in Panther's YAML; the person read the Python.
        static bool IsBeside(RuleDocument document, Observation seen) => document.Language == RuleLanguage.Python && seen.IsThreshold;

        public void Take(FileResult<ByHandRule> file) => _read.AddRange(file.Items);
    }
}
