using Rulescope.Text;

namespace Rulescope.Languages.Python;

/// <summary>What can be wrong with a Python text: 01 the lines, 02 literals, 03 the structure.</summary>
public static class PythonCodes
{
    public static readonly DiagnosticCode UnexpectedCharacter = new("PYT0101", Severity.Error, "'{0}' begins nothing in Python");
    public static readonly DiagnosticCode Continuation = new("PYT0102", Severity.Error, "a backslash is not followed by the end of its line and a further line");
    public static readonly DiagnosticCode Unindent = new("PYT0103", Severity.Error, "the indentation matches no block around it");
    public static readonly DiagnosticCode Tabs = new("PYT0104", Severity.Error, "tabs and spaces are mixed so that the depth of the indentation depends on the width of a tab");
    public static readonly DiagnosticCode TooManyIndents = new("PYT0105", Severity.Error, "blocks nest deeper than {0} levels");
    public static readonly DiagnosticCode Unmatched = new("PYT0106", Severity.Error, "'{0}' closes nothing");
    public static readonly DiagnosticCode Mismatched = new("PYT0107", Severity.Error, "'{0}' does not close '{1}'");
    public static readonly DiagnosticCode Unclosed = new("PYT0108", Severity.Error, "'{0}' is never closed");
    public static readonly DiagnosticCode TooManyBrackets = new("PYT0109", Severity.Error, "brackets nest deeper than {0} levels");
    public static readonly DiagnosticCode TooLong = new("PYT0110", Severity.Error, "the text has {0} characters, at most {1} are read");
    public static readonly DiagnosticCode NameForm = new("PYT0111", Severity.Warning, "the name '{0}' is compared as it is written, not in its normal form");

    public static readonly DiagnosticCode OpenString = new("PYT0201", Severity.Error, "the string {0} is never closed");
    public static readonly DiagnosticCode Number = new("PYT0202", Severity.Error, "'{0}' is no number: {1}");
    public static readonly DiagnosticCode Escape = new("PYT0203", Severity.Error, "'{0}' is an incomplete or impossible escape");
    public static readonly DiagnosticCode CharacterName = new("PYT0204", Severity.Error, "characters are not known here by their names, found '{0}'");
    public static readonly DiagnosticCode BytesNotAscii = new("PYT0205", Severity.Error, "the bytes {0} hold a character that is not ASCII");
    public static readonly DiagnosticCode MixedBytes = new("PYT0206", Severity.Error, "bytes and text stand side by side as one literal");
    public static readonly DiagnosticCode Format = new("PYT0207", Severity.Error, "in an f-string, {0}");

    public static readonly DiagnosticCode Unexpected = new("PYT0301", Severity.Error, "found {0}, expected {1}");
    public static readonly DiagnosticCode NoBlock = new("PYT0302", Severity.Error, "found {0}, expected an indented block");
    public static readonly DiagnosticCode UnexpectedIndent = new("PYT0303", Severity.Error, "a block is indented without a line that opens it");
    public static readonly DiagnosticCode TooDeep = new("PYT0304", Severity.Error, "nested deeper than {0} levels");
    public static readonly DiagnosticCode Target = new("PYT0305", Severity.Error, "'{0}' cannot be {1}");
    public static readonly DiagnosticCode Misplaced = new("PYT0306", Severity.Error, "'{0}' cannot stand here: {1}");
}
