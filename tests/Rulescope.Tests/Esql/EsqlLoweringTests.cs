using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Rulescope.Algebra.Expressions;
using Rulescope.Algebra.Fields;
using Rulescope.Algebra.Plans;
using Rulescope.Algebra.Predicates;
using Rulescope.Algebra.Reading;
using Rulescope.Algebra.Values;
using Rulescope.Engine.Evaluation;
using Rulescope.Engine.Events;
using Rulescope.Engine.Readers;
using Rulescope.Languages.Esql;
using Rulescope.Taxonomy.LogSources;
using Rulescope.Tests.Support;
using Rulescope.Text;

namespace Rulescope.Tests.Esql;

public class EsqlLoweringTests
{
    public static TheoryData<CaseFile.Case> Queries => CaseFile.Load("esql/lower.cases");

    public static TheoryData<CaseFile.Case> Conditions => CaseFile.Load("esql/conditions.cases");

    public static TheoryData<CaseFile.Case> Readings => CaseFile.Load("esql/reading.cases");

    public static TheoryData<CaseFile.Case> Probes => CaseFile.Load("engine/esql-probes.cases");

    [Theory]
    [MemberData(nameof(Queries))]
    public void Queries_lower_to_plans(CaseFile.Case @case)
    {
        var lowered = Lowered(@case.Input);
        CaseFile.Check(@case, string.Join('\n', [TreeText.Of(lowered.Value), .. lowered.Diagnostics.Select(d => d.ToString())]));
    }

    // The condition alone; the filter, its source and the limit are those of every query.
    [Theory]
    [MemberData(nameof(Conditions))]
    public void Conditions_lower_to_tests(CaseFile.Case @case)
    {
        var text = $"FROM logs | WHERE {@case.Input}";
        var lowered = Lowered(text);
        var take = Assert.IsType<Plan.Take>(lowered.Value.Plan);
        var condition = Assert.IsType<Plan.Filter>(take.Input).Condition;
        CaseFile.Check(@case, string.Join('\n', [TreeText.Of(condition), .. lowered.Diagnostics.Select(d => $"{d.Code.Id} {d.Message} `{text.AsSpan(d.Span.Start, d.Span.Length)}`")]));
    }

    [Theory]
    [MemberData(nameof(Readings))]
    public void Queries_read_as_leaves(CaseFile.Case @case) => CaseFile.Check(@case, ReadingLines.Of(Reader.Read(Lowered(@case.Input).Value)));

    // A query, a blank line, events: what the conditions give for each.
    [Theory]
    [MemberData(nameof(Probes))]
    public void Queries_mean_what_the_references_say(CaseFile.Case @case)
    {
        var at = @case.Input.IndexOf("\n\n", StringComparison.Ordinal);
        var query = Lowered(@case.Input[..at]).Value;
        var ready = SingleEventRule.Prepare(query, new(LogSourceCatalog.Shipped));
        var shown = ready.Value is { } rule ? Events(@case.Input[(at + 2)..]).Select(e => Word(rule.Evaluate(e))) : [];
        CaseFile.Check(@case, string.Join('\n', [.. ready.Diagnostics.Select(d => $"{d.Code.Id} {d.Message}"), string.Join(' ', shown)]));
    }

    [Fact]
    public void Nodes_know_their_places()
    {
        const string Text = "FROM a | EVAL b = TO_LOWER(c) | WHERE b != \"x\" AND NOT (d NOT IN (1, 2)) AND e IS NOT NULL";
        var filter = Assert.IsType<Plan.Filter>(Assert.IsType<Plan.Take>(Lowered(Text).Value.Plan).Input);
        Assert.Equal("WHERE b != \"x\" AND NOT (d NOT IN (1, 2)) AND e IS NOT NULL", Slice(filter.Span));
        var all = Assert.IsType<Predicate.And>(filter.Condition);
        var not = Assert.IsType<Predicate.Not>(all.Terms[0]);
        Assert.Equal("b != \"x\"", Slice(not.Span));
        Assert.Equal(new("!=", new(Text.IndexOf("!=", StringComparison.Ordinal), 2)) { Negated = true }, not.Written);
        var test = Assert.IsType<Predicate.Test>(not.Operand);
        Assert.Equal("b", Slice(test.Subject.Span));
        Assert.Equal("\"x\"", Slice(test.Operands[0].Span));
        Assert.Equal("b", Slice(Assert.IsType<Reference.Column>(Assert.IsType<Expression.Ref>(test.Subject).Target).Span));
        var outer = Assert.IsType<Predicate.Not>(all.Terms[1]);
        Assert.Null(outer.Written);
        Assert.Equal("NOT IN", Slice(outer.Operand.Written!.OperatorSpan));
        Assert.Equal("IS NOT NULL", Slice(all.Terms[2].Written!.OperatorSpan));

        string Slice(SourceSpan span) => Text[span.Start..span.End];
    }

    [Fact]
    public void Nodes_of_a_query_string_know_their_places_in_the_query()
    {
        const string Text = "FROM a | WHERE KQL(\"b: \\\"x y\\\" and c: z\")";
        var all = Assert.IsType<Predicate.And>(Condition(Text));
        var first = Assert.IsType<Predicate.Test>(all.Terms[0]);
        Assert.Equal("b", Slice(first.Subject.Span));
        Assert.Equal("z", Slice(Assert.IsType<Predicate.Test>(all.Terms[1]).Operands[0].Span));

        string Slice(SourceSpan span) => Text[span.Start..span.End];
    }

    [Fact]
    public void Long_lists_are_one_test_and_long_chains_are_left_unread()
    {
        var terms = string.Join(" OR ", Enumerable.Range(0, 10_000).Select(i => $"a == {i}"));
        Assert.Equal(10_000, Assert.IsType<Predicate.Or>(Condition($"FROM a | WHERE {terms}")).Terms.Count);
        var items = string.Join(", ", Enumerable.Range(0, 10_000));
        Assert.IsType<Predicate.InSet>(Condition($"FROM a | WHERE a IN ({items})"));
        var sum = string.Join(" + ", Enumerable.Range(0, 10_000));
        var lowered = Lowered($"FROM a | WHERE a > {sum}");
        Assert.Equal("ESQ0901", Assert.Single(lowered.Diagnostics).Code.Id);
    }

    [Fact]
    public void Commands_end_at_the_limit()
    {
        var lowered = Lowered("FROM a" + string.Concat(Enumerable.Repeat(" | WHERE b == 1", 2000)));
        Assert.Equal("ESQ0403", Assert.Single(lowered.Diagnostics).Code.Id);
        Assert.Single(Reader.Read(lowered.Value).Unread);
        Assert.NotEmpty(TreeText.Of(lowered.Value));
    }

    [Fact]
    public void No_query_of_token_soup_breaks_the_lowering()
    {
        var soup = Gen.Elements(EsqlFuzzTests.Words).ArrayOf(25).Select(words => "FROM a | " + string.Concat(words.Select(w => w.Length > 1 ? w + " " : w)));
        Prop.ForAll(soup.ToArbitrary(), Holds).Check(Properties.Config.WithMaxTest(3000));
    }

    [Fact]
    public void No_text_breaks_the_lowering() => Prop.ForAll<string>(text => Holds(text ?? "")).Check(Properties.Config);

    [Theory]
    [InlineData("FROM a | WHERE ", "(")]
    [InlineData("FROM a | WHERE ", "NOT ")]
    [InlineData("ROW a = ", "f(")]
    [InlineData("ROW a = ", "- ")]
    [InlineData("", "FROM (")]
    [InlineData("FROM a ", "| FORK (")]
    [InlineData("FROM a ", "| EVAL b = b + 1 ")]
    [InlineData("FROM a | EVAL b = b", ", b = b + b")]
    [InlineData("FROM a | EVAL b = b", ", b = CASE(b == b, b, b)")]
    [InlineData("FROM a | WHERE ", "a IN (FROM b | WHERE ")]
    [InlineData("FROM a | STATS ", "COUNT(")]
    public void Repetition_breaks_nothing(string head, string unit) => Assert.True(Holds(head + string.Concat(Enumerable.Repeat(unit, 3000)) + " | WHERE b > 1"));

    [Fact]
    public void Every_public_query_is_lowered()
    {
        Assert.SkipWhen(Repository.Shared is null, Repository.SharedAbsent);
        var (read, readable) = (0, 0);
        var findings = new SortedDictionary<string, int>(StringComparer.Ordinal);
        var unread = new List<string>();
        foreach (var query in EsqlCorpusTests.PublicQueries())
        {
            read++;
            var lowered = EsqlLowering.Lower(EsqlParser.Parse(query.Text).Value, query.Text);
            var text = TreeText.Of(lowered.Value);
            Assert.Equal(text, TreeText.Of(TreeText.Parse<RuleQuery>(text).Value));
            var reading = Reader.Read(lowered.Value);
            readable += reading.IsReadable ? 1 : 0;
            unread.AddRange(reading.Unread.Items.Select(u => $"{query.Path}: {u.SourceText}"));
            foreach (var id in lowered.Diagnostics.Select(d => d.Code.Id))
                findings[id] = findings.GetValueOrDefault(id) + 1;
        }

        Assert.Equal(212 + 165, read);
        Assert.Equal("", string.Join('\n', unread));
        Assert.Equal(read, readable);
        // One hunt keeps a column that its groups do not have.
        Assert.Equal("ESQ0401 1", string.Join(", ", findings.Select(f => $"{f.Key} {f.Value}")));
    }

    static bool Holds(string text)
    {
        var lowered = Lowered(text);
        Assert.All(lowered.Diagnostics, d => Assert.InRange(d.Span.End, 0, text.Length));
        Assert.NotEmpty(TreeText.Of(lowered.Value));
        Assert.NotNull(Reader.Read(lowered.Value));
        return true;
    }

    static Predicate Condition(string text) => Assert.IsType<Plan.Filter>(Assert.IsType<Plan.Take>(Lowered(text).Value.Plan).Input).Condition;

    static Parsed<RuleQuery> Lowered(string text) => EsqlParser.Parse(text).Then(query => EsqlLowering.Lower(query, text));

    static IEnumerable<Event> Events(string lines) =>
        JsonEventReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(lines)), "case").Select(r => r.Event).OfType<Event>();

    static string Word(Truth truth) => truth switch { Truth.True => "T", Truth.False => "F", Truth.Unknown => "U", _ => "E" };
}
