using System.Collections.Immutable;
using System.Text;
using System.Text.Json;
using Rulescope.Corpus;
using Rulescope.Corpus.Sources;
using Rulescope.Corpus.Vendors;
using Rulescope.Engine.Readers;
using Rulescope.Taxonomy.Attack;
using Rulescope.Tests.Support;

namespace Rulescope.Tests.Corpus;

/// <summary>The rules that Rulescope brings along, of every vendor: content/rules/VENDOR.</summary>
public class StarterRulesTests
{
    static readonly string Folder = Path.Combine(Repository.Root, "content", "rules");

    static readonly Lazy<Task<CorpusReading>> All = new(() => new CorpusReader().ReadAllAsync(
        [.. Directory.EnumerateDirectories(Folder).Order(StringComparer.Ordinal).Select(f => new RuleSource(Path.GetFileName(f), f))], null, CancellationToken.None));

    public static TheoryData<string> EventFiles =>
        [.. Directory.EnumerateFiles(Folder, "*.events.jsonl", SearchOption.AllDirectories).Select(f => Path.GetRelativePath(Folder, f).Replace('\\', '/')).Order(StringComparer.Ordinal)];

    [Fact]
    public void Every_folder_is_a_vendor_that_is_read()
    {
        var vendors = VendorReaders.All.Select(r => r.Vendor);
        Assert.All(Directory.EnumerateDirectories(Folder), f => Assert.Contains(Path.GetFileName(f), vendors, StringComparer.Ordinal));
    }

    [Fact]
    public async Task Rules_are_read_without_a_finding()
    {
        var reading = await All.Value;
        Assert.Empty(reading.Documents.SelectMany(d => d.Diagnostics.Select(f => $"{d.Path}: {f}")));
        Assert.Empty(reading.Sources.SelectMany(s => s.Failed));
    }

    [Theory]
    [InlineData(RuleLanguage.Sigma, 11)]
    [InlineData(RuleLanguage.Kuery, 3)]
    [InlineData(RuleLanguage.Lucene, 3)]
    [InlineData(RuleLanguage.Eql, 3)]
    [InlineData(RuleLanguage.Esql, 3)]
    [InlineData(RuleLanguage.Spl, 3)]
    [InlineData(RuleLanguage.YaraL, 3)]
    [InlineData(RuleLanguage.Kusto, 3)]
    [InlineData(RuleLanguage.Python, 3)]
    public async Task Each_language_has_rules_for_cloud_services(RuleLanguage language, int least) =>
        Assert.InRange((await All.Value).Documents.Count(d => d.Language == language && d.Techniques.Contains("T1021.007", StringComparer.Ordinal)), least, 100);

    [Fact]
    public async Task Every_rule_says_whose_it_is()
    {
        var documents = (await All.Value).Documents;
        Assert.All(documents, d =>
        {
            Assert.Equal(["Rulescope"], d.Authors.Items);
            Assert.Equal("Apache-2.0", d.License);
            Assert.Equal(new DateOnly(2026, 11, 21), d.Created);
            Assert.NotEmpty(d.Description);
            Assert.NotEmpty(d.Level);
            Assert.True(Guid.TryParse(d.Id, out _), d.Path);
            Assert.All(d.Techniques.Items, t => Assert.Null(AttackFacts.Default.Resolve(t).Finding(default)));
        });
        Assert.Equal(documents.Length, documents.Select(d => d.Id).Distinct(StringComparer.Ordinal).Count());
    }

    [Fact]
    public async Task Every_rule_has_its_events_beside_it()
    {
        var documents = (await All.Value).Documents;
        var expected = documents.Select(d => $"{d.Vendor}/{Path.GetFileNameWithoutExtension(d.Path)}.events.jsonl").Order(StringComparer.Ordinal);
        Assert.Equal(expected, EventFiles.Select(f => f.Data));
    }

    // A rule over several events has them as a list, in the order of time.
    [Theory]
    [MemberData(nameof(EventFiles))]
    public void Events_say_what_they_are_for(string file)
    {
        var path = Path.Combine(Folder, file);
        var lines = File.ReadAllLines(path).Select(l => JsonDocument.Parse(l).RootElement).ToList();
        Assert.All(lines, l =>
        {
            Assert.Contains(l.GetProperty("expect").GetString(), (string[])["match", "no-match"]);
            Assert.NotEqual("", l.GetProperty("note").GetString());
            var events = l.TryGetProperty("events", out var several) ? [.. several.EnumerateArray()] : ImmutableArray.Create(l.GetProperty("event"));
            Assert.NotEmpty(events);
            Assert.All(events, e => Assert.Equal(JsonValueKind.Object, e.ValueKind));
        });
        Assert.Contains(lines, l => l.GetProperty("expect").GetString() == "match");
        Assert.True(lines.Count(l => l.GetProperty("expect").GetString() == "no-match") >= 2);
        Assert.Equal(lines.Count, lines.Select(l => l.GetProperty("note").GetString()).Distinct(StringComparer.Ordinal).Count());
        using var bytes = new MemoryStream(Encoding.UTF8.GetBytes(File.ReadAllText(path)));
        Assert.All(JsonEventReader.Read(bytes, file), r => Assert.NotNull(r.Event));
    }
}
