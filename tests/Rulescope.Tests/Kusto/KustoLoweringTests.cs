using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Rulescope.Algebra.Expressions;
using Rulescope.Algebra.Plans;
using Rulescope.Algebra.Predicates;
using Rulescope.Algebra.Reading;
using Rulescope.Algebra.Values;
using Rulescope.Engine.Evaluation;
using Rulescope.Engine.Events;
using Rulescope.Engine.Readers;
using Rulescope.Engine.Records;
using Rulescope.Languages.Kusto;
using Rulescope.Taxonomy.LogSources;
using Rulescope.Tests.Support;
using Rulescope.Text;

namespace Rulescope.Tests.Kusto;

public class KustoLoweringTests
{
    public static TheoryData<CaseFile.Case> Queries => CaseFile.Load("kusto/lower.cases");

    public static TheoryData<CaseFile.Case> Conditions => CaseFile.Load("kusto/conditions.cases");

    public static TheoryData<CaseFile.Case> Readings => CaseFile.Load("kusto/readings.cases");

    public static TheoryData<CaseFile.Case> Probes => CaseFile.Load("engine/kusto-probes.cases");

    [Theory]
    [MemberData(nameof(Queries))]
    public void Queries_lower_to_plans(CaseFile.Case @case)
    {
        var lowered = Lower(@case.Input);
        CaseFile.Check(@case, string.Join('\n', [TreeText.Of(lowered.Value), .. lowered.Diagnostics.Select(d => d.ToString())]));
    }

    [Theory]
    [MemberData(nameof(Conditions))]
    public void Conditions_lower_to_tests(CaseFile.Case @case)
    {
        var text = $"T | where {@case.Input}";
        var lowered = Lower(text);
        var condition = Assert.IsType<Plan.Filter>(lowered.Value.Plan).Condition;
        CaseFile.Check(@case, string.Join('\n', [TreeText.Of(condition), .. lowered.Diagnostics.Select(d => $"{d.Code.Id} {d.Message} `{text.AsSpan(d.Span.Start, d.Span.Length)}`")]));
    }

    [Theory]
    [MemberData(nameof(Readings))]
    public void Queries_are_read(CaseFile.Case @case)
    {
        var lowered = Lower(@case.Input);
        CaseFile.Check(@case, string.Join('\n', [ReadingLines.Of(Reader.Read(lowered.Value)), $"tables: {string.Join(", ", KustoTables.Of(lowered.Value))}", .. lowered.Diagnostics.Select(d => d.ToString())]));
    }

    // A query, a blank line, events: what the conditions give for each; or a print: what its columns hold.
    [Theory]
    [MemberData(nameof(Probes))]
    public void Queries_mean_what_the_references_say(CaseFile.Case @case)
    {
        var parts = @case.Input.Split("\n\n", 2);
        var query = Lower(parts[0]).Value;
        if (query.Plan is Plan.Rows { Items: [var row] })
        {
            CaseFile.Check(@case, string.Join(' ', row.Values.Select(Shown)));
            return;
        }

        var ready = SingleEventRule.Prepare(query, new(LogSourceCatalog.Shipped));
        var shown = ready.Value is { } rule ? Events(parts[1]).Select(e => Word(rule.Evaluate(e))) : [];
        CaseFile.Check(@case, string.Join('\n', [.. ready.Diagnostics.Select(d => $"{d.Code.Id} {d.Message}"), string.Join(' ', shown)]));
    }

    [Fact]
    public void Words_of_the_rule_stay_with_the_nodes()
    {
        const string Text = "let l = dynamic(['x', 'y']); T | where a !has 'b' and c in~ (l) and isnotempty(d)";
        var all = Assert.IsType<Predicate.And>(Assert.IsType<Plan.Filter>(Lower(Text).Value.Plan).Condition);
        Assert.Equal("a !has 'b' and c in~ (l) and isnotempty(d)", Slice(all.Span));
        var not = Assert.IsType<Predicate.Not>(all.Terms[0]);
        Assert.Equal(("!has", true), (not.Written?.Operator, not.Written?.Negated));
        Assert.Equal("!has", Slice(not.Written!.OperatorSpan));
        Assert.Equal("a", Slice(Assert.IsType<Predicate.Test>(not.Operand).Subject.Span));
        var set = Assert.IsType<Predicate.InSet>(all.Terms[1]);
        Assert.Equal("c in~ (l)", Slice(set.Span));
        Assert.Equal("'y'", Slice(Assert.IsType<ValueSet.List>(set.Set).Items[1].Span));
        Assert.Equal("isnotempty(d)", Slice(all.Terms[2].Span));

        static string Slice(SourceSpan span) => Text[span.Start..span.End];
    }

    [Fact]
    public void No_token_soup_throws() =>
        Prop.ForAll(Gen.Elements(KustoFuzzTests.Soup).ListOf().ToArbitrary(), words => Lowers("T | " + string.Join(' ', words)))
            .Check(Properties.Config.WithMaxTest(2000).WithEndSize(40));

    [Fact]
    public void No_text_throws() => Prop.ForAll<string>(text => Lowers(text ?? "")).Check(Properties.Config);

    [Theory]
    [InlineData("print 1", " + 1")]
    [InlineData("T", " | where a")]
    [InlineData("T | where a == 1", " or a == 1")]
    [InlineData("print a", ".b")]
    [InlineData("let a = 1", "; let a = a")]
    [InlineData("T | project a", ", a")]
    public void Long_runs_end(string first, string next) => Lowers(first + string.Concat(Enumerable.Repeat(next, 20_000)));

    [Fact]
    public void Lets_that_double_are_cut()
    {
        var lets = string.Concat(Enumerable.Range(1, 60).Select(i => $"let a{i} = a{i - 1} + a{i - 1};\n"));
        var lowered = Lower($"let a0 = 1;\n{lets}T | where x == a60");
        Assert.Contains(lowered.Diagnostics, d => d.Code == KustoCodes.LowersTooLarge);
    }

    [Fact]
    public void Functions_in_functions_are_cut()
    {
        var lets = string.Concat(Enumerable.Range(1, 2000).Select(i => $"let f{i} = (x:string) {{ f{i - 1}(x) }};\n"));
        var lowered = Lower($"let f0 = (x:string) {{ x }};\n{lets}T | where f2000(a) == 'b'");
        Assert.Contains(lowered.Diagnostics, d => d.Code == KustoCodes.LowersTooDeep);
    }

    [Fact]
    public void Public_queries_lower_and_are_readable()
    {
        Assert.SkipWhen(Repository.Shared is null, Repository.SharedAbsent);
        var unread = new List<string>();
        var (all, readable) = (0, 0);
        foreach (var rule in KustoCorpus.Rules(Repository.Shared!))
        {
            var parsed = KustoParser.ParseQuery(rule.Text);
            var lowered = KustoLowering.Lower(parsed.Value);
            var text = TreeText.Of(lowered.Value);
            Assert.Equal(text, TreeText.Of(TreeText.Parse<RuleQuery>(text).Value));
            var reading = Reader.Read(lowered.Value);
            if (!parsed.IsComplete)
                continue;
            all++;
            readable += reading.IsReadable ? 1 : 0;
            unread.AddRange(reading.Unread.Items.Select(u => u.SourceText.Split(' ', '(')[0]));
        }

        var causes = unread.GroupBy(u => u, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => $"{g.Key} {g.Count()}");
        Assert.Equal((1104, 1092), (all, readable));
        Assert.Equal("evaluate 7, getschema 1, partition 1, scan 1, top-nested 2", string.Join(", ", causes));
    }

    static Parsed<RuleQuery> Lower(string text) => KustoParser.ParseQuery(text).Then(q => KustoLowering.Lower(q));

    static void Lowers(string text)
    {
        var lowered = Lower(text);
        Assert.NotNull(Reader.Read(lowered.Value));
        Assert.NotNull(KustoTables.Of(lowered.Value));
        Assert.All(lowered.Diagnostics, d => Assert.True(d.Span.Start >= 0 && d.Span.End <= text.Length));
    }

    static string Shown(Expression value)
    {
        var scope = new Scope(new RecordView(new Event(new EventValue.Object([]), "case", 1), null, null));
        return new ReferenceEvaluator().Evaluate(value, scope) is { Trouble: null } evaluated ? evaluated.Value.AsText ?? "null" : "null";
    }

    static IEnumerable<Event> Events(string lines) =>
        JsonEventReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(lines)), "case").Select(r => r.Event).OfType<Event>();

    static string Word(Truth truth) => truth switch { Truth.True => "T", Truth.False => "F", Truth.Unknown => "U", _ => "E" };
}
