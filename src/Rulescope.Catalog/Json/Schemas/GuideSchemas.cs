using Rulescope.Text.Schemas;
using static Rulescope.Text.Schemas.Types;

namespace Rulescope.Catalog.Json.Schemas;

/// <summary>What <see cref="GuideJson"/> and <see cref="DraftJson"/> write.</summary>
public static class GuideSchemas
{
    public static JsonSchema.Entity Clause { get; } = Entity("Clause", "A clause that excludes, whole, in the words of one rule.", new("ruleId", Words, "vendor/id"), new("label", Words), new("text", Words));

    public static JsonSchema.Entity Guide { get; } = Entity("Guide", "What all rules under a technique check.",
        new("technique", Technique),
        new("rules", Entity("GuideRules", "The rules the guide is drawn from.",
            new("total", Whole), new("readable", Whole), new("withoutLogic", Whole), new("withSubtechniques", Whole),
            new("leftOut", List(Entity("LeftOut", "Rules of a kind that is not counted.", new("kind", Words), new("count", Whole)))),
            new("vendors", List(Entity("VendorRules", "The rules of one vendor.", new("vendor", Words), new("count", Whole), new("rules", List(RuleSchemas.Listed), "left out by a tool that was not asked for them") { IsOptional = true }))))),
        new("publicCounts", WordsOrNull, "the day of the counts over public rule sets that reach holds; null where it counts this catalog alone"),
        new("events", List(Entity("CoveredEvent", "An event that a rule can match.", new("id", Words), new("title", Words), new("rules", Whole)))),
        new("fields", Table("FieldTable", Field)),
        new("indicators", Table("IndicatorTable", Indicator)),
        new("exclusions", Table("ExclusionTable", Exclusion)),
        new("insight", Insight, "what an author asks first; docs/guide.md explains every number"));

    public static JsonSchema.Entity Draft { get; } = Entity("Draft", "A rule to begin with, from what several rules ask for together.",
        new("technique", Words), new("language", Words), new("fileName", Words), new("text", Words, "the whole file"),
        new("tests", List(Test), "what it asks for under names that are known"), new("exclusions", Strings, "clauses it leaves out"));

    static JsonSchema.Entity Named => Entity("Named", "An id with its name.", new("id", Words), new("name", WordsOrNull));

    static JsonSchema.Entity Native => Entity("Native", "A vendor's own name for a field.",
        new("vendor", Words), new("name", Words), new("mapping", WordsOrNull, "the entry of the taxonomy that says so"));

    static JsonSchema.Entity Technique => Entity("Technique", "A technique of ATT&CK for Enterprise.",
        new("id", Words), new("name", WordsOrNull), new("parent", OrNull(Named)), new("tactics", List(Named)), new("platforms", Strings),
        new("description", WordsOrNull, "its first paragraph; null where the catalog was built without descriptions"),
        new("descriptionFrom", WordsOrNull, "the former id whose text it is"), new("attackVersion", Words), new("url", Words));

    static JsonSchema.Entity Field => Entity("FieldRow", "A field that rules filter on.",
        new("field", Words), new("role", Words, "behaviour, selector or threshold"), new("rules", Whole), new("how", Counts, "rules by operator"), new("samples", Strings),
        new("ruleIds", Strings, "vendor/id"), Owner, new("natives", List(Native)));

    static JsonSchema.Entity Indicator => Entity("IndicatorRow", "A value that rules look for.",
        new("field", Words), new("kind", Words), new("value", Words), new("role", Words), new("rules", Whole), new("reach", Whole, "rules of the whole catalog with the same field, kind and value"),
        new("folded", Flag, "one of a long list of one rule"), new("spellings", Strings), new("ruleIds", Strings, "vendor/id"), Written, Owner, new("natives", List(Native)));

    static JsonSchema.Entity Exclusion => Entity("ExclusionRow", "A value that rules take out; its clauses say under which further conditions.",
        new("field", Words), new("kind", Words), new("value", WordsOrNull), new("rules", Whole), new("spellings", Strings),
        new("clauses", List(Clause)), Written, Owner, new("natives", List(Native)));

    static JsonSchema.Entity Test => Entity("CombinedTest", "A test in a combination.",
        new("field", Words), new("owner", WordsOrNull), new("kind", Words), new("value", WordsOrNull), new("reach", WholeOrNull));

    static JsonSchema.Entity Insight => Entity("Insight", "What an author asks first.",
        new("matrix", Entity("FieldMatrix", "Which vendor tests which field.",
            new("vendors", List(Entity("MatrixVendor", "A column.", new("vendor", Words), new("rules", Whole)))),
            new("rows", List(Entity("MatrixRow", "A field.", new("field", Words), new("owner", WordsOrNull), new("role", Words), new("rules", Whole),
                new("cells", List(Entity("MatrixCell", "The rules of one vendor.", new("vendor", Words), new("rules", Whole), new("shade", Whole), new("ruleIds", Strings))))))))),
        new("combinations", List(Entity("Combination", "Tests that rules of several vendors make together.",
            new("score", Number), new("rules", Whole), new("vendors", Strings), new("tests", List(Test)), new("ruleIds", Strings)))),
        new("exclusions", List(Entity("WorthCopying", "An exclusion worth copying, whole.",
            new("text", Words), new("rules", Whole), new("vendors", Strings), new("chosenByActor", Strings, "fields by which an attacker can meet it on purpose"), new("ruleIds", Strings)))),
        new("specificity", List(Entity("SpecificityPoint", "Values with the same numbers of rules here and in the whole catalog.",
            new("rules", Whole), new("reach", Whole), new("values", Whole), new("example", Words)))),
        new("alone", List(Entity("Alone", "A rule that looks where no other does.", new("ruleId", Words), new("fields", Strings)))),
        new("newest", List(Entity("NewestRule", "What one of the newest rules added.",
            new("ruleId", Words), new("date", WordsOrNull), new("added", Whole), new("first", List(Test))))));

    static JsonMember Written => new("written", List(Entity("WrittenValue", "The words of a rule that does not say the value as it stands here.",
        new("ruleId", Words, "vendor/id"), new("text", Words), new("how", Words, "what makes the value of them: modifiers, or the taxonomy's entry; empty for the language itself"))));

    static JsonMember Owner => new("owner", WordsOrNull, "the vendor whose own name the field is; null for a shared one");

    static JsonSchema.Entity Table(string name, JsonSchema.Entity row) => Entity(name, "The first rows of a table.", new("distinct", Whole, "rows in all"), new("rows", List(row)));
}
