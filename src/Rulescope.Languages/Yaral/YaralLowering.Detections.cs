using System.Collections.Immutable;
using System.Globalization;
using Rulescope.Algebra.Expressions;
using Rulescope.Algebra.Plans;
using Rulescope.Algebra.Predicates;
using Rulescope.Algebra.Values;
using Rulescope.Languages.Elastic;
using Rulescope.Text;

namespace Rulescope.Languages.Yaral;

public static partial class YaralLowering
{
    // What makes a detection of several events: patterns, keys, joins, the window and the condition on counts and outcomes.
    sealed partial class Lowering
    {
        Plan.Correlate Correlated()
        {
            var asked = _rule.Condition is { } condition ? YaralTree.Conjuncts(condition).ToList() : [];
            var patterns = _bindings.Events.Select(e => Slot(e, asked)).ToImmutableArray();
            var keys = _rule.Match is { } match ? match.Keys.Items.Select(Key).ToImmutableArray() : [];
            var between = Resolved().Where(t => YaralBindings.EventsOf(t).Length > 1).ToList();
            var joins = between.Select(Join).OfType<Plan.JoinKey>().ToImmutableArray();
            var others = between.Where(t => !IsJoin(t)).ToList();
            var counted = asked.Where(c => !IsPresence(c)).Select(ConditionOf).ToList();
            return new(patterns)
            {
                Keys = keys,
                Joins = joins,
                Where = others.Count == 0 ? null : Conjunction(others, others.Select(t => t.Span).Aggregate(SourceSpan.Cover)),
                Window = Window(),
                // The reference nowhere asks for different events.
                Reuse = true,
                Condition = counted.Count == 0 ? null : Terms.All(counted, _rule.Condition?.Span ?? default),
                Emit = patterns.Any(p => p.Absent || p.Minimum == 0) ? Emission.AtWindowEnd : Emission.First,
                Outcomes = [.. _rule.Outcome.Items.Select(Outcome)],
            };
        }

        Pattern Slot(string variable, List<YaralExpression> asked)
        {
            var outer = _own;
            _own = variable;
            Plan plan = new Plan.Source(SourceOf(variable));
            var tests = SameEvent(variable).ToList();
            var columns = Expanded(variable, tests);
            if (columns.Count > 0)
                plan = new Plan.Expand(plan, [.. columns]) { KeepsNull = true, KeepsEmpty = true, Zip = false };
            if (tests.Count > 0)
                plan = new Plan.Filter(plan, Conjunction(tests, tests.Select(t => t.Span).Aggregate(SourceSpan.Cover)));
            _own = outer;
            return new(variable, plan)
            {
                Absent = asked.Exists(c => Bound(c, variable) is Presence.Absent),
                Minimum = asked.Exists(c => Bound(c, variable) is Presence.Open or Presence.Absent) && !asked.Exists(c => Bound(c, variable) is Presence.Required) ? 0 : 1,
            };
        }

        // A repeated field that is both tested and a key: the key is the element that was tested, so the event is copied for all to see.
        List<Named> Expanded(string variable, List<YaralExpression> tests)
        {
            var columns = new List<Named>();
            var shared = _bindings.Placeholders.SelectMany(_bindings.DefinitionsOf).Select(d => d.Value).Concat(_rule.Match?.Keys.Items ?? [])
                .OfType<YaralExpression.Field>().Where(f => (f.Event ?? "") == variable).SelectMany(Copies).Select(Key).ToHashSet();
            foreach (var copy in tests.SelectMany(Copies).Where(c => shared.Contains(Key(c))).DistinctBy(Key).OrderBy(c => c.Length).ToList())
            {
                var field = copy.Field with { Path = [.. copy.Field.Path.Take(copy.Length)] };
                var name = YaralWriter.Write(field).TrimStart('$');
                columns.Add(new(name, Reference(field)));
                _bound.Add(new(copy.Field, copy.Length, (path, at) => Element(name, path, at)));
            }

            return columns;
        }

        static Expression Element(string column, Algebra.Fields.FieldPath path, SourceSpan at)
        {
            var element = new Expression.Ref(new Algebra.Fields.Reference.Column(column) { Span = at }) { Span = at };
            return path.Segments.IsEmpty ? element : new Expression.Call("member", [element, .. path.Segments.Items.Select(Step)], Dialect.YaraL) { Span = at };
        }

        static Expression.Constant Step(Algebra.Fields.PathSegment segment) => segment switch
        {
            Algebra.Fields.PathSegment.Index index => Expression.Number(index.Position),
            Algebra.Fields.PathSegment.Map map => Expression.Text(map.Name),
            Algebra.Fields.PathSegment.Key key => Expression.Text(key.Name),
            _ => throw new System.Diagnostics.UnreachableException(segment.GetType().Name),
        };

        CorrelationKey Key(YaralExpression key) => new([.. _bindings.Events.Select(e => KeyOf(key, e))])
        {
            PerElement = _bindings.Events.Any(e => Resolve(key, e) is YaralExpression.Field field && Copies(field).Any()),
            DropsZero = !_rule.Options.Items.Any(o => string.Equals(o.Name, "allow_zero_values", StringComparison.OrdinalIgnoreCase) && o.Value is YaralExpression.Boolean { Value: true }),
        };

        // An event without a value of its own for the key is reached over its joins: the key is that of an event which is there.
        Expression KeyOf(YaralExpression key, string variable)
        {
            var outer = _own;
            _own = variable;
            var definitions = key is YaralExpression.Variable placeholder ? _bindings.DefinitionsOf(placeholder.Name) : [];
            var there = definitions.FirstOrDefault(d => d.Event == variable) ?? definitions.FirstOrDefault(d => d.Event is { } e && !IsAbsent(e));
            var value = Value(Resolve(key, there?.Event ?? variable));
            _own = outer;
            return value;
        }

        bool IsAbsent(string variable) => _rule.Condition is { } condition && YaralTree.Conjuncts(condition).Any(c => Bound(c, variable) is Presence.Absent);

        Plan.JoinKey? Join(YaralExpression test) => test is YaralExpression.Compare compare && IsJoin(test)
            ? new(Zeros.OrEmpty(Value(compare.Left)), Zeros.OrEmpty(Value(compare.Right)))
            : null;

        static bool IsJoin(YaralExpression test) => test is YaralExpression.Compare { Op: YaralComparison.Equal } compare
            && YaralBindings.EventsOf(compare.Left).Length == 1 && YaralBindings.EventsOf(compare.Right).Length == 1
            && !YaralTree.All(test).Any(n => n is YaralExpression.Each);

        TimeWindow? Window()
        {
            if (_rule.Match is not { Window: { } window })
            {
                // A search may group without a window; a rule may not.
                if (_rule is { Name: { } name, Match: { } match })
                    Report(match.Span, YaralCodes.MissingWindow, name.Text);
                return null;
            }

            if (Ticks(window.Amount, window.Unit) is not { } ticks)
            {
                Report(window.Span, YaralCodes.NoWindow, $"{window.Amount}{window.Unit}");
                return null;
            }

            var kind = window.Side switch
            {
                YaralSide.Before => WindowKind.Before,
                YaralSide.After => WindowKind.After,
                _ => window.Kind == YaralWindowKind.By || window.Every ? WindowKind.Tumbling : WindowKind.Hop,
            };
            return new(kind, ticks) { Pivot = window.Pivot };
        }

        static long? Ticks(string amount, string unit)
        {
            long? each = unit switch
            {
                "s" or "second" or "seconds" => TimeSpan.TicksPerSecond,
                "m" or "minute" or "minutes" => TimeSpan.TicksPerMinute,
                "h" or "hour" or "hours" => TimeSpan.TicksPerHour,
                "d" or "day" or "days" => TimeSpan.TicksPerDay,
                "week" or "weeks" => 7 * TimeSpan.TicksPerDay,
                _ => null,
            };
            var count = amount.Length == 0 ? 1 : long.TryParse(amount, NumberStyles.None, CultureInfo.InvariantCulture, out var written) ? written : -1;
            return each is { } length && count > 0 && count <= long.MaxValue / length ? count * length : null;
        }

        enum Presence
        {
            // The condition does not speak of the event.
            Unsaid,
            Required,
            Absent,

            // It may be there or not.
            Open,
        }

        // What a term of the condition says of an event being there.
        static Presence Bound(YaralExpression term, string variable) => term switch
        {
            YaralExpression.Variable v => v.Name == variable ? Presence.Required : Presence.Unsaid,
            YaralExpression.Not { Operand: YaralExpression.Variable v } => v.Name == variable ? Presence.Absent : Presence.Unsaid,
            YaralExpression.Compare { Left: YaralExpression.Count count } compare when count.Name == variable => compare switch
            {
                { Op: YaralComparison.Greater, Right: YaralExpression.Number } => Presence.Required,
                { Op: YaralComparison.GreaterOrEqual or YaralComparison.Equal, Right: YaralExpression.Number number } when !IsZero(number) => Presence.Required,
                { Op: YaralComparison.Equal or YaralComparison.LessOrEqual, Right: YaralExpression.Number number } when IsZero(number) => Presence.Absent,
                _ => Presence.Open,
            },
            _ => YaralTree.All(term).Any(n => (n is YaralExpression.Variable v && v.Name == variable) || (n is YaralExpression.Count c && c.Name == variable)) ? Presence.Open : Presence.Unsaid,
        };

        static bool IsZero(YaralExpression.Number number) => number.Digits.All(d => d is '0' or '.');

        // Nothing but that events are there or are not, which the patterns say.
        bool IsPresence(YaralExpression term) => term switch
        {
            YaralExpression.Variable v => _bindings.IsEvent(v.Name),
            YaralExpression.Not { Operand: YaralExpression.Variable v } => _bindings.IsEvent(v.Name),
            YaralExpression.Compare { Left: YaralExpression.Count count, Op: YaralComparison.Greater, Right: YaralExpression.Number number } => _bindings.IsEvent(count.Name) && IsZero(number),
            YaralExpression.Compare { Left: YaralExpression.Count count } => _bindings.IsEvent(count.Name) && Bound(term, count.Name) is Presence.Absent,
            _ => false,
        };

        // The condition section: events, counts and outcomes.
        Predicate ConditionOf(YaralExpression node) => node switch
        {
            YaralExpression.And and => Terms.All([.. and.Terms.Items.Select(ConditionOf).Where(t => t is not Predicate.Constant { Value: Truth.True })], and.Span),
            YaralExpression.Or or => Terms.Any([.. or.Terms.Items.Select(ConditionOf)], or.Span),
            YaralExpression.Not not => new Predicate.Not(ConditionOf(not.Operand)) { Span = not.Span },
            YaralExpression.SomeOf some => SomeOf(some, [.. some.Items.Items.Select(ConditionOf)]),
            YaralExpression.Variable variable => Present(variable),
            // One event is what there is.
            YaralExpression.Compare { Left: YaralExpression.Count count, Right: YaralExpression.Number } compare when _rule.Match is null && _bindings.Events.Length <= 1 && _bindings.IsEvent(count.Name) =>
                new Predicate.Constant(Kleene.Of(Zeros.Meets(Relation(compare.Op, OrderKind.Numeric), Less(compare)) is { } met && (compare.Op == YaralComparison.NotEqual ? !met : met))) { Span = node.Span },
            _ => Condition(Resolve(node)),
        };

        // Comparing one with a number is comparing zero with one less.
        static Expression.Constant Less(YaralExpression.Compare compare) =>
            Number(((YaralExpression.Number)compare.Right).Digits).Value is Literal.Integer { Value: > long.MinValue } whole ? Expression.Number(whole.Value - 1) : Expression.Number(long.MaxValue);

        Predicate Present(YaralExpression.Variable variable)
        {
            if (_bindings.IsOutcome(variable.Name))
                return new Predicate.IsTrue(Value(variable)) { Span = variable.Span };
            if (_bindings.IsEvent(variable.Name) && _rule.Match is null && _bindings.Events.Length <= 1)
                return new Predicate.Constant(Truth.True) { Span = variable.Span };
            var count = Counted(new(variable.Name) { Span = variable.Span });
            return count is Expression.Unsupported unread
                ? new Predicate.Unsupported(unread.SourceText) { Span = variable.Span }
                : new Predicate.Test(count, new Match.Order(OrderRelation.Greater), [Expression.Number(0)], Zeros.Of(folds: false, Truth.False, Expression.Number(0))) { Span = variable.Span };
        }
    }
}
