using Rulescope.Text;

namespace Rulescope.Languages.Sigma;

/// <summary>What can be found in a Sigma document. Areas: 01 document, 02 detection, 03 modifiers, 04 condition, 05 correlation, 06 meaning.</summary>
public static class SigmaCodes
{
    public static readonly DiagnosticCode NotAMapping = new("SIG0101", Severity.Error, "a Sigma document is a mapping, found {0}");
    public static readonly DiagnosticCode NoSection = new("SIG0102", Severity.Error, "found neither 'detection', 'correlation' nor 'filter'");
    public static readonly DiagnosticCode NoLogSource = new("SIG0103", Severity.Warning, "no 'logsource': the rule applies to every event");
    public static readonly DiagnosticCode WrongShape = new("SIG0104", Severity.Error, "'{0}' should be {1}, found {2}");
    public static readonly DiagnosticCode UnknownAction = new("SIG0105", Severity.Error, "unknown action '{0}', expected global, reset or repeat");
    public static readonly DiagnosticCode OldCollection = new("SIG0106", Severity.Info, "'action: {0}' is the form of old rule collections; the documents are merged");
    public static readonly DiagnosticCode NothingRead = new("SIG0107", Severity.Error, "the text holds no Sigma document");

    public static readonly DiagnosticCode NoCondition = new("SIG0201", Severity.Error, "no 'condition' in '{0}'");
    public static readonly DiagnosticCode NoSearches = new("SIG0202", Severity.Error, "no search beside the condition in '{0}'");
    public static readonly DiagnosticCode EmptyList = new("SIG0203", Severity.Warning, "'{0}' has an empty list of values and never matches");
    public static readonly DiagnosticCode NullInList = new("SIG0204", Severity.Warning, "null in a list of values is not allowed; it is read as one more alternative");
    public static readonly DiagnosticCode NestedValue = new("SIG0205", Severity.Error, "a value of '{0}' should be text, a number, a boolean or null, found {1}");
    public static readonly DiagnosticCode NestedList = new("SIG0206", Severity.Warning, "the nested list of values of '{0}' is read as part of the outer one");
    public static readonly DiagnosticCode EmptySearch = new("SIG0207", Severity.Error, "the search '{0}' is empty");
    public static readonly DiagnosticCode ComplexKey = new("SIG0208", Severity.Error, "a field name should be text, found {0}");

    public static readonly DiagnosticCode UnknownModifier = new("SIG0301", Severity.Error, "unknown modifier '{0}'");
    public static readonly DiagnosticCode ModifierConflict = new("SIG0302", Severity.Error, "modifier '{0}' cannot stand after '{1}'");
    public static readonly DiagnosticCode FlagWithoutRegex = new("SIG0303", Severity.Error, "modifier '{0}' needs 're' before it");
    public static readonly DiagnosticCode AllOfOne = new("SIG0304", Severity.Info, "'all' has no effect on a single value");
    public static readonly DiagnosticCode NotANumber = new("SIG0305", Severity.Error, "modifier '{0}' needs a number, found '{1}'");
    public static readonly DiagnosticCode NotABoolean = new("SIG0306", Severity.Error, "modifier 'exists' needs true or false, found '{0}'");
    public static readonly DiagnosticCode NotANetwork = new("SIG0307", Severity.Error, "modifier 'cidr' needs a network such as 10.0.0.0/8, found '{0}'");
    public static readonly DiagnosticCode NotText = new("SIG0308", Severity.Error, "modifier '{0}' needs text, found {1}");
    public static readonly DiagnosticCode EncodedWildcard = new("SIG0309", Severity.Error, "modifier '{0}' cannot encode the wildcard in '{1}'");
    public static readonly DiagnosticCode PlaceWithRegex = new("SIG0310", Severity.Info, "'{0}' has no effect on a regular expression, which may match anywhere");
    public static readonly DiagnosticCode NoPlaceholder = new("SIG0311", Severity.Warning, "'expand' found no placeholder such as %name%");
    public static readonly DiagnosticCode DashesTogether = new("SIG0312", Severity.Warning, "'windash' exchanges the many dashes of '{0}' together, not one by one");
    public static readonly DiagnosticCode TimeOutOfRange = new("SIG0313", Severity.Warning, "'{0}' lies outside the range of '{1}' and never matches");

    public static readonly DiagnosticCode ConditionExpected = new("SIG0401", Severity.Error, "found '{0}' where a search or '(' was expected");
    public static readonly DiagnosticCode UnclosedGroup = new("SIG0402", Severity.Error, "'(' is never closed");
    public static readonly DiagnosticCode ConditionTooDeep = new("SIG0403", Severity.Error, "the condition is nested deeper than {0} levels");
    public static readonly DiagnosticCode TrailingText = new("SIG0404", Severity.Error, "found '{0}' where 'and', 'or' or the end was expected");
    public static readonly DiagnosticCode UnknownSearch = new("SIG0405", Severity.Error, "no search is named '{0}'");
    public static readonly DiagnosticCode NoSearchFits = new("SIG0406", Severity.Error, "no search fits '{0}'");
    public static readonly DiagnosticCode UnusedSearch = new("SIG0407", Severity.Info, "the search '{0}' is not used by the condition");
    public static readonly DiagnosticCode OldAggregation = new("SIG0408", Severity.Warning, "aggregations in conditions are no longer part of Sigma; use a correlation");
    public static readonly DiagnosticCode BadAggregation = new("SIG0409", Severity.Error, "found '{0}' where {1} was expected");
    public static readonly DiagnosticCode CountTooHigh = new("SIG0410", Severity.Warning, "'{0} of' asks for more than the {1} searches there are and never matches");
    public static readonly DiagnosticCode CountOfNone = new("SIG0411", Severity.Error, "found '0 of' where a number from 1 was expected");
    public static readonly DiagnosticCode PatternExpected = new("SIG0412", Severity.Error, "found '{0}' where a pattern such as selection_* or 'them' was expected");
    public static readonly DiagnosticCode TooManyNamed = new("SIG0413", Severity.Error, "the patterns of the condition are compared with searches more than {0} times; the rest is not read");

    public static readonly DiagnosticCode UnknownCorrelation = new("SIG0501", Severity.Error, "unknown correlation type '{0}'");
    public static readonly DiagnosticCode MissingKey = new("SIG0502", Severity.Error, "a correlation of type '{0}' needs '{1}'");
    public static readonly DiagnosticCode BadTimespan = new("SIG0503", Severity.Error, "found the time span '{0}' where a number and one of s, m, h, d was expected");
    public static readonly DiagnosticCode UnusualUnit = new("SIG0504", Severity.Info, "the unit of '{0}' is not in the specification; weeks, months and years are read as pySigma does");
    public static readonly DiagnosticCode UnknownBound = new("SIG0505", Severity.Error, "unknown key '{0}' in a correlation condition");
    public static readonly DiagnosticCode UnknownKey = new("SIG0506", Severity.Warning, "unknown key '{0}' in a correlation");
    public static readonly DiagnosticCode RuleNotListed = new("SIG0507", Severity.Error, "'{0}' is not among the rules of the correlation");
    public static readonly DiagnosticCode NoGroupBy = new("SIG0508", Severity.Info, "no 'group-by': all events form one group");
    public static readonly DiagnosticCode TooManyEntries = new("SIG0509", Severity.Error, "'{0}' has {1} entries, at most {2} are read");

    public static readonly DiagnosticCode RuleNotFound = new("SIG0601", Severity.Warning, "the rule '{0}' is not among the documents at hand");
    public static readonly DiagnosticCode CorrelationCycle = new("SIG0602", Severity.Error, "the correlation '{0}' refers back to itself");
    public static readonly DiagnosticCode NarrowingFilter = new("SIG0603", Severity.Warning, "the filter keeps only events that meet its condition; 'not' is missing if it was to exclude them");
    public static readonly DiagnosticCode NoMeaning = new("SIG0604", Severity.Warning, "{0} has no defined meaning here and is kept as text");
}
