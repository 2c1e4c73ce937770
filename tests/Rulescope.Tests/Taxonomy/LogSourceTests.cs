using Rulescope.Taxonomy.Events;
using Rulescope.Taxonomy.LogSources;
using Rulescope.Tests.Support;

namespace Rulescope.Tests.Taxonomy;

public class LogSourceTests
{
    public static TheoryData<CaseFile.Case> SourceCases => CaseFile.Load("taxonomy/logsources.cases");

    [Theory]
    [MemberData(nameof(SourceCases))]
    public void Log_source_files_read_as_expected(CaseFile.Case @case)
    {
        var read = LogSourceFile.Load([new("input", @case.Input)]);
        CaseFile.Check(@case, string.Join('\n', [.. read.Value.Shapes.Select(s => $"shape {s.Id}"), .. read.Value.Sources.Select(Show), .. read.Diagnostics.Select(d => d.ToString())]));
    }

    [Fact]
    public void The_shipped_files_are_without_findings()
    {
        Assert.Empty(LogSourceFile.Load(LogSourceCatalog.ShippedFiles).Diagnostics);
        Assert.True(LogSourceCatalog.Shipped.Sources.Length > 150);
    }

    [Theory]
    [InlineData("windows", "process_creation", null, "sysmon/1 security/4688")]
    [InlineData("windows", "registry_event", null, "sysmon/12 sysmon/13 sysmon/14")]
    [InlineData("windows", "ps_script", null, "powershell/4104")]
    [InlineData("windows", "pipe_created", null, "sysmon/17 sysmon/18")]
    [InlineData("aws", null, "cloudtrail", "")]
    public void A_source_knows_its_events(string? product, string? category, string? service, string events)
    {
        var source = LogSourceCatalog.Shipped.Exact(new(product, category, service));
        Assert.NotNull(source);
        Assert.Equal(events, string.Join(' ', EventCatalog.Shipped.Of(source).Select(e => e.Id)));
    }

    [Theory]
    [InlineData("splunk", "Sysmon EventID 1", "sysmon/1")]
    [InlineData("splunk", "windows event log security 4688", "security/4688")]
    [InlineData("splunk", "NTLM Operational 8004, 8002", "ntlm/8004 ntlm/8002")]
    [InlineData("splunk", "Sysmon EventID", "")]
    [InlineData("splunk", "Sysmon for Linux EventID 1", "")]
    [InlineData("sigma", "Sysmon EventID 1", "")]
    public void A_vendor_names_events_in_its_own_words(string vocabulary, string word, string events) =>
        Assert.Equal(events, string.Join(' ', EventCatalog.Shipped.Called(vocabulary, [word]).Select(e => e.Id)));

    [Fact]
    public void Every_event_id_of_a_Sysmon_source_is_in_the_event_catalog() =>
        Assert.All(
            LogSourceCatalog.Shipped.Sources.SelectMany(s => s.Records.Items).Where(r => r.Channels.Items.Contains("Microsoft-Windows-Sysmon/Operational", StringComparer.Ordinal)),
            r => Assert.All(r.EventIds.Items, id => Assert.NotNull(EventCatalog.Shipped.Find($"sysmon/{id}"))));

    [Fact]
    public void A_rule_that_names_less_means_more_sources()
    {
        var about = LogSourceCatalog.Shipped.About(new(null, "process_creation", null)).Select(s => s.Id);
        Assert.Equal("linux/process_creation macos/process_creation windows/process_creation", string.Join(' ', about.Order(StringComparer.Ordinal)));
        Assert.Empty(LogSourceCatalog.Shipped.About(new("windows", "no_such_category", null)));
    }

    static string Show(LogSourceEntry source) =>
        $"{source.Id} = {string.Join(' ', source.Triples)} [{string.Join(' ', source.Platforms)}] [{string.Join(' ', source.Domains)}] {source.Records.Count} selectors";
}
