using Rulescope.Engine.Conformance;
using Spectre.Console;

namespace Rulescope.Cli.Rendering;

/// <summary>The scoreboard, with the first failures of each suite.</summary>
static class ConformanceView
{
    const int MostFailures = 10;

    public static void Write(IAnsiConsole console, IReadOnlyList<SuiteResult> results)
    {
        var table = Page.Table("Suite", "#Cases", "#Passed", "#Failed", "#Skipped", "#Figure");
        foreach (var result in results)
        {
            table.AddRow(
                Page.Cell(result.Suite, Page.Strong),
                Page.Cell(Words.Number(result.Cases)),
                Page.Cell(Words.Number(result.Passed)),
                Page.Cell(Words.Number(result.Failed), result.Failed > 0 ? Page.Alarm : null),
                Page.Cell(Words.Number(result.Skipped)),
                Page.Cell(ConformanceFiles.Figures.TryGetValue(result.Suite, out var figure) ? Words.Number(figure) : ""));
        }

        console.WriteTable(table);
        foreach (var result in results.Where(r => r.Reasons.Count > 0))
        {
            console.Heading(result.Suite, $"({Words.Number(result.Skipped)} skipped)");
            console.Facts([.. result.Reasons.Select(r => (r.Heading, $"{Words.Number(r.Cases)} {r.Reason}"))], indent: 2);
        }

        foreach (var result in results.Where(r => r.Failures.Count > 0))
        {
            console.Heading(result.Suite, $"({Words.Count(result.Failed, "failure")})");
            foreach (var failure in result.Failures.Items.Take(MostFailures))
            {
                console.Paragraph(SafeText.Value(failure.Case), Page.Strong, indent: 2);
                console.Facts([("expected", SafeText.Value(failure.Expected)), ("actual", SafeText.Value(failure.Actual))], indent: 4);
            }

            if (result.Failures.Count > MostFailures)
                console.Paragraph($"{Words.Number(result.Failures.Count - MostFailures)} more, see --format json", Page.Quiet, indent: 2);
        }
    }
}
