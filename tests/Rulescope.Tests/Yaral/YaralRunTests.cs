using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Rulescope.Algebra.Expressions;
using Rulescope.Algebra.Fields;
using Rulescope.Algebra.Plans;
using Rulescope.Algebra.Values;
using Rulescope.Engine.Evaluation;
using Rulescope.Engine.Events;
using Rulescope.Engine.Readers;
using Rulescope.Languages.Yaral;
using Rulescope.Taxonomy.LogSources;
using Rulescope.Tests.Support;

namespace Rulescope.Tests.Yaral;

/// <summary>Rules over events, by the reference evaluator.</summary>
public class YaralRunTests
{
    public static TheoryData<CaseFile.Case> Runs => CaseFile.Load("yaral/run.cases");

    // Statements or a whole rule, a blank line, events: which of them match, or why the rule does not run.
    [Theory]
    [MemberData(nameof(Runs))]
    public void Rules_match_as_the_reference_says(CaseFile.Case @case)
    {
        var at = @case.Input.IndexOf("\n\n", StringComparison.Ordinal);
        var ready = SingleEventRule.Prepare(Lower(@case.Input[..at]), new(LogSourceCatalog.Shipped));
        var shown = ready.Value is { } rule ? Events(@case.Input[(at + 2)..]).Select(e => rule.Evaluate(e) switch { Truth.True => "T", Truth.False => "F", Truth.Unknown => "U", _ => "E" }) : [];
        CaseFile.Check(@case, string.Join('\n', [.. ready.Diagnostics.Select(d => $"{d.Code.Id} {d.Message}"), string.Join(' ', shown)]));
    }

    // $e1.a = $e2.b on two absent fields: the sides of the join are equal.
    [Fact]
    public void Absent_fields_join()
    {
        var correlate = Assert.IsType<Plan.Correlate>(Lower("rule r { events: $a.x.y = $b.x.z $a.u.v = $w match: $w over 5m condition: $a and $b }").Plan);
        var join = Assert.Single(correlate.Joins);
        var (evaluator, nothing) = (new ReferenceEvaluator(), new Scope(new(Assert.Single(Events("{}")), null, null)));
        Assert.Equal(evaluator.Evaluate(join.Left, nothing), evaluator.Evaluate(join.Right, nothing));
    }

    // Whatever is handed to a function, it has a value.
    [Fact]
    public void No_function_throws_on_odd_values()
    {
        string[] functions =
        [
            "to_lower", "concat", "strings.coalesce", "strings.base64_decode", "strings.count_substrings", "strings.trim", "strings.reverse", "strings.split", "strings.url_decode", "hash.sha256",
            "re.capture", "re.replace", "arrays.length", "arrays.concat", "arrays.join_string", "arrays.index_to_str", "arrays.index_to_int", "arrays.max", "cast.as_int", "cast.as_string",
            "cast.as_bool", "math.abs", "math.sqrt", "math.pow", "math.log", "timestamp.get_hour", "timestamp.get_date", "timestamp.get_day_of_week", "count", "dcount", "values", "max", "sum", "avg",
        ];
        Literal[] values =
        [
            new Literal.String(""), new Literal.String("NaN"), new Literal.String("(a"), new Literal.String("%zz\ud800"), new Literal.String("\\9"), new Literal.String("Europe/Nowhere"), new Literal.Integer(long.MinValue),
            new Literal.Integer(-1), new Literal.Real(double.PositiveInfinity), new Literal.Boolean(true), new Literal.Null(), new Literal.Array([new Literal.Integer(1), new Literal.String("x")]), new Literal.Array([]),
        ];
        var (evaluator, nothing) = (new ReferenceEvaluator(), new Scope(new(Assert.Single(Events("{}")), null, null)));
        var arguments = Gen.Elements(values).ArrayOf().Select(v => v.Take(3));
        var calls = Gen.Elements(functions).SelectMany(f => arguments.Select(a => new Expression.Call(f, [.. a.Select(v => new Expression.Constant(v))], Dialect.YaraL))).ToArbitrary();
        Prop.ForAll(calls, call => evaluator.Evaluate(call, nothing).Trouble is null).Check(Properties.Config.WithMaxTest(2000));
    }

    static RuleQuery Lower(string text) =>
        YaralParser.Parse(text.StartsWith("rule ", StringComparison.Ordinal) ? text : $"rule r {{ events:\n{text}\ncondition: $e }}").Then(f => YaralLowering.Lower(f, new LogSource("google", []))).Value;

    static IEnumerable<Event> Events(string lines) =>
        JsonEventReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(lines)), "case").Select(r => r.Event).OfType<Event>();
}
