using System.Text;
using System.Text.RegularExpressions;
using Rulescope.Algebra.Expressions;
using Rulescope.Algebra.Plans;
using Rulescope.Algebra.Predicates;
using Rulescope.Algebra.Values;
using Rulescope.Engine.Evaluation;
using Rulescope.Engine.Events;
using Rulescope.Engine.Readers;
using Rulescope.Engine.Records;
using Rulescope.Taxonomy.LogSources;
using Rulescope.Tests.Support;
using Rulescope.Text;

namespace Rulescope.Tests.Engine;

public partial class ReferenceEvaluatorTests
{
    public static TheoryData<CaseFile.Case> Cases => CaseFile.Load("engine/evaluate.cases");

    public static TheoryData<CaseFile.Case> PlanCases => CaseFile.Load("engine/plans.cases");

    // A predicate in canonical text, a blank line, events; $f is a field, 'x' a text and #5 a whole number.
    [Theory]
    [MemberData(nameof(Cases))]
    public void Predicates_evaluate_as_expected(CaseFile.Case @case)
    {
        var (tree, events) = Split(@case.Input);
        var read = TreeText.Parse<Predicate>(Expand(tree));
        var evaluator = new ReferenceEvaluator();
        var shown = Events(events).Select(e => Word(read.Value is null ? Truth.Error : evaluator.Evaluate(read.Value, new(new RecordView(e, null, null)))));
        CaseFile.Check(@case, string.Join('\n', [.. read.Diagnostics.Select(d => d.ToString()), string.Join(' ', shown)]));
    }

    // A query in canonical text, a blank line, events: which of them match, or why the rule does not run.
    [Theory]
    [MemberData(nameof(PlanCases))]
    public void Plans_over_single_events_run(CaseFile.Case @case)
    {
        var (tree, events) = Split(@case.Input);
        var read = TreeText.Parse<RuleQuery>(Expand(tree));
        Assert.NotNull(read.Value);
        var ready = SingleEventRule.Prepare(read.Value, new(LogSourceCatalog.Shipped));
        var shown = ready.Value is { } rule ? Events(events).Select(e => Word(rule.Evaluate(e))) : [];
        CaseFile.Check(@case, string.Join('\n', [.. read.Diagnostics.Select(d => d.ToString()), .. ready.Diagnostics.Select(d => $"{d.Code.Id} {d.Message}"), string.Join(' ', shown)]));
    }

    [Fact]
    public void Random_trees_and_events_never_throw()
    {
        var evaluator = new ReferenceEvaluator();
        for (var seed = 0; seed < 300; seed++)
        {
            var random = new RandomTree(seed);
            var scope = new Scope(new(RandomLaws.RandomEvent(new Random(seed)), null, null));
            Assert.True(Enum.IsDefined(evaluator.Evaluate(random.Make<Predicate>(), scope)));
            Assert.NotNull(evaluator.Evaluate(random.Make<Expression>(), scope).Value);
            var ready = SingleEventRule.Prepare(random.Make<RuleQuery>(), new(LogSourceCatalog.Shipped));
            Assert.True(ready.Value is null != ready.Diagnostics.IsEmpty);
        }
    }

    static (string Tree, string Events) Split(string input)
    {
        var at = input.IndexOf("\n\n", StringComparison.Ordinal);
        return at < 0 ? (input, "") : (input[..at], input[(at + 2)..]);
    }

    static IEnumerable<Event> Events(string lines) =>
        JsonEventReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(lines)), "case").Select(r => r.Event).OfType<Event>();

    static string Word(Truth truth) => truth switch { Truth.True => "T", Truth.False => "F", Truth.Unknown => "U", _ => "E" };

    static string Expand(string tree)
    {
        tree = FieldWord().Replace(tree, "(ref (field \"${name}\"))");
        tree = TextWord().Replace(tree, m => $"(constant (string \"{m.Groups["text"].Value}\"))");
        return NumberWord().Replace(tree, "(constant (integer ${number}))");
    }

    [GeneratedRegex(@"\$(?<name>[a-z.]+)", RegexOptions.None, 1000)]
    private static partial Regex FieldWord();

    [GeneratedRegex("'(?<text>[^']*)'", RegexOptions.None, 1000)]
    private static partial Regex TextWord();

    [GeneratedRegex("#(?<number>-?[0-9]+)", RegexOptions.None, 1000)]
    private static partial Regex NumberWord();
}
