using Rulescope.Algebra.Reading;
using Rulescope.Corpus.Drafts;
using Rulescope.Languages.Kusto;

namespace Rulescope.Corpus.Vendors.Microsoft;

/// <summary>Writes a draft as an analytics rule with a Kusto query.</summary>
static class MicrosoftDraft
{
    public static string Write(RuleDraft draft)
    {
        var operators = draft.Source.Signature.Concat(draft.Tests).Select(Test).Concat(draft.Exclusions.Select(Clause))
            .Select(condition => (KustoOperator)new KustoOperator.Where([], new([], condition)));
        var table = draft.Source.Names.FirstOrDefault(n => n.All(char.IsAsciiLetterOrDigit)) ?? "SecurityEvent";
        var query = KustoWriter.Write(new KustoQuery([new KustoStatement.Query(new KustoExpression.Pipeline(new KustoExpression.Name(table), [.. operators]))]));
        var head = DraftText.Yaml(
            ("id", DraftText.Text(draft.Id)), ("name", DraftText.Text(draft.Title)), ("description", DraftText.Text(draft.Description)), ("severity", DraftText.Plain("Medium")),
            ("queryFrequency", DraftText.Plain("1h")), ("queryPeriod", DraftText.Plain("1h")), ("triggerOperator", DraftText.Plain("gt")), ("triggerThreshold", DraftText.Plain("0")),
            ("tactics", DraftText.List(draft.Technique.Tactics.Select(t => t.Name.Replace(" ", "", StringComparison.Ordinal)))), ("relevantTechniques", DraftText.List([draft.Technique.Id])));
        return DraftText.Comments(draft.Notes, "#") + head + DraftText.Block("query", query.TrimEnd('\n')) + "version: 1.0.0\nkind: Scheduled\n";
    }

    static KustoExpression Test(DraftTest test) => new KustoExpression.Compare(
        test.Operator switch
        {
            ReadOperator.Contains => KustoComparison.Contains,
            ReadOperator.StartsWith => KustoComparison.StartsWith,
            ReadOperator.EndsWith => KustoComparison.EndsWith,
            ReadOperator.Has => KustoComparison.Has,
            ReadOperator.RegexMatch => KustoComparison.MatchesRegex,
            _ => KustoComparison.EqualFold,
        },
        Column(test.Field), new KustoExpression.String(test.Value));

    static KustoExpression Column(string path)
    {
        var steps = path.Split('.');
        var root = new KustoExpression.Name(steps[0]);
        return steps.Length == 1 ? root : new KustoExpression.Path(root, [.. steps[1..].Select(s => new KustoPart.Access(false, new KustoExpression.Name(s)))]);
    }

    static KustoExpression Clause(DraftClause clause)
    {
        var tests = clause.Tests.Select(Test).ToArray();
        var inner = tests is [var only] ? only : clause.IsAny ? new KustoExpression.Or([.. tests]) : new KustoExpression.And([.. tests]);
        return new KustoExpression.Call("not", [new KustoPart.Item([], inner)]);
    }
}
