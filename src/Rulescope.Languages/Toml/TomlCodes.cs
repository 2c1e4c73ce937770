using Rulescope.Text;

namespace Rulescope.Languages.Toml;

/// <summary>What can be wrong with a TOML document.</summary>
public static class TomlCodes
{
    public static readonly DiagnosticCode IllegalCharacter = new("TML0101", Severity.Error, "character U+{0:X4} must not stand here; expected an escape");
    public static readonly DiagnosticCode UnclosedString = new("TML0102", Severity.Error, "the string that begins with {0} is never closed");
    public static readonly DiagnosticCode UnknownEscape = new("TML0103", Severity.Error, "'{0}' is no escape; expected one of \\b \\t \\n \\f \\r \\\" \\\\ \\uXXXX \\UXXXXXXXX");
    public static readonly DiagnosticCode NotAScalar = new("TML0104", Severity.Error, "'{0}' names no Unicode scalar value");
    public static readonly DiagnosticCode LoneSurrogate = new("TML0105", Severity.Error, "half of a surrogate pair: the document is not valid Unicode");

    public static readonly DiagnosticCode ValueExpected = new("TML0201", Severity.Error, "found '{0}', expected a value");
    public static readonly DiagnosticCode BadNumber = new("TML0202", Severity.Error, "'{0}' is not a number as TOML writes it");
    public static readonly DiagnosticCode IntegerRange = new("TML0203", Severity.Error, "'{0}' does not fit 64 bits");
    public static readonly DiagnosticCode BadDateTime = new("TML0204", Severity.Error, "'{0}' is not a date or time");
    public static readonly DiagnosticCode UnclosedArray = new("TML0205", Severity.Error, "'[' is never closed");
    public static readonly DiagnosticCode UnclosedInlineTable = new("TML0206", Severity.Error, "'{{' is never closed on its line");
    public static readonly DiagnosticCode CommaExpected = new("TML0207", Severity.Error, "found '{0}', expected ',' or '{1}'");
    public static readonly DiagnosticCode InlineTableBreak = new("TML0208", Severity.Error, "an inline table stands on one line");
    public static readonly DiagnosticCode TrailingComma = new("TML0209", Severity.Error, "an inline table takes no comma before '}}'");

    public static readonly DiagnosticCode KeyExpected = new("TML0301", Severity.Error, "found '{0}', expected a key");
    public static readonly DiagnosticCode EqualsExpected = new("TML0302", Severity.Error, "found '{0}', expected '=' after the key");
    public static readonly DiagnosticCode LineEndExpected = new("TML0303", Severity.Error, "found '{0}', expected the end of the line");
    public static readonly DiagnosticCode UnclosedHeader = new("TML0304", Severity.Error, "found '{0}', expected '{1}' to close the header");
    public static readonly DiagnosticCode DuplicateKey = new("TML0305", Severity.Error, "key '{0}' is already set; the first value counts");
    public static readonly DiagnosticCode AlreadyDefined = new("TML0306", Severity.Error, "table '{0}' is already defined");
    public static readonly DiagnosticCode NotATable = new("TML0307", Severity.Error, "'{0}' is a value, not a table");
    public static readonly DiagnosticCode ClosedTable = new("TML0308", Severity.Error, "'{0}' is an inline table and takes no more keys");
    public static readonly DiagnosticCode MultiLineKey = new("TML0309", Severity.Error, "a key is no multi-line string");

    public static readonly DiagnosticCode TooDeep = new("TML0901", Severity.Error, "nested more than {0} deep; the inside is not read");
    public static readonly DiagnosticCode TooManyFindings = new("TML0902", Severity.Error, "more than {0} findings; the others are not listed");
}
