using System.Text.Json;
using Rulescope.Languages.Eql;
using Rulescope.Tests.Support;
using Rulescope.Text;

namespace Rulescope.Tests.Eql;

/// <summary>All public EQL: read, written, and read again to the same tree.</summary>
public class EqlPublicTests
{
    [Fact]
    public void Rules_and_hunts_of_Elastic_are_read_and_survive_writing()
    {
        Assert.SkipWhen(Repository.Shared is null, Repository.SharedAbsent);
        var queries = PublicArchive.Elastic("eql").ToList();
        Assert.All(queries, q => AssertRead(q.Path, q.Text, EqlDialect.Elastic));
        Assert.Equal(1094, queries.Count);
    }

    [Theory]
    [InlineData("conformance/elastic-eql.tar.gz", "cases.open.jsonl", EqlDialect.Elastic, 116)]
    [InlineData("conformance/elastic-eql.tar.gz", "derived.open.jsonl", EqlDialect.Elastic, 95)]
    [InlineData("conformance/eql-endgame.tar.gz", "queries.open.jsonl", EqlDialect.Endgame, 194)]
    public void Queries_of_the_suites_are_read_and_survive_writing(string archive, string file, EqlDialect dialect, int count)
    {
        Assert.SkipWhen(Repository.Shared is null, Repository.SharedAbsent);
        var cases = PublicArchive.JsonLines(archive, file).ToList();
        Assert.All(cases, c => AssertRead(Text(c, "case_id"), Text(c, "query"), dialect));
        Assert.Equal(count, cases.Count);
    }

    [Fact]
    public void Expressions_of_the_suite_are_read_and_those_in_error_are_rejected()
    {
        Assert.SkipWhen(Repository.Shared is null, Repository.SharedAbsent);
        var cases = PublicArchive.JsonLines("conformance/eql-endgame.tar.gz", "expressions.open.jsonl").ToList();
        Assert.Equal(193, cases.Count);
        foreach (var @case in cases)
        {
            foreach (var expression in Instances(@case))
            {
                var parsed = EqlParser.ParseExpression(expression, EqlDialect.Endgame);
                Assert.True(parsed.IsComplete == (Text(@case, "kind") != "semantic-error"), $"{expression}\n{string.Join('\n', parsed.Diagnostics)}");
                Assert.Equal(parsed.Value, EqlParser.ParseExpression(EqlWriter.Write(parsed.Value), EqlDialect.Endgame).Value);
            }
        }
    }

    // $name stands for a literal of any of the listed types.
    static IEnumerable<string> Instances(JsonElement @case)
    {
        IEnumerable<string> texts = [Text(@case, "expression")];
        foreach (var parameter in @case.GetProperty("params").EnumerateArray())
        {
            var literals = parameter.GetProperty("any_of_types").EnumerateArray().Select(t => t.GetString() switch
            {
                "null" => "null",
                "bool" => "true",
                "int" => "100",
                "float" => "0.5",
                "string" => "\"text\"",
                var other => throw new InvalidOperationException(other),
            });
            texts = texts.SelectMany(t => literals.Select(l => t.Replace("$" + Text(parameter, "name"), l, StringComparison.Ordinal)));
        }

        return [.. texts];
    }

    static string Text(JsonElement element, string property) => element.GetProperty(property).GetString() ?? "";

    static void AssertRead(string name, string text, EqlDialect dialect)
    {
        var parsed = EqlParser.Parse(text, dialect);
        Assert.True(parsed.Diagnostics.IsEmpty, $"{name}\n{string.Join('\n', parsed.Diagnostics)}\n{text}");
        Spans.AssertNested(text, parsed.Value);
        var written = EqlWriter.Write(parsed.Value);
        var again = EqlParser.Parse(written, dialect);
        Assert.True(again.Diagnostics.IsEmpty && again.Value == parsed.Value, $"{name}\n{string.Join('\n', again.Diagnostics)}\n{written}");
        Assert.Equal(TreeText.Of(parsed.Value), TreeText.Of(TreeText.Parse<EqlSyntax>(TreeText.Of(parsed.Value)).Value));
    }
}
