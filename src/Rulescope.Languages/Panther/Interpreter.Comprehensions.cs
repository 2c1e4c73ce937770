using System.Collections.Immutable;
using Rulescope.Algebra;
using Rulescope.Algebra.Expressions;
using Rulescope.Algebra.Fields;
using Rulescope.Algebra.Predicates;
using Rulescope.Languages.Python;
using Rulescope.Text;

namespace Rulescope.Languages.Panther;

sealed partial class Interpreter
{
    /// <summary>A comprehension: its members one by one where the lists are known, a selection where one list is of the event.</summary>
    SymbolicValue Comprehended(EquatableArray<PythonComprehension> clauses, PythonExpression element, SequenceKind kind)
    {
        var (locals, variables) = (_state.Locals, _loopVariables);
        var value = Comprehended(clauses, 0, element, kind);
        _state = _state with { Locals = locals };
        _loopVariables = variables;
        return value;
    }

    SymbolicValue Comprehended(EquatableArray<PythonComprehension> clauses, int at, PythonExpression element, SequenceKind kind)
    {
        if (at == clauses.Count)
            return Evaluate(element);
        var clause = clauses[at];
        var isLast = at == clauses.Count - 1;
        return Map(Evaluate(clause.Iterable), iterable =>
        {
            if (Items(iterable) is { } items)
                return Known(clauses, at, element, kind, items);
            if (Selection(iterable) is not var (collection, variable, filter, item))
                return Spoiled(iterable);
            Assign(clause.Target, item);
            filter = Conditions.And(filter, ConditionsOf(clause));
            if (isLast)
                return new SymbolicValue.Selected(collection, variable, filter, Evaluate(element));
            // A list inside each element: one selection over the lists, for any() alone.
            return Comprehended(clauses, at + 1, element, kind) is SymbolicValue.Selected inner
                ? new SymbolicValue.Selected(collection, variable, filter, inner) : NoModel("a comprehension over several lists of the event");
        });
    }

    // What runs over each element of a list of the event: the list, the variable, the filter so far and the element.
    (Expression Collection, string Variable, Predicate Filter, SymbolicValue Item)? Selection(SymbolicValue iterable)
    {
        if (iterable is SymbolicValue.Selected selected)
        {
            var renamed = Renamed(selected, Fresh(selected.Variable));
            return (renamed.Collection, renamed.Variable, renamed.Filter, renamed.Element);
        }

        if (Collection(iterable) is not { } collection)
            return null;
        var variable = Fresh("item");
        return (collection, variable, Conditions.True, ElementOf(variable));
    }

    Predicate ConditionsOf(PythonComprehension clause)
    {
        var all = Conditions.True;
        foreach (var condition in clause.Conditions)
            all = Conditions.And(all, Truth(Evaluate(condition), condition));
        return all;
    }

    SymbolicValue Known(EquatableArray<PythonComprehension> clauses, int at, PythonExpression element, SequenceKind kind, ImmutableArray<SymbolicValue> items)
    {
        var members = ImmutableArray.CreateBuilder<SymbolicValue>();
        foreach (var item in items)
        {
            if (!Step())
                return new SymbolicValue.Unknown("the rule takes more steps than are read");
            Assign(clauses[at].Target, item);
            var filter = ConditionsOf(clauses[at]);
            if (Conditions.IsFalse(filter))
                continue;
            var value = Comprehended(clauses, at + 1, element, kind);
            // A member that is there on some events only.
            if (!Conditions.IsTrue(filter))
                value = new SymbolicValue.Choice(filter, value, Skipped);
            if (at < clauses.Count - 1 && value is SymbolicValue.Sequence inner)
                members.AddRange(inner.Items);
            else
                members.Add(value);
        }

        return new SymbolicValue.Sequence(kind, members.ToImmutable());
    }

    static bool IsOptional(SymbolicValue item) => item is SymbolicValue.Choice { Else: var otherwise } && ReferenceEquals(otherwise, Skipped);

    static Predicate GuardOf(SymbolicValue item) => item is SymbolicValue.Choice choice && IsOptional(item) ? choice.Guard : Conditions.True;

    static SymbolicValue Given(SymbolicValue item) => item is SymbolicValue.Choice choice && IsOptional(item) ? choice.Then : item;

    // Stands for a member that a filter leaves out.
    static SymbolicValue.Unknown Skipped { get; } = new("the length of a list depends on the event");

    SymbolicValue Comprehended(PythonExpression.DictComprehension dict)
    {
        var locals = _state.Locals;
        var pairs = Comprehended(dict.Clauses, new PythonExpression.Tuple([dict.Key, dict.Value]) { Span = dict.Span }, SequenceKind.List);
        _state = _state with { Locals = locals };
        return pairs is SymbolicValue.Sequence sequence && sequence.Items.All(p => p is SymbolicValue.Sequence { Items.Length: 2 })
            ? sequence.Items.Cast<SymbolicValue.Sequence>().Aggregate((SymbolicValue)new SymbolicValue.Dictionary([]), (d, p) => Replaced(d, p.Items[0], p.Items[1]))
            : pairs is SymbolicValue.Selected && ToExpression(pairs) is { } list ? new SymbolicValue.Computed(Python("to_dict", list))
            : NoModel("a dict comprehension over a list of the event");
    }

    Predicate Any(SymbolicValue value, PythonNode node) => value switch
    {
        SymbolicValue.Choice choice => Conditions.Select(choice.Guard, Any(choice.Then, node), Any(choice.Else, node)),
        SymbolicValue.Selected { Element: SymbolicValue.Selected or SymbolicValue.Sequence } nested => Some(nested.Collection, nested.Variable, Conditions.And(nested.Filter, Any(nested.Element, node))),
        SymbolicValue.Selected selected => Some(selected.Collection, selected.Variable, Conditions.And(selected.Filter, Truth(selected.Element, node))),
        SymbolicValue.Raised => Conditions.Error,
        SymbolicValue.Sequence sequence => AnyOf(sequence.Items, node),
        _ when Items(value) is { } items => AnyOf(items, node),
        _ when Collection(value) is { } collection => Some(collection, "item", Truth(ElementOf("item"), node)),
        _ => Unread(node, CauseOf(value)),
    };

    Predicate AnyOf(ImmutableArray<SymbolicValue> items, PythonNode node)
    {
        var terms = items.Select(i => Conditions.And(GuardOf(i), Any(Given(i)))).ToList();
        return OneTest(Conditions.Or([.. terms]));
        Predicate Any(SymbolicValue item) => item is SymbolicValue.Selected or SymbolicValue.Sequence ? this.Any(item, node) : Truth(item, node);
    }

    Predicate All(SymbolicValue value, PythonNode node) => value switch
    {
        SymbolicValue.Choice choice => Conditions.Select(choice.Guard, All(choice.Then, node), All(choice.Else, node)),
        SymbolicValue.Selected { Element: SymbolicValue.Selected or SymbolicValue.Sequence } nested => EveryOf(nested, All(nested.Element, node)),
        SymbolicValue.Selected selected => EveryOf(selected, Truth(selected.Element, node)),
        SymbolicValue.Raised => Conditions.Error,
        SymbolicValue.Sequence sequence => Conditions.And([.. sequence.Items.Select(i => Conditions.Or(Conditions.Not(GuardOf(i)), Truth(Given(i), node)))]),
        _ when Items(value) is { } items => Conditions.And([.. items.Select(i => Truth(i, node))]),
        _ when Collection(value) is { } collection => new Predicate.Every(collection, "item", Truth(ElementOf("item"), node)),
        _ => Unread(node, CauseOf(value)),
    };

    static Predicate.Every EveryOf(SymbolicValue.Selected selected, Predicate body) =>
        new(selected.Collection, selected.Variable, Conditions.Or(Conditions.Not(selected.Filter), body)) { Span = body.Span };

    // any(x.startswith(p) for p in PREFIXES) is one test against a list.
    static Predicate OneTest(Predicate condition)
    {
        if (condition is not Predicate.Or { Terms: [Predicate.Test { Operands: [Expression.Constant], Match: not Match.Order } first, ..] } or)
            return condition;
        return or.Terms.Items.All(t => t is Predicate.Test { Operands: [Expression.Constant] } test && test.Match == first.Match && test.Semantics == first.Semantics && ReferenceEquals(test.Subject, first.Subject))
            ? new Predicate.InSet(first.Subject, new ValueSet.List([.. or.Terms.Items.Select(t => ((Predicate.Test)t).Operands[0])]), first.Match, first.Semantics) { Span = or.Span }
            : condition;
    }

    SymbolicValue Mapped(SymbolicValue function, SymbolicValue items, PythonExpression.Call call) => Map(items, list =>
    {
        if (Items(list) is { } known)
            return new SymbolicValue.Sequence(SequenceKind.List, [.. known.Select(i => Apply(function, new([i], Names.None), call))]);
        return Selection(list) is var (collection, variable, filter, item)
            ? new SymbolicValue.Selected(collection, variable, filter, Apply(function, new([item], Names.None), call)) : Spoiled(list);
    });

    SymbolicValue FilteredBy(SymbolicValue function, SymbolicValue items, PythonExpression.Call call) => Map(items, list =>
    {
        if (Selection(list) is not var (collection, variable, filter, item))
            return Spoiled(list);
        var test = function is SymbolicValue.Constant { IsNone: true } ? item : Apply(function, new([item], Names.None), call);
        return new SymbolicValue.Selected(collection, variable, Conditions.And(filter, Truth(test, call)), item);
    });

    // A selection under another variable, so that it can stand inside itself.
    static SymbolicValue.Selected Renamed(SymbolicValue.Selected selected, string variable)
    {
        if (selected.Variable == variable)
            return selected;
        var renaming = new Renaming(selected.Variable, variable);
        return selected with { Variable = variable, Filter = renaming.Rewrite(selected.Filter), Element = renaming.In(selected.Element) };
    }

    sealed class Renaming(string from, string to) : Rewriter
    {
        public override Expression Rewrite(Expression expression) =>
            expression is Expression.Ref { Target: Reference.LoopVariable variable } reference && variable.Name == from
                ? reference with { Target = variable with { Name = to } } : base.Rewrite(expression);

        public SymbolicValue In(SymbolicValue value) => value switch
        {
            SymbolicValue.Computed computed => new SymbolicValue.Computed(Rewrite(computed.Value)),
            SymbolicValue.Condition condition => new SymbolicValue.Condition(Rewrite(condition.Value)),
            SymbolicValue.Choice choice => choice with { Guard = Rewrite(choice.Guard), Then = In(choice.Then), Else = In(choice.Else) },
            SymbolicValue.Sequence sequence => sequence with { Items = [.. sequence.Items.Select(In)] },
            SymbolicValue.Constant or SymbolicValue.Unknown or SymbolicValue.Raised => value,
            _ => NoModel("an element of this kind"),
        };
    }
}
