using Rulescope.Text;

namespace Rulescope.Languages.Yaml;

/// <summary>What can be found while reading YAML, whatever the file is for.</summary>
public static class YamlCodes
{
    public static readonly DiagnosticCode Syntax = new("YML0101", Severity.Error, "not valid YAML: {0}");
    public static readonly DiagnosticCode DuplicateKey = new("YML0201", Severity.Warning, "key '{0}' occurs twice in one mapping; the last one counts");
    public static readonly DiagnosticCode UnknownAnchor = new("YML0202", Severity.Error, "no anchor '{0}' stands before this alias; it is read as null");
    public static readonly DiagnosticCode AliasCycle = new("YML0203", Severity.Error, "alias '{0}' stands inside the node that it names; it is read as null");
    public static readonly DiagnosticCode LegacyBoolean = new("YML0204", Severity.Info, "'{0}' is text here; older YAML readers take it as a boolean");
    public static readonly DiagnosticCode TooLong = new("YML0301", Severity.Error, "the text has {0} characters, at most {1} are read");
    public static readonly DiagnosticCode TooDeep = new("YML0302", Severity.Error, "nested deeper than {0} levels; the document is not read");
    public static readonly DiagnosticCode TooManyAliased = new("YML0303", Severity.Error, "aliases repeat more than {0} nodes; this one is read as null");
}
