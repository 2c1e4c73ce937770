using Rulescope.Text;

namespace Rulescope.Languages.Esql;

/// <summary>What can be wrong with an ES|QL query.</summary>
public static class EsqlCodes
{
    public static readonly DiagnosticCode UnknownCharacter = new("ESQ0101", Severity.Error, "character '{0}' begins nothing that ES|QL knows");
    public static readonly DiagnosticCode UnclosedString = new("ESQ0102", Severity.Error, "the string that begins with {0} is never closed on its line");
    public static readonly DiagnosticCode UnknownEscape = new("ESQ0103", Severity.Warning, "'{0}' is no escape and is kept as it stands; expected one of \\t \\n \\r \\\" \\\\");
    public static readonly DiagnosticCode UnclosedName = new("ESQ0104", Severity.Error, "the quoted name is never closed");
    public static readonly DiagnosticCode UnclosedComment = new("ESQ0105", Severity.Error, "the comment is never closed");

    public static readonly DiagnosticCode SourceExpected = new("ESQ0201", Severity.Error, "found '{0}', expected a source command: FROM, TS, ROW or SHOW");
    public static readonly DiagnosticCode StrayText = new("ESQ0202", Severity.Warning, "'{0}' stands before the query and is left out");
    public static readonly DiagnosticCode UnknownCommand = new("ESQ0203", Severity.Error, "command '{0}' is not known");
    public static readonly DiagnosticCode MisplacedSource = new("ESQ0204", Severity.Error, "'{0}' begins a query and cannot stand here");
    public static readonly DiagnosticCode PipeExpected = new("ESQ0205", Severity.Error, "found '{0}', expected '|' or the end of {1}");
    public static readonly DiagnosticCode CommandExpected = new("ESQ0206", Severity.Error, "found '{0}', expected a command");
    public static readonly DiagnosticCode WordExpected = new("ESQ0207", Severity.Error, "found '{0}', expected {1}");
    public static readonly DiagnosticCode IndexExpected = new("ESQ0208", Severity.Error, "found '{0}', expected an index pattern");
    public static readonly DiagnosticCode OldMetadata = new("ESQ0209", Severity.Warning, "METADATA in brackets is an old spelling");
    public static readonly DiagnosticCode UnknownEnrichMode = new("ESQ0210", Severity.Error, "'{0}' is no enrich mode; expected _any, _coordinator or _remote");

    public static readonly DiagnosticCode ExpressionExpected = new("ESQ0301", Severity.Error, "found '{0}', expected an expression");
    public static readonly DiagnosticCode UnclosedBracket = new("ESQ0302", Severity.Error, "found '{0}', expected '{1}'");
    public static readonly DiagnosticCode NameExpected = new("ESQ0303", Severity.Error, "found '{0}', expected a name");
    public static readonly DiagnosticCode ReservedName = new("ESQ0304", Severity.Info, "keyword '{0}' is read as part of a name; older versions want it in backquotes");
    public static readonly DiagnosticCode AssignmentInCondition = new("ESQ0305", Severity.Warning, "'=' in a condition is read as '=='");
    public static readonly DiagnosticCode NotAssignable = new("ESQ0306", Severity.Error, "only a name can stand before '='");
    public static readonly DiagnosticCode UnknownTimeUnit = new("ESQ0307", Severity.Error, "'{0}' is no unit of time");
    public static readonly DiagnosticCode StringExpected = new("ESQ0308", Severity.Error, "found '{0}', expected a string or a parameter");
    public static readonly DiagnosticCode NumberRange = new("ESQ0309", Severity.Error, "'{0}' is beyond the range of numbers");
    public static readonly DiagnosticCode CaselessEquality = new("ESQ0310", Severity.Error, "'=~' is reserved but not part of ES|QL");
    public static readonly DiagnosticCode ConstantExpected = new("ESQ0311", Severity.Error, "found '{0}', expected a constant");

    public static readonly DiagnosticCode DigitName = new("ESQ0312", Severity.Warning, "'{0}' as part of a name belongs in backquotes");
    public static readonly DiagnosticCode DanglingConnective = new("ESQ0313", Severity.Warning, "found '{0}' behind '{1}', which has nothing to connect and is left out");
    public static readonly DiagnosticCode DanglingSign = new("ESQ0314", Severity.Warning, "'{0}' stands alone and is left out");
    public static readonly DiagnosticCode ValueMissing = new("ESQ0315", Severity.Warning, "'{0}' is given no value; nothing is known of it");

    public static readonly DiagnosticCode UnknownColumn = new("ESQ0401", Severity.Warning, "there is no column '{0}' at this place of the pipeline");
    public static readonly DiagnosticCode NoMetadata = new("ESQ0402", Severity.Warning, "'{0}' is not named behind METADATA");
    public static readonly DiagnosticCode TooManyCommands = new("ESQ0403", Severity.Error, "more than {0} commands; what follows is not read");
    public static readonly DiagnosticCode ReadAs = new("ESQ0404", Severity.Warning, "{0} is read as {1}");
    public static readonly DiagnosticCode NoModel = new("ESQ0405", Severity.Error, "{0} has no model and is kept as text");
    public static readonly DiagnosticCode NeverEqual = new("ESQ0406", Severity.Warning, "what {0} gives never equals '{1}', which has letters of the other case");
    public static readonly DiagnosticCode NumberRounded = new("ESQ0407", Severity.Warning, "{0} is beyond the range of long and is rounded");
    public static readonly DiagnosticCode SettingIgnored = new("ESQ0408", Severity.Info, "setting '{0}' does not change how the query is read");
    public static readonly DiagnosticCode WrongArguments = new("ESQ0409", Severity.Error, "found '{0}', expected {1}");

    public static readonly DiagnosticCode TooDeep = new("ESQ0901", Severity.Error, "nested more than {0} deep; the inside is not read");
    public static readonly DiagnosticCode TooManyFindings = new("ESQ0902", Severity.Error, "more than {0} findings; the others are not listed");
}
