using Rulescope.Engine.Conformance;
using Rulescope.Engine.Events;
using Rulescope.Engine.Readers;
using Rulescope.Engine.Records;
using Rulescope.Taxonomy.LogSources;
using Rulescope.Tests.Support;

namespace Rulescope.Tests.Engine;

/// <summary>Real cloud records, where they are at hand: every one is read, and its shape is known.</summary>
public class CloudRecordTests
{
    [Fact]
    public void Real_cloud_records_are_read_and_recognised()
    {
        if (Repository.Shared is null)
            Assert.Skip(Repository.SharedAbsent);
        using var archive = File.OpenRead(Path.Combine(Repository.Shared, "conformance", "cloud-t1021.007.tar.gz"));
        var recognizer = new RecordRecognizer(LogSourceCatalog.Shipped);
        var members = ConformanceFiles.Members(archive, n => n.EndsWith(".jsonl", StringComparison.Ordinal) || n.EndsWith(".jsonl.gz", StringComparison.Ordinal));
        Assert.NotEmpty(members);
        var shapes = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var (name, bytes) in members)
        {
            foreach (var reading in LogFile.Read(new MemoryStream(bytes), name))
            {
                Assert.Null(reading.Finding);
                Assert.NotNull(reading.Event);
                var record = reading.Event.Content["event"] is EventValue.Object inner ? reading.Event with { Content = inner } : reading.Event;
                var shape = recognizer.ShapeOf(record)?.Id ?? $"unknown in {Path.GetFileName(name)}";
                shapes[shape] = shapes.GetValueOrDefault(shape) + 1;
            }
        }

        Assert.True(shapes["cloudtrail"] > 3000);
        Assert.DoesNotContain(shapes.Keys, s => s.StartsWith("unknown", StringComparison.Ordinal));
    }
}
