using Rulescope.Text;

namespace Rulescope.Languages.Panther;

/// <summary>Findings of the symbolic reading of a Panther rule; area 01 the rule as a whole, 02 its parts.</summary>
public static class SymbolicCodes
{
    public static readonly DiagnosticCode NoRule = new("PSY0101", Severity.Error, "there is no function 'rule' that takes the event");
    public static readonly DiagnosticCode TooLarge = new("PSY0102", Severity.Error, "the condition has more than {0} parts");
    public static readonly DiagnosticCode NotRead = new("PSY0201", Severity.Warning, "'{0}' was not read: {1}");
}
