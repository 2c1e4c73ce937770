using System.Collections.Frozen;
using Rulescope.Algebra.Reading;

namespace Rulescope.Catalog.Store;

/// <summary>What a row is for (SPEC T21): it picks the log source, describes behaviour, or bounds a computed number.</summary>
static class FieldRoles
{
    public const string Selector = "selector";
    public const string Behaviour = "behaviour";
    public const string Threshold = "threshold";

    // Fields whose only content is where an event comes from, in any vendor's spelling.
    static readonly FrozenSet<string> Selectors = FrozenSet.Create(
        StringComparer.OrdinalIgnoreCase,
        "Channel", "Provider_Name", "ProviderName", "Provider", "sourcetype", "source", "index", "eventtype",
        "data_stream.dataset", "data_stream.type", "event.dataset", "event.module", "event.provider", "p_log_type", "metadata.log_type",
        "metadata.product_name", "metadata.vendor_name", "winlog.channel", "_index");

    public static string Of(Observation seen) => seen.IsThreshold ? Threshold : Selectors.Contains(seen.Field) ? Selector : Behaviour;
}
