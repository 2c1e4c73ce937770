using Rulescope.Text;
using Rulescope.Text.Findings;
using Spectre.Console;

namespace Rulescope.Cli.Rendering;

/// <summary>Findings on a terminal: the plain lines with colours, and how many there are.</summary>
static class FindingsView
{
    public static void Write(IAnsiConsole console, FindingsReport report)
    {
        foreach (var finding in report.Findings.Items)
        {
            var line = new Paragraph(SafeText.Line($"{finding.Path}:{finding.Line}:{finding.Column}: "))
                .Append(finding.Id, Of(finding.Severity))
                .Append($" {SafeText.Line(finding.Message)}");
            // A path that is broken over two lines cannot be clicked.
            line.Overflow = Overflow.Fold;
            console.Write(line);
            console.WriteLine();
        }

        var counts = report.Findings.Items.GroupBy(f => f.Severity).OrderByDescending(g => g.Key).Select(g => Words.Count(g.Count(), Name(g.Key))).ToArray();
        console.Paragraph($"{Words.Count(report.Files.Count, "file")} checked: {(counts.Length == 0 ? "nothing to tell" : string.Join(", ", counts))}", Page.Strong);
    }

    static Style Of(Severity severity) => severity switch
    {
        Severity.Error => Page.Alarm,
        Severity.Warning => Page.Caution,
        _ => Page.Quiet,
    };

    static string Name(Severity severity) => severity switch
    {
        Severity.Error => "error",
        Severity.Warning => "warning",
        _ => "info",
    };
}
