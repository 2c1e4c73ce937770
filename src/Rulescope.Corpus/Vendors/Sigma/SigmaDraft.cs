using System.Collections.Immutable;
using System.Text;
using Rulescope.Algebra.Reading;
using Rulescope.Corpus.Drafts;
using Rulescope.Languages.Sigma;

namespace Rulescope.Corpus.Vendors.Sigma;

/// <summary>Writes a draft as a Sigma rule.</summary>
static class SigmaDraft
{
    const string Selection = "selection";
    const string Filter = "filter_main";

    public static string Write(RuleDraft draft)
    {
        var tags = draft.Technique.Tactics.Select(t => $"attack.{t.ShortName}").Append($"attack.{draft.Technique.Id.ToLowerInvariant()}");
        var head = DraftText.Yaml(
            ("title", DraftText.Text(draft.Title)), ("id", DraftText.Text(draft.Id)), ("status", DraftText.Plain("experimental")), ("description", DraftText.Text(draft.Description)),
            ("date", DraftText.Plain(DraftText.Date(draft.Date))), ("tags", DraftText.List(tags)), ("level", DraftText.Plain("medium")));
        return DraftText.Comments(draft.Notes, "#") + head + SigmaWriter.Write(new SigmaDocument.Rule(new(), LogSource(draft.Source), Detection(draft)));
    }

    static SigmaLogSource LogSource(DraftSource source)
    {
        var terms = new (string Key, string? Value)[] { ("product", source.Triple.Product), ("category", source.Triple.Category), ("service", source.Triple.Service) };
        return new([.. terms.Where(t => t.Value is not null).Select(t => new SigmaTerm(t.Key, t.Value ?? ""))]);
    }

    // One field may be asked for twice, which one map cannot say, so each test is a search of its own where that is so.
    static SigmaDetection Detection(RuleDraft draft)
    {
        var searches = ImmutableArray.CreateBuilder<SigmaSearch>();
        SigmaCondition condition = Searches(searches, draft.Tests, Selection, isAny: false);
        var filters = draft.Exclusions.Select((clause, i) => new SigmaCondition.Not(Searches(searches, clause.Tests, $"{Filter}_{i + 1}", clause.IsAny))).ToArray();
        return new(searches.ToImmutable(), [filters.Length == 0 ? condition : new SigmaCondition.And([condition, .. filters])]);
    }

    static SigmaCondition Searches(ImmutableArray<SigmaSearch>.Builder searches, ImmutableArray<DraftTest> tests, string name, bool isAny)
    {
        var items = tests.Select(Item).ToArray();
        if (isAny && items.Length > 1)
        {
            searches.Add(new(name, new SigmaSelection.AnyOf([.. items.Select(i => new SigmaSelection.AllOf([i]))])));
            return new SigmaCondition.Identifier(name);
        }

        var parts = new List<SigmaCondition>();
        foreach (var same in items.Index().GroupBy(i => items[..i.Index].Count(other => Key(other) == Key(i.Item))))
        {
            var part = same.Key == 0 ? name : $"{name}_and_{same.Key + 1}";
            searches.Add(new(part, new SigmaSelection.AllOf([.. same.Select(i => i.Item)])));
            parts.Add(new SigmaCondition.Identifier(part));
        }

        return parts.Count == 1 ? parts[0] : new SigmaCondition.And([.. parts]);
    }

    static string Key(SigmaSelection.Item item) => $"{item.Field.Name}|{item.Field.Chain}";

    static SigmaSelection.Item Item(DraftTest test)
    {
        SigmaModifier? modifier = test.Operator switch
        {
            ReadOperator.Contains => new(SigmaModifierKind.Contains, "contains"),
            ReadOperator.StartsWith => new(SigmaModifierKind.StartsWith, "startswith"),
            ReadOperator.EndsWith => new(SigmaModifierKind.EndsWith, "endswith"),
            ReadOperator.RegexMatch => new(SigmaModifierKind.Regex, "re"),
            ReadOperator.Cidr => new(SigmaModifierKind.Cidr, "cidr"),
            _ => null,
        };
        var value = test.Operator is ReadOperator.RegexMatch or ReadOperator.Cidr or ReadOperator.Wildcard ? test.Value : Escaped(test.Value);
        return new(new SigmaField(test.Field, modifier is null ? [] : [modifier]), [new SigmaValue.Text(value)]);
    }

    // A backslash is plain unless a wildcard or another backslash follows.
    static string Escaped(string value)
    {
        var text = new StringBuilder();
        for (var i = 0; i < value.Length; i++)
        {
            var next = i + 1 < value.Length ? value[i + 1] : ' ';
            if (value[i] is '*' or '?' || (value[i] == '\\' && next is '*' or '?' or '\\'))
                text.Append('\\');
            text.Append(value[i]);
        }

        return text.ToString();
    }
}
