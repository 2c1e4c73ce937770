using System.Collections.Frozen;

namespace Rulescope.Languages.Yaral;

/// <summary>What YARA-L's meaning needs to know of UDM: which fields are repeated, and what an absent enumeration reads as.</summary>
/// <remarks>Source: Google SecOps' Unified Data Model field list (2026). A field that is not named here is single.</remarks>
static class UdmFields
{
    // Repeated wherever they stand.
    static readonly FrozenSet<string> Repeated = FrozenSet.Create(
        StringComparer.Ordinal,
        "ip", "mac", "nat_ip", "labels", "ip_location", "ip_geo_artifact", "resource_ancestors", "process_ancestors", "email_addresses", "phone_numbers",
        "group_identifiers", "managers", "department", "roles", "permissions", "time_off", "command_line_history", "capabilities_tags", "embedded_urls",
        "embedded_domains", "embedded_ips", "hardware", "software", "vulnerabilities", "questions", "answers", "authority", "rcpt_to", "server_response",
        "supported_ciphers", "category_details", "detection_fields", "rule_labels", "verdict_info", "threat_collections", "campaigns", "reports",
        "associations", "log_types", "namespaces", "enrichment_labels", "ingestion_labels", "relations", "intermediary", "security_result");

    // Repeated under one parent only; other fields of the name are single.
    static readonly FrozenSet<string> RepeatedUnder = FrozenSet.Create(
        StringComparer.Ordinal,
        "security_result.action", "security_result.category", "threat.action", "threat.category", "attack_details.tactics", "attack_details.techniques",
        "email.to", "email.cc", "email.bcc", "email.subject", "file.names", "file.tags", "auth.mechanism", "metadata.threat", "dns.additional");

    static readonly FrozenSet<string> SingleUnder = FrozenSet.Create(StringComparer.Ordinal, "artifact.ip", "about.security_result");

    static readonly FrozenDictionary<string, string> EnumerationZeros = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["event_type"] = "EVENTTYPE_UNSPECIFIED",
        ["entity_type"] = "UNKNOWN_ENTITYTYPE",
        ["source_type"] = "SOURCE_TYPE_UNSPECIFIED",
        ["action"] = "UNKNOWN_ACTION",
        ["severity"] = "UNKNOWN_SEVERITY",
        ["category"] = "UNKNOWN_CATEGORY",
        ["priority"] = "UNKNOWN_PRIORITY",
        ["confidence"] = "UNKNOWN_CONFIDENCE",
        ["direction"] = "UNKNOWN_DIRECTION",
        ["ip_protocol"] = "UNKNOWN_IP_PROTOCOL",
        ["application_protocol"] = "UNKNOWN_APPLICATION_PROTOCOL",
        ["platform"] = "UNKNOWN_PLATFORM",
        ["mechanism"] = "MECHANISM_UNSPECIFIED",
        ["resource_type"] = "UNSPECIFIED",
        ["relationship"] = "RELATIONSHIP_UNSPECIFIED",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>How many steps lead to each repeated field on the way of a path: two for <c>security_result.action</c>, 1 and 2.</summary>
    /// <remarks>An element taken by its position or key is single.</remarks>
    public static IEnumerable<int> Repetitions(YaralExpression.Field field)
    {
        for (var i = 0; i < field.Path.Count; i++)
        {
            if (field.Path[i] is YaralStep.Name name && IsRepeated(i == 0 ? "" : field.Path[i - 1] is YaralStep.Name parent ? parent.Text : "", name.Text)
                && (i + 1 == field.Path.Count || field.Path[i + 1] is YaralStep.Name))
                yield return i + 1;
        }
    }

    /// <summary>The value that an absent field of an enumeration has; null for one that is none.</summary>
    public static string? ZeroOf(YaralExpression.Field field) => field.Path is [.., YaralStep.Name last] ? EnumerationZeros.GetValueOrDefault(last.Text) : null;

    static bool IsRepeated(string parent, string name)
    {
        var place = $"{parent}.{name}";
        // An event is about several things, a result of a check about one.
        return (Repeated.Contains(name) && !SingleUnder.Contains(place)) || RepeatedUnder.Contains(place) || (name == "about" && parent.Length == 0);
    }
}
