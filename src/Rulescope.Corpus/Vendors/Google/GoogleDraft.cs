using System.Collections.Immutable;
using Rulescope.Algebra.Reading;
using Rulescope.Corpus.Drafts;
using Rulescope.Languages.Yaral;

namespace Rulescope.Corpus.Vendors.Google;

/// <summary>Writes a draft as a YARA-L rule.</summary>
static class GoogleDraft
{
    const string Event = "e";

    public static string Write(RuleDraft draft)
    {
        // A log type is written in capitals, a product as people call it.
        var logType = draft.Source.Names.FirstOrDefault(n => n.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c) || c == '_'));
        ImmutableArray<YaralExpression> source = logType is null ? []
            : draft.Source.Names.Any(n => n == "PROCESS_LAUNCH") ? [Equal("metadata.event_type", logType)] : [Equal("metadata.log_type", logType)];
        var rule = new YaralRule(new YaralName($"draft_{draft.Technique.Id.ToLowerInvariant().Replace('.', '_')}"))
        {
            Meta =
            [
                Meta("rule_id", draft.Id), Meta("rule_name", draft.Title), Meta("description", draft.Description), Meta("author", "Unknown"), Meta("created", DraftText.Date(draft.Date)),
                .. draft.Technique.Tactics.Take(1).Select(t => Meta("tactic", t.Id)), Meta("technique", draft.Technique.Id), Meta("severity", "Medium"), Meta("type", "Alert"),
            ],
            Events = [.. source, .. draft.Source.Signature.Concat(draft.Tests).Select(Test), .. draft.Exclusions.Select(Clause)],
            Condition = new YaralExpression.Variable(Event),
        };
        return DraftText.Comments(draft.Notes, "//") + YaralWriter.Write(rule);
    }

    static YaralEntry Meta(string name, string value) => new(name, new YaralExpression.Text(value));

    static YaralExpression Equal(string path, string value) => new YaralExpression.Compare(YaralComparison.Equal, Field(path), new YaralExpression.Text(value));

    static YaralExpression Field(string path) => new YaralExpression.Field(Event, [.. path.Split('.').Select(s => new YaralStep.Name(s))]);

    static YaralExpression Test(DraftTest test)
    {
        return test.Operator switch
        {
            ReadOperator.Contains => Call("strings.contains"),
            ReadOperator.StartsWith => Call("strings.starts_with"),
            ReadOperator.EndsWith => Call("strings.ends_with"),
            ReadOperator.Cidr => Call("net.ip_in_range_cidr"),
            ReadOperator.RegexMatch => new YaralExpression.Compare(YaralComparison.Equal, Field(test.Field), new YaralExpression.Regex(test.Value)),
            _ => new YaralExpression.NoCase(Equal(test.Field, test.Value)),
        };

        YaralExpression Call(string function) => new YaralExpression.Call(function, [Field(test.Field), new YaralExpression.Text(test.Value)]);
    }

    static YaralExpression Clause(DraftClause clause) => new YaralExpression.Not(
        clause.Tests is [var only] ? Test(only) : clause.IsAny ? new YaralExpression.Or([.. clause.Tests.Select(Test)]) : new YaralExpression.And([.. clause.Tests.Select(Test)]));
}
