namespace Rulescope.Text.Findings;

/// <summary>The forms in which findings are written.</summary>
public enum FindingsFormat
{
    /// <summary><c>path:line:col: ID message</c>, one a line.</summary>
    Plain,

    /// <summary>One JSON object: the number of files and the findings.</summary>
    Json,

    /// <summary>SARIF 2.1.0, as code scanners exchange it.</summary>
    Sarif,

    /// <summary>GitHub workflow commands, shown as annotations of a change.</summary>
    GitHub,

    /// <summary>JUnit XML: a test case for each file.</summary>
    JUnit,
}

/// <summary>Writes a report in any of its forms; the last line ends with a line break.</summary>
public static class FindingsWriter
{
    /// <summary>Writes the report. <paramref name="catalog"/> holds the kinds of findings that SARIF lists as its rules.</summary>
    public static void Write(FindingsReport report, FindingsFormat format, DiagnosticCatalog catalog, TextWriter output)
    {
        switch (format)
        {
            case FindingsFormat.Plain:
                PlainFindings.Write(report, output);
                break;
            case FindingsFormat.Json:
                JsonFindings.Write(report, output);
                break;
            case FindingsFormat.Sarif:
                SarifFindings.Write(report, catalog, output);
                break;
            case FindingsFormat.GitHub:
                GitHubFindings.Write(report, output);
                break;
            case FindingsFormat.JUnit:
                JUnitFindings.Write(report, output);
                break;
            default:
                throw new ArgumentOutOfRangeException(nameof(format), format, "not a form of findings");
        }
    }
}
