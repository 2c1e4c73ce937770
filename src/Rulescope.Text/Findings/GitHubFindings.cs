using System.Globalization;

namespace Rulescope.Text.Findings;

/// <summary><c>::error file=a.yml,line=3,col=5,title=SIG0102::message</c>, GitHub's workflow commands.</summary>
static class GitHubFindings
{
    public static void Write(FindingsReport report, TextWriter output)
    {
        foreach (var finding in report.Findings)
        {
            output.Write(string.Create(
                CultureInfo.InvariantCulture,
                $"::{CommandOf(finding.Severity)} file={Property(finding.Path)},line={finding.Line},col={finding.Column},title={Property(finding.Id)}::{Data(finding.Message)}\n"));
        }
    }

    static string CommandOf(Severity severity) => severity switch
    {
        Severity.Info => "notice",
        Severity.Warning => "warning",
        _ => "error",
    };

    // A line break would have an escape of its own (%0A), but neither a path nor a message has use for one.
    static string Data(string text) => PlainFindings.OneLine(text).Replace("%", "%25", StringComparison.Ordinal);

    static string Property(string text) => Data(text)
        .Replace(":", "%3A", StringComparison.Ordinal)
        .Replace(",", "%2C", StringComparison.Ordinal);
}
