using System.Collections.Immutable;
using System.CommandLine;
using Rulescope.Catalog.Draft;
using Rulescope.Catalog.Guide;
using Rulescope.Catalog.Json;
using Rulescope.Cli.Rendering;
using Rulescope.Corpus;
using Rulescope.Corpus.Drafts;

namespace Rulescope.Cli.Commands;

/// <summary><c>rulescope guide TECHNIQUE</c>: what all rules of a technique have in common.</summary>
static class GuideCommand
{
    static readonly string[] Roles = ["behaviour", "selector", "threshold", "all"];

    public static Command Build(Terminal terminal)
    {
        var technique = new Argument<string>("TECHNIQUE") { Description = "An ATT&CK id of any version, such as T1021.007." };
        var role = new Option<string>("--role") { Description = "Rows of one role only: behaviour, selector, threshold or all.", HelpName = "ROLE", DefaultValueFactory = _ => "all" };
        role.AcceptOnlyFromAmong(Roles);
        var platform = new Option<string?>("--platform") { Description = "Rules for one platform, such as windows or aws.", HelpName = "NAME" };
        var domain = new Option<string?>("--domain") { Description = "Rules of one domain: endpoint, identity, cloud, network, email, web or application.", HelpName = "NAME" };
        var level = new Option<string?>("--level") { Description = "Rules of one level: informational, low, medium, high or critical.", HelpName = "LEVEL" };
        var data = OwnDataOption.Build();
        var include = new Option<string?>("--include") { Description = "Kinds to count beside live rules, such as hunts,deprecated, or all.", HelpName = "KINDS" };
        var wider = new Option<bool>("--with-subtechniques") { Description = "Count the rules of the sub-techniques too." };
        var plain = new Option<bool>("--plain") { Description = "Read exclusions plainly: every test under a negated condition is one." };
        var all = new Option<bool>("--all") { Description = "Every row of every table." };
        var draft = new Option<string?>("--draft") { Description = $"Write a rule to begin with, as a file of its vendor: {string.Join(", ", DraftLanguage.All.Select(l => l.Name))}.", HelpName = "LANG" };
        var catalog = CommonOptions.Catalog();
        var format = CommonOptions.Format("table", "json", "md", "csv");
        var command = new Verb(
            "guide",
            "Show what all rules of a technique have in common: fields, values, exclusions.",
            new("rulescope guide T1021.007", "The authoring guide of one technique."),
            new("rulescope guide T1059.001 --platform windows --role behaviour", "Only what describes behaviour on Windows."),
            new("rulescope guide T1059.001 --draft sigma", "A rule file of what several rules ask for together."),
            new("rulescope guide T1562 --with-subtechniques --all --format csv", "Every row of a technique and what is under it, for a spreadsheet."))
        {
            technique, role, platform, domain, level, data, include, wider, plain, all, draft, catalog, format,
        };
        command.SetAction(parse =>
        {
            if (parse.GetValue(draft) is { } language)
                return Draft(terminal, parse.GetRequiredValue(technique), language, parse.GetRequiredValue(catalog));
            if (Kinds(terminal, parse.GetValue(include)) is not { } kinds)
                return ExitCodes.CouldNotRun;
            if (!OwnDataOption.TryRead(terminal, parse.GetValue(data), out var names))
                return ExitCodes.CouldNotRun;
            var question = new GuideQuestion(parse.GetRequiredValue(technique))
            {
                Role = parse.GetRequiredValue(role),
                Platform = parse.GetValue(platform),
                Domain = parse.GetValue(domain),
                Level = parse.GetValue(level),
                Data = names,
                Include = kinds,
                WithSubtechniques = parse.GetValue(wider),
                Plain = parse.GetValue(plain),
                All = parse.GetValue(all),
            };
            return Run(terminal, question, parse.GetRequiredValue(catalog), parse.GetRequiredValue(format));
        });
        return command;
    }

    static int Draft(Terminal terminal, string technique, string name, string catalog)
    {
        if (DraftLanguage.Find(name) is not { } language)
            return terminal.CouldNotRun($"'{name}' is no language of a draft: --draft takes {string.Join(", ", DraftLanguage.All.Select(l => l.Name))}");
        if (CommonOptions.Open(terminal, catalog) is not { } opened)
            return ExitCodes.CouldNotRun;
        if (new DraftReader(opened).Read(technique, language, out var message) is not { } drafted)
            return terminal.CouldNotRun(message);
        terminal.WriteRaw(drafted.Text);
        return ExitCodes.Ok;
    }

    public static int Run(Terminal terminal, GuideQuestion question, string catalog, string format)
    {
        if (CommonOptions.Open(terminal, catalog) is not { } opened)
            return ExitCodes.CouldNotRun;
        // The table puts behaviour first, so it needs all rows before it can tell which are the first.
        var asked = format == "json" ? question : question with { All = true };
        if (new GuideReader(opened).Read(asked, out var message) is not { } guide)
            return terminal.CouldNotRun(message);
        switch (format)
        {
            case "json":
                terminal.WriteRaw(stream => GuideJson.Write(guide, stream));
                break;
            case "md":
                terminal.WriteRaw(GuideMarkdown.Of(GuideRows.Of(guide, question.All)));
                break;
            case "csv":
                terminal.WriteRaw(GuideCsv.Of(GuideRows.Of(guide, question.All)));
                break;
            default:
                GuideView.Write(terminal.Out, GuideRows.Of(guide, question.All));
                break;
        }

        return ExitCodes.Ok;
    }

    static ImmutableArray<string>? Kinds(Terminal terminal, string? list)
    {
        if (list is null)
            return [];
        if (RuleKinds.ParseList(list, out var unknown) is { } kinds)
            return [.. kinds.Select(k => k.Word()).Order(StringComparer.Ordinal)];
        terminal.CouldNotRun($"'{unknown}' is no kind: --include takes {string.Join(", ", RuleKinds.All.Where(k => k != RuleKind.Rule).Select(k => k.Plural()))} or all");
        return null;
    }
}
