using System.Text;
using Rulescope.Catalog.Guide;
using Rulescope.Taxonomy.Attack;

namespace Rulescope.Cli.Rendering;

/// <summary>The guide as GitHub-flavoured Markdown.</summary>
static class GuideMarkdown
{
    public static string Of(GuideRows rows)
    {
        var text = new StringBuilder();
        var guide = rows.Guide;
        text.Append($"# {Escape(rows.Title)}\n\n[{guide.Technique.Id}]({guide.Technique.Url}), ATT&CK {Escape(guide.AttackVersion)}\n\n");
        text.Append($"- Tactics: {Escape(rows.Tactics)}\n- Platforms: {Escape(rows.Platforms)}\n");
        if (rows.Filter.Length > 0)
            text.Append($"- Only: {Escape(rows.Filter)}\n");
        if (AttackText.FirstParagraph(guide.Description) is { Length: > 0 } description)
            text.Append($"\n{Escape(description)}\n");
        text.Append($"\n## Events covered\n\n{rows.EventsIntro}\n");
        if (!guide.Events.IsEmpty)
            Table(text, ["Event", "Title", "Rules"], guide.Events.Select(e => (string[])[Escape(e.Id), Escape(e.Title), Words.Number(e.Rules)]));
        text.Append($"\n## Authoring guide\n\n{Escape(rows.Intro)}\n");
        text.Append($"\n### Fields filtered most ({Words.Number(guide.Fields.Distinct)} distinct)\n");
        Table(text, ["Field", "Role", "Rules", "How", "Sample values"], rows.Fields.Select(r => (string[])
            [Code(r.Field), r.Role, Words.Number(r.Rules), string.Join(", ", r.How.Select(h => $"{Escape(h.Operator)} {Words.Number(h.Rules)}")), string.Join(", ", r.Samples.Select(Code))]));
        text.Append($"\n### Top indicator values ({Words.Number(guide.Indicators.Distinct)} distinct)\n");
        Table(text, ["Field", "Role", "Kind", "Value", "Rules", "Reach"], rows.Indicators.Select(r => (string[])
            [Code(r.Field), r.Role, Escape(r.Kind), Code(r.Value), Words.Number(r.Rules), r.Reach > 1 ? Words.Number(r.Reach) : ""]));
        text.Append($"\n### Exclusions ({Words.Number(guide.Exclusions.Distinct)} distinct)\n");
        Table(text, ["Field", "Kind", "Value", "Rules", "Clauses"], rows.Exclusions.Select(r => (string[])
            [Code(r.Field), Escape(r.Kind), r.Value is { } value ? Code(value) : "", Words.Number(r.Rules), string.Join("<br>", r.Clauses.Select(c => $"{Escape(c.RuleId)}: {Code(c.Text)}"))]));
        text.Append($"\n## Rules under this technique ({Words.Number(guide.Rules.Total)})\n");
        foreach (var vendor in guide.Rules.Vendors)
        {
            text.Append($"\n### {Vendors.Title(vendor.Vendor)} {Words.Count(vendor.Count, "rule")}\n");
            Table(text, ["Rule", "Id", "Level", "Licence", "Path"], vendor.Rules.Select(r => (string[])
                [Escape(r.Title), Code($"{r.Vendor}/{r.Id}"), Escape(r.Level), Escape(r.License ?? ""), Code(r.Path)]));
        }

        return text.ToString();
    }

    static void Table(StringBuilder text, string[] head, IEnumerable<string[]> rows)
    {
        text.Append('\n').Append("| ").AppendJoin(" | ", head).Append(" |\n|").Insert(text.Length, "---|", head.Length).Append('\n');
        foreach (var row in rows)
            text.Append("| ").AppendJoin(" | ", row).Append(" |\n");
    }

    // A run of backticks inside is fenced by a longer one; a bar would end the cell even in code.
    static string Code(string value)
    {
        var line = SafeText.Value(value, longest: 1_000).Replace("|", "\\|", StringComparison.Ordinal);
        var fence = new string('`', Enumerable.Range(1, line.Length + 1).First(n => !line.Contains(new string('`', n), StringComparison.Ordinal)));
        var pad = line.StartsWith('`') || line.EndsWith('`') || (line.StartsWith(' ') && line.EndsWith(' ')) ? " " : "";
        return line.Length == 0 ? "" : $"{fence}{pad}{line}{pad}{fence}";
    }

    static string Escape(string text)
    {
        var escaped = new StringBuilder(text.Length);
        foreach (var c in SafeText.Line(text))
        {
            if (c is '\\' or '`' or '*' or '_' or '[' or ']' or '<' or '>' or '|' or '#' or '~')
                escaped.Append('\\');
            escaped.Append(c);
        }

        return escaped.ToString();
    }
}
