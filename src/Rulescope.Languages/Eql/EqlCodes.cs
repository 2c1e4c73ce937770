using Rulescope.Text;

namespace Rulescope.Languages.Eql;

/// <summary>What can be wrong with an EQL query: 01 the text, 02 the structure, 03 the dialect, 04 functions, 05 the meaning.</summary>
public static class EqlCodes
{
    public static readonly DiagnosticCode OpenString = new("EQL0101", Severity.Error, "the string {0} is not closed on its line");
    public static readonly DiagnosticCode UnknownEscape = new("EQL0102", Severity.Error, "unknown escape '{0}' in a string, expected one of \\b \\t \\n \\f \\r \\\" \\' \\\\ \\u{{...}}");
    public static readonly DiagnosticCode UnexpectedCharacter = new("EQL0103", Severity.Error, "'{0}' begins nothing in EQL");
    public static readonly DiagnosticCode OpenComment = new("EQL0104", Severity.Error, "the comment {0} is never closed");
    public static readonly DiagnosticCode OpenName = new("EQL0105", Severity.Error, "the escaped name {0} is never closed");
    public static readonly DiagnosticCode NumberTooLarge = new("EQL0106", Severity.Error, "the number {0} is out of range");
    public static readonly DiagnosticCode TooLong = new("EQL0107", Severity.Error, "the query has {0} characters, at most {1} are read");

    public static readonly DiagnosticCode Unexpected = new("EQL0201", Severity.Error, "found {0}, expected {1}");
    public static readonly DiagnosticCode Unclosed = new("EQL0202", Severity.Error, "'{0}' is never closed");
    public static readonly DiagnosticCode TooDeep = new("EQL0203", Severity.Error, "nested deeper than {0} levels");
    public static readonly DiagnosticCode Chained = new("EQL0204", Severity.Error, "found '{0}' after a comparison, which does not chain; expected 'and', 'or' or parentheses");
    public static readonly DiagnosticCode NotALiteral = new("EQL0205", Severity.Error, "found {0} on the right of '{1}', expected a literal");
    public static readonly DiagnosticCode TooFewStages = new("EQL0206", Severity.Error, "a {0} has {1} events, expected at least two");
    public static readonly DiagnosticCode BadRuns = new("EQL0207", Severity.Error, "found runs={0}, expected a whole number from 1 to 100");
    public static readonly DiagnosticCode BadDuration = new("EQL0208", Severity.Error, "found the time span '{0}', expected a whole number and one of ms, s, m, h, d");
    public static readonly DiagnosticCode UnknownPipe = new("EQL0209", Severity.Error, "unknown pipe '{0}', expected {1}");
    public static readonly DiagnosticCode KeyCount = new("EQL0210", Severity.Error, "this event is joined by {0} keys, the first one by {1}");
    public static readonly DiagnosticCode MissingNeedsSpan = new("EQL0211", Severity.Error, "a missing event '![' needs 'with maxspan='");
    public static readonly DiagnosticCode OnlyMissing = new("EQL0212", Severity.Error, "all events of the sequence are missing ones, expected at least one that occurs");

    public static readonly DiagnosticCode EndgameOnly = new("EQL0301", Severity.Error, "found {0}, which only Endgame's EQL has; expected {1}");

    public static readonly DiagnosticCode UnknownFunction = new("EQL0401", Severity.Warning, "the function '{0}' is not known");
    public static readonly DiagnosticCode ArgumentCount = new("EQL0402", Severity.Error, "'{0}' has {1} arguments, expected {2}");
    public static readonly DiagnosticCode ArgumentType = new("EQL0403", Severity.Error, "argument {0} of '{1}' is {2}, expected {3}");

    public static readonly DiagnosticCode FieldToField = new("EQL0501", Severity.Error, "two fields are compared, which Elasticsearch does not run; expected a literal on one side");
    public static readonly DiagnosticCode NotACondition = new("EQL0502", Severity.Error, "found {0} as a condition, expected something that is true or false");
    public static readonly DiagnosticCode NoModel = new("EQL0503", Severity.Warning, "{0} is read, but has no model here");
}
