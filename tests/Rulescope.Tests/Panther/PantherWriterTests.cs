using Rulescope.Algebra.Expressions;
using Rulescope.Algebra.Fields;
using Rulescope.Algebra.Predicates;
using Rulescope.Algebra.Values;
using Rulescope.Engine.Evaluation;
using Rulescope.Engine.Records;
using Rulescope.Languages.Panther;
using Rulescope.Languages.Python;
using Rulescope.Tests.Engine;
using Rulescope.Tests.Python;
using Rulescope.Tests.Support;
using Rulescope.Text;

namespace Rulescope.Tests.Panther;

public class PantherWriterTests
{
    const int Rules = 400;
    const int Events = 12;

    // Those of the random events, and one that differs in case.
    static readonly string[] Fields = ["a", "b", "c", "A"];

    static readonly string[] Texts = ["", "a", "ab", "Ab", "aab", "x*", "10.1.2.3", "k", "'", "ß"];

    public static TheoryData<CaseFile.Case> Cases => CaseFile.Load("panther/write.cases");

    [Theory]
    [MemberData(nameof(Cases))]
    public void Conditions_are_written_as_rules(CaseFile.Case @case)
    {
        var condition = TreeText.Parse<Predicate>(@case.Input).Value;
        Assert.NotNull(condition);
        var written = PantherWriter.Write(condition);
        Assert.Empty(PythonParser.Parse(written.Value).Diagnostics);
        var rule = written.Value[written.Value.IndexOf("def rule(", StringComparison.Ordinal)..];
        CaseFile.Check(@case, string.Join('\n', [rule.TrimEnd(), .. written.Diagnostics]));
    }

    [Fact]
    public void Every_node_is_written_or_named_as_a_loss()
    {
        foreach (var predicate in Shapes.OneOfEach<Predicate>())
        {
            var written = PantherWriter.Write(predicate);
            Assert.Empty(PythonParser.Parse(written.Value).Diagnostics);
            Assert.True(!written.Diagnostics.IsEmpty || !written.Value.EndsWith("return None is True\n", StringComparison.Ordinal), TreeText.Of(predicate));
        }

        for (var seed = 0; seed < 300; seed++)
            Assert.Empty(PythonParser.Parse(PantherWriter.Write(new RandomTree(seed).Make<Predicate>()).Value).Diagnostics);
    }

    [Fact]
    public void A_condition_beyond_the_brackets_of_Python_is_lost_as_a_whole()
    {
        Predicate deep = new Predicate.Constant(Truth.True);
        for (var i = 0; i < 150; i++)
            deep = new Predicate.And([deep]);
        Assert.Equal(PantherWriterCodes.Lost, Assert.Single(PantherWriter.Write(deep).Diagnostics).Code);
    }

    // Random conditions of what has an exact form, on random events: CPython says what the reference evaluator says, errors too.
    [Fact]
    public void Written_rules_run_as_their_conditions()
    {
        using var judge = CPython.Start("run.py");
        Assert.SkipWhen(judge is null, CPython.Absent);
        var evaluator = new ReferenceEvaluator();
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        for (var seed = 0; seed < Rules; seed++)
        {
            var random = new Random(seed);
            var condition = Condition(random, 3, []);
            var written = PantherWriter.Write(condition);
            Assert.True(written.Diagnostics.IsEmpty, $"seed {seed}: {string.Join('\n', written.Diagnostics)}");
            var events = Enumerable.Range(0, Events).Select(_ => RandomLaws.RandomEvent(random)).ToList();
            var said = judge.Run(written.Value, events.Select(e => EventJson.Write(e.Content)));
            for (var i = 0; i < Events; i++)
            {
                var truth = evaluator.Evaluate(condition, new Scope(new RecordView(events[i], null, null)));
                var expected = truth switch { Truth.True => "true", Truth.Error => "error", _ => "false" };
                Assert.True(said[i] == expected, $"seed {seed}: {said[i]} for {truth}\n{TreeText.Of(condition)}\n{EventJson.Write(events[i].Content)}");
                seen[expected] = seen.GetValueOrDefault(expected) + 1;
            }
        }

        Assert.True(seen.Count == 3 && seen.Values.All(n => n > Rules * Events / 50), string.Join(' ', seen));
    }

    static Predicate Condition(Random random, int depth, string[] variables) => random.Next(depth > 0 ? 12 : 7) switch
    {
        0 => new Predicate.Absent(Value(random, variables), (Absence)random.Next(1, 8)),
        1 => new Predicate.Truthy(Value(random, variables), Dialect.Python),
        2 => new Predicate.IsTrue(Value(random, variables)),
        3 => new Predicate.InSet(Value(random, variables), new ValueSet.List([.. Enumerable.Range(0, random.Next(3)).Select(_ => Operand(random))]), new Match.Exact(), Outcomes(random)),
        4 or 5 or 6 => Test(random, variables),
        7 => new Predicate.Not(Condition(random, depth - 1, variables)),
        8 => new Predicate.Some(Value(random, variables), $"v{depth}", Condition(random, depth - 1, [.. variables, $"v{depth}"])),
        9 => new Predicate.Every(Value(random, variables), $"v{depth}", Condition(random, depth - 1, [.. variables, $"v{depth}"])) { OnEmpty = (Truth)random.Next(4) },
        10 => new Predicate.And([.. Enumerable.Range(0, random.Next(4)).Select(_ => Condition(random, depth - 1, variables))]),
        _ => new Predicate.Or([.. Enumerable.Range(0, random.Next(4)).Select(_ => Condition(random, depth - 1, variables))]),
    };

    static Predicate.Test Test(Random random, string[] variables)
    {
        var text = new Expression.Constant(new Literal.String(Texts[random.Next(Texts.Length)]));
        var number = new Expression.Constant(new Literal.Integer(random.Next(3, 7)));
        (Match match, Expression operand) = random.Next(8) switch
        {
            0 => (new Match.Prefix(), text),
            1 => (new Match.Suffix(), text),
            2 => (new Match.Contains(), text),
            3 => (new Match.Member(), new Expression.Constant(new Literal.String(Texts[random.Next(Texts.Length - 1)]))),
            4 => (new Match.Glob(GlobSyntax.FnMatch), new Expression.Constant(new Literal.String("?*b"))),
            5 => (new Match.Regex(RegexDialect.Python) { Anchor = (RegexAnchor)random.Next(3) }, new Expression.Constant(new Literal.String("a+b?"))),
            6 => (new Match.Order((OrderRelation)random.Next(4)) { Kind = random.Next(2) == 0 ? OrderKind.Numeric : OrderKind.ByType }, number),
            _ => ((Match)new Match.Exact(), Operand(random)),
        };
        return new(Value(random, variables), match, [operand], Outcomes(random));
    }

    static Expression Operand(Random random) => new Expression.Constant(random.Next(4) switch
    {
        0 => new Literal.Integer(random.Next(3, 7)),
        1 => new Literal.Boolean(random.Next(2) == 0),
        2 => new Literal.Real(random.Next(9) / 2.0),
        _ => (Literal)new Literal.String(Texts[random.Next(Texts.Length)]),
    });

    static Expression Value(Random random, string[] variables)
    {
        if (variables.Length > 0 && random.Next(2) == 0)
            return new Expression.Ref(new Reference.LoopVariable(variables[random.Next(variables.Length)]) { Path = new(random.Next(3) == 0 ? [new PathSegment.Key("K")] : []), Lookup = KeyLookup.IgnoreCase });
        EquatableArray<PathSegment> path = [new PathSegment.Key(Fields[random.Next(Fields.Length)])];
        if (random.Next(4) == 0)
            path = [.. path, random.Next(2) == 0 ? new PathSegment.Key("K") : new PathSegment.Index(random.Next(-2, 2))];
        return new Expression.Ref(new Reference.Field(new FieldPath(path)) { Lookup = random.Next(4) == 0 ? KeyLookup.Exact : KeyLookup.IgnoreCase });
    }

    static Semantics Outcomes(Random random) => new()
    {
        OnMissing = (Truth)random.Next(4),
        OnNull = (Truth)random.Next(4),
        OnWrongType = (Truth)random.Next(4),
        Coerce = random.Next(2) == 0 ? new Coercion.None() : new Coercion.BooleanAsNumber(),
        Multi = (MultiValue[])[MultiValue.Any, MultiValue.All, MultiValue.First, MultiValue.WholeList, MultiValue.Scalar] is var all ? all[random.Next(all.Length)] : default,
    };
}
