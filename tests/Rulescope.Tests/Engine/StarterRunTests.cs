using System.Text;
using Rulescope.Corpus;
using Rulescope.Corpus.Sources;
using Rulescope.Engine.Evaluation;
using Rulescope.Engine.Events;
using Rulescope.Engine.Readers;
using Rulescope.Engine.Records;
using Rulescope.Taxonomy.LogSources;
using Rulescope.Tests.Support;

namespace Rulescope.Tests.Engine;

/// <summary>The rules of Google, Panther and Splunk that Rulescope brings along, run over the events beside them.</summary>
public class StarterRunTests
{
    // What looks at several events at once does not run over single ones.
    static readonly string[] OverSeveralEvents = ["google/aws_shells_on_many_instances", "splunk/aws_one_role_many_shells"];

    static readonly string Folder = Path.Combine(Repository.Root, "content", "rules");

    static readonly string[] Vendors = ["google", "panther", "splunk"];

    static readonly Lazy<Task<CorpusReading>> All = new(() => new CorpusReader().ReadAllAsync(
        [.. Vendors.Select(v => new RuleSource(v, Path.Combine(Folder, v)))], null, CancellationToken.None));

    public static TheoryData<string> Names =>
        [.. Vendors.SelectMany(v => Directory.EnumerateFiles(Path.Combine(Folder, v), "*.events.jsonl").Select(f => $"{v}/{Path.GetFileName(f)[..^".events.jsonl".Length]}")).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Starter_rules_match_their_events_and_no_others(string name)
    {
        var document = Assert.Single((await All.Value).Documents, d => $"{d.Vendor}/{Path.GetFileNameWithoutExtension(d.Path)}" == name);
        Assert.NotNull(document.Query);
        var ready = SingleEventRule.Prepare(document.Query, new RecordRecognizer(LogSourceCatalog.Shipped));
        if (OverSeveralEvents.Contains(name, StringComparer.Ordinal))
        {
            Assert.Null(ready.Value);
            return;
        }

        Assert.Empty(ready.Diagnostics);
        var rule = ready.Value;
        Assert.NotNull(rule);
        var samples = JsonEventReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(File.ReadAllText(Path.Combine(Folder, name + ".events.jsonl")))), name).Select(r => r.Event).OfType<Event>().ToList();
        var wrong = samples
            .Where(s => s.Content["event"] is not EventValue.Object record || rule.Matches(new(record, name, s.Line)) != (s.Content["expect"].AsText == "match"))
            .Select(s => $"line {s.Line}: {s.Content["note"].AsText}");
        Assert.Empty(wrong);
    }
}
