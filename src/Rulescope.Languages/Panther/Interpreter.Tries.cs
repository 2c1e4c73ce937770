using System.Collections.Immutable;
using Rulescope.Algebra.Expressions;
using Rulescope.Algebra.Predicates;
using Rulescope.Languages.Python;
using Rulescope.Text;

namespace Rulescope.Languages.Panther;

sealed partial class Interpreter
{
    const int MaxFailDepth = 24;

    // Which exception it is is not told apart: a handler takes every failure of the block before it.
    Flow RunTry(PythonStatement.Try attempt)
    {
        var outer = _inTry;
        _inTry = attempt.Handlers.Count > 0;
        var body = RunBlock(attempt.Body);
        _inTry = outer;
        var otherwise = body.Falls ? RunBlock(attempt.OrElse) : new([], false);
        var end = otherwise.Falls ? _state : null;
        var exits = body.Exits;
        ImmutableArray<(Predicate, State)> fallen = [];
        if (attempt.Handlers is [var handler, ..])
        {
            (exits, fallen) = Divert(exits, ExitKind.Raise, () =>
            {
                if (handler.Name is { } name)
                    Bind(name, NoModel("an exception"));
                return RunBlock(handler.Body);
            });
        }

        var open = fallen.Aggregate(Conditions.True, (before, f) => Conditions.And(before, Conditions.Not(f.Item1)));
        exits = exits.AddRange(otherwise.Exits.Select(e => e with { Guard = Conditions.And(open, e.Guard) }));
        var falls = end is not null || fallen.Length > 0;
        _state = Joined(fallen, end) ?? _state;
        if (attempt.Finally.IsEmpty)
            return new(exits, falls);
        if (exits.Length > 0)
            return Lost(attempt, "finally behind a return has no model here");
        return RunBlock(attempt.Finally);
    }

    /// <summary>Inside a try, a value that may fail to compute is a way to the handler.</summary>
    Flow Attempt(SymbolicValue value) =>
        value is SymbolicValue.Raised ? Leave(ExitKind.Raise, value)
        : _inTry && ToExpression(value) is { } expression && MayFail(expression, 0)
            ? new([new(new Predicate.Fails(expression), ExitKind.Raise, new SymbolicValue.Raised(), _state)], true)
            : Flow.Through;

    static bool MayFail(Expression expression, int depth) => depth > MaxFailDepth || expression switch
    {
        Expression.Call { Function: "path" or "isinstance" or "str" or "repr" or "concat" or "type_name" } call => call.Arguments.Items.Any(a => MayFail(a, depth + 1)),
        Expression.Call or Expression.Arithmetic => true,
        Expression.Boolean condition => MayFail(condition.Value, depth + 1),
        Expression.If choice => MayFail(choice.Condition, depth + 1) || MayFail(choice.Then, depth + 1) || MayFail(choice.Else, depth + 1),
        Expression.Coalesce coalesce => coalesce.Items.Items.Any(i => MayFail(i, depth + 1)),
        Expression.ListOf list => list.Items.Items.Any(i => MayFail(i, depth + 1)),
        Expression.ObjectOf record => record.Members.Items.Any(m => MayFail(m.Value, depth + 1)),
        _ => false,
    };

    static bool MayFail(Predicate predicate, int depth) => depth > MaxFailDepth || predicate switch
    {
        Predicate.And and => and.Terms.Items.Any(t => MayFail(t, depth + 1)),
        Predicate.Or or => or.Terms.Items.Any(t => MayFail(t, depth + 1)),
        Predicate.Not not => MayFail(not.Operand, depth + 1),
        Predicate.Test test => test.Semantics.OnNull is Algebra.Values.Truth.Error || MayFail(test.Subject, depth + 1) || test.Operands.Items.Any(o => MayFail(o, depth + 1)),
        Predicate.InSet set => set.Semantics.OnNull is Algebra.Values.Truth.Error || MayFail(set.Subject, depth + 1),
        Predicate.Absent absent => MayFail(absent.Subject, depth + 1),
        Predicate.Truthy truthy => MayFail(truthy.Value, depth + 1),
        Predicate.IsTrue isTrue => MayFail(isTrue.Value, depth + 1),
        Predicate.Some or Predicate.Every => true,
        Predicate.Constant constant => constant.Value is Algebra.Values.Truth.Error,
        _ => false,
    };

    Flow RunMatch(PythonStatement.Match match)
    {
        var subject = Evaluate(match.Subject);
        return RunCase(match, subject, 0);
    }

    Flow RunCase(PythonStatement.Match match, SymbolicValue subject, int at)
    {
        if (at == match.Cases.Count)
            return Flow.Through;
        var arm = match.Cases[at];
        if (Fits(arm.Pattern, subject) is not { } fits)
            return Lost(match, "a pattern of this kind has no model here");
        if (arm.Guard is { } guard)
            fits = Conditions.And(fits, Truth(Evaluate(guard)));
        return Branch(fits, () => RunBlock(arm.Body), () => RunCase(match, subject, at + 1));
    }

    Predicate? Fits(PythonPattern pattern, SymbolicValue subject)
    {
        switch (pattern)
        {
            case PythonPattern.Value value:
                return Truth(Equal(subject, Evaluate(value.Expression), value.Expression));
            case PythonPattern.Singleton singleton:
                return Truth(Identical(subject, Evaluate(singleton.Expression), singleton.Expression));
            case PythonPattern.Wildcard:
                return Conditions.True;
            case PythonPattern.Capture capture:
                Bind(capture.Name, subject);
                return Conditions.True;
            case PythonPattern.As named:
                Bind(named.Name, subject);
                return Fits(named.Pattern, subject);
            case PythonPattern.Or or:
                var any = Conditions.False;
                foreach (var option in or.Patterns)
                {
                    if (Fits(option, subject) is not { } fits)
                        return null;
                    any = Conditions.Or(any, fits);
                }

                return any;
            case PythonPattern.Sequence sequence when Items(subject) is { } items && sequence.Patterns.Items.All(p => p is not PythonPattern.Star):
                if (items.Length != sequence.Patterns.Count)
                    return Conditions.False;
                var all = Conditions.True;
                for (var i = 0; i < items.Length; i++)
                {
                    if (Fits(sequence.Patterns[i], items[i]) is not { } fits)
                        return null;
                    all = Conditions.And(all, fits);
                }

                return all;
            default:
                return null;
        }
    }
}

/// <summary>The names that statements assign, nested functions aside.</summary>
static class AssignedNames
{
    public static ImmutableHashSet<string> In(EquatableArray<PythonStatement> statements)
    {
        var names = ImmutableHashSet.CreateBuilder<string>(StringComparer.Ordinal);
        foreach (var statement in statements)
            Gather(statement, names);
        return names.ToImmutable();
    }

    static void Gather(EquatableArray<PythonStatement> statements, ImmutableHashSet<string>.Builder names)
    {
        foreach (var statement in statements)
            Gather(statement, names);
    }

    static void Gather(PythonStatement statement, ImmutableHashSet<string>.Builder names)
    {
        switch (statement)
        {
            case PythonStatement.Assign assign:
                foreach (var target in assign.Targets)
                    Gather(target, names);
                break;
            case PythonStatement.AugmentedAssign assign:
                Gather(assign.Target, names);
                break;
            case PythonStatement.AnnotatedAssign assign:
                Gather(assign.Target, names);
                break;
            // A method may change its receiver: found.append(item).
            case PythonStatement.Expression { Value: PythonExpression.Call { Function: PythonExpression.Attribute { Target: PythonExpression.Name receiver, Member: var method } } } when ListMethods.Changing.Contains(method):
                names.Add(receiver.Id);
                break;
            case PythonStatement.If choice:
                foreach (var branch in choice.Branches)
                    Gather(branch.Body, names);
                Gather(choice.OrElse, names);
                break;
            case PythonStatement.For loop:
                Gather(loop.Target, names);
                Gather(loop.Body, names);
                Gather(loop.OrElse, names);
                break;
            case PythonStatement.While loop:
                Gather(loop.Body, names);
                break;
            case PythonStatement.Try attempt:
                Gather(attempt.Body, names);
                foreach (var handler in attempt.Handlers)
                    Gather(handler.Body, names);
                Gather(attempt.OrElse, names);
                Gather(attempt.Finally, names);
                break;
            case PythonStatement.With with:
                Gather(with.Body, names);
                break;
            case PythonStatement.Match match:
                foreach (var arm in match.Cases)
                    Gather(arm.Body, names);
                break;
        }
    }

    static void Gather(PythonExpression target, ImmutableHashSet<string>.Builder names)
    {
        switch (target)
        {
            case PythonExpression.Name name:
                names.Add(name.Id);
                break;
            case PythonExpression.Tuple tuple:
                foreach (var item in tuple.Items)
                    Gather(item, names);
                break;
            case PythonExpression.List list:
                foreach (var item in list.Items)
                    Gather(item, names);
                break;
            case PythonExpression.Starred starred:
                Gather(starred.Value, names);
                break;
            case PythonExpression.Subscript { Target: PythonExpression.Name holder }:
                names.Add(holder.Id);
                break;
        }
    }
}

/// <summary>Methods that change the list, set or dict they are called on.</summary>
static class ListMethods
{
    public static readonly ImmutableHashSet<string> Changing = ImmutableHashSet.Create(StringComparer.Ordinal, "append", "extend", "add", "update", "remove", "insert", "pop", "clear", "discard", "setdefault", "sort", "reverse");
}
