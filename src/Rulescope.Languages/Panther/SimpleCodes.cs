using Rulescope.Text;

namespace Rulescope.Languages.Panther;

/// <summary>What can be found in the YAML of a simple detection or a correlation rule.</summary>
public static class SimpleCodes
{
    public static readonly DiagnosticCode NotAnExpression = new("PSD0101", Severity.Error, "expected {0}, found {1}");
    public static readonly DiagnosticCode UnknownCondition = new("PSD0102", Severity.Error, "condition '{0}' is not known, expected one of {1}");
    public static readonly DiagnosticCode NoValue = new("PSD0103", Severity.Error, "'{0}' needs {1}");
    public static readonly DiagnosticCode BadPath = new("PSD0104", Severity.Error, "'{0}' is no path of keys such as a.b[0].c");
    public static readonly DiagnosticCode NoKey = new("PSD0105", Severity.Error, "the expression has no 'Key', 'DeepKey', 'KeyPath' or 'Enrichment'");
    public static readonly DiagnosticCode NotCompared = new("PSD0106", Severity.Error, "condition '{0}' cannot compare two keys");
    public static readonly DiagnosticCode UnusedKey = new("PSD0201", Severity.Warning, "'{0}' means nothing here and is left out");
    public static readonly DiagnosticCode NoTerms = new("PSD0202", Severity.Info, "the filter holds no expression; it lets everything pass");

    public static readonly DiagnosticCode NoPatterns = new("PSD0301", Severity.Error, "a correlation rule needs 'Group' or 'Sequence' with at least one rule");
    public static readonly DiagnosticCode NoRuleId = new("PSD0302", Severity.Error, "an item of '{0}' needs 'RuleID'");
    public static readonly DiagnosticCode UnknownPattern = new("PSD0303", Severity.Error, "'{0}' names no item of the correlation, expected one of {1}");
    public static readonly DiagnosticCode SameTwice = new("PSD0304", Severity.Warning, "'{0}' names two items of the correlation; the first counts");
    public static readonly DiagnosticCode OnlyAbsent = new("PSD0305", Severity.Warning, "the correlation asks for nothing but absence and never matches");
    public static readonly DiagnosticCode TwoValues = new("PSD0306", Severity.Error, "'{0}' is matched on '{1}' and on '{2}'; all items have to share one value");
    public static readonly DiagnosticCode NotNamed = new("PSD0307", Severity.Warning, "the criterion names no value of '{0}'; what that item shares is not known");
}
