using Rulescope.Text;

namespace Rulescope.Languages.Kuery;

/// <summary>What can be wrong with a kuery: 01 the text, 02 the structure, 03 the meaning.</summary>
public static class KueryCodes
{
    public static readonly DiagnosticCode OpenString = new("KUE0101", Severity.Error, "the string {0} is never closed");
    public static readonly DiagnosticCode UnknownEscape = new("KUE0102", Severity.Error, "'{0}' is no escape in an unquoted value; a backslash itself is written \\\\");
    public static readonly DiagnosticCode NeedsSpace = new("KUE0103", Severity.Error, "'{0}' needs white space on both sides");
    public static readonly DiagnosticCode TooLong = new("KUE0104", Severity.Error, "the query has {0} characters, at most {1} are read");

    public static readonly DiagnosticCode Unexpected = new("KUE0201", Severity.Error, "found {0}, expected {1}");
    public static readonly DiagnosticCode Unclosed = new("KUE0202", Severity.Error, "'{0}' is never closed");
    public static readonly DiagnosticCode TooDeep = new("KUE0203", Severity.Error, "nested deeper than {0} levels");
    public static readonly DiagnosticCode DoubleNot = new("KUE0204", Severity.Error, "found '{0}' behind 'not', expected parentheses around it");
    public static readonly DiagnosticCode WildcardInRange = new("KUE0205", Severity.Error, "found {0} as the bound of a range, which takes no wildcard");

    public static readonly DiagnosticCode NoMeaning = new("KUE0301", Severity.Warning, "'{0}' as a value has no meaning, expected a text, a number, true or false");
    public static readonly DiagnosticCode PatternOnText = new("KUE0302", Severity.Warning, "{0} meets single words of a text field; it is taken as part of the whole text");
}
