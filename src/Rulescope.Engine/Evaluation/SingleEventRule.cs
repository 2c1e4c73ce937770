using System.Collections.Immutable;
using Rulescope.Algebra;
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
        var check = new Check(evaluator);
        var stages = new List<Plan>();
        var plan = query.Plan;
        while (plan is not Plan.Source)
        {
            var input = check.Stage(plan);
            if (input is null)
                return new(null, check.Findings);
            stages.Add(plan);
            plan = input;
        }

        stages.Reverse();
        return check.Findings.IsEmpty
            ? Parsed.Clean<SingleEventRule?>(new(((Plan.Source)plan).LogSource, [.. stages], recognizer, evaluator))
            : new(null, check.Findings);
    }

    /// <summary>True when the event is of the rule's log source, as far as can be told, and every filter is true of it.</summary>
    public bool Matches(Event record) => Evaluate(record) is Truth.True;

    /// <summary>The truth of the rule over one event; false when the event is of another log source.</summary>
    public Truth Evaluate(Event record)
    {
        var shape = _recognizer.ShapeOf(record);
        RecordSelector? selector = null;
        if (_asked is { } asked && _recognizer.Fit(record, shape, asked, out selector) is SourceFit.No)
            return Truth.False;
        var scope = new Scope(new(record, shape, selector));
        var result = Truth.True;
        foreach (var stage in _stages)
        {
            if (stage is Plan.Filter filter)
                result = Kleene.And(result, _evaluator.Evaluate(filter.Condition, scope));
            else
                scope = Through(stage, scope);
            if (Kleene.DecidesAnd(result))
                break;
        }

        return result;
    }

    Scope Through(Plan stage, Scope scope) => stage switch
    {
        Plan.Derive derive => derive.Columns.Items.Aggregate(scope, (next, column) => With(next, column, derive.Sequential ? next : scope)),
        Plan.Rename rename => rename.Columns.Items.Aggregate(scope, (next, column) => With(next, column, scope)),
        Plan.Project { Kind: ProjectKind.Keep } keep => keep.Columns.Items.Aggregate(scope, (next, column) => With(next, column, scope)),
        Plan.Project drop => scope with { Columns = scope.Columns.RemoveRange(drop.Columns.Items.Select(c => c.Name)) },
        _ => scope,
    };

    Scope With(Scope scope, Named column, Scope seen) => scope with { Columns = scope.Columns.SetItem(column.Name, _evaluator.Evaluate(column.Value, seen).Value) };

    /// <summary>Looks through a plan for what does not run; the rewriting is the identity and only its walk is used.</summary>
    sealed class Check(ReferenceEvaluator evaluator) : Rewriter
    {
        readonly ImmutableArray<Diagnostic>.Builder _findings = ImmutableArray.CreateBuilder<Diagnostic>();

        public ImmutableArray<Diagnostic> Findings => _findings.ToImmutable();

        /// <summary>The input of a stage that runs; null for one that does not, with a finding.</summary>
        public Plan? Stage(Plan stage)
        {
            switch (stage)
            {
                case Plan.Filter filter:
                    Rewrite(filter.Condition);
                    return filter.Input;
                case Plan.Derive derive:
                    Columns(derive.Columns);
                    return derive.Input;
                case Plan.Project project:
                    Columns(project.Columns);
                    return project.Input;
                case Plan.Rename rename:
                    Columns(rename.Columns);
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
                    _findings.Add(Diagnostic.At(unread.Span, EngineCodes.UnreadPart, unread.SourceText));
                    return null;
                default:
                    _findings.Add(Diagnostic.At(stage.Span, EngineCodes.StageNotRun, stage.GetType().Name));
                    return null;
            }
        }

        public override Predicate Rewrite(Predicate predicate)
        {
            switch (predicate)
            {
                case Predicate.Unsupported unread:
                    _findings.Add(Diagnostic.At(unread.Span, EngineCodes.UnreadPart, unread.SourceText));
                    break;
                case Predicate.Test { Match: Match.Regex regex } test:
                    Patterns(regex, test.Operands, test.Semantics, test.Span);
                    break;
                case Predicate.InSet { Match: Match.Regex regex, Set: ValueSet.List list } set:
                    Patterns(regex, list.Items, set.Semantics, set.Span);
                    break;
                case Predicate.InSet { Set: ValueSet.Named named } set:
                    _findings.Add(Diagnostic.At(set.Span, EngineCodes.UnknownList, named.Name));
                    break;
                case Predicate.InSet { Set: ValueSet.Subplan } set:
                    _findings.Add(Diagnostic.At(set.Span, EngineCodes.OverRows, "a subquery"));
                    break;
            }

            return base.Rewrite(predicate);
        }

        public override Expression Rewrite(Expression expression)
        {
            var finding = expression switch
            {
                Expression.Unsupported unread => Diagnostic.At(unread.Span, EngineCodes.UnreadPart, unread.SourceText),
                Expression.Call call when !Functions.IsKnown(call.Function) => Diagnostic.At(call.Span, EngineCodes.UnknownFunction, call.Function),
                Expression.Ref { Target: Reference.Parameter { Default: null } parameter } => Diagnostic.At(expression.Span, EngineCodes.UnknownList, parameter.Name),
                Expression.Aggregate aggregate => Diagnostic.At(aggregate.Span, EngineCodes.OverRows, aggregate.Function),
                Expression.Window window => Diagnostic.At(window.Span, EngineCodes.OverRows, window.Function),
                _ => null,
            };
            if (finding is not null)
                _findings.Add(finding);
            return base.Rewrite(expression);
        }

        void Columns(EquatableArray<Named> columns)
        {
            foreach (var column in columns)
                Rewrite(column.Value);
        }

        void Patterns(Match.Regex regex, EquatableArray<Expression> operands, Semantics semantics, SourceSpan span)
        {
            foreach (var pattern in operands.Items.OfType<Expression.Constant>())
            {
                var translated = evaluator.Translated(pattern.Value.Display, regex, semantics.Fold);
                if (translated.Problem is { } problem)
                    _findings.Add(Diagnostic.At(pattern.Span == default ? span : pattern.Span, EngineCodes.RegexNotTranslated, regex.Dialect.ToString(), pattern.Value.Display, problem));
            }
        }
    }
}
