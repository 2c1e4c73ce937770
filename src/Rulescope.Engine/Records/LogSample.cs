using System.Collections.Immutable;
using Rulescope.Engine.Readers;
using Rulescope.Taxonomy.LogSources;

namespace Rulescope.Engine.Records;

/// <summary>A log source of a sample and how many of its records are of it.</summary>
/// <param name="Id">Such as <c>windows/sysmon</c>.</param>
public sealed record SampledSource(string Id, int Records);

/// <summary>What the first records of a log are: the sources somebody has who has such a log (SPEC E04).</summary>
/// <param name="Records">How many were looked at.</param>
/// <param name="Unknown">How many of them are of no known log source.</param>
/// <param name="Sources">The sources, most records first; a record counts for each it belongs to, but not for one above another of its own.</param>
/// <param name="IsCut">The log goes on behind the records looked at.</param>
/// <param name="Findings">What could not be read.</param>
public sealed record LogSample(int Records, int Unknown, ImmutableArray<SampledSource> Sources, bool IsCut, ImmutableArray<LogFinding> Findings)
{
    public const int MaxRecords = 5_000;

    const int MaxFindings = 20;

    /// <summary>Looks at a log in any form that <see cref="LogFile"/> reads; never throws on content.</summary>
    public static LogSample Read(Stream log, string name, int most = MaxRecords)
    {
        var recognizer = new RecordRecognizer(LogSourceCatalog.Shipped);
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        var findings = ImmutableArray.CreateBuilder<LogFinding>();
        var (records, unknown) = (0, 0);
        foreach (var reading in LogFile.Read(log, name))
        {
            if (records == most || findings.Count == MaxFindings)
                return Of(isCut: true);
            if (reading.Finding is { } finding)
                findings.Add(finding);
            if (reading.Event is not { } record)
                continue;
            records++;
            var sources = Narrowest([.. recognizer.SourcesOf(record)]);
            unknown += sources.IsEmpty ? 1 : 0;
            foreach (var source in sources)
                counts[source] = counts.GetValueOrDefault(source) + 1;
        }

        return Of(isCut: false);

        LogSample Of(bool isCut) => new(
            records,
            unknown,
            [.. counts.OrderByDescending(c => c.Value).ThenBy(c => c.Key, StringComparer.Ordinal).Select(c => new SampledSource(c.Key, c.Value))],
            isCut,
            findings.ToImmutable());
    }

    // Who has Sysmon's log has not all that Windows writes.
    static ImmutableArray<string> Narrowest(ImmutableArray<string> ids) =>
        [.. ids.Where(id => !ids.Any(other => other.Length > id.Length && other[id.Length] == '/' && other.StartsWith(id, StringComparison.Ordinal)))];
}
