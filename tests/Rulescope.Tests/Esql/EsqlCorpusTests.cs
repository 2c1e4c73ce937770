using Rulescope.Languages.Esql;
using Rulescope.Tests.Support;
using Rulescope.Text;

namespace Rulescope.Tests.Esql;

/// <summary>Public rules, hunting queries and the cases of Elasticsearch's own tests, where they are present.</summary>
public class EsqlCorpusTests
{
    [Fact]
    public void Every_public_query_is_read_and_written()
    {
        Assert.SkipWhen(Repository.Shared is null, Repository.SharedAbsent);
        var read = 0;
        var findings = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var query in PublicQueries())
        {
            read++;
            var parsed = EsqlParser.Parse(query.Text);
            Assert.True(parsed.IsComplete, $"{query.Path}: {string.Join('\n', parsed.Diagnostics)}");
            EsqlInvariants.Hold(query.Text);
            EsqlInvariants.RoundTrip(parsed.Value, TreeText.Of(parsed.Value));
            foreach (var id in parsed.Diagnostics.Select(d => d.Code.Id).Distinct(StringComparer.Ordinal))
                findings[id] = findings.GetValueOrDefault(id) + 1;
        }

        Assert.Equal(212 + 165, read);
        // Eleven hunts have a line before the query, and five queries one slip each.
        Assert.Equal(
            "ESQ0103 1, ESQ0202 11, ESQ0304 26, ESQ0305 1, ESQ0313 1, ESQ0314 1, ESQ0315 1",
            string.Join(", ", findings.Select(f => $"{f.Key} {f.Value}")));
    }

    [Fact]
    public void Every_conformance_query_is_read_and_written()
    {
        Assert.SkipWhen(Repository.Shared is null, Repository.SharedAbsent);
        var queries = PublicArchive.JsonLines("conformance/elastic-esql.tar.gz", "cases.open.jsonl").Select(c => c.GetProperty("query").GetString() ?? "").ToList();
        Assert.Equal(129, queries.Count);
        Assert.All(queries, q =>
        {
            Assert.Empty(EsqlParser.Parse(q).Diagnostics);
            EsqlInvariants.Hold(q);
        });
    }

    internal static IEnumerable<PublicArchive.Query> PublicQueries() => PublicArchive.Elastic("esql").Where(q => IsPipeline(q.Text));

    // Hunting files hold osquery too, some of it behind a line "sql"; only ES|QL begins with FROM and has pipes.
    static bool IsPipeline(string text)
    {
        var lines = text.Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .SkipWhile(l => l == "sql" || l.StartsWith("//", StringComparison.Ordinal));
        return lines.FirstOrDefault()?.Split(' ')[0].Equals("from", StringComparison.OrdinalIgnoreCase) == true && text.Contains('|', StringComparison.Ordinal);
    }
}
