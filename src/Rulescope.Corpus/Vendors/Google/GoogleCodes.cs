using Rulescope.Text;

namespace Rulescope.Corpus.Vendors.Google;

/// <summary>What can be wrong with what a YARA-L rule says of itself, beside its language.</summary>
public static class GoogleCodes
{
    public static readonly DiagnosticCode TechniquesDiffer = new("GOF0201", Severity.Warning, "meta says {0}, outcome says {1}; both count");
}
