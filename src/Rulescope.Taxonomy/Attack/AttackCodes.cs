using Rulescope.Text;

namespace Rulescope.Taxonomy.Attack;

/// <summary>Findings about ATT&amp;CK ids (01) and about files of ATT&amp;CK texts (02).</summary>
public static class AttackCodes
{
    public static readonly DiagnosticCode Malformed =
        new("ATT0101", Severity.Warning, "'{0}' is not an ATT&CK id; expected a form such as T1021, T1021.007 or TA0008");

    public static readonly DiagnosticCode Unknown = new("ATT0102", Severity.Warning, "{0} is in no known version of ATT&CK");

    public static readonly DiagnosticCode Misspelt = new("ATT0103", Severity.Warning, "'{0}' is misspelt and read as {1}: {2}");

    public static readonly DiagnosticCode Retired = new("ATT0104", Severity.Info, "{0} was deprecated and has no successor");

    public static readonly DiagnosticCode OtherMatrix =
        new("ATT0105", Severity.Info, "{0} is of the {1} matrix; only the enterprise matrix has pages");

    public static readonly DiagnosticCode CannotRead = new("ATT0201", Severity.Error, "'{0}' cannot be read: {1}");

    public static readonly DiagnosticCode NotJson =
        new("ATT0202", Severity.Error, "'{0}' is not JSON, or nested too deep, from byte {1} on; the rest is left out");

    public static readonly DiagnosticCode NoTechniques =
        new("ATT0203", Severity.Error, "'{0}' holds no ATT&CK technique; expected a STIX bundle, a compact file or a folder of them");

    public static readonly DiagnosticCode TooLarge =
        new("ATT0204", Severity.Error, "'{0}' holds a value of more than {1} bytes; the rest is left out");

    public static readonly DiagnosticCode TooMany = new("ATT0205", Severity.Error, "'{0}' holds more than {1} {2}; the rest is left out");

    public static readonly DiagnosticCode Cut = new("ATT0206", Severity.Warning, "the text of {0} is cut after {1} characters");

    public static readonly DiagnosticCode NoId =
        new("ATT0207", Severity.Info, "an attack pattern in '{0}' has no technique id of the enterprise matrix and is left out");
}
