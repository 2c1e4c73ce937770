using Rulescope.Text.Schemas;
using static Rulescope.Text.Schemas.Types;

namespace Rulescope.Packages;

/// <summary>What <see cref="PackageJson"/> writes.</summary>
public static class PackageSchemas
{
    public static JsonSchema.Entity List { get; } = Entity("Packages", "The detection packages.",
        new JsonMember("packages", Types.List(Entity("PackageEntry", "A detection package in a list.",
            new("id", Words), new("title", Words), new("technique", Words), new("platform", Words), new("language", Words), new("version", Words), new("severity", Words),
            new("tests", Whole), new("holds", Flag, "every test found what it must")))));

    public static JsonSchema.Entity Package { get; } = Entity("Package", "A query with its sources, tuning, tests and evidence (docs/packages.md).",
        new("id", Words), new("title", Words), new("technique", Entity("PackageTechnique", "Its technique.", new("id", Words), new("name", Words), new("url", Words))),
        new("platform", Words), new("language", Words), new("severity", Words), new("confidence", Words), new("summary", Words),
        new("description", Types.List(Entity("CitedText", "A paragraph.", new("text", Words), new("sources", Strings)))),
        new("actors", Types.List(Entity("PackageActor", "Who did it, and how.", new("name", Words), new("id", Words), new("method", Words), new("sources", Strings)))),
        new("query", Words),
        new("tables", Types.List(Entity("PackageTable", "A table the query reads.", new("name", Words), new("columns", Strings), new("tested", Strings)))),
        new("recommended", Types.List(Entity("RecommendedSource", "A log source that ATT&CK recommends.", new("source", Words), new("component", Words), new("id", Words)))),
        new("tuning", Types.List(Entity("PackageTuning", "A benign actor, and the clause that takes it out.", new("actor", Words), new("context", Words), new("exclude", Words)))),
        new("platforms", Strings), new("holds", Flag), new("tests", Types.List(Test)),
        new("references", Types.List(Entity("PackageReference", "A source.", new("id", Words), new("title", Words), new("url", Words)))),
        new("findings", Types.List(Entity("PackageFinding", "What does not hold.",
            new("path", Words), new("line", Whole), new("column", Whole), new("id", Words), new("severity", Words), new("message", Words)))),
        new("version", Words), new("date", Words), new("author", Words), new("license", Words),
        new("changes", Types.List(Entity("PackageChange", "An entry of the change log.", new("version", Words), new("date", Words), new("text", Words)))));

    static JsonSchema.Entity Command => Entity("PackageCommand", "Shown, never run.", new("shell", Words), new("run", Words));

    static JsonSchema.Entity Test => Entity("PackageTest", "A behaviour, and whether its signals and events are found.",
        new("id", Words), new("title", Words), new("behaviour", Words), new("elevation", Words), new("safety", Words), new("prerequisites", Strings),
        new("commands", Types.List(Command)), new("cleanup", Types.List(Command)),
        new("signals", Types.List(Entity("PackageSignal", "An expected signal.", new("table", Words), new("where", Words), new("meaning", Words), new("found", Flag), new("events", Whole)))),
        new("events", Types.List(Entity("PackageEvent", "A sample event.",
            new("table", Words), new("expect", Words), new("note", Words), new("line", Whole), new("found", Flag), new("holds", Flag), new("failed", WordsOrNull)))));
}
