using Rulescope.Text;

namespace Rulescope.Packages;

/// <summary>What can be wrong with a detection package. Areas: 01 schema, 02 sample events, 03 the query, 04 claims, 05 evidence.</summary>
public static class PackageCodes
{
    public static readonly DiagnosticCode NotAPackage = new("PKG0101", Severity.Error, "this is no package: expected one document of keys and values");
    public static readonly DiagnosticCode MissingKey = new("PKG0102", Severity.Error, "'{0}' is missing");
    public static readonly DiagnosticCode WrongKind = new("PKG0103", Severity.Error, "'{0}' must be {1}");
    public static readonly DiagnosticCode UnknownKey = new("PKG0104", Severity.Warning, "'{0}' is no key here, expected one of {1}");
    public static readonly DiagnosticCode WrongValue = new("PKG0105", Severity.Error, "'{0}' is '{1}', expected {2}");
    public static readonly DiagnosticCode TakenId = new("PKG0106", Severity.Error, "the id '{0}' is taken by an entry above");
    public static readonly DiagnosticCode UnknownReference = new("PKG0107", Severity.Error, "'{0}' cites no reference of the list");
    public static readonly DiagnosticCode NoQuery = new("PKG0108", Severity.Error, "the query '{0}' is not in the package's folder");

    public static readonly DiagnosticCode BrokenEvent = new("PKG0201", Severity.Error, "the sample event cannot be read: {0}");
    public static readonly DiagnosticCode EventWithoutMember = new("PKG0202", Severity.Error, "the sample event has no {0}");
    public static readonly DiagnosticCode UnknownExpectation = new("PKG0203", Severity.Error, "the sample event expects '{0}', expected match, no-match or near-miss");
    public static readonly DiagnosticCode EventOfNoTest = new("PKG0204", Severity.Error, "the sample event belongs to the test '{0}', which the package does not have");
    public static readonly DiagnosticCode EventColumn = new("PKG0205", Severity.Warning, "the sample event has '{0}', which is no column of '{1}'");

    public static readonly DiagnosticCode UnknownTable = new("PKG0301", Severity.Error, "the table '{0}' is not known");
    public static readonly DiagnosticCode UnknownColumn = new("PKG0302", Severity.Error, "the column '{0}' does not exist here");
    public static readonly DiagnosticCode LegWithoutColumn = new("PKG0303", Severity.Warning, "leg {0} of the union has no column '{1}', which another leg has");
    public static readonly DiagnosticCode LegOfOtherType = new("PKG0304", Severity.Warning, "the column '{0}' is {1} in leg {2} of the union and {3} in an earlier one");
    public static readonly DiagnosticCode NoTime = new("PKG0305", Severity.Warning, "leg {0} of the union gives no time column that every leg has");
    public static readonly DiagnosticCode RepeatedBranch = new("PKG0306", Severity.Warning, "the branch is never reached: its condition stands above");
    public static readonly DiagnosticCode ConstantBranch = new("PKG0307", Severity.Warning, "the branch is never reached: its condition is always false, or one above is always true");
    public static readonly DiagnosticCode ImpossibleValue = new("PKG0308", Severity.Warning, "no leg gives '{0}' the value '{1}'");

    public static readonly DiagnosticCode UnknownTechnique = new("PKG0401", Severity.Error, "'{0}' is no technique of ATT&CK {1}");
    public static readonly DiagnosticCode RevokedTechnique = new("PKG0402", Severity.Warning, "the technique {0} was revoked or moved, expected {1}");
    public static readonly DiagnosticCode SignalTableUnread = new("PKG0403", Severity.Error, "the signal is in the table '{0}', which no leg of the query reads");
    public static readonly DiagnosticCode SignalColumnUnread = new("PKG0404", Severity.Warning, "the signal tests '{0}' of '{1}', which no leg of the query tests");
    public static readonly DiagnosticCode BrokenCondition = new("PKG0405", Severity.Error, "the condition cannot be read: {0}");

    public static readonly DiagnosticCode NotRun = new("PKG0501", Severity.Error, "this part of the query is not run over sample events: {0}");
    public static readonly DiagnosticCode SignalNotFound = new("PKG0502", Severity.Error, "no sample event of the test '{0}' that is to match shows the signal");
    public static readonly DiagnosticCode PositiveMissed = new("PKG0503", Severity.Error, "the query does not find this event, which it should; it fails at {0}");
    public static readonly DiagnosticCode NegativeFound = new("PKG0504", Severity.Error, "the query finds this event, which is {0}");
    public static readonly DiagnosticCode TestWithoutEvents = new("PKG0505", Severity.Warning, "the test '{0}' has no {1} among the sample events");
}
