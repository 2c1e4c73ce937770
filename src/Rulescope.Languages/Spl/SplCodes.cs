using Rulescope.Text;

namespace Rulescope.Languages.Spl;

/// <summary>Findings of the search language: 01 text and macros, 02 syntax, 03 meaning.</summary>
public static class SplCodes
{
    public static readonly DiagnosticCode UnclosedQuote = new("SPL0101", Severity.Error, "{0} is never closed: the rest of the search is read as text");
    public static readonly DiagnosticCode UnclosedComment = new("SPL0102", Severity.Error, "the comment is never closed: the rest of the search is read as comment");
    public static readonly DiagnosticCode UnclosedMacro = new("SPL0103", Severity.Error, "the macro call has no closing backtick");
    public static readonly DiagnosticCode UndefinedMacro = new("SPL0104", Severity.Info, "no macro `{0}` with {1} arguments is known here: what it stands for is not read");
    public static readonly DiagnosticCode MacroTooDeep = new("SPL0105", Severity.Error, "macros call one another more than {0} deep: this call is not expanded");
    public static readonly DiagnosticCode MacroTooLong = new("SPL0106", Severity.Error, "with its macros the search is longer than {0} characters or calls more than {1}: this call is not expanded");
    public static readonly DiagnosticCode BadMacroCall = new("SPL0107", Severity.Error, "{0} is no macro call: expected a name, or a name and arguments in parentheses");
    public static readonly DiagnosticCode TooLong = new("SPL0108", Severity.Error, "the search has {0} characters, at most {1} are read");

    public static readonly DiagnosticCode Unexpected = new("SPL0201", Severity.Error, "found {0}, expected {1}");
    public static readonly DiagnosticCode Unclosed = new("SPL0202", Severity.Error, "'{0}' is never closed");
    public static readonly DiagnosticCode TooDeep = new("SPL0203", Severity.Error, "nested more than {0} deep: the rest is not read");
    public static readonly DiagnosticCode UnknownCommand = new("SPL0204", Severity.Error, "no command '{0}' is known: its stage is kept as text");
    public static readonly DiagnosticCode TooManyFindings = new("SPL0205", Severity.Error, "more than {0} findings: no more are listed");
    public static readonly DiagnosticCode UnknownOption = new("SPL0206", Severity.Info, "'{0}' has no option '{1}': it is ignored");
    public static readonly DiagnosticCode BadOption = new("SPL0207", Severity.Warning, "'{0}' is no value for option '{1}', expected {2}");
    public static readonly DiagnosticCode TooManyCommands = new("SPL0208", Severity.Error, "more than {0} commands: the rest is not read");
    public static readonly DiagnosticCode LowerCaseOperator = new("SPL0209", Severity.Info, "'{0}' in small letters is a word to search for, not an operator");
    public static readonly DiagnosticCode CommaInSearch = new("SPL0210", Severity.Warning, "a comma parts words of a search: functions are not called here");

    public static readonly DiagnosticCode NoModel = new("SPL0301", Severity.Warning, "'{0}' is read but has no model: what it changes in the rows is not known");
    public static readonly DiagnosticCode UnknownFunction = new("SPL0302", Severity.Warning, "no function '{0}' is known: its value is not read");
    public static readonly DiagnosticCode WrongArguments = new("SPL0303", Severity.Warning, "'{0}' takes {1}");
    public static readonly DiagnosticCode NeverTrue = new("SPL0304", Severity.Info, "'{0}' is never true: it asks for a value that is not any value");
    public static readonly DiagnosticCode NoColumns = new("SPL0305", Severity.Warning, "the columns of this subsearch are not written in the search: what it selects is not known");
    public static readonly DiagnosticCode Joined = new("SPL0306", Severity.Info, "'{0}' joins two texts: a field with a dot in its name stands in single quotes here");
}
