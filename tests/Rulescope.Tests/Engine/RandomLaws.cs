using System.Collections.Immutable;
using Rulescope.Algebra.Expressions;
using Rulescope.Algebra.Fields;
using Rulescope.Algebra.Plans;
using Rulescope.Algebra.Predicates;
using Rulescope.Algebra.Values;
using Rulescope.Engine.Evaluation;
using Rulescope.Engine.Events;
using Rulescope.Engine.Records;
using Rulescope.Taxonomy.LogSources;

namespace Rulescope.Tests.Engine;

/// <summary>The laws of SEMANTICS 6 over random predicates and events; a seed names a failure.</summary>
public class RandomLaws
{
    const int Rounds = 3000;

    static readonly string[] Names = ["a", "b", "c"];
    static readonly string[] Texts = ["", "x", "X", "xy", "5", "ſ", "K"];

    readonly ReferenceEvaluator _evaluator = new();

    [Fact]
    public void De_Morgan() => Each((random, scope) =>
    {
        ImmutableArray<Predicate> terms = [.. Enumerable.Range(0, random.Next(4)).Select(_ => RandomPredicate(random, 2))];
        ImmutableArray<Predicate> negated = [.. terms.Select(Predicate (t) => new Predicate.Not(t))];
        Assert.Equal(Truth(new Predicate.Not(new Predicate.And(terms)), scope), Truth(new Predicate.Or(negated), scope));
        Assert.Equal(Truth(new Predicate.Not(new Predicate.Or(terms)), scope), Truth(new Predicate.And(negated), scope));
    });

    [Fact]
    public void Double_negation() => Each((random, scope) =>
    {
        var predicate = RandomPredicate(random, 3);
        Assert.Equal(Truth(predicate, scope), Truth(new Predicate.Not(new Predicate.Not(predicate)), scope));
    });

    [Fact]
    public void A_set_is_the_Or_of_its_members() => Each((random, scope) =>
    {
        ImmutableArray<Expression> members = [.. Enumerable.Range(0, random.Next(4)).Select(_ => Constant(random))];
        var (subject, match, semantics) = (Field(random), TextMatch(random), RandomSemantics(random));
        var or = new Predicate.Or([.. members.Select(Predicate (m) => new Predicate.Test(subject, match, [m], semantics))]);
        Assert.Equal(Truth(or, scope), Truth(new Predicate.InSet(subject, new ValueSet.List(members), match, semantics), scope));
    });

    [Fact]
    public void Some_and_every_over_one_element_are_the_body() => Each((random, scope) =>
    {
        var single = new Expression.ListOf([Field(random)]);
        var body = new Predicate.Test(new Expression.Ref(new Reference.LoopVariable("v")), TextMatch(random), [Constant(random)], RandomSemantics(random));
        var bound = scope with { Variables = scope.Variables.Add("v", _evaluator.Evaluate(single.Items[0], scope).Value) };
        Assert.Equal(Truth(body, bound), Truth(new Predicate.Some(single, "v", body), scope));
        Assert.Equal(Truth(body, bound), Truth(new Predicate.Every(single, "v", body), scope));
    });

    [Fact]
    public void The_order_of_terms_does_not_matter_without_errors() => Each((random, scope) =>
    {
        var terms = Enumerable.Range(0, 4).Select(_ => RandomPredicate(random, 2)).ToArray();
        if (terms.Any(t => Truth(t, scope) is Rulescope.Algebra.Values.Truth.Error))
            return;
        var shuffled = terms.ToArray();
        random.Shuffle(shuffled);
        Assert.Equal(Truth(new Predicate.And([.. terms]), scope), Truth(new Predicate.And([.. shuffled]), scope));
        Assert.Equal(Truth(new Predicate.Or([.. terms]), scope), Truth(new Predicate.Or([.. shuffled]), scope));
        Assert.Equal(Truth(new Predicate.AtLeast(2, [.. terms]), scope), Truth(new Predicate.AtLeast(2, [.. shuffled]), scope));
    });

    [Fact]
    public void At_least_one_is_Or_and_at_least_all_is_And() => Each((random, scope) =>
    {
        var terms = Enumerable.Range(0, 3).Select(_ => RandomPredicate(random, 1)).ToImmutableArray();
        if (terms.Any(t => Truth(t, scope) is Rulescope.Algebra.Values.Truth.Error))
            return;
        Assert.Equal(Truth(new Predicate.Or(terms), scope), Truth(new Predicate.AtLeast(1, terms), scope));
        Assert.Equal(Truth(new Predicate.And(terms), scope), Truth(new Predicate.AtLeast(3, terms), scope));
    });

    [Fact]
    public void Two_filters_keep_what_their_And_keeps() => Each((random, scope) =>
    {
        var (first, second) = (RandomPredicate(random, 2), RandomPredicate(random, 2));
        Plan source = new Plan.Source(new LogSource("none", []));
        var recognizer = new RecordRecognizer(LogSourceCatalog.Shipped);
        var two = SingleEventRule.Prepare(new(new Plan.Filter(new Plan.Filter(source, first), second)), recognizer).Value;
        var one = SingleEventRule.Prepare(new(new Plan.Filter(source, new Predicate.And([first, second]))), recognizer).Value;
        Assert.Equal(one?.Matches(scope.Record.Event), two?.Matches(scope.Record.Event));
    });

    /// <summary>An event of a few fields in every state a value can be in.</summary>
    public static Event RandomEvent(Random random) =>
        new(new EventValue.Object([.. Names.Where(_ => random.Next(5) > 0).Select(n => new EventValue.Member(n, RandomValue(random, 2)))]), "random", 1);

    static void Each(Action<Random, Scope> law)
    {
        for (var seed = 0; seed < Rounds; seed++)
        {
            var random = new Random(seed);
            var scope = new Scope(new(RandomEvent(random), null, null));
            try
            {
                law(random, scope);
            }
            catch (Exception problem)
            {
                throw new InvalidOperationException($"seed {seed}: {problem.Message}", problem);
            }
        }
    }

    static EventValue RandomValue(Random random, int depth) => random.Next(depth > 0 ? 9 : 7) switch
    {
        0 => EventValue.NullValue,
        1 => new EventValue.Bool(random.Next(2) == 0),
        2 or 3 => new EventValue.Integer(random.Next(3, 7)),
        4 => EventValue.OfNumber(random.Next(9) / 2.0),
        5 or 6 => new EventValue.Text(Texts[random.Next(Texts.Length)]),
        7 => new EventValue.Array([.. Enumerable.Range(0, random.Next(3)).Select(_ => RandomValue(random, depth - 1))]),
        _ => new EventValue.Object([new("k", RandomValue(random, depth - 1))]),
    };

    static Predicate RandomPredicate(Random random, int depth) => random.Next(depth > 0 ? 8 : 4) switch
    {
        0 => new Predicate.Constant((Truth)random.Next(4)),
        1 => new Predicate.Absent(Field(random), (Absence)random.Next(8)),
        2 => new Predicate.Test(Field(random), TextMatch(random), [Constant(random)], RandomSemantics(random)),
        3 => new Predicate.Test(Field(random), new Match.Order((OrderRelation)random.Next(4)) { Kind = (OrderKind)random.Next(4) }, [Constant(random)], RandomSemantics(random)),
        4 => new Predicate.And([RandomPredicate(random, depth - 1), RandomPredicate(random, depth - 1)]),
        5 => new Predicate.Or([RandomPredicate(random, depth - 1), RandomPredicate(random, depth - 1)]),
        6 => new Predicate.Truthy(Field(random), Dialect.Python),
        _ => new Predicate.Not(RandomPredicate(random, depth - 1)),
    };

    static Expression Field(Random random) => new Expression.Ref(new Reference.Field(FieldPath.Of(Names[random.Next(Names.Length)])));

    static Expression Constant(Random random) => random.Next(3) == 0 ? Expression.Number(5) : Expression.Text(Texts[random.Next(Texts.Length)]);

    static Match TextMatch(Random random) => random.Next(7) switch
    {
        0 => new Match.Prefix(),
        1 => new Match.Suffix(),
        2 => new Match.Contains(),
        3 => new Match.Glob(GlobSyntax.Sigma),
        4 => new Match.Term(TermSplitter.KustoAlphanumeric),
        5 => new Match.Regex(RegexDialect.Pcre),
        _ => new Match.Exact(),
    };

    static Semantics RandomSemantics(Random random) => new()
    {
        Fold = random.Next(2) == 0 ? new Folding.Ordinal() : new Folding.UnicodeSimple(),
        Coerce = random.Next(3) switch { 0 => new Coercion.None(), 1 => new Coercion.ByText(), _ => new Coercion.ByNumberIfBoth() },
        OnMissing = (Truth)random.Next(4),
        OnNull = (Truth)random.Next(3),
        OnWrongType = (Truth)random.Next(3),
        Multi = Enum.GetValues<MultiValue>()[random.Next(Enum.GetValues<MultiValue>().Length)],
    };

    Truth Truth(Predicate predicate, Scope scope) => _evaluator.Evaluate(predicate, scope);
}
