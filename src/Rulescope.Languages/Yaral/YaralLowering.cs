using System.Collections.Immutable;
using Rulescope.Algebra.Fields;
using Rulescope.Algebra.Plans;
using Rulescope.Algebra.Predicates;
using Rulescope.Text;

namespace Rulescope.Languages.Yaral;

/// <summary>Gives YARA-L its meaning: two-valued tests on UDM, where what is absent reads as its type's zero value.</summary>
/// <remarks>Source: Google SecOps' YARA-L 2.0 reference, best practices and known issues (2026).</remarks>
public static partial class YaralLowering
{
    /// <summary>A file's logic: its rule, or all of its rules side by side. Never throws; what has no meaning is an unsupported part with a finding.</summary>
    public static Parsed<RuleQuery> Lower(YaralFile file, LogSource source)
    {
        var lowered = file.Rules.Items.Select(rule => Lower(rule, source)).ToList();
        ImmutableArray<Diagnostic> findings = [.. lowered.SelectMany(l => l.Diagnostics)];
        return lowered switch
        {
            [] => new(RuleQuery.Empty(source), findings),
            [var only] => only,
            _ => new(new(new Plan.Union([.. lowered.Select(l => l.Value.Plan)]) { Span = file.Span }), findings),
        };
    }

    /// <summary>One rule's logic over the events of a source. Events of the entity graph are of its data set <c>entity_graph</c>.</summary>
    public static Parsed<RuleQuery> Lower(YaralRule rule, LogSource source)
    {
        var lowering = new Lowering(rule, source);
        var plan = lowering.Plan();
        return new(new(plan), [.. lowering.Findings.Distinct()]);
    }

    sealed partial class Lowering
    {
        const int MaxEvents = 100;

        readonly YaralRule _rule;
        readonly LogSource _source;
        readonly YaralBindings _bindings;
        readonly List<Diagnostic> _findings = [];

        // The event whose own stream is being filtered: its fields need no name of it.
        string? _own;

        public Lowering(YaralRule rule, LogSource source)
        {
            (_rule, _source, _bindings) = (rule, source, new(rule));
            if (_bindings.Events is [var only])
                _own = only;
        }

        public IEnumerable<Diagnostic> Findings => _findings;

        public Plan Plan()
        {
            if (_bindings.Events.Length > MaxEvents)
            {
                Report(_rule.Span, YaralCodes.TooManyEvents, _bindings.Events.Length, MaxEvents);
                return new Plan.Unsupported("…") { Span = _rule.Span };
            }

            NoteTables();
            var plan = _rule.Match is null && _bindings.Events.Length <= 1 ? Single() : Correlated();
            if (!_rule.Dedup.IsEmpty)
                plan = new Plan.Distinct(plan, [.. _rule.Dedup.Items.Select(Value)]);
            if (!_rule.Order.IsEmpty)
                plan = new Plan.Sort(plan, [.. _rule.Order.Items.Select(o => new Algebra.Expressions.SortKey(Value(o.Value)) { Descending = o.Descending })]);
            if (_rule.Limit is YaralExpression.Number { Digits: var digits } && long.TryParse(digits, out var limit))
                plan = new Plan.Take(plan, limit);
            else if (_rule.Limit is { } odd)
                Report(odd.Span, YaralCodes.NoMeaning, YaralWriter.Write(odd));
            if (!_rule.Select.IsEmpty)
                plan = new Plan.Project(plan, ProjectKind.Keep, [.. _rule.Select.Items.Select(Column)]);
            if (!_rule.Unselect.IsEmpty)
                plan = new Plan.Project(plan, ProjectKind.Drop, [.. _rule.Unselect.Items.Select(Column)]);
            return plan;
        }

        Algebra.Expressions.Named Column(YaralExpression value) => new(YaralWriter.Write(value).TrimStart('$'), Value(value));

        // One event at a time: a filter, its outcomes as columns, and what the condition asks of them.
        Plan Single()
        {
            var variable = _bindings.Events is [var only] ? only : "";
            Plan plan = new Plan.Source(SourceOf(variable));
            var tests = SameEvent(variable).ToList();
            if (tests.Count > 0)
                plan = new Plan.Filter(plan, Conjunction(tests, tests.Select(t => t.Span).Aggregate(SourceSpan.Cover)));
            if (!_rule.Outcome.IsEmpty)
                plan = new Plan.Derive(plan, [.. _rule.Outcome.Items.Select(Outcome)]);
            return _rule.Condition is { } condition && ConditionOf(condition) is var asked && asked is not (Predicate.Constant { Value: Algebra.Values.Truth.True } or Predicate.And { Terms.IsEmpty: true })
                ? new Plan.Filter(plan, asked)
                : plan;
        }

        // The tests on one event, placeholders replaced; two values of one placeholder are equal.
        IEnumerable<YaralExpression> SameEvent(string variable) =>
            Resolved().Where(t => YaralBindings.EventsOf(t) is [] or [_] && (YaralBindings.EventsOf(t) is not [var only] ? IsFirst(variable) : only == variable));

        bool IsFirst(string variable) => _bindings.Events.IsEmpty || _bindings.Events[0] == variable;

        IEnumerable<YaralExpression> Resolved() => _resolved ??= [.. _bindings.Tests.Concat(Repeated()).Select(Resolve)];

        ImmutableArray<YaralExpression>? _resolved;

        // $e.a = $p and $e.b = $p: a equals b. A key of the match section is shared as such where the events differ.
        IEnumerable<YaralExpression> Repeated()
        {
            foreach (var placeholder in _bindings.Placeholders)
            {
                var first = new Dictionary<string, YaralDefinition>(StringComparer.Ordinal);
                foreach (var definition in _bindings.DefinitionsOf(placeholder))
                {
                    var earlier = first.GetValueOrDefault(definition.Event ?? "");
                    if (definition.Event is not null)
                        first.TryAdd(definition.Event, definition);
                    if (earlier is null && ((definition.Event is not null && IsKey(placeholder)) || ReferenceEquals(definition, _bindings.DefinitionsOf(placeholder)[0])))
                        continue;
                    yield return new YaralExpression.Compare(YaralComparison.Equal, (earlier ?? _bindings.DefinitionsOf(placeholder)[0]).Value, definition.Value) { Span = definition.Span };
                }
            }
        }

        bool IsKey(string placeholder) => _rule.Match is { } match && match.Keys.Items.Any(k => k is YaralExpression.Variable v && v.Name == placeholder);

        YaralExpression Resolve(YaralExpression node) => Resolve(node, null);

        YaralExpression Resolve(YaralExpression node, string? preferred)
        {
            if (_bindings.Resolve(node, preferred) is { } resolved)
                return resolved;
            Report(node.Span, YaralCodes.PlaceholderTooLarge, YaralWriter.Write(node));
            return new YaralExpression.Unsupported(YaralWriter.Write(node)) { Span = node.Span };
        }

        LogSource SourceOf(string variable) =>
            IsGraph(variable) ? _source with { Terms = [.. _source.Terms, new("dataset", ["entity_graph"])] } : _source;

        bool IsGraph(string variable) => _rule.Events.Items.SelectMany(YaralTree.All).OfType<YaralExpression.Field>()
            .Any(f => (f.Event ?? "") == variable && f.Path is [YaralStep.Name { Text: "graph" }, ..]);

        // Comparisons with two columns of one table mean one row of it.
        void NoteTables()
        {
            var tables = _rule.Events.Items.SelectMany(YaralTree.All).OfType<YaralExpression.Compare>()
                .SelectMany(c => new[] { c.Left, c.Right }).OfType<YaralExpression.List>().GroupBy(l => l.Name, StringComparer.Ordinal);
            foreach (var table in tables.Where(t => t.Count() > 1))
                Report(table.ElementAt(1).Span, YaralCodes.RowOfTable, table.Key);
        }

        void Report(SourceSpan span, DiagnosticCode code, params ReadOnlySpan<object?> arguments) => _findings.Add(Diagnostic.At(span, code, arguments));
    }
}
