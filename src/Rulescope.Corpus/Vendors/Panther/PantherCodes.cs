using Rulescope.Text;

namespace Rulescope.Corpus.Vendors.Panther;

/// <summary>What can be wrong with a Panther file, beside its YAML and its logic.</summary>
public static class PantherCodes
{
    public static readonly DiagnosticCode UnknownType = new("PAN0101", Severity.Error, "analysis type '{0}' is not known, expected one of {1}");
    public static readonly DiagnosticCode NotAnAnalysis = new("PAN0102", Severity.Error, "expected a mapping with 'AnalysisType'");
    public static readonly DiagnosticCode NoLogic = new("PAN0103", Severity.Error, "a {0} needs {1}");
    public static readonly DiagnosticCode PythonAbsent = new("PAN0104", Severity.Info, "the rule's logic is a Python file that is not part of the source");
    public static readonly DiagnosticCode PolicyKept = new("PAN0105", Severity.Info, "the policy's Python is about a resource and not an event; it is kept and not read");
    public static readonly DiagnosticCode QueryKept = new("PAN0106", Severity.Info, "the query is SQL, which is kept and not read");
    public static readonly DiagnosticCode UnclearReport = new("PAN0107", Severity.Warning, "'{0}' is no ATT&CK id such as TA0008:T1021.007");
}
