using System.Collections.Immutable;
using Rulescope.Text;

namespace Rulescope.Corpus.Vendors.Elastic;

/// <summary>What Elastic's tags and integrations say of a rule's platform and domain: <c>OS: Windows</c>, <c>Domain: Cloud</c>, <c>aws</c>.</summary>
static class ElasticTags
{
    static readonly ImmutableDictionary<string, string> PlatformsByIntegration = ImmutableDictionary.CreateRange(StringComparer.OrdinalIgnoreCase,
    [
        KeyValuePair.Create("aws", "aws"),
        KeyValuePair.Create("azure", "azure"),
        KeyValuePair.Create("gcp", "gcp"),
        KeyValuePair.Create("github", "github"),
        KeyValuePair.Create("google_workspace", "google_workspace"),
        KeyValuePair.Create("kubernetes", "kubernetes"),
        KeyValuePair.Create("o365", "m365"),
        KeyValuePair.Create("okta", "okta"),
        KeyValuePair.Create("windows", "windows"),
    ]);

    static readonly ImmutableDictionary<string, string> DomainsByTag = ImmutableDictionary.CreateRange(StringComparer.OrdinalIgnoreCase,
    [
        KeyValuePair.Create("Application", "application"),
        KeyValuePair.Create("Cloud", "cloud"),
        KeyValuePair.Create("Container", "cloud"),
        KeyValuePair.Create("Containers", "cloud"),
        KeyValuePair.Create("Email", "email"),
        KeyValuePair.Create("Endpoint", "endpoint"),
        KeyValuePair.Create("IAM", "identity"),
        KeyValuePair.Create("Identity", "identity"),
        KeyValuePair.Create("Kubernetes", "cloud"),
        KeyValuePair.Create("Network", "network"),
        KeyValuePair.Create("SaaS", "application"),
        KeyValuePair.Create("Storage", "cloud"),
        KeyValuePair.Create("Web", "web"),
    ]);

    public static EquatableArray<string> Platforms(IEnumerable<string> tags, IEnumerable<string> integrations)
    {
        var systems = Behind("OS: ", tags).Select(s => s.ToLowerInvariant());
        var services = integrations.Select(i => PlatformsByIntegration.GetValueOrDefault(i)).OfType<string>();
        return [.. systems.Concat(services).Distinct(StringComparer.Ordinal)];
    }

    public static EquatableArray<string> Domains(IEnumerable<string> tags) =>
        [.. Behind("Domain: ", tags).Select(d => DomainsByTag.GetValueOrDefault(d)).OfType<string>().Distinct(StringComparer.Ordinal)];

    static IEnumerable<string> Behind(string head, IEnumerable<string> tags) =>
        tags.Where(t => t.StartsWith(head, StringComparison.OrdinalIgnoreCase)).Select(t => t[head.Length..].Trim());
}
