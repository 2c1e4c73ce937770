using Rulescope.Text;

namespace Rulescope.Engine.Evaluation;

/// <summary>Why a rule or a part of it does not run; area 01 plans, 02 predicates, 03 regular expressions.</summary>
public static class EngineCodes
{
    public static readonly DiagnosticCode StageNotRun = new("ENG0101", Severity.Error, "'{0}' is not run over single events, expected filters and computed columns over one source");
    public static readonly DiagnosticCode SameName = new("ENG0102", Severity.Error, "two columns are named '{0}', of which one would be lost");
    public static readonly DiagnosticCode UnreadPart = new("ENG0201", Severity.Error, "'{0}' was not understood, so the rule is not run");
    public static readonly DiagnosticCode UnknownFunction = new("ENG0202", Severity.Error, "the function '{0}' is not known here, so the rule is not run");
    public static readonly DiagnosticCode UnknownList = new("ENG0203", Severity.Error, "the list '{0}' is not at hand, so the rule is not run");
    public static readonly DiagnosticCode OverRows = new("ENG0204", Severity.Error, "'{0}' looks at more than one event, so the rule is not run");
    public static readonly DiagnosticCode RegexNotTranslated = new("ENG0301", Severity.Error, "the {0} pattern '{1}' cannot be translated: {2}");
}
