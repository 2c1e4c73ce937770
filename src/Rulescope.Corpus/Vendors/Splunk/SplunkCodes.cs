using Rulescope.Text;

namespace Rulescope.Corpus.Vendors.Splunk;

/// <summary>What can be wrong with a file of Splunk's security content, beside its YAML and its search.</summary>
public static class SplunkCodes
{
    public static readonly DiagnosticCode NotADetection = new("SPF0101", Severity.Error, "a detection is a mapping with a key 'search', which was not found");

    public static readonly DiagnosticCode LookupNotShipped = new("SPF0201", Severity.Info, "the lookup '{0}' is not among those of the source: what it holds is not known");
}
