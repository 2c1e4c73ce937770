using Rulescope.Text.Schemas;
using static Rulescope.Text.Schemas.Types;

namespace Rulescope.Catalog.Json.Schemas;

/// <summary>What <see cref="SourcesJson"/>, <see cref="LogSourceJson"/> and <see cref="NavigatorLayer"/> write.</summary>
public static class SiteSchemas
{
    static readonly JsonMember[] LogSourceIdentity = [new("id", Words), new("title", Words), new("platforms", Strings), new("domains", Strings)];

    public static JsonSchema.Entity Home { get; } = Entity("Home", "The catalog in numbers, and its newest rules.",
        CatalogSchemas.BuiltAt, new("rules", Whole, "live rules"), new("readable", Whole), new("techniques", Whole, "with a rule of their own"), new("events", Whole, "that a rule can match"),
        new("vendors", Counts), Newest);

    public static JsonSchema.Entity Vendors { get; } = Entity("Vendors", "The vendors whose rules the catalog holds.",
        new JsonMember("vendors", List(Entity("VendorCount", "A vendor with the number of its live rules.", new("vendor", Words), new("title", Words), new("rules", Whole)))));

    public static JsonSchema.Entity Vendor { get; } = Entity("Vendor", "What the catalog holds of one vendor.",
        new("vendor", Words), new("title", Words), new("rules", Whole, "live rules"), new("read", Counts, "how far they were read: full, part, none"), new("kinds", Counts, "rules of any kind"),
        new("languages", Counts), new("levels", Counts), new("platforms", Counts),
        new("techniques", List(CatalogSchemas.Tally)), new("untagged", Whole), Newest, new("sources", List(CatalogSchemas.Source)),
        new("findings", List(Entity("VendorFinding", "A kind of finding while its rules were read.",
            new("id", Words), new("severity", Words), new("count", Whole),
            new("examples", List(Entity("FindingExample", "A place of it.", new("path", Words), new("line", Whole), new("message", Words), new("rule", WordsOrNull, "where its file holds exactly one"))))))));

    public static JsonSchema.Entity LogSources { get; } = Entity("LogSources", "The log sources of the taxonomy.",
        new JsonMember("logSources", List(Entity("LogSourceCount", "A log source with the number of live rules that can run on it.", [.. LogSourceIdentity, new("rules", Whole), new("vendors", Counts)]))));

    public static JsonSchema.Entity LogSource { get; } = Entity("LogSource", "A log source, and what the live rules do with its records.",
    [
        .. LogSourceIdentity,
        new("sigma", Strings), new("names", new JsonSchema.Map(Strings), "by vendor"), new("rules", Whole), new("vendors", Counts),
        new("techniques", List(CatalogSchemas.Tally)),
        new("fields", List(Entity("TestedField", "A field its rules test.", new("field", Words), new("owner", WordsOrNull), new("rules", Whole)))),
        new("events", List(Entity("RecordedEvent", "An event its records are.", new("id", Words), new("title", Words), new("rules", Whole, "of any log source that can match it")))),
        new("near", Strings, "ids of those that are part of it, or that it is part of"),
    ]);

    public static JsonSchema.Entity Layer { get; } = Entity("NavigatorLayer", "A layer of the ATT&CK Navigator, in MITRE's format 4.5.",
        new("name", Words), new("versions", Entity("LayerVersions", "Versions.", new("attack", Words), new("navigator", Words), new("layer", Words))), new("domain", Words),
        new("description", Words), new("sorting", Whole), new("layout", Entity("LayerLayout", "How it is laid out.", new("layout", Words), new("showID", Flag), new("showName", Flag))),
        new("hideDisabled", Flag),
        new("techniques", List(Entity("LayerTechnique", "A technique.", new("techniqueID", Words), new("score", Whole, "its own rules") { IsOptional = true }, new("comment", Words),
            new("showSubtechniques", Flag), new("metadata", List(Entity("LayerNote", "Rules of a vendor.", new("name", Words), new("value", Words))))))),
        new("gradient", Entity("LayerGradient", "Its colours.", new("colors", Strings), new("minValue", Whole), new("maxValue", Whole))));

    static JsonMember Newest => new("newest", List(Entity("NewRule", "A rule that was made or changed last.",
        new("vendor", Words), new("id", Words), new("title", Words), new("date", Words), new("new", Flag, "no change is known since it was made"), new("techniques", Strings))));
}
