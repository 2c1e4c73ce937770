using System.Collections.Immutable;
using System.Text;
using Rulescope.Engine.Events;
using Rulescope.Engine.Readers;
using Rulescope.Text;

namespace Rulescope.Packages;

/// <summary>What the query must make of a sample event.</summary>
public enum Expectation
{
    Match,
    NoMatch,

    /// <summary>Like a match but for one thing, and no match for that.</summary>
    NearMiss,
}

/// <summary>A row of a table that was made up for a test.</summary>
public sealed record SampleEvent(string Table, Expectation Expect, string Test, string Note, Event Row, SourceText Source, SourceSpan Span)
{
    /// <summary>As the files write it.</summary>
    public string ExpectText => Expect switch
    {
        Expectation.Match => "match",
        Expectation.NoMatch => "no-match",
        _ => "near-miss",
    };

    /// <summary>The line in its file, from 1.</summary>
    public int Line => Source.Position(Span).Line;
}

/// <summary>Reads lines of <c>{"expect", "test", "note", "event"}</c>. Never throws on content.</summary>
static class SampleEvents
{
    public static ImmutableArray<SampleEvent> Read(string table, SourceText source, DetectionPackage package, Action<SourceSpan, DiagnosticCode, object?[]> report)
    {
        var tests = package.Tests.Select(t => t.Id).ToHashSet(StringComparer.Ordinal);
        var events = ImmutableArray.CreateBuilder<SampleEvent>();
        var start = 0;
        foreach (var line in source.Text.Split('\n'))
        {
            var span = new SourceSpan(start, line.TrimEnd().Length);
            start += line.Length + 1;
            if (span.Length > 0 && Read(table, line, source, span, tests, report) is { } sample)
                events.Add(sample);
        }

        return events.ToImmutable();
    }

    static SampleEvent? Read(string table, string line, SourceText source, SourceSpan span, HashSet<string> tests, Action<SourceSpan, DiagnosticCode, object?[]> report)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(line));
        var read = JsonEventReader.Read(stream, source.Path).ToList();
        if (read is not [{ Event: { } record }])
        {
            report(span, PackageCodes.BrokenEvent, [read.Select(r => r.Finding?.Diagnostic.Message).OfType<string>().FirstOrDefault() ?? "expected one JSON object on the line"]);
            return null;
        }

        var members = record.Content;
        if (members["event"] is not EventValue.Object row)
        {
            report(span, PackageCodes.EventWithoutMember, ["event"]);
            return null;
        }

        var test = members["test"].AsText ?? "";
        if (test.Length == 0)
            report(span, PackageCodes.EventWithoutMember, ["test"]);
        else if (!tests.Contains(test))
            report(span, PackageCodes.EventOfNoTest, [test]);
        Expectation? expect = members["expect"].AsText switch
        {
            "match" => Expectation.Match,
            "no-match" => Expectation.NoMatch,
            "near-miss" => Expectation.NearMiss,
            _ => null,
        };
        if (expect is null)
            report(span, PackageCodes.UnknownExpectation, [members["expect"].AsText ?? ""]);
        return expect is { } known ? new(table, known, test, members["note"].AsText ?? "", new(row, source.Path, source.Position(span).Line), source, span) : null;
    }
}
