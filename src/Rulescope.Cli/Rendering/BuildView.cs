using System.Collections.Immutable;
using Rulescope.Catalog.Store;
using Rulescope.Corpus;
using Spectre.Console;

namespace Rulescope.Cli.Rendering;

/// <summary>What a build came to, as a table with the failures under it.</summary>
static class BuildView
{
    const int MostFailures = 20;
    const int MostRemarks = 10;

    public static void Write(IAnsiConsole console, BuildResult result, string output)
    {
        console.WriteTable(Sources(result.Sources));
        console.WriteLine();
        console.Facts(result.Sources.Select(s => (s.Provenance.Vendor, Origin(s))), indent: 2);
        Failures(console, [.. result.Sources.SelectMany(s => s.Failed)]);
        Remarks(console, [.. result.Sources.SelectMany(s => s.Remarks)]);
        var rules = result.Sources.Sum(s => s.Rules);
        var unchanged = result.Unchanged > 0 ? $", {Words.Count(result.Unchanged, "file")} unchanged" : "";
        console.WriteLine();
        console.Paragraph($"{SafeText.Line(output)}: {Words.Count(rules, "rule")} in {Words.Seconds(result.Seconds)}{unchanged}", Page.Strong);
    }

    static Table Sources(ImmutableArray<SourceSummary> sources)
    {
        var table = Page.Table("Source", "#Files", "#Rules", "#Read", "#Readable", "Other kinds", "#Failed");
        foreach (var source in sources)
        {
            var failed = source.Failed.Count();
            table.AddRow(
                Page.Cell(source.Provenance.Vendor, Page.Strong),
                Page.Cell(Words.Number(source.Files)),
                Page.Cell(Words.Number(source.Rules)),
                Page.Cell(Words.Number(source.Read)),
                Page.Cell(Words.Number(source.Readable)),
                Page.Cell(OtherKinds(source)),
                Page.Cell(Words.Number(failed), failed > 0 ? Page.Alarm : null));
        }

        return table;
    }

    static string Origin(SourceSummary source)
    {
        var from = source.Provenance;
        var commit = from.Commit is { } id ? $" at {id[..Math.Min(12, id.Length)]}" : "";
        return SafeText.Line(from.Repository is { } repository ? $"{from.Path} ({repository}{commit})" : from.Path);
    }

    static string OtherKinds(SourceSummary source) =>
        string.Join('\n', source.Kinds.Where(k => k.Key != RuleKind.Rule).Select(k => $"{k.Key.Plural()} {Words.Number(k.Value)}"));

    static void Failures(IAnsiConsole console, ImmutableArray<CorpusFinding> failed)
    {
        if (failed.IsEmpty)
            return;
        console.Heading("Not read", $"({Words.Number(failed.Length)})");
        foreach (var finding in failed.Take(MostFailures))
            console.Paragraph(SafeText.Line($"{finding.Path}:{finding.Position.Line} {finding.Diagnostic.Code.Id} {finding.Diagnostic.Message}"), indent: 2);
        if (failed.Length > MostFailures)
            console.Paragraph($"and {Words.Number(failed.Length - MostFailures)} more, see --format json", Page.Quiet, indent: 2);
    }

    static void Remarks(IAnsiConsole console, ImmutableArray<Remark> remarks)
    {
        if (remarks.IsEmpty)
            return;
        console.Heading("Read with a remark", $"({Words.Number(remarks.Length)})");
        // The most frequent ones tell most of a source.
        foreach (var remark in remarks.OrderByDescending(r => r.Count).Take(MostRemarks))
            console.Paragraph(SafeText.Line($"{Words.Number(remark.Count)} x {remark.First.Diagnostic.Code.Id} {remark.First.Diagnostic.Message}, first in {remark.First.Path}:{remark.First.Position.Line}"), indent: 2);
        if (remarks.Length > MostRemarks)
            console.Paragraph($"and {Words.Number(remarks.Length - MostRemarks)} more, see --format json", Page.Quiet, indent: 2);
    }
}
