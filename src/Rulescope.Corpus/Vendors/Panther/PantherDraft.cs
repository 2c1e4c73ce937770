using System.Collections.Immutable;
using Rulescope.Algebra.Reading;
using Rulescope.Corpus.Drafts;
using Rulescope.Languages.Yaml;

namespace Rulescope.Corpus.Vendors.Panther;

/// <summary>Writes a draft as a simple detection of Panther's.</summary>
static class PantherDraft
{
    public static string Write(RuleDraft draft)
    {
        var reports = draft.Technique.Tactics.Select(t => $"{t.Id}:{draft.Technique.Id}");
        return DraftText.Comments(draft.Notes, "#") + DraftText.Yaml(
            ("AnalysisType", DraftText.Plain("rule")), ("RuleID", DraftText.Text(draft.Id)), ("DisplayName", DraftText.Text(draft.Title)), ("Enabled", DraftText.Plain("false")),
            ("Severity", DraftText.Plain("Medium")), ("Description", DraftText.Text(draft.Description)), ("LogTypes", DraftText.List(LogTypes(draft.Source))),
            ("Reports", Map(("MITRE ATT&CK", DraftText.List(reports)))),
            ("Detection", new YamlNode.Sequence([.. draft.Source.Signature.Concat(draft.Tests).Select(Test), .. draft.Exclusions.Select(Clause)])));
    }

    static IEnumerable<string> LogTypes(DraftSource source) => source.Names.Where(n => !n.Contains('*', StringComparison.Ordinal)).Take(1);

    static YamlNode Clause(DraftClause clause)
    {
        YamlNode inner = new YamlNode.Sequence([.. clause.Tests.Select(Test)]);
        return Map(("None", clause.IsAny || clause.Tests.Length == 1 ? inner : new YamlNode.Sequence([Map(("All", inner))])));
    }

    static YamlNode Test(DraftTest test)
    {
        var condition = test.Operator switch
        {
            ReadOperator.Contains => "IContains",
            ReadOperator.StartsWith => "IStartsWith",
            ReadOperator.EndsWith => "IEndsWith",
            ReadOperator.Has => "Has",
            ReadOperator.Cidr => "IsIPAddressInCIDR",
            _ => "IEquals",
        };
        var key = (test.Field.Contains('.', StringComparison.Ordinal) ? "KeyPath" : "Key", DraftText.Text(test.Field));
        return test.Operator == ReadOperator.Cidr
            ? Map(key, ("Condition", DraftText.Plain(condition)), ("Values", DraftText.List([test.Value])))
            : Map(key, ("Condition", DraftText.Plain(condition)), ("Value", DraftText.Text(test.Value)));
    }

    static YamlNode.Mapping Map(params ReadOnlySpan<(string Key, YamlNode Value)> entries)
    {
        var members = ImmutableArray.CreateBuilder<YamlEntry>();
        foreach (var (key, value) in entries)
            members.Add(new(YamlWriter.Key(key), value));
        return new(members.ToImmutable());
    }
}
