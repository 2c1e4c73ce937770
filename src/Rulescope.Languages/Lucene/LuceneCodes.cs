using Rulescope.Text;

namespace Rulescope.Languages.Lucene;

/// <summary>What can be wrong with a Lucene query string: 01 the text, 02 the structure, 03 the meaning.</summary>
public static class LuceneCodes
{
    public static readonly DiagnosticCode OpenString = new("LUC0101", Severity.Error, "the phrase {0} is never closed");
    public static readonly DiagnosticCode OpenRegex = new("LUC0102", Severity.Error, "the regex {0} is never closed; a slash itself is written \\/");
    public static readonly DiagnosticCode BadEscape = new("LUC0103", Severity.Error, "found '{0}', expected a character or four hexadecimal digits behind the backslash");
    public static readonly DiagnosticCode UnexpectedCharacter = new("LUC0104", Severity.Error, "'{0}' closes no range");
    public static readonly DiagnosticCode BadNumber = new("LUC0105", Severity.Error, "found '{0}', expected a number behind it");
    public static readonly DiagnosticCode TooLong = new("LUC0106", Severity.Error, "the query has {0} characters, at most {1} are read");

    public static readonly DiagnosticCode Unexpected = new("LUC0201", Severity.Error, "found {0}, expected {1}");
    public static readonly DiagnosticCode Unclosed = new("LUC0202", Severity.Error, "'{0}' is never closed");
    public static readonly DiagnosticCode TooDeep = new("LUC0203", Severity.Error, "nested deeper than {0} levels");
    public static readonly DiagnosticCode FuzzyIgnored = new("LUC0204", Severity.Warning, "'{0}' has no effect on a wildcard, a regex, a range or a group");

    public static readonly DiagnosticCode NoFuzziness = new("LUC0301", Severity.Warning, "the fuzzy term {0} has no model");
    public static readonly DiagnosticCode SlopIgnored = new("LUC0302", Severity.Warning, "the words of {0} may stand apart; they are looked for side by side");
    public static readonly DiagnosticCode BoostIgnored = new("LUC0303", Severity.Info, "the boost ^{0} ranks matches and is left out");
    public static readonly DiagnosticCode OnlyRanks = new("LUC0304", Severity.Info, "{0} stands beside a required clause, where it ranks matches; it is left out");
    public static readonly DiagnosticCode PatternOnText = new("LUC0305", Severity.Warning, "{0} meets single words of a text field; it is taken as part of the whole text");
}
