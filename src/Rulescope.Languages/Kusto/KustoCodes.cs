using Rulescope.Text;

namespace Rulescope.Languages.Kusto;

/// <summary>What can be wrong with a Kusto text. Areas: 01 characters and literals, 02 structure, 03 operators, 04 names and types, 05 meaning.</summary>
public static class KustoCodes
{
    public static readonly DiagnosticCode UnexpectedCharacter = new("KUS0101", Severity.Error, "'{0}' is no character of the language");
    public static readonly DiagnosticCode UnclosedString = new("KUS0102", Severity.Error, "string is never closed, expected {0}");
    public static readonly DiagnosticCode BadEscape = new("KUS0103", Severity.Error, "'{0}' is no escape, expected \\\\ or a string that begins with @");
    public static readonly DiagnosticCode UnclosedLiteral = new("KUS0104", Severity.Error, "'{0}' is not closed on its line, expected ')'");
    public static readonly DiagnosticCode BareGuid = new("KUS0105", Severity.Error, "found the bare guid '{0}', expected guid({0})");

    public static readonly DiagnosticCode Expected = new("KUS0201", Severity.Error, "found {0}, expected {1}");
    public static readonly DiagnosticCode UnclosedGroup = new("KUS0202", Severity.Error, "'{0}' is never closed, found {1}, expected '{2}'");
    public static readonly DiagnosticCode Unexpected = new("KUS0203", Severity.Error, "found {0}, expected '|', ';' or the end of the query");
    public static readonly DiagnosticCode MissingSemicolon = new("KUS0204", Severity.Error, "found {0}, expected ';' between statements");
    public static readonly DiagnosticCode TooDeep = new("KUS0205", Severity.Error, "nested more than {0} levels deep, the rest is not read");
    public static readonly DiagnosticCode TooMany = new("KUS0206", Severity.Error, "more than {0} findings, the rest is not reported");
    public static readonly DiagnosticCode Command = new("KUS0207", Severity.Error, "found a management command, expected a query");

    public static readonly DiagnosticCode InlineTable = new("KUS0208", Severity.Error, "'{0}' defines a table by its place, which is not read");

    public static readonly DiagnosticCode UnknownOperator = new("KUS0301", Severity.Error, "'{0}' is no tabular operator");
    public static readonly DiagnosticCode MissingOperator = new("KUS0302", Severity.Error, "found {0}, expected a tabular operator");
    public static readonly DiagnosticCode KeptAsText = new("KUS0303", Severity.Info, "'{0}' is kept as text");

    public static readonly DiagnosticCode KeywordAsName = new("KUS0401", Severity.Error, "'{0}' is a keyword, expected ['{0}']");
    public static readonly DiagnosticCode UnknownType = new("KUS0402", Severity.Error, "found {0}, expected a type such as string");
    public static readonly DiagnosticCode DashedName = new("KUS0403", Severity.Error, "'{0}' is no name, expected ['{0}']");

    public static readonly DiagnosticCode NotModelled = new("KUS0501", Severity.Warning, "{0} has no model here and is kept as text");
    public static readonly DiagnosticCode NoQuery = new("KUS0502", Severity.Warning, "found no query, expected a table and what is done with it");
    public static readonly DiagnosticCode LowersTooDeep = new("KUS0503", Severity.Error, "more than {0} levels deep with its lets and functions put in, the rest has no meaning");
    public static readonly DiagnosticCode LowersTooLarge = new("KUS0504", Severity.Error, "more than {0} pieces with its lets and functions put in, the rest has no meaning");
    public static readonly DiagnosticCode NamedCondition = new("KUS0505", Severity.Warning, "'{0} =' names the condition, probably meant is '=='");
}
