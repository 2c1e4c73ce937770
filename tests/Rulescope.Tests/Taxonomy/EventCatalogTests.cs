using System.Text;
using Rulescope.Engine.Readers;
using Rulescope.Engine.Records;
using Rulescope.Taxonomy.Events;
using Rulescope.Taxonomy.LogSources;
using Rulescope.Tests.Support;

namespace Rulescope.Tests.Taxonomy;

public class EventCatalogTests
{
    const int FewestSamples = 60;

    public static TheoryData<CaseFile.Case> Cases => CaseFile.Load("taxonomy/events.cases");

    public static TheoryData<string> Sampled => [.. EventCatalog.Shipped.Events.Where(e => e.Sample is not null).Select(e => e.Id)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Event_files_read_as_expected(CaseFile.Case @case)
    {
        var read = EventCatalogFile.Load([new("input", @case.Input)], LogSourceCatalog.Shipped);
        CaseFile.Check(@case, string.Join('\n', [.. read.Value.Events.Select(Show), .. read.Diagnostics.Select(d => d.ToString())]));
    }

    [Fact]
    public void The_shipped_files_are_without_findings() =>
        Assert.Empty(EventCatalogFile.Load(EventCatalog.ShippedFiles, LogSourceCatalog.Shipped).Diagnostics);

    [Fact]
    public void The_catalog_has_Sysmon_whole_and_the_operations_of_every_service()
    {
        Assert.All(Enumerable.Range(1, 29), id => Assert.NotNull(EventCatalog.Shipped.Find($"sysmon/{id}")));
        Assert.Equal(
            "aws azure entra gcp github kubernetes m365 okta workspace workspace-login",
            string.Join(' ', EventCatalog.Shipped.Events.OfType<CatalogEvent.Operation>().Select(o => o.Service.Id).Distinct().Order(StringComparer.Ordinal)));
        Assert.True(EventCatalog.Shipped.Events.OfType<CatalogEvent.Windows>().Count(e => e.Sample is not null) >= FewestSamples);
    }

    [Fact]
    public void Every_operation_has_a_sample() =>
        Assert.All(EventCatalog.Shipped.Events.OfType<CatalogEvent.Operation>(), o => Assert.NotNull(o.Sample));

    [Fact]
    public void Every_event_says_more_than_its_title() =>
        Assert.All(EventCatalog.Shipped.Events, e => Assert.True(e.Description.Length > e.Title.Length / 2 && e.Description.EndsWith('.') && !e.Title.EndsWith('.'), e.Id));

    [Theory]
    [MemberData(nameof(Sampled))]
    public void A_sample_is_a_record_of_its_log_source(string id)
    {
        var one = EventCatalog.Shipped.Find(id)!;
        var recognizer = new RecordRecognizer(LogSourceCatalog.Shipped);
        var reading = Assert.Single(JsonEventReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(one.Sample!)), id));
        var shape = recognizer.ShapeOf(reading.Event!);
        var sources = EventCatalog.Shipped.SourcesOf(one);
        Assert.NotEmpty(sources);
        Assert.Contains(
            sources.SelectMany(s => LogSourceCatalog.Shipped.Find(s)!.Triples.Items),
            triple => recognizer.Fit(reading.Event!, shape, triple, out _) == SourceFit.Yes);
        Assert.Contains(one is CatalogEvent.Operation operation ? operation.Name : ((CatalogEvent.Windows)one).Channel, one.Sample!, StringComparison.Ordinal);
    }

    static string Show(CatalogEvent one) => one switch
    {
        CatalogEvent.Windows w => $"{w.Id} {w.Title}: {w.Channel} {w.Provider} {w.EventId}",
        CatalogEvent.Operation o => $"{o.Id} {o.Title}: {o.Service.Id} {o.Name} {o.Part} {o.Sample?.Length ?? 0}",
        _ => one.Id,
    };
}
