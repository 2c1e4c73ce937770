using System.Collections.Immutable;
using Rulescope.Catalog.Coverage;
using Rulescope.Catalog.Guide;
using Rulescope.Catalog.Json;
using Rulescope.Catalog.Json.Schemas;
using Rulescope.Catalog.Store;
using Rulescope.Corpus;
using Rulescope.Mcp.Answers;
using Rulescope.Taxonomy.Attack;

namespace Rulescope.Mcp.Tools;

/// <summary>Tools about techniques: the index, the facts of one, its guide, the matrix.</summary>
sealed class GuideTools(CatalogFile catalog)
{
    const string Technique = "A technique of any ATT&CK version, such as T1059.001.";

    static readonly ImmutableArray<string> Tables = ["fields", "indicators", "exclusions", "rules", "events", "insight"];

    static readonly ImmutableArray<string> UsualTables = ["fields", "indicators", "exclusions"];

    readonly GuideReader _guides = new(catalog);

    public IEnumerable<CatalogTool> All =>
    [
        new("techniques", "Index of techniques", "Lists the ATT&CK techniques that have rules, with the number of rules per vendor; by words of their names, by tactic, or all.", RuleSchemas.Index, Index)
        {
            Parameters = [new ToolParameter.Line("query", "An id, or words of the name."), Tactic("Only techniques of one tactic.")],
            Paged = ["techniques"],
            HasRuleTexts = false,
        },
        new("technique", "One technique", "The facts of a technique: tactics, platforms, what it is, how many rules each vendor has for it, and the events they can match.", GuideSchemas.Guide.Loose("TechniqueFacts"), Facts)
        {
            Parameters = [new ToolParameter.Line("id", Technique) { IsRequired = true }],
            Paged = ["events"],
            HasRuleTexts = false,
        },
        new("guide", "Authoring guide of a technique",
            "What all public rules of a technique check: the fields they filter, the values they look for with their reach over the whole catalog, what they exclude (each exclusion with its whole clause: "
            + "copy it whole or not at all). 'insight' has the strongest combinations, exclusions worth copying and the newest rules; 'rules' the rules themselves.",
            GuideSchemas.Guide.Loose("GuideParts"), Guide)
        {
            Parameters =
            [
                new ToolParameter.Line("id", Technique) { IsRequired = true },
                new ToolParameter.Words("tables", $"Which parts; {string.Join(", ", UsualTables)} by default.", Tables),
                new ToolParameter.Line("role", "Only rows of one role: what picks the log source is a selector, a computed column a threshold. All by default.", ["behaviour", "selector", "threshold", "all"]),
                new ToolParameter.Line("platform", "Only rules for a platform, such as windows, linux, aws."),
                new ToolParameter.Line("domain", "Only rules of a domain.", ["endpoint", "identity", "cloud", "network", "email", "web", "application"]),
                CatalogTools.Vendor("Only rules of one vendor."),
                new ToolParameter.Line("level", "Only rules of one level.", ["informational", "low", "medium", "high", "critical"]),
                new ToolParameter.Line("data", "Only rules that can run on these tables, indices or log types, parted by commas."),
                new ToolParameter.Words("include", "Kinds beside live rules.", [.. RuleKinds.All.Where(k => k != RuleKind.Rule).Select(k => k.Word())]),
                new ToolParameter.Flag("with_subtechniques", "Count the rules of sub-techniques too."),
                new ToolParameter.Flag("plain", "Read exclusions as they are written, without grouping them by clause."),
            ],
            Paged = ["fields.rows", "indicators.rows", "exclusions.rows", "rules.vendors[].rules", "events"],
            Limit = (15, 100),
        },
        new("coverage", "Coverage matrix", "How many live rules each technique has, by tactic and vendor; with 'uncovered', the techniques that have none.", CatalogSchemas.Coverage, Coverage)
        {
            Parameters =
            [
                Tactic("Only one tactic."),
                new ToolParameter.Words("vendors", "Count the rules of these vendors only.", [.. Vendors.Order]),
                new ToolParameter.Flag("uncovered", "List only techniques without a rule of their own."),
            ],
            Paged = ["tactics[].techniques"],
            Limit = (10, 100),
            HasRuleTexts = false,
        },
    ];

    static ToolParameter Tactic(string meaning) => new ToolParameter.Line("tactic", meaning, [.. AttackFacts.Default.Tactics.Select(t => t.ShortName)]);

    ToolAnswer Index(ToolArguments arguments)
    {
        var query = arguments.Text("query");
        var tactic = arguments.Text("tactic");
        var resolved = query is null ? null : AttackFacts.Default.Resolve(query).Id;
        ImmutableArray<TechniqueCount> found =
        [
            .. new TechniqueIndex(catalog).Read().Where(t => tactic is null || t.Technique.Tactics.Items.Any(x => x.ShortName == tactic))
                .Where(t => query is null || t.Technique.Id == resolved || t.Technique.ParentId == resolved && resolved is not null || t.FullName.Contains(query, StringComparison.OrdinalIgnoreCase)),
        ];
        return ToolAnswer.Of(output => IndexJson.Write(found, output), $"{CatalogTools.Count(found.Length, "technique")} with rules.");
    }

    ToolAnswer Facts(ToolArguments arguments) => Read(new(arguments.Text("id") ?? ""), ["events"], guide =>
        string.Join(", ", guide.Rules.Vendors.Select(v => $"{v.Count} of {Vendors.Title(v.Vendor)}")) is { Length: > 0 } vendors ? $"{vendors}." : "");

    ToolAnswer Guide(ToolArguments arguments)
    {
        var question = new GuideQuestion(arguments.Text("id") ?? "")
        {
            Role = arguments.Text("role") ?? "all",
            Platform = arguments.Text("platform")?.ToLowerInvariant(),
            Domain = arguments.Text("domain"),
            Vendor = arguments.Text("vendor"),
            Level = arguments.Text("level"),
            Data = arguments.Text("data"),
            Include = arguments.Words("include"),
            WithSubtechniques = arguments.IsOn("with_subtechniques"),
            Plain = arguments.IsOn("plain"),
            All = true,
        };
        var tables = arguments.Words("tables") is { IsEmpty: false } asked ? asked : UsualTables;
        return Read(question, tables, _ => $"{(question.Role == "all" ? "Rows of all roles" : $"Rows of role {question.Role}")}.");
    }

    // The whole guide is written as for the command line, and the parts that were not asked for are left out.
    ToolAnswer Read(GuideQuestion question, ImmutableArray<string> parts, Func<TechniqueGuide, string> more)
    {
        if (CatalogTools.Technique(question.Technique, out var message) is null || _guides.Read(question, out message) is not { } guide)
            return new ToolAnswer.Refused(message);
        var technique = guide.Technique;
        var answer = ToolAnswer.Of(
            output => GuideJson.Write(guide, output),
            $"{technique.Id} {AttackFacts.Default.FullNameOf(technique.Id)}: {CatalogTools.Count(guide.Rules.Total, "rule")}, {guide.Rules.Readable} of them read in full. {more(guide)}".TrimEnd());
        foreach (var part in Tables.Where(t => t != "rules" && !parts.Contains(t, StringComparer.Ordinal)))
            answer.Content.Remove(part);
        if (!parts.Contains("rules", StringComparer.Ordinal) && answer.Content["rules"]?["vendors"]?.AsArray() is { } vendors)
        {
            foreach (var vendor in vendors)
                vendor?.AsObject().Remove("rules");
        }

        return answer;
    }

    ToolAnswer Coverage(ToolArguments arguments)
    {
        var matrix = new CoverageReader(catalog).Read(new() { Vendors = arguments.Words("vendors") });
        var tactic = arguments.Text("tactic");
        var answer = ToolAnswer.Of(output => CoverageJson.Write(matrix with { Tactics = [.. matrix.Tactics.Where(t => tactic is null || t.Tactic.ShortName == tactic)] }, output), "");
        if (arguments.IsOn("uncovered") && answer.Content["tactics"]?.AsArray() is { } tactics)
        {
            foreach (var techniques in tactics.Select(t => t?["techniques"]?.AsArray()))
                techniques?.RemoveAll(cell => cell?["rules"]?.GetValue<int>() > 0);
        }

        return answer with { Summary = $"{matrix.Techniques.Count(t => t.Rules > 0)} of {matrix.Techniques.Length} techniques have a rule of their own, of {CatalogTools.Count(matrix.Rules, "rule")}." };
    }
}
