using System.Text;
using Rulescope.Text;

namespace Rulescope.Languages.Yaral;

/// <summary>Writes YARA-L trees as text that <see cref="YaralParser"/> reads back to the same tree: one statement a line, sections in their documented order.</summary>
public static partial class YaralWriter
{
    /// <summary>All rules of a file.</summary>
    public static string Write(YaralFile file) => string.Join('\n', file.Rules.Items.Select(Write));

    /// <summary>One rule; a search without a name has its sections only.</summary>
    public static string Write(YaralRule rule)
    {
        var text = new StringBuilder();
        if (rule.Name is { } name)
            text.Append("rule ").Append(name.Text).Append(" {\n");
        Section(text, "meta", rule.Meta.Items.Select(e => Entry(e, "")));
        Section(text, "events", rule.Events.Items.Select(Statement));
        if (rule.Match is { } match)
            Section(text, "match", [Match(match)]);
        Section(text, "outcome", rule.Outcome.Items.Select(e => Entry(e, "$")));
        if (rule.Condition is { } condition)
            Section(text, "condition", [Write(condition)]);
        Section(text, "dedup", Listed(rule.Dedup));
        Section(text, "order", rule.Order.IsEmpty ? [] : [string.Join(", ", rule.Order.Items.Select(o => Write(o.Value, Level.Sum) + (o.Descending ? " desc" : " asc")))]);
        if (rule.Limit is { } limit)
            Section(text, "limit", [Write(limit, Level.Sum)]);
        Section(text, "select", Listed(rule.Select));
        Section(text, "unselect", Listed(rule.Unselect));
        Section(text, "options", rule.Options.Items.Select(e => Entry(e, "")));
        if (rule.Name is not null)
            text.Append("}\n");
        return text.ToString();
    }

    /// <summary>A condition or a value on one line.</summary>
    public static string Write(YaralExpression expression) => Write(expression, Level.Or);

    static void Section(StringBuilder text, string name, IEnumerable<string> lines)
    {
        var written = string.Concat(lines.Select(l => $"    {l}\n"));
        if (written.Length > 0)
            text.Append("  ").Append(name).Append(":\n").Append(written);
    }

    static string[] Listed(EquatableArray<YaralExpression> items) => items.IsEmpty ? [] : [string.Join(", ", items.Items.Select(i => Write(i, Level.Sum)))];

    static string Entry(YaralEntry entry, string sign) => $"{sign}{entry.Name} = {Write(entry.Value)}";

    // A line that begins with a minus would go on with the sum of the line above.
    static string Statement(YaralExpression statement) => Write(statement) is var written && written is ['-', ..] ? $"({written})" : written;

    static string Match(YaralMatch match)
    {
        var keys = string.Join(", ", match.Keys.Items.Select(k => Write(k, Level.Primary)));
        if (match.Window is not { } window)
            return keys;
        var length = window.Amount.Length == 0 ? window.Unit : window.Unit.Length == 1 ? window.Amount + window.Unit : $"{window.Amount} {window.Unit}";
        var side = window.Side is { } s ? $" {(s == YaralSide.Before ? "before" : "after")} ${window.Pivot}" : "";
        return $"{keys} {(window.Kind == YaralWindowKind.Over ? "over" : "by")} {(window.Every ? "every " : "")}{length}{side}";
    }
}
