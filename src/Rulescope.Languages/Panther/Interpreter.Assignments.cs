using System.Collections.Immutable;
using Rulescope.Algebra.Expressions;
using Rulescope.Algebra.Values;
using Rulescope.Languages.Python;
using Rulescope.Text;

namespace Rulescope.Languages.Panther;

sealed partial class Interpreter
{
    void Assign(PythonExpression target, SymbolicValue value)
    {
        switch (target)
        {
            case PythonExpression.Name name:
                Bind(name.Id, value);
                break;
            case PythonExpression.Tuple tuple:
                Unpack(tuple.Items, value);
                break;
            case PythonExpression.List list:
                Unpack(list.Items, value);
                break;
            case PythonExpression.Subscript { Target: PythonExpression.Name holder, Index: not PythonExpression.Slice and var index }:
                Bind(holder.Id, Replaced(Lookup(holder.Id), Evaluate(index), value));
                break;
            case PythonExpression.Attribute { Target: PythonExpression.Name holder, Member: var member } when Lookup(holder.Id) is SymbolicValue.Instance instance:
                Bind(holder.Id, instance with { Members = instance.Members.SetItem(member, value) });
                break;
            case PythonExpression.Starred starred:
                Assign(starred.Value, value);
                break;
            default:
                Forget(target);
                break;
        }
    }

    // A change to something inside a name that is not followed: from now on nothing is known of the name.
    void Forget(PythonExpression target)
    {
        var root = target;
        while (root is PythonExpression.Subscript or PythonExpression.Attribute)
            root = root is PythonExpression.Subscript subscript ? subscript.Target : ((PythonExpression.Attribute)root).Target;
        if (root is PythonExpression.Name name)
            Bind(name.Id, new SymbolicValue.Unknown($"'{name.Id}' is changed in a way that has no model here"));
    }

    void Unpack(EquatableArray<PythonExpression> targets, SymbolicValue value)
    {
        var star = targets.Items.Any(t => t is PythonExpression.Starred);
        if (!star && value is SymbolicValue.Sequence { Items: var items } && items.Length == targets.Count)
        {
            for (var i = 0; i < targets.Count; i++)
                Assign(targets[i], items[i]);
            return;
        }

        for (var i = 0; i < targets.Count; i++)
            Assign(targets[i], star ? NoModel("an assignment to *name") : Map(value, Number(i), ItemOf));
    }

    static SymbolicValue Replaced(SymbolicValue holder, SymbolicValue key, SymbolicValue value)
    {
        if (holder is SymbolicValue.Dictionary dictionary && key is SymbolicValue.Constant)
        {
            var at = dictionary.Entries.Index().FirstOrDefault(e => IsSame(e.Item.Key, key), (-1, default)).Item1;
            var entry = KeyValuePair.Create(key, value);
            return dictionary with { Entries = at < 0 ? dictionary.Entries.Add(entry) : dictionary.Entries.SetItem(at, entry) };
        }

        return holder is SymbolicValue.Sequence sequence && key is SymbolicValue.Constant { Value: Literal.Integer { Value: >= 0 and var place } } && place < sequence.Items.Length
            ? sequence with { Items = sequence.Items.SetItem((int)place, value) }
            : NoModel("a change inside this value");
    }

    SymbolicValue Augmented(PythonStatement.AugmentedAssign assign) => Calculated(Evaluate(assign.Target), assign.Operator, Evaluate(assign.Value));

    // An expression that stands for its effect: a method that changes the list it is called on.
    SymbolicValue Effect(PythonExpression expression)
    {
        if (expression is PythonExpression.Call onInstance && HolderOf(onInstance) is { } self)
            return CalledOnInstance(onInstance, self);
        if (expression is not PythonExpression.Call { Function: PythonExpression.Attribute { Target: PythonExpression.Name name, Member: var member } } call || !ListMethods.Changing.Contains(member))
            return Evaluate(expression);
        var holder = Lookup(name.Id);
        if (holder is SymbolicValue.Helper or SymbolicValue.Library or SymbolicValue.Instance or SymbolicValue.Event)
            return Evaluate(expression);
        var changed = ArgumentsOf(call) is { } arguments ? Map(holder, h => Changed(h, member, arguments)) : NoModel($"the method '{member}' here");
        Bind(name.Id, changed);
        return SymbolicValue.None;
    }

    static SymbolicValue Changed(SymbolicValue holder, string method, Arguments arguments) => (holder, method, arguments.At(0)) switch
    {
        (SymbolicValue.Unknown or SymbolicValue.Raised, _, _) => holder,
        (SymbolicValue.Carried or SymbolicValue.Appended, "append" or "add", { } item) => new SymbolicValue.Appended(holder, item),
        (SymbolicValue.Sequence sequence, "append", { } item) => sequence with { Items = sequence.Items.Add(item) },
        (SymbolicValue.Sequence sequence, "add", { } item) => sequence.Items.Any(i => IsSame(i, item)) ? sequence : sequence with { Items = sequence.Items.Add(item) },
        (SymbolicValue.Sequence sequence, "extend" or "update", { } more) when Items(more) is { } items => sequence with { Items = sequence.Items.AddRange(items) },
        (SymbolicValue.Sequence sequence, "clear", null) => sequence with { Items = [] },
        (SymbolicValue.Sequence sequence, "remove" or "discard", { } item) when sequence.Items.FirstOrDefault(i => IsSame(i, item)) is { } found => sequence with { Items = sequence.Items.Remove(found) },
        (SymbolicValue.Dictionary dictionary, "update", SymbolicValue.Dictionary more) => more.Entries.Aggregate((SymbolicValue)dictionary, (d, e) => Replaced(d, e.Key, e.Value)),
        _ => NoModel($"the method '{method}' here"),
    };

    SymbolicValue Members(SequenceKind kind, EquatableArray<PythonExpression> items)
    {
        var members = ImmutableArray.CreateBuilder<SymbolicValue>(items.Count);
        foreach (var item in items)
        {
            var value = Evaluate(item);
            if (item is not PythonExpression.Starred)
                members.Add(value);
            else if (Items(value) is { } inner)
                members.AddRange(inner);
            else
                return NoModel("a list that takes in another of unknown length");
        }

        return new SymbolicValue.Sequence(kind, members.ToImmutable());
    }

    SymbolicValue Members(PythonExpression.Dict dict)
    {
        SymbolicValue value = new SymbolicValue.Dictionary([]);
        foreach (var item in dict.Items)
        {
            if (item.Key is not null)
            {
                var key = Evaluate(item.Key);
                var entry = Evaluate(item.Value);
                value = key is SymbolicValue.Constant ? Replaced(value, key, entry)
                    : value is SymbolicValue.Dictionary known ? known with { Entries = known.Entries.Add(KeyValuePair.Create(key, entry)) } : value;
            }
            else if (Evaluate(item.Value) is SymbolicValue.Dictionary more)
            {
                foreach (var (key, entry) in more.Entries)
                    value = Replaced(value, key, entry);
            }
            else
            {
                return NoModel("a dict that takes in another of unknown keys");
            }
        }

        return value;
    }

    SymbolicValue Unary(PythonExpression.Unary unary) => Map(Evaluate(unary.Operand), value => (unary.Operator, value) switch
    {
        (PythonUnaryOperator.Minus, SymbolicValue.Constant { Value: Literal.Integer { Value: > long.MinValue and var number } }) => Number(-number),
        (PythonUnaryOperator.Minus, SymbolicValue.Constant { Value: Literal.Real number }) => new SymbolicValue.Constant(new Literal.Real(-number.Value)),
        (PythonUnaryOperator.Plus, SymbolicValue.Constant { Value: Literal.Integer or Literal.Real }) => value,
        (PythonUnaryOperator.Minus, SymbolicValue.Computed computed) => new SymbolicValue.Computed(new Expression.Arithmetic(ArithmeticOperator.Subtract, Expression.Number(0), computed.Value, Dialect.Python)),
        (_, SymbolicValue.Constant) => new SymbolicValue.Raised(),
        _ => Spoiled(value),
    });

    SymbolicValue Calculated(SymbolicValue left, PythonBinaryOperator op, SymbolicValue right) => Map(left, right, (a, b) => CalculatedOne(a, op, b));

    static SymbolicValue CalculatedOne(SymbolicValue left, PythonBinaryOperator op, SymbolicValue right)
    {
        switch (left, op, right)
        {
            case (SymbolicValue.Unknown or SymbolicValue.Raised or SymbolicValue.Carried, _, _):
                return Spoiled(left);
            case (_, _, SymbolicValue.Unknown or SymbolicValue.Raised or SymbolicValue.Carried):
                return Spoiled(right);
            case (SymbolicValue.Constant a, _, SymbolicValue.Constant b):
                return PartOf(Folded(a.Value, op, b.Value), a, b);
            case (SymbolicValue.Sequence a, PythonBinaryOperator.Add, SymbolicValue.Sequence b) when a.Kind == b.Kind:
                return a with { Items = a.Items.AddRange(b.Items) };
            case (SymbolicValue.Sequence { Kind: SequenceKind.Set } a, PythonBinaryOperator.BitOr, SymbolicValue.Sequence { Kind: SequenceKind.Set } b):
                return a with { Items = a.Items.AddRange(b.Items) };
            case (SymbolicValue.Dictionary a, PythonBinaryOperator.BitOr, SymbolicValue.Dictionary b):
                return b.Entries.Aggregate((SymbolicValue)a, (d, e) => Replaced(d, e.Key, e.Value));
            case (SymbolicValue.Condition a, PythonBinaryOperator.BitOr, SymbolicValue.Condition b):
                return OfPredicate(Conditions.Or(a.Value, b.Value));
            case (SymbolicValue.Condition a, PythonBinaryOperator.BitAnd, SymbolicValue.Condition b):
                return OfPredicate(Conditions.And(a.Value, b.Value));
        }

        if (ToExpression(left) is not { } x || ToExpression(right) is not { } y)
            return Spoiled(left is SymbolicValue.Computed or SymbolicValue.Constant ? right : left);
        return op switch
        {
            PythonBinaryOperator.Add when IsText(x) || IsText(y) || x is Expression.Constant { Value: Literal.String } || y is Expression.Constant { Value: Literal.String } => Sum(x, y),
            PythonBinaryOperator.Add when IsList(x) || IsList(y) || x is Expression.Constant { Value: Literal.Array } or Expression.ListOf || y is Expression.Constant { Value: Literal.Array } or Expression.ListOf => new SymbolicValue.Computed(Python("plus", x, y)),
            PythonBinaryOperator.Add => Sum(x, y),
            PythonBinaryOperator.BitAnd => new SymbolicValue.Computed(Python("intersection", x, y)),
            PythonBinaryOperator.BitOr => new SymbolicValue.Computed(Python("union", x, y)),
            _ => Operator(op) is { } arithmetic ? new SymbolicValue.Computed(new Expression.Arithmetic(arithmetic, x, y, Dialect.Python)) : NoModel("this operator"),
        };
    }

    static SymbolicValue.Computed Sum(Expression left, Expression right) => new(new Expression.Arithmetic(ArithmeticOperator.Add, left, right, Dialect.Python));

    static ArithmeticOperator? Operator(PythonBinaryOperator op) => op switch
    {
        PythonBinaryOperator.Subtract => ArithmeticOperator.Subtract,
        PythonBinaryOperator.Multiply => ArithmeticOperator.Multiply,
        PythonBinaryOperator.Divide => ArithmeticOperator.Divide,
        PythonBinaryOperator.FloorDivide => ArithmeticOperator.FloorDivide,
        PythonBinaryOperator.Modulo => ArithmeticOperator.Modulo,
        PythonBinaryOperator.Power => ArithmeticOperator.Power,
        _ => null,
    };

    // Constants are computed at once; what Python would refuse is an exception.
    static SymbolicValue Folded(Literal left, PythonBinaryOperator op, Literal right)
    {
        switch (left, op, right)
        {
            case (Literal.String a, PythonBinaryOperator.Add, Literal.String b):
                return Text(a.Value + b.Value);
            case (Literal.String, _, _):
                return NoModel("this operator on a text");
            case (Literal.Integer a, _, Literal.Integer b):
                Int128? whole = op switch
                {
                    PythonBinaryOperator.Add => (Int128)a.Value + b.Value,
                    PythonBinaryOperator.Subtract => (Int128)a.Value - b.Value,
                    PythonBinaryOperator.Multiply => (Int128)a.Value * b.Value,
                    PythonBinaryOperator.FloorDivide when b.Value > 0 && a.Value >= 0 => a.Value / b.Value,
                    PythonBinaryOperator.Modulo when b.Value > 0 && a.Value >= 0 => a.Value % b.Value,
                    PythonBinaryOperator.BitOr => a.Value | b.Value,
                    PythonBinaryOperator.BitAnd => a.Value & b.Value,
                    PythonBinaryOperator.Power when b.Value is >= 0 and < 63 && Math.Abs(Math.Pow(a.Value, b.Value)) < 9e15 => (Int128)Math.Pow(a.Value, b.Value),
                    _ => null,
                };
                if (whole is { } exact)
                    return exact >= long.MinValue && exact <= long.MaxValue ? Number((long)exact) : NoModel("a number beyond 64 bits");
                break;
        }

        if (NumberOf(left) is not { } x || NumberOf(right) is not { } y)
            return new SymbolicValue.Raised();
        return op switch
        {
            PythonBinaryOperator.Add => new SymbolicValue.Constant(new Literal.Real(x + y)),
            PythonBinaryOperator.Subtract => new SymbolicValue.Constant(new Literal.Real(x - y)),
            PythonBinaryOperator.Multiply => new SymbolicValue.Constant(new Literal.Real(x * y)),
            PythonBinaryOperator.Divide => y.Equals(0.0) ? new SymbolicValue.Raised() : new SymbolicValue.Constant(new Literal.Real(x / y)),
            _ => NoModel("this operator"),
        };
    }
}
