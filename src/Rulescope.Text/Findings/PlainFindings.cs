using System.Globalization;

namespace Rulescope.Text.Findings;

/// <summary><c>rules/a.yml:3:5: SIG0102 message</c>, as compilers write it and editors read it.</summary>
static class PlainFindings
{
    public static void Write(FindingsReport report, TextWriter output)
    {
        foreach (var finding in report.Findings)
            output.Write(string.Create(CultureInfo.InvariantCulture, $"{OneLine(finding.Path)}:{finding.Line}:{finding.Column}: {finding.Id} {OneLine(finding.Message)}\n"));
    }

    /// <summary>The text without what would break the line or steer a terminal: a file name may hold any character.</summary>
    public static string OneLine(string text) =>
        text.Any(char.IsControl) ? string.Concat(text.Select(c => char.IsControl(c) ? '\uFFFD' : c)) : text;
}
