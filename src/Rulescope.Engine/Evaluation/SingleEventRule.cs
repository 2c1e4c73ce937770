using System.Collections.Immutable;
using Rulescope.Algebra.Expressions;
using Rulescope.Algebra.Fields;
using Rulescope.Algebra.Plans;
using Rulescope.Algebra.Predicates;
using Rulescope.Algebra.Values;
using Rulescope.Engine.Events;
using Rulescope.Engine.Records;
using Rulescope.Taxonomy.LogSources;
using Rulescope.Text;

namespace Rulescope.Engine.Evaluation;

/// <summary>A rule over single events, made ready for the reference evaluator: a source and the filters and columns over it.</summary>
public sealed class SingleEventRule
{
    readonly LogSource _source;
    readonly ImmutableArray<Plan> _stages;
    readonly RecordRecognizer _recognizer;
    readonly ReferenceEvaluator _evaluator;
    readonly LogSourceTriple? _asked;

    SingleEventRule(LogSource source, ImmutableArray<Plan> stages, RecordRecognizer recognizer, ReferenceEvaluator evaluator)
    {
        _source = source;
        _stages = stages;
        _recognizer = recognizer;
        _evaluator = evaluator;
        _asked = string.Equals(source.Vendor, "sigma", StringComparison.Ordinal) ? new(source["product"], source["category"], source["service"]) : null;
    }

    /// <summary>Where the rule's events come from.</summary>
    public LogSource Source => _source;

    /// <summary>The rule, ready to run, or null with findings that say why it does not run.</summary>
    public static Parsed<SingleEventRule?> Prepare(RuleQuery query, RecordRecognizer recognizer)
    {
        var evaluator = new ReferenceEvaluator();
        var parts = new RunnableParts(evaluator);
        var stages = new List<Plan>();
        var plan = query.Plan;
        while (plan is not Plan.Source)
        {
            var input = InputOf(plan, parts);
            if (input is null)
                return new(null, parts.Findings);
            stages.Add(plan);
            plan = input;
        }

        stages.Reverse();
        return parts.Findings.IsEmpty
            ? Parsed.Clean<SingleEventRule?>(new(((Plan.Source)plan).LogSource, [.. stages], recognizer, evaluator))
            : new(null, parts.Findings);
    }

    /// <summary>True when the event is of the rule's log source, as far as can be told, and every filter is true of it.</summary>
    public bool Matches(Event record) => Evaluate(record) is Truth.True;

    /// <summary>The truth of the rule over one event; false when the event is of another log source.</summary>
    public Truth Evaluate(Event record) => Evaluate(record, out _);

    /// <summary>The same, and which condition decided against the event first: a term rather than the whole conjunction it stands in.</summary>
    public Truth Evaluate(Event record, out Predicate? failed)
    {
        failed = null;
        var shape = _recognizer.ShapeOf(record);
        RecordSelector? selector = null;
        if (_asked is { } asked && _recognizer.Fit(record, shape, asked, out selector) is SourceFit.No)
            return Truth.False;
        var scope = new Scope(new(record, shape, selector));
        var result = Truth.True;
        foreach (var stage in _stages)
        {
            if (stage is Plan.Filter filter)
                result = Kleene.And(result, Evaluate(filter.Condition, scope, ref failed));
            else
                scope = Through(stage, scope);
            if (Kleene.DecidesAnd(result))
                break;
        }

        return result;
    }

    Truth Evaluate(Predicate condition, Scope scope, ref Predicate? failed)
    {
        var result = Truth.True;
        foreach (var term in condition is Predicate.And all ? all.Terms.Items : [condition])
        {
            var truth = _evaluator.Evaluate(term, scope);
            if (truth is not Truth.True)
                failed ??= Narrowed(term, scope);
            result = Kleene.And(result, truth);
            if (Kleene.DecidesAnd(result))
                break;
        }

        return result;
    }

    // Of several ways to be true, the one that came furthest says why it was not; where none came anywhere, all of them do.
    Predicate Narrowed(Predicate condition, Scope scope)
    {
        switch (condition)
        {
            case Predicate.And all when all.Terms.FirstOrDefault(t => _evaluator.Evaluate(t, scope) is not Truth.True) is { } term:
                return Narrowed(term, scope);
            case Predicate.Or { Terms.IsEmpty: false } any:
                var (furthest, met) = any.Terms.Items.Select(t => (Term: t, Met: Met(t, scope))).MaxBy(t => t.Met);
                return met > 0 ? Narrowed(furthest, scope) : condition;
            default:
                return condition;
        }
    }

    int Met(Predicate condition, Scope scope) => condition is Predicate.And all ? all.Terms.Items.TakeWhile(t => _evaluator.Evaluate(t, scope) is Truth.True).Count() : 0;

    Scope Through(Plan stage, Scope scope) => stage switch
    {
        Plan.Derive derive => derive.Columns.Items.Aggregate(scope, (next, column) => With(next, column, derive.Sequential ? next : scope)),
        Plan.Rename rename => rename.Columns.Items.Aggregate(scope, (next, column) => With(next, column, scope)),
        Plan.Project { Kind: ProjectKind.Keep } keep => keep.Columns.Items.Aggregate(scope, (next, column) => With(next, column, scope)),
        Plan.Project drop => scope with { Columns = scope.Columns.RemoveRange(drop.Columns.Items.Select(c => c.Name)) },
        _ => scope,
    };

    Scope With(Scope scope, Named column, Scope seen) => scope with { Columns = scope.Columns.SetItem(column.Name, _evaluator.Evaluate(column.Value, seen).Value) };

    /// <summary>The input of a stage that runs; null for one that does not, with a finding.</summary>
    static Plan? InputOf(Plan stage, RunnableParts parts)
    {
        if (stage is not (Plan.Sort or Plan.Distinct))
            parts.Stage(stage);
        switch (stage)
        {
            case Plan.Filter filter:
                return filter.Input;
            case Plan.Derive derive:
                return derive.Input;
            case Plan.Project project:
                return project.Input;
            case Plan.Rename rename:
                return rename.Input;
            case Plan.Schedule { Threshold: null or <= 1 } schedule:
                return schedule.Input;
            case Plan.Opaque opaque:
                return opaque.Input;
            // Neither the order of matches nor a limit that the rule does not state says whether an event matches.
            case Plan.Sort sort:
                return sort.Input;
            case Plan.Take { Defaulted: true } take:
                return take.Input;
            case Plan.Unsupported unread:
                parts.Refuse(unread.Span, EngineCodes.UnreadPart, unread.SourceText);
                return null;
            default:
                parts.Refuse(stage.Span, EngineCodes.StageNotRun, stage.GetType().Name);
                return null;
        }
    }
}
