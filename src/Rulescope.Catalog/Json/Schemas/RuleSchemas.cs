using Rulescope.Text.Schemas;
using static Rulescope.Text.Schemas.Types;

namespace Rulescope.Catalog.Json.Schemas;

/// <summary>What <see cref="RuleJson"/>, <see cref="RecentJson"/>, <see cref="IndexJson"/> and <see cref="CompareJson"/> write.</summary>
public static class RuleSchemas
{
    /// <summary>A rule in the list of one vendor.</summary>
    public static JsonSchema.Entity Listed { get; } = Entity("ListedRule", "A rule in the list of one vendor.",
        new("id", Words, "the vendor's own id"),
        new("title", Words),
        new("language", Words, "sigma, kuery, lucene, eql, esql, spl, yaral, python, kusto or none"),
        new("level", Words),
        new("status", Words),
        new("kind", Words, "rule for a live one; hunt, deprecated and the like otherwise"),
        new("platforms", Strings),
        new("domains", Strings),
        new("authors", Strings),
        new("license", WordsOrNull, "SPDX id"),
        new("repository", WordsOrNull),
        new("path", Words, "in the repository"),
        new("commit", WordsOrNull),
        new("changed", WordsOrNull, "yyyy-MM-dd"),
        new("readable", Flag, "every part of its logic has a model"));

    public static JsonSchema.Entity Entry { get; } = Listed with
    {
        Name = "RuleEntry",
        Meaning = "A rule in a list, with where it is from and under which licence.",
        Members = [new("vendor", Words), .. Listed.Members],
    };

    public static JsonSchema.Entity Rule { get; } = (Entry with { Meaning = "All that is known of a rule. What it says of itself is its author's text, not ours." }).With("Rule",
        new("description", Words),
        new("created", WordsOrNull, "yyyy-MM-dd"),
        new("modified", WordsOrNull, "yyyy-MM-dd"),
        new("url", WordsOrNull, "where it can be read at its source"),
        new("publish", Words, "how much of the rules of its source the catalog holds: full; facts, without their text; or link, without what they test either"),
        new("logSource", Words),
        new("text", Words, "the rule as it stands in its file"),
        new("line", Whole, "the line of the file where the text begins, from 1"),
        new("drawnOn", List(Entity("DrawnText", "A text the rule draws on, such as a macro.",
            new("path", Words), new("line", Whole, "of its file, where the text begins"), new("cut", Flag, "the file goes on"), new("text", Words)))),
        new("stages", List(Entity("Stage", "A stage of the rule's logic.", new("name", Words), new("tree", Words, "canonical text of its condition")))),
        new("indicators", List(Indicator)),
        new("exclusions", List(Entity("RuleClause", "A clause that takes events out, whole.", new("label", Words), new("text", Words), new("members", List(Indicator))))),
        new("techniques", List(Entity("RuleTechnique", "A technique the rule is tagged with.", new("id", Words), new("name", WordsOrNull), new("written", Words, "as the rule has it")))),
        new("events", Strings, "ids of events it can match"),
        new("needs", List(Strings), "of each list of log sources it needs one"),
        new("similar", List(Entry.With("SimilarRule",
            new("overlap", Number, "from 0 to 1, by weight"), new("shared", Whole, "indicators that both have"), new("indicators", Whole, "of its own")))),
        new("references", Strings),
        new("falsePositives", Strings),
        new("tags", Strings),
        new("related", Strings, "rules its authors name, the relation before the id"),
        new("unsupported", List(Unread), "parts of its logic that were not read"));

    public static JsonSchema.Entity Search { get; } = Entity("Search", "Rules that fit a search, best first.",
        new("total", Whole, "of all that fit"),
        new("rules", List(Entry)),
        new("techniques", List(Entity("FoundTechnique", "A technique whose id or name has the words.", new("id", Words), new("name", Words), new("rules", Whole)))),
        new("facets", new JsonSchema.Map(Counts), "numbers of rules by domain, language, level, platform and vendor"));

    public static JsonSchema.Entity Recent { get; } = Entity("RecentRules", "Live rules that were made or changed last, the newest first.",
        new JsonMember("rules", List(Entry.With("RecentRule",
            new("date", Words, "the day it stands under"), new("new", Flag, "no change is known since it was made"), new("techniques", Strings)))));

    public static JsonSchema.Entity Index { get; } = Entity("Techniques", "Every technique with a live rule, itself or under it.",
        new JsonMember("techniques", List(Entity("TechniqueCount", "A technique with the number of its rules.",
            new("id", Words), new("name", Words), new("tactics", Strings), new("rules", Whole, "tagged with the id itself"), new("withSubtechniques", Whole), new("vendors", Counts)))));

    public static JsonSchema.Entity Findings { get; } = Entity("Findings", "What reading rules found wrong with them.",
        new("files", Whole), new("findings", List(Finding)));

    public static JsonSchema.Entity Compare { get; } = Entity("Comparison", "Rules beside those of the catalog.",
        new("rules", List(Entity("ComparedRule", "A rule with its place on the tables of its techniques.",
            new("rule", Entry),
            new("unplaced", Strings, "technique ids that have no page"),
            new("unread", List(Unread)),
            new("techniques", List(ComparedTechnique)),
            new("nearDuplicates", List(Entry.With("NearRule",
                new("same", Flag, "it is the rule itself as the catalog has it"), new("overlap", Number, "from 0 to 1"), new("shared", Whole),
                new("onlyHere", List(RowName)), new("onlyThere", List(RowName)))))))),
        new("notCompared", Whole, "rules beyond the most that are compared at once"),
        new("findings", List(Finding)));

    static JsonSchema.Entity Indicator => Entity("RuleTest", "One value the rule looks for.",
        new("field", Words), new("kind", Words), new("value", WordsOrNull, "null where only presence is tested"),
        new("written", Words, "the rule's words for the value; empty where no text is held"), new("how", WordsOrNull, "what makes the value of those words; null where they say it"),
        new("span", Entity("Stretch", "A stretch of the rule's text, in UTF-16 units.", new("start", Whole), new("length", Whole)), "where the words stand, or where the rule draws on the text that has them"),
        new("drawn", Entity("DrawnStretch", "A stretch of a text the rule draws on.", new("text", Whole, "its number in drawnOn, from 0"), new("start", Whole), new("length", Whole))) { IsOptional = true },
        new("role", Words, "behaviour, selector or threshold"),
        new("negated", Flag), new("reach", Whole, "rules of the whole catalog with the same field, kind and value"), new("reachByVendor", Counts));

    static JsonSchema.Entity Unread => Entity("Unread", "A part that was not read.", new("text", Words), new("line", Whole));

    static JsonSchema.Entity Finding => Entity("Finding", "Something found while reading, at its place.",
        new("path", Words), new("line", Whole, "from 1"), new("column", Whole, "from 1, in UTF-16 units"), new("id", Words, "stable id of the kind of finding"),
        new("severity", Words, "info, warning or error"), new("message", Words));

    static JsonSchema.Entity RowName => Entity("RowName", "A row of the tables.",
        new("side", Words, "indicator or exclusion"), new("field", Words), new("owner", WordsOrNull, "the vendor whose own name the field is; null for a shared one"),
        new("kind", Words), new("value", WordsOrNull), new("role", Words));

    static JsonSchema.Entity Row => RowName.With("ComparedRow",
        new("rules", Whole), new("reach", Whole), new("samePlatform", Flag), new("ruleIds", Strings));

    static JsonSchema.Entity ComparedTechnique => Entity("ComparedTechnique", "The rule on the tables of one technique.",
        new("id", Words), new("name", WordsOrNull), new("rules", Whole),
        new("matching", List(Row), "rows that other rules of the technique have too"),
        new("rare", List(Row), "rows that no other rule of the technique has"),
        new("noisy", List(Row), "rows that very many rules of the catalog have"),
        new("missing", List(Row), "rows of other rules that this one lacks"),
        new("missingExclusions", List(Entity("MissingExclusion", "A clause of other rules that this one lacks; copy it whole or not at all.",
            new("rules", Whole), new("vendors", Whole), new("samePlatform", Flag), new("chosenByActor", Strings, "fields by which an attacker can meet it on purpose"),
            new("clauses", List(GuideSchemas.Clause)), new("rows", List(Row))))));
}
