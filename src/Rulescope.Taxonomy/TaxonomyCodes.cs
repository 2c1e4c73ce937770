using Rulescope.Text;

namespace Rulescope.Taxonomy;

/// <summary>What can be wrong with taxonomy files; area 01 log sources, 02 events, 03 fields.</summary>
public static class TaxonomyCodes
{
    public static readonly DiagnosticCode NotALogSourceFile = new("TAX0101", Severity.Error, "this is not a log source file: {0}");
    public static readonly DiagnosticCode DuplicateId = new("TAX0102", Severity.Error, "the id '{0}' is taken by an entry above");
    public static readonly DiagnosticCode DuplicateTriple = new("TAX0103", Severity.Error, "'{0}' selects '{1}', which '{2}' selects already");
    public static readonly DiagnosticCode UnknownShape = new("TAX0104", Severity.Error, "'{0}' names the record shape '{1}', expected the family of a shape");
    public static readonly DiagnosticCode UnknownDomain = new("TAX0105", Severity.Error, "'{0}' has the domain '{1}', expected one of {2}");
    public static readonly DiagnosticCode MissingMember = new("TAX0106", Severity.Error, "'{0}' has no {1}");
    public static readonly DiagnosticCode TestWithoutOperator = new("TAX0107", Severity.Error, "a test in '{0}' has {1} operators, expected one of present, in, startsWith, endsWith");
    public static readonly DiagnosticCode EmptyTriple = new("TAX0108", Severity.Error, "'{0}' has a Sigma log source without product, category and service");
    public static readonly DiagnosticCode NotAnEventFile = new("TAX0201", Severity.Error, "this is not an event file: {0}");
    public static readonly DiagnosticCode DuplicateEvent = new("TAX0202", Severity.Error, "the event '{0}' is described above");
    public static readonly DiagnosticCode IncompleteEvent = new("TAX0203", Severity.Error, "the event '{0}' has no {1}");
    public static readonly DiagnosticCode IncompleteChannel = new("TAX0204", Severity.Error, "the names of channel '{0}' should be lists of texts that end in '*'");
    public static readonly DiagnosticCode IncompleteService = new("TAX0205", Severity.Error, "the service '{0}' should have an id, a title, the id of a log source and names of the field that holds its operation");
    public static readonly DiagnosticCode NotAFieldFile = new("TAX0301", Severity.Error, "this is not a taxonomy file: {0}");
    public static readonly DiagnosticCode UnknownConcept = new("TAX0302", Severity.Error, "'{0}' names the concept '{1}', which is described nowhere");
    public static readonly DiagnosticCode UnknownLogSource = new("TAX0303", Severity.Error, "a group of '{0}' bindings holds in '{1}', expected the id of a log source");
    public static readonly DiagnosticCode UnknownWord = new("TAX0304", Severity.Error, "'{0}' says '{1}', expected one of {2}");
}
