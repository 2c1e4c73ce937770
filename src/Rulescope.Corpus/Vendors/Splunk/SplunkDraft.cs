using Rulescope.Algebra.Reading;
using Rulescope.Corpus.Drafts;
using Rulescope.Languages.Spl;

namespace Rulescope.Corpus.Vendors.Splunk;

/// <summary>Writes a draft as a detection of Splunk's.</summary>
static class SplunkDraft
{
    public static string Write(RuleDraft draft)
    {
        // A name with a colon is a source type; others are titles of data sources.
        var source = draft.Source.Names.FirstOrDefault(n => n.Contains(':', StringComparison.Ordinal) && !n.Contains('*', StringComparison.Ordinal));
        SplSearch start = source is null ? Equal("index", "*") : Equal("sourcetype", source);
        var search = new SplSearch.And([start, .. draft.Source.Signature.Select(Test), .. draft.Tests.Select(Test), .. draft.Exclusions.Select(Clause)]);
        var technique = draft.Technique;
        string[] ids = technique.Parent is { } parent ? [parent.Id, technique.Id] : [technique.Id];
        var date = DraftText.Date(draft.Date);
        var head = DraftText.Yaml(
            ("name", DraftText.Text(draft.Title)), ("id", DraftText.Text(draft.Id)), ("version", DraftText.Plain("1")), ("creation_date", DraftText.Text(date)), ("date", DraftText.Text(date)),
            ("author", DraftText.Plain("Unknown")), ("status", DraftText.Plain("experimental")), ("type", DraftText.Plain("Anomaly")), ("severity", DraftText.Plain("medium")),
            ("description", DraftText.Text(draft.Description)), ("data_source", DraftText.List(DataSources(draft.Source))));
        var tags = DraftText.Yaml(("tags", Tags(ids)));
        return DraftText.Comments(draft.Notes, "#") + head + DraftText.Block("search", SplWriter.Write(new SplPipeline([new SplCommand.Search(search)]))) + tags;
    }

    static IEnumerable<string> DataSources(DraftSource source) => source.Names.Where(n => !n.Contains('*', StringComparison.Ordinal)).Take(1);

    static Rulescope.Languages.Yaml.YamlNode Tags(string[] ids) => new Rulescope.Languages.Yaml.YamlNode.Mapping([new(DraftText.Plain("mitre_attack_id"), DraftText.List(ids))]);

    static SplSearch Test(DraftTest test) => test.Operator switch
    {
        ReadOperator.Contains => Equal(test.Field, $"*{test.Value}*"),
        ReadOperator.StartsWith => Equal(test.Field, $"{test.Value}*"),
        ReadOperator.EndsWith => Equal(test.Field, $"*{test.Value}"),
        _ => Equal(test.Field, test.Value),
    };

    static SplSearch.Compare Equal(string field, string value) => new(new(field, SplQuoting.None), SplComparison.Equal, new(value, SplQuoting.Double));

    static SplSearch Clause(DraftClause clause) => new SplSearch.Not(
        clause.Tests is [var only] ? Test(only) : clause.IsAny ? new SplSearch.Or([.. clause.Tests.Select(Test)]) : new SplSearch.And([.. clause.Tests.Select(Test)]));
}
