using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using Rulescope.Algebra.Expressions;
using Rulescope.Algebra.Fields;
using Rulescope.Algebra.Predicates;
using Rulescope.Algebra.Values;
using Rulescope.Languages.Python;
using Rulescope.Text;

namespace Rulescope.Languages.Panther;

sealed partial class Interpreter
{
    SymbolicValue Evaluate(PythonExpression expression)
    {
        var value = Step() ? Evaluated(expression) : new SymbolicValue.Unknown("the rule takes more steps than are read");
        return value switch
        {
            SymbolicValue.Unknown { Span.Length: 0 } unknown when Place(expression) is { Length: > 0 } place => unknown with { Span = place },
            // A constant that was computed stands where it is computed.
            SymbolicValue.Constant { Span.Length: 0 } constant when InRule || constant.Drawn is null => constant with { Span = Place(expression), Drawn = constant.Drawn ?? Drawn(expression) },
            SymbolicValue.Computed { Value: { Span.Length: 0, Drawn: null } computed } => new SymbolicValue.Computed(computed with { Span = Place(expression), Drawn = Drawn(expression) }),
            _ => value,
        };
    }

    SymbolicValue Evaluated(PythonExpression expression) =>
        expression switch
        {
            PythonExpression.Name name => Lookup(name.Id),
            PythonExpression.None => At(new Literal.Null(), expression),
            PythonExpression.Boolean flag => At(new Literal.Boolean(flag.Value), expression),
            PythonExpression.Integer number => number.Value >= long.MinValue && number.Value <= long.MaxValue ? At(new Literal.Integer((long)number.Value), expression) : NoModel("a number beyond 64 bits"),
            PythonExpression.Float number => At(new Literal.Real(number.Value), expression),
            PythonExpression.Text text => At(new Literal.String(text.Value), expression),
            PythonExpression.Formatted formatted => Formatted(formatted),
            PythonExpression.Tuple tuple => Members(SequenceKind.Tuple, tuple.Items),
            PythonExpression.List list => Members(SequenceKind.List, list.Items),
            PythonExpression.Set set => Members(SequenceKind.Set, set.Items),
            PythonExpression.Dict dict => Members(dict),
            PythonExpression.ListComprehension list => Comprehended(list.Clauses, list.Element, SequenceKind.List),
            PythonExpression.SetComprehension set => Comprehended(set.Clauses, set.Element, SequenceKind.Set),
            PythonExpression.Generator generator => Comprehended(generator.Clauses, generator.Element, SequenceKind.List),
            PythonExpression.DictComprehension dict => Comprehended(dict),
            PythonExpression.Attribute attribute => Attribute(attribute),
            PythonExpression.Subscript subscript => Subscript(subscript),
            PythonExpression.Call call => Call(call),
            PythonExpression.Unary unary => Unary(unary),
            PythonExpression.Binary binary => Calculated(Evaluate(binary.Left), binary.Operator, Evaluate(binary.Right)),
            PythonExpression.And and => Connected(and.Terms, 0, isAnd: true),
            PythonExpression.Or or => Connected(or.Terms, 0, isAnd: false),
            PythonExpression.Not not => OfPredicate(Conditions.Not(Truth(Evaluate(not.Operand), not.Operand))),
            PythonExpression.Compare compare => Compared(compare),
            PythonExpression.Conditional conditional => Conditional(conditional),
            PythonExpression.Lambda lambda => new SymbolicValue.Function("lambda", lambda.Parameters, new FunctionBody.Single(lambda.Body), _module) { Closure = Captured(), Defaults = DefaultsOf(lambda.Parameters) },
            PythonExpression.Walrus walrus => Walrus(walrus),
            PythonExpression.Starred starred => Evaluate(starred.Value),
            PythonExpression.Bytes or PythonExpression.Imaginary or PythonExpression.Ellipsis => NoModel("a value of this type"),
            PythonExpression.Await or PythonExpression.Yield or PythonExpression.YieldFrom => NoModel("a coroutine or generator function"),
            PythonExpression.Slice or PythonExpression.Unsupported => NoModel("this expression"),
            _ => throw new UnreachableException(expression.GetType().Name),
        };

    SymbolicValue.Constant At(Literal literal, PythonNode node) => new(literal) { Span = Place(node), Drawn = Drawn(node) };

    static SymbolicValue Text(string text) => new SymbolicValue.Constant(new Literal.String(text));

    static SymbolicValue Number(long number) => new SymbolicValue.Constant(new Literal.Integer(number));

    static SymbolicValue OfPredicate(Predicate predicate) => predicate is Predicate.Constant { Value: Algebra.Values.Truth.True or Algebra.Values.Truth.False } constant
        ? constant.Value is Algebra.Values.Truth.True ? SymbolicValue.True : SymbolicValue.False
        : new SymbolicValue.Condition(predicate);

    SymbolicValue Walrus(PythonExpression.Walrus walrus)
    {
        var value = Evaluate(walrus.Value);
        Bind(walrus.Target, value);
        return value;
    }

    SymbolicValue Conditional(PythonExpression.Conditional conditional)
    {
        var guard = Truth(Evaluate(conditional.Test), conditional.Test);
        return Conditions.IsTrue(guard) ? Evaluate(conditional.Body) : Conditions.IsFalse(guard) ? Evaluate(conditional.OrElse)
            : Simplified(guard, Evaluate(conditional.Body), Evaluate(conditional.OrElse));
    }

    // "x if x else constant" is a default.
    static SymbolicValue Simplified(Predicate guard, SymbolicValue then, SymbolicValue otherwise) =>
        guard is Predicate.Truthy { Value: var tested } && then is SymbolicValue.Computed computed && ReferenceEquals(tested, computed.Value) && ConstantOf(otherwise) is { } constant
            ? new SymbolicValue.Computed(new Expression.If(guard, computed.Value, constant))
            : Choose(guard, then, otherwise);

    // and/or give one of their operands; later ones are evaluated only where the earlier ones let them.
    SymbolicValue Connected(EquatableArray<PythonExpression> terms, int at, bool isAnd)
    {
        var value = Evaluate(terms[at]);
        if (at == terms.Count - 1)
            return value;
        var truth = Truth(value, terms[at]);
        if (Conditions.IsTrue(truth))
            return isAnd ? Connected(terms, at + 1, isAnd) : value;
        if (Conditions.IsFalse(truth))
            return isAnd ? value : Connected(terms, at + 1, isAnd);
        var rest = Connected(terms, at + 1, isAnd);
        if (AsCondition(value) is { } left && AsCondition(rest) is { } right)
            return OfPredicate(isAnd ? Conditions.And(left, right) : Conditions.Or(left, right));
        if (AsCondition(value) is not null)
            return isAnd ? new SymbolicValue.Choice(truth, rest, SymbolicValue.False) : new SymbolicValue.Choice(truth, SymbolicValue.True, rest);
        if (!isAnd && value is SymbolicValue.Computed computed && ConstantOf(rest) is { } otherwise)
            return new SymbolicValue.Computed(new Expression.If(truth, computed.Value, otherwise));
        return isAnd ? new SymbolicValue.Choice(truth, rest, value) { IsAnd = true } : new SymbolicValue.Choice(truth, value, rest) { IsOr = true };
    }

    /// <summary>Whether a value counts as true.</summary>
    public Predicate Truth(SymbolicValue value) => Truth(value, null);

    Predicate Truth(SymbolicValue value, PythonNode? node) => value switch
    {
        SymbolicValue.Constant constant => Conditions.Of(Counts(constant.Value)),
        SymbolicValue.Sequence sequence => sequence.Items.All(IsOptional) ? Conditions.Or([.. sequence.Items.Select(GuardOf)]) : Conditions.True,
        SymbolicValue.Dictionary dictionary => Conditions.Of(!dictionary.Entries.IsEmpty),
        SymbolicValue.Condition condition => condition.Value,
        SymbolicValue.Computed { Value: Expression.Boolean condition } => condition.Value,
        SymbolicValue.Computed computed => new Predicate.Truthy(computed.Value, Dialect.Python) { Span = node is null ? computed.Value.Span : Place(node) },
        SymbolicValue.Choice choice when Decided(choice) is { } only => Truth(only, node),
        SymbolicValue.Choice { IsAnd: true } choice => Conditions.And(choice.Guard, Truth(choice.Then, node)),
        SymbolicValue.Choice { IsOr: true } choice => Conditions.Or(choice.Guard, Truth(choice.Else, node)),
        SymbolicValue.Choice choice => Conditions.Select(choice.Guard, Truth(choice.Then, node), Truth(choice.Else, node)),
        SymbolicValue.Selected selected => Some(selected.Collection, selected.Variable, selected.Filter),
        SymbolicValue.Size size => Truth(size.Of, node),
        SymbolicValue.Found found => Matches(found, node),
        SymbolicValue.Event or SymbolicValue.Function or SymbolicValue.Class or SymbolicValue.Instance or SymbolicValue.Upper or SymbolicValue.Builtin => Conditions.True,
        SymbolicValue.Helper or SymbolicValue.Library or SymbolicValue.RegexPattern or SymbolicValue.Address or SymbolicValue.Network => Conditions.True,
        SymbolicValue.Raised => Conditions.Error,
        SymbolicValue.Appended => Conditions.True,
        SymbolicValue.Carried or SymbolicValue.Unknown or SymbolicValue.Method => Unread(node, CauseOf(value), value),
        _ => throw new UnreachableException(value.GetType().Name),
    };

    /// <summary>Whether a value is True and no other.</summary>
    public Predicate IsTrue(SymbolicValue value) => value switch
    {
        SymbolicValue.Condition or SymbolicValue.Constant { Value: Literal.Boolean } or SymbolicValue.Raised or SymbolicValue.Unknown or SymbolicValue.Carried => Truth(value),
        SymbolicValue.Computed computed => new Predicate.IsTrue(computed.Value) { Span = computed.Value.Span },
        SymbolicValue.Choice { IsAnd: true } choice => Conditions.And(choice.Guard, IsTrue(choice.Then)),
        SymbolicValue.Choice choice => Conditions.Select(choice.Guard, IsTrue(choice.Then), IsTrue(choice.Else)),
        // None from a function without a return is no match; another type is an error, and no match either.
        SymbolicValue.Constant { IsNone: true } => Conditions.False,
        _ => Conditions.Error,
    };

    static bool Counts(Literal literal) => literal switch
    {
        Literal.Boolean flag => flag.Value,
        Literal.Integer number => number.Value != 0,
        Literal.Real number => number.Value != 0,
        Literal.String text => text.Value.Length > 0,
        Literal.Null => false,
        _ => true,
    };

    static string CauseOf(SymbolicValue value) => value switch
    {
        SymbolicValue.Unknown unknown => unknown.Cause,
        SymbolicValue.Carried carried => $"'{carried.Name}' is changed by a loop over a list of the event",
        SymbolicValue.Choice choice => CauseOf(choice.Then) is { Length: > 0 } cause ? cause : CauseOf(choice.Else),
        SymbolicValue.Method method => $"the attribute '{method.Name}' has no model here",
        SymbolicValue.Computed or SymbolicValue.Condition or SymbolicValue.Constant => "",
        _ => "a value of this kind has no model here",
    };

    // What an operation gives where an operand was not read.
    static SymbolicValue Spoiled(SymbolicValue operand) => operand switch
    {
        SymbolicValue.Raised or SymbolicValue.Unknown => operand,
        SymbolicValue.Method method => NoModel($"the attribute '{method.Name}'"),
        SymbolicValue.Carried carried => new SymbolicValue.Unknown($"'{carried.Name}' is changed by a loop over a list of the event"),
        _ => new SymbolicValue.Unknown("a value of this kind has no model here"),
    };

    /// <summary>A constant value as a constant expression, containers of constants too; null for anything else.</summary>
    static Expression? ConstantOf(SymbolicValue value) => value switch
    {
        SymbolicValue.Constant constant => constant.Expression,
        SymbolicValue.Sequence sequence when LiteralsOf(sequence.Items) is { } items => new Expression.Constant(new Literal.Array([.. items])),
        SymbolicValue.Dictionary { Entries.IsEmpty: true } => new Expression.Constant(new Literal.Object([])),
        SymbolicValue.Dictionary dictionary when LiteralsOf(dictionary.Entries.Select(e => e.Value)) is { } values && dictionary.Entries.All(e => e.Key is SymbolicValue.Constant { Value: Literal.String }) =>
            new Expression.Constant(new Literal.Object([.. dictionary.Entries.Zip(values, (e, v) => new Literal.Member(((SymbolicValue.Constant)e.Key).Value.Display, v))])),
        _ => null,
    };

    static List<Literal>? LiteralsOf(IEnumerable<SymbolicValue> values)
    {
        var literals = new List<Literal>();
        foreach (var value in values)
        {
            if (ConstantOf(value) is not Expression.Constant constant)
                return null;
            literals.Add(constant.Value);
        }

        return literals;
    }

    /// <summary>A value as an expression of the algebra; null where it has none.</summary>
    static Expression? ToExpression(SymbolicValue value) => value switch
    {
        SymbolicValue.Computed computed => computed.Value,
        SymbolicValue.Condition condition => new Expression.Boolean(condition.Value),
        SymbolicValue.Raised => new Expression.Boolean(Conditions.Error),
        SymbolicValue.Event => EventField([]),
        SymbolicValue.Size size => ToExpression(size.Of) is { } list ? Python("len", list) : null,
        SymbolicValue.Address address => ToExpression(address.Text) is { } text ? Python("ip_address", text) : null,
        SymbolicValue.Choice choice => ToExpression(choice.Then) is { } then && ToExpression(choice.Else) is { } otherwise ? new Expression.If(choice.Guard, then, otherwise) : null,
        SymbolicValue.Selected selected => ToExpression(selected.Element) is { } element ? Mapped(Filtered(selected.Collection, selected.Variable, selected.Filter), selected.Variable, element) : null,
        SymbolicValue.Sequence sequence when !sequence.Items.Any(IsOptional) && ConstantOf(sequence) is null =>
            sequence.Items.Select(ToExpression).ToList() is var items && items.All(i => i is not null) ? new Expression.ListOf([.. items.OfType<Expression>()]) : null,
        _ => ConstantOf(value),
    };

    /// <summary>The members of a value that are known one by one; null for any other value.</summary>
    static ImmutableArray<SymbolicValue>? Items(SymbolicValue value) => value switch
    {
        SymbolicValue.Sequence sequence => sequence.Items.Any(IsOptional) ? null : sequence.Items,
        SymbolicValue.Dictionary dictionary => [.. dictionary.Entries.Select(e => e.Key)],
        SymbolicValue.Constant { Value: Literal.String text } => [.. text.Value.EnumerateRunes().Select(r => Text(r.ToString()))],
        _ => null,
    };

    /// <summary>What a loop runs over where its elements are known only on the event; null where it cannot be said as one list.</summary>
    static Expression? Collection(SymbolicValue value) => value switch
    {
        SymbolicValue.Computed { Value: var list } => IsList(list) ? list : Python("iter", list),
        SymbolicValue.Choice when Leaves(value).All(l => l is SymbolicValue.Computed || ConstantOf(l) is not null) && ToExpression(value) is { } list => Python("iter", list),
        _ => null,
    };

    static IEnumerable<SymbolicValue> Leaves(SymbolicValue value) =>
        value is SymbolicValue.Choice choice ? Leaves(choice.Then).Concat(Leaves(choice.Else)) : [value];

    static bool IsList(Expression expression) => expression is Expression.Call { Dialect: Dialect.Python, Function: "split" or "rsplit" or "splitlines" or "keys" or "values" or "items" or "map" or "filter" or "set" or "iter" or "enumerate" or "zip" };

    static bool IsText(Expression expression) => expression is Expression.Call { Dialect: Dialect.Python, Function: "lower" or "upper" or "casefold" or "strip" or "lstrip" or "rstrip" or "replace" or "str" or "repr" or "concat" or "join" or "title" or "capitalize" or "removeprefix" or "removesuffix" or "to_json" };

    static Expression.Call Python(string function, params ReadOnlySpan<Expression> arguments) => new(function, EquatableArray.Create(arguments), Dialect.Python);

    static Expression.Ref EventField(EquatableArray<PathSegment> path) => new(new Reference.Field(new FieldPath(path)) { Lookup = KeyLookup.IgnoreCase, Vocabulary = "panther" });

    SymbolicValue Formatted(PythonExpression.Formatted formatted)
    {
        SymbolicValue text = Text("");
        foreach (var part in formatted.Parts)
        {
            var next = part switch
            {
                PythonFormatPart.Literal literal => Text(literal.Text),
                PythonFormatPart.Field { Specification: null, Conversion: null or PythonConversion.Str } field => AsText(Evaluate(field.Value)),
                _ => NoModel("a format specification"),
            };
            text = Map(text, next, Joined);
        }

        return text;
    }

    static SymbolicValue Joined(SymbolicValue left, SymbolicValue right) => (left, right) switch
    {
        (SymbolicValue.Constant { Value: Literal.String a } first, SymbolicValue.Constant { Value: Literal.String b } second) => PartOf(Text(a.Value + b.Value), first, second),
        (SymbolicValue.Constant { Value: Literal.String { Value: "" } }, _) => right,
        (_, SymbolicValue.Constant { Value: Literal.String { Value: "" } }) => left,
        _ when ToExpression(left) is { } a && ToExpression(right) is { } b => new SymbolicValue.Computed(Python("concat", [.. Parts(a), .. Parts(b)])),
        _ => Spoiled(left is SymbolicValue.Computed or SymbolicValue.Constant ? right : left),
    };

    // A constant made of two stands where it is computed, and draws on what its parts are drawn from.
    static SymbolicValue PartOf(SymbolicValue made, SymbolicValue.Constant left, SymbolicValue.Constant right) =>
        made is SymbolicValue.Constant constant ? constant with { Drawn = left.Drawn ?? right.Drawn } : made;

    static EquatableArray<Expression> Parts(Expression text) => text is Expression.Call { Function: "concat", Dialect: Dialect.Python } call ? call.Arguments : [text];

    // str() of a value.
    SymbolicValue AsText(SymbolicValue value) => Map(value, v => v switch
    {
        SymbolicValue.Constant { Value: Literal.String } => v,
        SymbolicValue.Constant { Value: Literal.Null } => Text("None"),
        SymbolicValue.Constant { Value: Literal.Boolean flag } => Text(flag.Value ? "True" : "False"),
        SymbolicValue.Constant { Value: Literal.Integer number } => Text(number.Value.ToString(CultureInfo.InvariantCulture)),
        SymbolicValue.Computed { Value: var text } when IsText(text) => v,
        SymbolicValue.Raised or SymbolicValue.Unknown => v,
        SymbolicValue.Address address => AsText(address.Text),
        _ => ToExpression(v) is { } expression ? new SymbolicValue.Computed(Python("str", expression)) : Spoiled(v),
    });
}
