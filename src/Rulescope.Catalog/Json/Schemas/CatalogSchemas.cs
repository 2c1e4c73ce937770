using Rulescope.Text.Schemas;
using static Rulescope.Text.Schemas.Types;

namespace Rulescope.Catalog.Json.Schemas;

/// <summary>What <see cref="EventJson"/>, <see cref="FieldJson"/>, <see cref="CoverageJson"/> and <see cref="AboutJson"/> write.</summary>
public static class CatalogSchemas
{
    static readonly JsonMember[] Identity =
    [
        new("id", Words), new("title", Words),
        new("channel", Words, "of a Windows event") { IsOptional = true }, new("provider", Words) { IsOptional = true }, new("eventId", Whole) { IsOptional = true },
        new("service", Words, "of an operation") { IsOptional = true }, new("operation", Words) { IsOptional = true }, new("part", WordsOrNull) { IsOptional = true },
    ];

    public static JsonSchema.Entity Event { get; } = Entity("Event", "One kind of event and what the live rules do with it.",
    [
        .. Identity,
        new("description", Words),
        new("logSources", List(Entity("EventSource", "A log source whose records it is among.", new("id", Words), new("title", Words)))),
        new("sample", Anything, "a made-up record in the shape of the log source, or null"),
        new("rules", Whole),
        new("techniques", List(Entity("EventTechnique", "The rules of one technique.", new("id", Words), new("name", Words), new("rules", List(RuleSchemas.Entry))))),
        new("untagged", List(RuleSchemas.Entry)),
        new("vendors", List(Entity("EventVendor", "What one vendor's rules look for in it.", new("vendor", Words), new("rules", Whole),
            new("indicators", List(Entity("EventIndicator", "A value.", new("field", Words), new("owner", WordsOrNull), new("kind", Words), new("value", Words), new("rules", Whole))))))),
    ]);

    public static JsonSchema.Entity Events { get; } = Entity("Events", "The catalog of events.",
        new JsonMember("events", List(Entity("EventCount", "An event with the number of live rules that can match it.", [.. Identity, new("rules", Whole), new("vendors", Counts)]))));

    public static JsonSchema.Entity Fields { get; } = Entity("Fields", "Every field of a name, shared or of one vendor, or of which it is a native name.",
        new JsonMember("fields", List(Entity("Field", "A field: what it means, the names it came from, what it is tested for.",
            new("field", Words), Owner, new("title", WordsOrNull), new("meaning", WordsOrNull),
            new("source", WordsOrNull), new("rules", Whole), new("how", Counts, "rules by operator"),
            new("natives", List(Entity("FieldNative", "A name it came from, with the entry of the taxonomy that merged it.",
                new("vendor", Words), new("name", Words), new("mapping", WordsOrNull), new("relation", WordsOrNull), new("source", WordsOrNull, "what the entry rests on"), new("rules", Whole)))),
            new("values", List(Entity("FieldValue", "One of the commonest values.", new("kind", Words), new("value", Words), new("rules", Whole), new("vendors", Whole)))),
            new("related", List(Entity("RelatedName", "A name that means something near it and is kept apart.",
                new("vendor", Words), new("name", Words), new("relation", Words), new("mapping", Words)))),
            new("vendors", Counts), new("logSources", Counts, "the commonest"), new("techniques", List(Tally))))));

    /// <summary>The list of fields.</summary>
    public static JsonSchema.Entity FieldList { get; } = Entity("FieldList", "The fields that live rules test, the most used first.",
        new JsonMember("fields", List(Entity("FieldCount", "A field with the number of its rules.", new("field", Words), Owner, new("title", WordsOrNull), new("rules", Whole), new("vendors", Counts)))));

    public static JsonSchema.Entity Coverage { get; } = Entity("Coverage", "Live rules per technique over the matrix.",
        new("attackVersion", Words), new("vendors", Strings), new("rules", Whole), new("untagged", Whole, "rules that stand in no cell"),
        new("tactics", List(Entity("CoverageTactic", "A column.", new("id", Words), new("name", Words), new("rules", Whole), new("covered", Whole, "techniques with a rule of their own"),
            new("techniques", List(Entity("CoverageCell", "A technique.", new("id", Words), new("name", WordsOrNull), new("rules", Whole), new("withSubtechniques", Whole), new("vendors", Counts))))))));

    public static JsonSchema.Entity About { get; } = Entity("About", "What the catalog was built from, whose rules it holds, and on which terms.",
        BuiltAt, new("attackVersion", Words), new("rules", Whole, "live rules"), new("readable", Whole), new("documents", Whole, "with hunts, deprecated rules and the like"),
        new("techniques", Whole, "with a rule of their own"), new("vendors", Counts),
        new("sources", List(Source)),
        new("licenses", List(Entity("LicenseRules", "Rules of any kind under a licence.", new("vendor", Words), new("license", WordsOrNull, "null where none is known"), new("rules", Whole)))),
        new("authors", List(Entity("AuthorRules", "Rules of any kind of an author.", new("vendor", Words), new("author", Words), new("rules", Whole))), "left out by a tool") { IsOptional = true },
        new("attribution", Words));

    internal static JsonMember BuiltAt => new("builtAt", Words, "UTC");

    /// <summary>A rule set.</summary>
    internal static JsonSchema.Entity Source => Entity("Source", "A rule set.", new("vendor", Words), new("repository", WordsOrNull), new("commit", WordsOrNull), new("date", WordsOrNull),
        new("license", WordsOrNull, "null where each rule names its own"), new("publish", Words, "how much of its rules the catalog holds: full, facts or link"), new("rules", Whole));

    /// <summary>A technique with a number of rules.</summary>
    internal static JsonSchema.Entity Tally => Entity("TechniqueRules", "A technique with a number of rules.", new("id", Words), new("name", Words), new("rules", Whole));

    static JsonMember Owner => new("owner", WordsOrNull, "the vendor whose own name it is; null for a shared one");
}
