using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Rulescope.Algebra.Expressions;
using Rulescope.Algebra.Fields;
using Rulescope.Algebra.Plans;
using Rulescope.Algebra.Predicates;
using Rulescope.Algebra.Values;
using Rulescope.Languages.Elastic;
using Rulescope.Text;

namespace Rulescope.Languages.Eql;

/// <summary>Gives EQL its meaning: Elasticsearch's tests are two-valued and false where there is no value, Endgame's are unknown there.</summary>
/// <remarks>Sources: Elastic's EQL syntax reference (9.x); the engine of Endgame's EQL 1.0.</remarks>
public static partial class EqlLowering
{
    /// <summary>The field that holds an event's category where Elasticsearch is told no other.</summary>
    public const string DefaultCategoryField = "event.category";

    const string EndgameCategoryField = "event_type";

    /// <summary>The logic of a query. Never throws; what has no model is an unsupported leaf or stage with a finding.</summary>
    public static Parsed<RuleQuery> Lower(EqlSyntax query, EqlDialect dialect, LogSource source, string categoryField = DefaultCategoryField)
    {
        var lowering = new Queries(dialect, source, dialect == EqlDialect.Endgame ? EndgameCategoryField : categoryField);
        var plan = lowering.Plan(query);
        return new(new(plan), lowering.Findings);
    }

    /// <summary>A condition alone, without a category.</summary>
    public static Parsed<Predicate> Lower(EqlExpression condition, EqlDialect dialect)
    {
        var lowering = new Queries(dialect, new(IndexFields.Vocabulary, []), DefaultCategoryField);
        var predicate = lowering.Condition(condition);
        return new(predicate, lowering.Findings);
    }

    /// <summary>An expression alone, as a value.</summary>
    public static Parsed<Expression> LowerValue(EqlExpression expression, EqlDialect dialect)
    {
        var lowering = new Queries(dialect, new(IndexFields.Vocabulary, []), DefaultCategoryField);
        var value = lowering.Value(expression);
        return new(value, lowering.Findings);
    }

    sealed partial class Queries(EqlDialect dialect, LogSource source, string categoryField)
    {
        readonly ImmutableArray<Diagnostic>.Builder _findings = ImmutableArray.CreateBuilder<Diagnostic>();

        // The slot whose fields are read; null for those of a single event.
        string? _slot;

        public ImmutableArray<Diagnostic> Findings => _findings.ToImmutable();

        bool IsEndgame => dialect == EqlDialect.Endgame;

        Dialect Dialect => IsEndgame ? Dialect.Endgame : Dialect.Eql;

        public Plan Plan(EqlSyntax query) => query switch
        {
            EqlSyntax.Query whole => whole.Pipes.Items.Aggregate(Plan(whole.Body), (input, pipe) => Pipe(input, pipe, whole.Body)),
            EqlSyntax.Event @event => Event(@event),
            EqlSyntax.Sequence sequence => Sequence(sequence),
            EqlSyntax.Sample sample => Sample(sample),
            EqlSyntax.Join join => Join(join),
            EqlSyntax.Stage stage => Event(stage.Filter),
            EqlSyntax.Pipe pipe => new Plan.Unsupported(TextOf(pipe)) { Span = pipe.Span },
            EqlSyntax.Duration => new Plan.Unsupported("") { Span = query.Span },
            EqlSyntax.Unsupported unread => new Plan.Unsupported(unread.SourceText) { Span = unread.Span },
            _ => throw new UnreachableException(query.GetType().Name),
        };

        Plan Event(EqlSyntax.Event @event)
        {
            var condition = Condition(@event.Condition);
            if (@event.Category is { } category)
                condition = condition is Predicate.Constant { Value: Truth.True } ? Category(@event, category) : Terms.All([Category(@event, category), condition], @event.Span);
            var events = new Plan.Source(source) { Span = @event.Span };
            return condition is Predicate.Constant { Value: Truth.True } ? events : new Plan.Filter(events, condition) { Span = @event.Span };
        }

        Predicate.Test Category(EqlSyntax.Event @event, string category)
        {
            var span = new SourceSpan(@event.Span.Start, Math.Min(category.Length, @event.Span.Length));
            var field = IsEndgame ? Field(new([new(categoryField)]), optional: false, span) : IndexFields.Ref(categoryField, span);
            return new(field, new Match.Exact(), [Expression.Text(category) with { Span = span }], Exactly) { Span = span };
        }

        // An event never fills two slots; the latest pending sequence goes on and older ones are dropped.
        Plan.Correlate Sequence(EqlSyntax.Sequence sequence)
        {
            var patterns = sequence.Stages.Select(Slot).ToEquatableArray();
            return new(patterns)
            {
                Keys = Keys(sequence.By, sequence.Stages, sequence.Until),
                Order = PatternOrder.Listed,
                Window = sequence.MaxSpan is { } span ? new(WindowKind.Sliding, Ticks(span)) : null,
                Selection = Selection.Latest,
                Until = sequence.Until is { } until ? Event(until.Filter) : null,
                Emit = Emission.Each,
                Span = sequence.Span,
            };
        }

        Plan.Correlate Sample(EqlSyntax.Sample sample) => new(sample.Stages.Select(Slot).ToEquatableArray())
        {
            Keys = Keys(sample.By, sample.Stages, null),
            Order = PatternOrder.Any,
            Selection = Selection.First,
            Span = sample.Span,
        };

        // The first event of each slot; a full join speaks and begins anew.
        Plan.Correlate Join(EqlSyntax.Join join) => new(join.Stages.Select(Slot).ToEquatableArray())
        {
            Keys = Keys(join.By, join.Stages, join.Until),
            Order = PatternOrder.Any,
            Selection = Selection.First,
            Until = join.Until is { } until ? Event(until.Filter) : null,
            Emit = Emission.Each,
            Span = join.Span,
        };

        Pattern Slot(EqlSyntax.Stage stage, int place)
        {
            if (stage.Fork)
                _findings.Add(Diagnostic.At(stage.Span, EqlCodes.NoModel, "'fork'"));
            return new(SlotName(place), Event(stage.Filter)) { Absent = stage.Missing, Repeat = stage.Runs };
        }

        static string SlotName(int place) => string.Create(CultureInfo.InvariantCulture, $"p{place + 1}");

        // Those of the whole hold for every slot; those of the slots are one key per place, and the last one is that of "until".
        EquatableArray<CorrelationKey> Keys(EquatableArray<EqlExpression> shared, EquatableArray<EqlSyntax.Stage> stages, EqlSyntax.Stage? until)
        {
            var keys = ImmutableArray.CreateBuilder<CorrelationKey>();
            foreach (var key in shared)
                keys.Add(new([Value(key)]) { Nullable = IsNullable(key), PerElement = !IsEndgame });
            var slots = stages.Select((stage, i) => (Name: SlotName(i), stage.By)).ToList();
            if (until is not null)
                slots.Add(("until", until.By));
            for (var i = 0; i < slots.Select(s => s.By.Count).DefaultIfEmpty().Min(); i++)
            {
                var place = i;
                keys.Add(new([.. slots.Select(s => InSlot(s.Name, s.By[place]))])
                {
                    Nullable = slots.Any(s => IsNullable(s.By[place])),
                    PerElement = !IsEndgame,
                });
            }

            return keys.ToImmutable();
        }

        Expression InSlot(string slot, EqlExpression key)
        {
            _slot = slot;
            var value = Value(key);
            _slot = null;
            return value;
        }

        // Endgame joins by whatever the fields hold; Elasticsearch ignores events without a key unless it is optional.
        bool IsNullable(EqlExpression key) => IsEndgame || key is EqlExpression.Field { Optional: true };

        static long Ticks(EqlSyntax.Duration duration)
        {
            var unit = duration.Unit switch
            {
                EqlTimeUnit.Milliseconds => TimeSpan.TicksPerMillisecond,
                EqlTimeUnit.Seconds => TimeSpan.TicksPerSecond,
                EqlTimeUnit.Minutes => TimeSpan.TicksPerMinute,
                EqlTimeUnit.Hours => TimeSpan.TicksPerHour,
                EqlTimeUnit.Days => TimeSpan.TicksPerDay,
                _ => throw new UnreachableException(duration.Unit.ToString()),
            };
            return (long)Int128.Clamp((Int128)duration.Count * unit, 0, TimeSpan.MaxValue.Ticks);
        }
    }
}
