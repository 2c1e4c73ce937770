using System.Globalization;
using System.Text.Json;
using Rulescope.Catalog.Draft;
using Rulescope.Catalog.Guide;
using Rulescope.Catalog.Store;
using Rulescope.Corpus.Drafts;
using Rulescope.Corpus.Sources;
using Rulescope.Corpus.Tests.Written;
using Rulescope.Taxonomy.Attack;
using Rulescope.Tests.Support;

namespace Rulescope.Corpus.Tests;

/// <summary>A catalog of all public rule sets, built once; it goes when the tests end.</summary>
public sealed class WholeCatalog : IAsyncLifetime
{
    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("rulescope-whole-");

    /// <summary>Null where the rule sets are absent.</summary>
    public CatalogFile? File { get; private set; }

    public async ValueTask InitializeAsync()
    {
        if (Repository.Shared is null)
            return;
        var corpora = Path.Combine(Repository.Shared, "corpora");
        using var list = JsonDocument.Parse(await System.IO.File.ReadAllTextAsync(Path.Combine(corpora, "sources.json")));
        RuleSource[] sources =
        [
            .. list.RootElement.EnumerateObject().Where(s => System.IO.File.Exists(Path.Combine(corpora, s.Name)))
                .Select(s => new RuleSource(s.Value.GetProperty("vendor").GetString() ?? "", Path.Combine(corpora, s.Name))),
        ];
        // The public archive of Panther holds the YAML alone; a checkout has the Python too.
        if (Environment.GetEnvironmentVariable("RULESCOPE_PANTHER") is { Length: > 0 } checkout && Directory.Exists(checkout))
            sources = [.. sources.Where(s => s.Vendor != "panther"), new("panther", checkout)];
        var output = Path.Combine(_folder.FullName, "catalog.db");
        await CatalogBuild.RunAsync(sources, new BuildInputs(), output, null, TestContext.Current.CancellationToken);
        File = CatalogFile.Open(output, out _, out var message) ?? throw new InvalidOperationException(message);
    }

    public ValueTask DisposeAsync()
    {
        File?.Dispose();
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }
}

/// <summary>What must hold on every technique page of the whole catalog.</summary>
public sealed class WholeCatalogTests(WholeCatalog whole, ITestOutputHelper output) : IClassFixture<WholeCatalog>
{
    const int Pages = 50;
    const int MostShown = 20;
    const int Seed = 20_261_122;

    CatalogFile File
    {
        get
        {
            Assert.SkipWhen(whole.File is null, Repository.SharedAbsent);
            return whole.File!;
        }
    }

    [Theory]
    [InlineData("sigma")]
    [InlineData("kuery")]
    [InlineData("eql")]
    [InlineData("esql")]
    [InlineData("spl")]
    [InlineData("kusto")]
    [InlineData("yaral")]
    [InlineData("panther")]
    public void The_most_ruled_techniques_have_a_draft_in_every_language(string name)
    {
        var language = DraftLanguage.Find(name)!;
        var drafts = new DraftReader(File);
        var techniques = new TechniqueIndex(File).Read().OrderByDescending(t => t.Rules).ThenBy(t => t.Technique.Id, StringComparer.Ordinal).Take(Pages).Select(t => t.Technique.Id).ToArray();
        var found = techniques.Select(t => drafts.Read(t, language, out _)).OfType<DraftedRule>().ToArray();
        output.WriteLine($"{name}: {found.Length} of {techniques.Length}, {found.Count(d => d.Tests.Length > 1)} of a combination, {found.Count(d => !d.Exclusions.IsEmpty)} with exclusions");
        Assert.True(found.Length >= techniques.Length - 2, $"{name}: {found.Length}");
        Assert.All(found, d => Assert.NotEmpty(d.Tests));
    }

    [Fact]
    public void Numbers_of_vendors_add_up_and_reach_is_never_below_the_rules_here()
    {
        var reader = new GuideReader(File);
        foreach (var technique in new TechniqueIndex(File).Read().Where(t => t.Rules > 0))
        {
            var guide = reader.Read(new(technique.Technique.Id) { All = true }, out _)!;
            var id = technique.Technique.Id;
            Assert.True(technique.Rules == guide.Rules.Total, id);
            Assert.True(guide.Rules.Total == guide.Rules.Vendors.Sum(v => v.Count), id);
            Assert.All(guide.Rules.Vendors, v => Assert.Equal(v.Count, v.Rules.Length));
            Assert.True(guide.Rules.Readable + guide.Rules.WithoutLogic <= guide.Rules.Total, id);
            Assert.True(guide.Rules.WithSubtechniques >= guide.Rules.Total, id);
            Assert.All(guide.Indicators.Rows, r => Assert.True(r.Reach >= r.Rules, $"{id}: {r.Field} {r.Value} is in {r.Rules} rules here and {r.Reach} in all"));
            Assert.All(guide.Indicators.Rows, r => Assert.Equal(r.Rules, r.RuleIds.Length));
            Assert.All(guide.Insight.Matrix.Rows, r => Assert.True(r.Rules == r.Cells.Sum(c => c.RuleIds.Length), $"{id}: {r.Field}"));
            Assert.All(guide.Insight.Combinations, c => Assert.All(c.Tests, t => Assert.True(t.Reach >= c.RuleIds.Length, $"{id}: {t.Field} {t.Value}")));
        }
    }

    [Fact]
    public void Former_ids_lead_to_the_page_of_their_successor()
    {
        var reader = new GuideReader(File);
        var facts = AttackFacts.Default;
        var led = 0;
        foreach (var former in facts.MovedIds)
        {
            if (facts.Resolve(former) is not { HasPage: true, Id: { } current })
                continue;
            var (old, now) = (reader.Read(new(former), out _)!, reader.Read(new(current), out _)!);
            Assert.Equal((current, now.Rules.Total), (old.Technique.Id, old.Rules.Total));
            led++;
        }

        Assert.True(led > 0);
        output.WriteLine($"{led} former ids");
    }

    [Fact]
    public void Every_row_opens_to_rules_whose_text_has_the_value()
    {
        var unproved = new Unproved();
        var walk = new RowWalk(File, unproved);
        var techniques = new TechniqueIndex(File).Read().Where(t => t.Rules > 0).Select(t => t.Technique.Id).ToArray();
        foreach (var technique in Drawn(techniques))
            walk.Page(technique);
        output.WriteLine(walk.Summary);
        // A rule that needs no exception any more is taken off the list.
        Assert.All(unproved.Rules.Where(walk.Has), id => Assert.True(walk.IsUnproved(id), id));
        Assert.True(walk.Faults.Count == 0, $"{walk.Summary}\nof {walk.Rows} rows {walk.Faults.Count} open to a rule without the value:\n{string.Join('\n', walk.Faults.Take(MostShown))}");
    }

    // The same pages each time; RULESCOPE_SEED draws others, RULESCOPE_PAGES says how many.
    IEnumerable<string> Drawn(string[] techniques)
    {
        var seed = Environment.GetEnvironmentVariable("RULESCOPE_SEED") switch
        {
            "random" => Random.Shared.Next(),
            { } text when int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var given) => given,
            _ => Seed,
        };
        output.WriteLine($"RULESCOPE_SEED={seed}");
        new Random(seed).Shuffle(techniques);
        return techniques.Take(int.TryParse(Environment.GetEnvironmentVariable("RULESCOPE_PAGES"), NumberStyles.None, CultureInfo.InvariantCulture, out var pages) ? pages : Pages);
    }
}
