using System.Collections.Immutable;
using System.Text;
using Rulescope.Catalog.Checking;
using Rulescope.Catalog.Compare;
using Rulescope.Catalog.Json;
using Rulescope.Catalog.Json.Schemas;
using Rulescope.Catalog.Store;
using Rulescope.Mcp.Answers;
using Rulescope.Taxonomy.Attack;
using Rulescope.Text;
using Rulescope.Text.Findings;
using Rulescope.Text.Schemas;
using static Rulescope.Text.Schemas.Types;

namespace Rulescope.Mcp.Tools;

/// <summary>Tools that take a rule as a text: nothing lies beside it, and no file of this machine is looked at for it.</summary>
sealed class OwnRuleTools(CatalogFile catalog)
{
    const int MostCharacters = 200_000;

    // The missing rows of one rule may be thousands.
    const int MostRules = 20;

    static readonly ImmutableArray<ToolParameter> Own =
    [
        new ToolParameter.Document("text", "The rule: a whole rule file of any vendor, or a query alone.", MostCharacters) { IsRequired = true },
        new ToolParameter.Line("language", "Its language; told from the text by default.", [.. CheckedLanguage.All.Select(l => l.Name).Distinct(StringComparer.Ordinal)]),
    ];

    public IEnumerable<CatalogTool> All =>
    [
        new("check", "Check a rule", "Parses a rule in any of the nine languages and tells what is wrong with it, each finding with line, column and a stable id.",
            RuleSchemas.Findings.With("CheckedText", new JsonMember("language", Words, "as which it was read")), Check)
        {
            Parameters = Own,
            Paged = ["findings"],
            Limit = (50, 200),
        },
        new("compare", "Compare a rule",
            "Lays a rule beside all others of its technique: rows that others have too, rare and noisy ones, what others look for and it does not, exclusions it lacks with their whole clause "
            + "(those an attacker can meet on purpose are marked), and rules that test much the same. Nothing of it is kept.",
            RuleSchemas.Compare.With("ComparedText", new JsonMember("language", Words, "as which it was read")), Compare)
        {
            Parameters = [.. Own, new ToolParameter.Line("technique", "The technique whose tables are taken; those the rule names by default.")],
            Paged =
            [
                "rules[].techniques[].matching", "rules[].techniques[].rare", "rules[].techniques[].noisy", "rules[].techniques[].missing",
                "rules[].techniques[].missingExclusions", "rules[].nearDuplicates",
            ],
            Limit = (15, 100),
        },
    ];

    static ToolAnswer Check(ToolArguments arguments)
    {
        var read = Read(arguments);
        var findings = read.Report.Findings;
        var errors = findings.Items.Count(f => f.Severity == Severity.Error);
        var answer = ToolAnswer.Of(
            output =>
            {
                using var text = new StringWriter();
                FindingsWriter.Write(read.Report, FindingsFormat.Json, DiagnosticCatalog.Of([]), text);
                output.Write(Encoding.UTF8.GetBytes(text.ToString()));
            },
            $"Read as {read.Language}: {CatalogTools.Count(read.Documents.Length, "rule")}, {CatalogTools.Count(findings.Count, "finding")}, {errors} of them errors.");
        answer.Content["language"] = read.Language;
        return answer;
    }

    ToolAnswer Compare(ToolArguments arguments)
    {
        Technique? technique = null;
        if (arguments.Text("technique") is { } written)
        {
            technique = CatalogTools.Technique(written, out var message);
            if (technique is null)
                return new ToolAnswer.Refused(message);
        }

        var read = Read(arguments);
        if (read.Documents.IsEmpty)
            return new ToolAnswer.Refused($"read as {read.Language}, there is no rule in the text: {Explain(read)}");
        var comparer = new RuleComparer(catalog, catalog.Taxonomy);
        var compared = read.Documents.Take(MostRules).Select(d => comparer.Compare(d, technique)).ToArray();
        var techniques = compared.SelectMany(c => c.Techniques).Select(t => t.Technique.Id).Distinct(StringComparer.Ordinal).ToArray();
        var answer = ToolAnswer.Of(
            output => CompareJson.Write(compared, read.Documents.Length - compared.Length, read.Report, output),
            $"Read as {read.Language}: {CatalogTools.Count(compared.Length, "rule")} compared, "
            + (techniques.Length == 0 ? "with no technique: name one with 'technique'." : $"on the tables of {string.Join(", ", techniques.Take(10))}."));
        answer.Content["language"] = read.Language;
        return answer;
    }

    static PastedRule Read(ToolArguments arguments) => PastedRule.Read(arguments.Text("text") ?? "", arguments.Text("language"));

    static string Explain(PastedRule read) =>
        string.Join("; ", read.Report.Findings.Items.Take(3).Select(f => $"line {f.Line}, column {f.Column}: {f.Id} {ShownText.Line(f.Message)}")) is { Length: > 0 } found ? found : "'language' says what it is";
}
