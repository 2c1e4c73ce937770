using System.Collections.Immutable;
using Rulescope.Algebra.Plans;
using Rulescope.Algebra.Predicates;
using Rulescope.Corpus;
using Rulescope.Corpus.Sources;
using Rulescope.Corpus.Vendors;
using Rulescope.Corpus.Vendors.Sigma;
using Rulescope.Tests.Support;
using Rulescope.Text;

namespace Rulescope.Tests.Corpus;

public class CorpusReaderTests
{
    static readonly string Many = string.Join('\n', Enumerable.Range(0, 200).Select(i => $"file | rules/{i:000}.yml | title: t{i}\\ndetection: {{}}"));

    [Fact]
    public async Task One_thread_and_many_give_the_same()
    {
        using var first = new SourceFixture(Many);
        using var second = new SourceFixture("kind | zip\n" + Many);
        RuleSource[] sources = [new("sigma", first.Path), new("sigma", second.Path), new("sigma", first.Path)];
        var alone = await new CorpusReader(VendorReaders.All, new(), 1).ReadAllAsync(sources, null, TestContext.Current.CancellationToken);
        var together = await new CorpusReader(VendorReaders.All, new(), 7).ReadAllAsync(sources, null, TestContext.Current.CancellationToken);
        Assert.Equal(600, alone.Documents.Length);
        Assert.Equal(alone.Documents.Select(d => (d.Id, d.Title, d.Hash)), together.Documents.Select(d => (d.Id, d.Title, d.Hash)));
        Assert.Equal(alone.Sources.SelectMany(s => s.Findings), together.Sources.SelectMany(s => s.Findings));
        Assert.All(together.Documents.Take(200).Index(), d => Assert.Equal($"rules/{d.Index:000}.yml", d.Item.Path));
    }

    public static TheoryData<CaseFile.Case> Cases => CaseFile.Load("corpus/read.cases");

    [Theory]
    [MemberData(nameof(Cases))]
    public async Task A_source_gives_a_summary(CaseFile.Case @case)
    {
        using var fixture = new SourceFixture(@case.Input);
        var reading = await new CorpusReader([new SigmaReader(), new WordReader()], new(), 2)
            .ReadAllAsync([new(fixture.Vendor, fixture.Path)], null, TestContext.Current.CancellationToken);
        var summary = Assert.Single(reading.Sources);
        string[] lines =
        [
            $"files {summary.Files}, rules {summary.Rules}, read {summary.Read}, readable {summary.Readable}, failed {summary.Failed.Count()}",
            string.Join(", ", summary.Kinds.Select(k => $"{k.Key.Word()} {k.Value}")),
            .. reading.Documents.Select(d => $"{d.Path} {d.Id}"),
            .. summary.Findings.Select(f => f.ToString().Replace(fixture.Path, "SOURCE", StringComparison.Ordinal)),
        ];
        CaseFile.Check(@case, string.Join('\n', lines));
    }

    [Fact]
    public async Task Companions_are_read_before_the_first_rule_and_derived_from_once()
    {
        using var fixture = new SourceFixture("file | a.txt | clean\nfile | b.txt | clean\nfile | z.md | companion");
        var reader = new WordReader();
        var reading = await new CorpusReader([reader], new(), 4).ReadAllAsync([new("word", fixture.Path)], null, TestContext.Current.CancellationToken);
        Assert.All(reading.Documents, d => Assert.Equal("z.md companion", d.Description));
        Assert.Equal(1, reader.Derived);
    }

    [Fact]
    public async Task Progress_counts_up_to_the_number_of_files()
    {
        using var fixture = new SourceFixture(Many);
        var seen = new Steps();
        await new CorpusReader().ReadAllAsync([new("sigma", fixture.Path)], seen, TestContext.Current.CancellationToken);
        Assert.Equal(Enumerable.Range(0, 201).Select(i => new CorpusProgress(i, 200)), seen.Seen);
    }

    [Fact]
    public async Task Cancelling_in_the_middle_stops_the_run()
    {
        using var fixture = new SourceFixture(Many);
        using var stop = new CancellationTokenSource();
        var taken = 0;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => new CorpusReader(VendorReaders.All, new(), 2).ReadAsync(
            [new("sigma", fixture.Path)],
            new Taking(() =>
            {
                if (++taken == 10)
                    stop.Cancel();
            }),
            null,
            stop.Token));
        Assert.InRange(taken, 10, 50);
    }

    [Fact]
    public async Task What_the_caller_throws_comes_back_to_it()
    {
        using var fixture = new SourceFixture(Many);
        await Assert.ThrowsAsync<InvalidOperationException>(() => new CorpusReader().ReadAsync(
            [new("sigma", fixture.Path)], new Taking(() => throw new InvalidOperationException()), null, TestContext.Current.CancellationToken));
    }

    [Theory]
    [InlineData("hunts,deprecated", "hunt deprecated")]
    [InlineData("saved-queries, Policies ,filter", "savedQuery policy filter")]
    [InlineData("all", "rule hunt deprecated unsupported savedQuery scheduledQuery policy filter")]
    [InlineData("", "")]
    [InlineData("hunts,nonsense", "? nonsense")]
    public void Kinds_are_named_in_a_list(string text, string expected)
    {
        var kinds = RuleKinds.ParseList(text, out var unknown);
        Assert.Equal(expected, kinds is null ? $"? {unknown}" : string.Join(' ', kinds.Order().Select(k => k.Word())));
    }

    [Fact]
    public async Task The_public_sigma_rules_are_read_from_their_archive()
    {
        if (Repository.Shared is null)
            Assert.Skip(Repository.SharedAbsent);
        var archive = Path.Combine(Repository.Shared, "corpora", "sigma.tar.gz");
        var reading = await new CorpusReader().ReadAllAsync([new("sigma", archive)], null, TestContext.Current.CancellationToken);
        var summary = Assert.Single(reading.Sources);
        Assert.Equal(4039, summary.Files);
        Assert.Equal("rule 3780, deprecated 172, unsupported 89", string.Join(", ", summary.Kinds.Select(k => $"{k.Key.Word()} {k.Value}")));
        Assert.Equal(3780, summary.Read);
        Assert.DoesNotContain(summary.Findings, f => !f.Path.StartsWith("deprecated/", StringComparison.Ordinal) && !f.Path.StartsWith("unsupported/", StringComparison.Ordinal));
        Assert.Distinct(reading.Documents.Select(d => d.Id), StringComparer.Ordinal);
        Assert.All(reading.Documents, d => Assert.Equal("DRL-1.1", d.License));
        Assert.All(reading.Documents, d => Assert.NotNull(d.Created));
    }

    sealed class Taking(Action take) : ICorpusTarget<RuleDocument>
    {
        public bool Knows(Rulescope.Corpus.Provenance.SourceProvenance source, string path, string hash) => false;

        public RuleDocument Prepare(RuleDocument document) => document;

        public void Take(FileResult<RuleDocument> file) => take();
    }

    sealed class Steps : IProgress<CorpusProgress>
    {
        public List<CorpusProgress> Seen { get; } = [];

        public void Report(CorpusProgress value) => Seen.Add(value);
    }

    /// <summary>One rule per file; the file's text says what becomes of it.</summary>
    sealed class WordReader : IVendorReader
    {
        int _derived;

        public int Derived => _derived;

        public string Vendor => "word";

        public IReadOnlyList<string> Extensions => [".txt", ".md"];

        public FileRole RoleOf(string path) => path.EndsWith(".md", StringComparison.Ordinal) ? FileRole.Companion : FileRole.Rules;

        public Parsed<ImmutableArray<RuleDocument>> Read(SourceFile file, SourceContext context)
        {
            var source = new Rulescope.Algebra.Fields.LogSource("word", []);
            var document = new RuleDocument
            {
                Vendor = "word",
                Id = file.Path,
                Title = file.Path,
                Description = context.Derive(c => Make(c)),
                Language = RuleLanguage.Sigma,
                Kind = RuleKind.Rule,
                Source = file.Source,
                Extent = new(0, file.Source.Text.Length),
                Hash = file.Hash,
                LogSource = source,
                Query = file.Source.Text switch
                {
                    "none" => null,
                    "unsupported" => RuleQuery.Of(source, new Predicate.Unsupported("x")),
                    "throw" => throw new InvalidOperationException("no words"),
                    var text => RuleQuery.Empty(new("word", [new(text, [])])),
                },
                Diagnostics = file.Source.Text == "error" ? [Diagnostic.At(default, CorpusCodes.ReaderFailed, "word", "x")] : [],
            };
            return Parsed.Clean<ImmutableArray<RuleDocument>>([document]);
        }

        string Make(SourceContext context)
        {
            Interlocked.Increment(ref _derived);
            return string.Join(' ', context.Companions.Select(c => $"{c.Path} {c.Source.Text}"));
        }
    }
}
