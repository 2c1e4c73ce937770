using Rulescope.Text;

namespace Rulescope.Corpus.Vendors.Microsoft;

/// <summary>What can be wrong with a file of Kusto queries, beside its YAML and its queries.</summary>
public static class MicrosoftCodes
{
    public static readonly DiagnosticCode NotARule = new("MSF0101", Severity.Error, "an analytics rule is a mapping with a key 'query', which was not found");
    public static readonly DiagnosticCode NoQueryInFile = new("MSF0102", Severity.Info, "no Kusto query was found in the file");
    public static readonly DiagnosticCode UnclosedFence = new("MSF0103", Severity.Warning, "the code block is never closed and ends with the file");

    public static readonly DiagnosticCode MappingDiffers = new("MSF0201", Severity.Warning, "the file says {0}, the collection's mapping says {1}; the file's word counts");
    public static readonly DiagnosticCode BadTime = new("MSF0202", Severity.Warning, "'{0}' should be a time such as 5m, 1h or 14d, found '{1}'");
    public static readonly DiagnosticCode BadTrigger = new("MSF0203", Severity.Warning, "'{0}' should be {1}, found '{2}'");
}
