using Rulescope.Text;

namespace Rulescope.Languages.Yaral;

/// <summary>What can be wrong with a YARA-L text: 01 the text, 02 the structure, 03 the meaning.</summary>
public static class YaralCodes
{
    public static readonly DiagnosticCode OpenString = new("YAL0101", Severity.Error, "the string {0} does not end on its line");
    public static readonly DiagnosticCode OpenRegex = new("YAL0102", Severity.Error, "the regular expression {0} does not end on its line");
    public static readonly DiagnosticCode OpenComment = new("YAL0103", Severity.Error, "the comment {0} is never closed");
    public static readonly DiagnosticCode OpenRaw = new("YAL0104", Severity.Error, "the string {0} is never closed");
    public static readonly DiagnosticCode NoName = new("YAL0105", Severity.Error, "'{0}' has no name behind it");
    public static readonly DiagnosticCode TooLong = new("YAL0106", Severity.Error, "the text has {0} characters, at most {1} are read");
    public static readonly DiagnosticCode UnknownEscape = new("YAL0107", Severity.Warning, "'{0}' is no escape; the backslash is taken as itself");

    public static readonly DiagnosticCode Unexpected = new("YAL0201", Severity.Error, "found {0}, expected {1}");
    public static readonly DiagnosticCode Unclosed = new("YAL0202", Severity.Error, "'{0}' is never closed");
    public static readonly DiagnosticCode TooDeep = new("YAL0203", Severity.Error, "nested deeper than {0} levels");
    public static readonly DiagnosticCode UnknownSection = new("YAL0204", Severity.Error, "there is no section '{0}'");
    public static readonly DiagnosticCode RepeatedSection = new("YAL0205", Severity.Error, "the section '{0}' stands twice in one rule");
    public static readonly DiagnosticCode MissingSection = new("YAL0206", Severity.Error, "the rule has no section '{0}'");
    public static readonly DiagnosticCode NotACondition = new("YAL0207", Severity.Error, "{0} says nothing that could be true or false");
    public static readonly DiagnosticCode NoRule = new("YAL0208", Severity.Error, "the text holds no rule");
    public static readonly DiagnosticCode FoldsNothing = new("YAL0209", Severity.Error, "'nocase' stands behind a comparison or a function, not behind {0}");

    public static readonly DiagnosticCode TooManyFindings = new("YAL0210", Severity.Error, "more than {0} findings, the rest is left out");

    public static readonly DiagnosticCode UnknownVariable = new("YAL0301", Severity.Error, "'{0}' is no event, no placeholder with a value and no outcome");
    public static readonly DiagnosticCode UnknownFunction = new("YAL0302", Severity.Error, "there is no function '{0}' with {1} arguments");
    public static readonly DiagnosticCode PlaceholderTooLarge = new("YAL0303", Severity.Error, "the placeholders in {0} stand for one another without end, or for too much");
    public static readonly DiagnosticCode NoWindow = new("YAL0304", Severity.Error, "{0} is no length of a window");
    public static readonly DiagnosticCode NoMeaning = new("YAL0305", Severity.Error, "{0} has no meaning here");
    public static readonly DiagnosticCode RowOfTable = new("YAL0306", Severity.Warning, "the columns of table '{0}' belong to one row; each is compared on its own");
    public static readonly DiagnosticCode NotAPattern = new("YAL0307", Severity.Error, "{0} is no pattern that the rule states");
    public static readonly DiagnosticCode MissingWindow = new("YAL0308", Severity.Error, "the match section of '{0}' has no window such as over 5m");
    public static readonly DiagnosticCode TooManyEvents = new("YAL0309", Severity.Error, "the rule has {0} event variables, at most {1} are read");
    public static readonly DiagnosticCode TooManyCopies = new("YAL0310", Severity.Error, "more than {0} repeated fields meet in one condition");
}
