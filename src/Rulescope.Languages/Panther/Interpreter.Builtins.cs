using System.Collections.Frozen;
using System.Collections.Immutable;
using Rulescope.Algebra.Expressions;
using Rulescope.Algebra.Predicates;
using Rulescope.Algebra.Values;
using Rulescope.Languages.Python;

namespace Rulescope.Languages.Panther;

sealed partial class Interpreter
{
    static readonly FrozenSet<string> Builtins = FrozenSet.Create(
        StringComparer.Ordinal,
        "abs", "all", "any", "bool", "dict", "enumerate", "filter", "float", "frozenset", "getattr", "hasattr", "int", "isinstance", "iter", "len", "list", "map", "max", "min", "next",
        "object", "print", "range", "repr", "reversed", "round", "set", "sorted", "str", "sum", "tuple", "type", "zip", "callable", "super", "property",
        "Exception", "ValueError", "TypeError", "KeyError", "IndexError", "AttributeError", "RuntimeError", "NotImplementedError", "UnicodeDecodeError", "UnicodeEncodeError", "ZeroDivisionError", "StopIteration", "OSError", "bytes", "complex");

    SymbolicValue CallBuiltin(string name, Arguments arguments, PythonExpression.Call call)
    {
        if (name.StartsWith("re.", StringComparison.Ordinal))
            return CallRegex(name, arguments, call);
        return (name, arguments) switch
        {
            (_, { Positional: [SymbolicValue.Raised, ..] }) => arguments.Positional[0],
            ("any", { Positional: [var items] }) => OfPredicate(Any(items, call)),
            ("all", { Positional: [var items] }) => OfPredicate(All(items, call)),
            ("bool", { Count: 0 }) => SymbolicValue.False,
            ("bool", { Positional: [var value] }) => OfPredicate(Truth(value, call)),
            ("str", { Count: 0 }) => Text(""),
            ("str", { Positional: [var value] }) => AsText(value),
            ("len", { Positional: [var value] }) => Map(value, Length),
            ("int" or "float", { Count: 0 }) => Number(0),
            ("int" or "float" or "abs" or "repr", { Count: > 0 }) => Map(arguments.Positional[0], v => Converted(name, v, arguments)),
            ("list" or "tuple" or "set" or "frozenset" or "sorted", { Count: 0 }) => new SymbolicValue.Sequence(KindOf(name), []),
            ("list" or "tuple" or "set" or "frozenset" or "sorted" or "reversed" or "iter", _) => Map(arguments.Positional[0], v => Listed(name, v)),
            ("dict", { Count: 0 }) => arguments.Named.Aggregate((SymbolicValue)new SymbolicValue.Dictionary([]), (d, n) => Replaced(d, Text(n.Key), n.Value)),
            ("dict", { Positional: [SymbolicValue.Computed or SymbolicValue.Dictionary or SymbolicValue.Event] }) => arguments.Positional[0],
            ("isinstance", { Positional: [var value, var type] }) => Map(value, v => IsInstance(v, type, call)),
            ("hasattr", { Positional: [var value, SymbolicValue.Constant { Value: Literal.String member }] }) => Map(value, v => HasAttribute(v, member.Value, call)),
            ("getattr", { Positional: [var value, SymbolicValue.Constant { Value: Literal.String member }, ..] }) => AttributeOf(value, member.Value, call),
            ("range", _) => Numbers(arguments),
            ("enumerate", { Positional: [var value] }) when Items(value) is { } items =>
                new SymbolicValue.Sequence(SequenceKind.List, [.. items.Select((item, i) => new SymbolicValue.Sequence(SequenceKind.Tuple, [Number(i), item]))]),
            ("enumerate", { Positional: [var value] }) when Collection(value) is { } list => new SymbolicValue.Computed(Python("enumerate", list)),
            ("zip", { Positional: [var first, var second] }) when Collection(first) is { } left && Collection(second) is { } right => new SymbolicValue.Computed(Python("zip", left, right)),
            ("zip", _) when arguments.Positional.Select(Items).ToList() is { Count: > 0 } lists && lists.All(l => l is not null) => Zipped([.. lists.Select(l => l ?? [])]),
            ("map", { Positional: [var function, var items] }) => Mapped(function, items, call),
            ("filter", { Positional: [var function, var items] }) => FilteredBy(function, items, call),
            ("next", { Count: 1 or 2 }) => Map(arguments.Positional[0], v => FirstOf(v, arguments.At(1))),
            ("max" or "min" or "sum" or "round", _) => Constants(name, arguments),
            ("print" or "logging.debug" or "logging.info" or "logging.warning" or "logging.error", _) => SymbolicValue.None,
            ("typing.cast", { Positional: [_, var value] }) => value,
            ("super", { Count: 0 }) => Super(),
            ("super" or "property" or "type" or "object" or "callable" or "bytes" or "complex", _) => NoModel($"the call '{name}'"),
            ("json.loads", { Positional: [var text, ..] }) => Map(text, t => Function("parse_json", t)),
            ("json.dumps", { Positional: [var value, ..] }) => Map(value, v => Function("to_json", v)),
            ("fnmatch.fnmatch" or "fnmatch.fnmatchcase", { Positional: [var text, var pattern] }) => Map(text, pattern, (t, p) => Globbed(t, p, call)),
            ("fnmatch.filter", { Positional: [var items, SymbolicValue.Constant pattern] }) when Collection(items) is { } list => GlobFilter(list, pattern, call),
            ("ipaddress.ip_address" or "ipaddress.IPv4Address" or "ipaddress.IPv6Address", { Positional: [var text] }) => Map(text, t => t is SymbolicValue.Unknown or SymbolicValue.Raised ? t : t is SymbolicValue.Constant { IsNone: true } ? new SymbolicValue.Raised() : new SymbolicValue.Address(t)),
            ("ipaddress.ip_network" or "ipaddress.IPv4Network" or "ipaddress.IPv6Network", { Positional: [var text, ..] }) => Map(text, t => new SymbolicValue.Network(t) { HostBits = arguments.At(1, "strict") is SymbolicValue.Constant { Value: Literal.Boolean { Value: false } } }),
            ("functools.reduce", { Positional: [var function, var items, var start] }) when Items(items) is { } known => known.Aggregate(start, (sum, item) => Apply(function, new([sum, item], Names.None), call)),
            ("panther_core.deep_get", { Positional: [var from, .. var keys] }) => Map(from, f => DeepGet(f, keys, arguments.Named.GetValueOrDefault("default"))),
            ("panther_core.deep_walk", { Positional: [var from, .. var keys] }) => Map(from, f => DeepWalk(f, keys, arguments)),
            _ when name.EndsWith("Error", StringComparison.Ordinal) || name == "Exception" => NoModel("an exception"),
            _ => NoModel($"the call '{name}'"),
        };
    }

    static string NameOf(SequenceKind kind) => kind switch { SequenceKind.Tuple => "tuple", SequenceKind.Set => "set", _ => "list" };

    static SequenceKind KindOf(string name) => name switch { "tuple" => SequenceKind.Tuple, "set" or "frozenset" => SequenceKind.Set, _ => SequenceKind.List };

    static SymbolicValue Function(string name, SymbolicValue argument) => argument switch
    {
        SymbolicValue.Constant { IsNone: true } or SymbolicValue.Raised => new SymbolicValue.Raised(),
        _ => ToExpression(argument) is { } expression ? new SymbolicValue.Computed(Python(name, expression)) : Spoiled(argument),
    };

    static SymbolicValue Length(SymbolicValue value) => value switch
    {
        SymbolicValue.Constant { Value: Literal.String } or SymbolicValue.Sequence or SymbolicValue.Dictionary when Items(value) is { } items => Number(items.Length),
        SymbolicValue.Constant => new SymbolicValue.Raised(),
        SymbolicValue.Selected selected => new SymbolicValue.Size(selected),
        _ => Function("len", value),
    };

    static SymbolicValue Converted(string name, SymbolicValue value, Arguments arguments) => (name, value) switch
    {
        ("int", SymbolicValue.Constant { Value: Literal.Integer or Literal.Boolean } constant) => Number((long)(NumberOf(constant.Value) ?? 0)),
        ("float", SymbolicValue.Constant { Value: Literal.Integer or Literal.Real } constant) => new SymbolicValue.Constant(new Literal.Real(NumberOf(constant.Value) ?? 0)),
        ("float", SymbolicValue.Constant { Value: Literal.String { Value: "inf" } }) => new SymbolicValue.Constant(new Literal.Real(double.PositiveInfinity)),
        ("int", _) when arguments.At(1) is SymbolicValue.Constant radix && ToExpression(value) is { } text => new SymbolicValue.Computed(Python(name, text, new Expression.Constant(radix.Value))),
        _ => Function(name, value),
    };

    static SymbolicValue Listed(string name, SymbolicValue value) => value switch
    {
        SymbolicValue.Sequence sequence when name is not ("sorted" or "reversed") => sequence with { Kind = KindOf(name), Items = name is "set" or "frozenset" ? Distinct(sequence.Items) : sequence.Items },
        SymbolicValue.Sequence sequence when name is "reversed" => sequence with { Items = [.. sequence.Items.Reverse()] },
        SymbolicValue.Sequence or SymbolicValue.Dictionary when Items(value) is { } items && name is "sorted" && items.All(i => i is SymbolicValue.Constant { Value: Literal.String }) =>
            new SymbolicValue.Sequence(SequenceKind.List, [.. items.OrderBy(i => ((SymbolicValue.Constant)i).Value.Display, StringComparer.Ordinal)]),
        SymbolicValue.Dictionary or SymbolicValue.Constant { Value: Literal.String } when Items(value) is { } items && name is not ("sorted" or "reversed") => new SymbolicValue.Sequence(KindOf(name), items),
        SymbolicValue.Selected when name is not ("sorted" or "reversed") => value,
        SymbolicValue.Computed computed when name is "list" or "tuple" or "iter" => new SymbolicValue.Computed(IsList(computed.Value) ? computed.Value : Python("iter", computed.Value)),
        SymbolicValue.Computed computed when name is "set" or "frozenset" => new SymbolicValue.Computed(Python("set", computed.Value)),
        SymbolicValue.Constant => new SymbolicValue.Raised(),
        SymbolicValue.Unknown or SymbolicValue.Raised => value,
        _ => NoModel($"{name}() of this value"),
    };

    static ImmutableArray<SymbolicValue> Distinct(ImmutableArray<SymbolicValue> items) => [.. items.Where((item, i) => !items.Take(i).Any(earlier => IsSame(earlier, item)))];

    SymbolicValue IsInstance(SymbolicValue value, SymbolicValue type, PythonExpression.Call call)
    {
        ImmutableArray<SymbolicValue> types = type is SymbolicValue.Sequence several ? several.Items : [type];
        var names = types.Select(t => t switch
        {
            SymbolicValue.Builtin builtin => builtin.Name[(builtin.Name.LastIndexOf('.') + 1)..],
            SymbolicValue.Library library => library.Name[(library.Name.LastIndexOf('.') + 1)..],
            SymbolicValue.Constant { IsNone: true } => "NoneType",
            _ => "",
        }).ToList();
        return value switch
        {
            SymbolicValue.Unknown or SymbolicValue.Carried or SymbolicValue.Raised => Spoiled(value),
            SymbolicValue.Constant constant => Conditioned(names.Exists(n => n == TypeOf(constant.Value) || (n == "int" && constant.Value is Literal.Boolean) || (n is "Sequence" or "Iterable" && constant.Value is Literal.String))),
            SymbolicValue.Sequence sequence => Conditioned(names.Exists(n => n == NameOf(sequence.Kind) || n is "Iterable" || (n is "Sequence" && sequence.Kind != SequenceKind.Set))),
            SymbolicValue.Dictionary => Conditioned(names.Exists(n => n is "dict" or "Mapping" or "Iterable")),
            SymbolicValue.Condition => Conditioned(names.Exists(n => n is "bool" or "int")),
            SymbolicValue.Event => Conditioned(names.Exists(n => n is "Mapping" or "PantherEvent" or "Iterable")),
            SymbolicValue.Selected => Conditioned(names.Exists(n => n is "list" or "Sequence" or "Iterable")),
            SymbolicValue.Instance instance => Conditioned(types.Any(t => t is SymbolicValue.Class of && of.Name == instance.Type.Name)),
            SymbolicValue.Computed computed when names.TrueForAll(n => n.Length > 0) =>
                OfPredicate(new Predicate.IsTrue(Python("isinstance", [computed.Value, .. names.Select(n => (Expression)Expression.Text(n))])) { Span = Place(call) }),
            _ => NoModel("isinstance of this value"),
        };
    }

    static string TypeOf(Literal literal) => literal switch
    {
        Literal.String => "str",
        Literal.Boolean => "bool",
        Literal.Integer => "int",
        Literal.Real => "float",
        _ => "NoneType",
    };

    SymbolicValue HasAttribute(SymbolicValue value, string member, PythonExpression.Call call) => value switch
    {
        SymbolicValue.Computed computed when member is "get" or "items" or "keys" or "values" =>
            OfPredicate(new Predicate.IsTrue(Python("isinstance", computed.Value, Expression.Text("dict"))) { Span = Place(call) }),
        SymbolicValue.Computed or SymbolicValue.Condition or SymbolicValue.Constant => NoModel("hasattr of this value"),
        SymbolicValue.Unknown or SymbolicValue.Carried or SymbolicValue.Raised => Spoiled(value),
        _ => Conditioned(HasAttribute(value, member)),
    };

    static bool HasAttribute(SymbolicValue value, string member) => value switch
    {
        SymbolicValue.Event => member is "get" or "udm" or "deep_get" or "deep_walk" or "lookup" or "udm_path" or "items" or "keys" or "values",
        SymbolicValue.Address => AddressFunction(member) is not null,
        SymbolicValue.Instance instance => instance.Members.ContainsKey(member) || Member(instance.Type, member) is not null,
        SymbolicValue.Dictionary => member is "get" or "items" or "keys" or "values",
        _ => false,
    };

    static SymbolicValue Numbers(Arguments arguments)
    {
        if (!arguments.Positional.All(a => a is SymbolicValue.Constant { Value: Literal.Integer { Value: > -100_000 and < 100_000 } }))
            return NoModel("a range that depends on the event");
        var bounds = arguments.Positional.Select(a => ((Literal.Integer)((SymbolicValue.Constant)a).Value).Value).ToList();
        var (start, end, step) = bounds.Count switch { 1 => (0, bounds[0], 1), 2 => (bounds[0], bounds[1], 1), _ => (bounds[0], bounds[1], bounds[2]) };
        var items = ImmutableArray.CreateBuilder<SymbolicValue>();
        for (var i = start; step != 0 && (step > 0 ? i < end : i > end) && items.Count <= MaxLoop; i += step)
            items.Add(Number(i));
        return items.Count > MaxLoop ? NoModel("a range of this length") : new SymbolicValue.Sequence(SequenceKind.List, items.ToImmutable());
    }

    static SymbolicValue.Sequence Zipped(ImmutableArray<ImmutableArray<SymbolicValue>> lists) => new(
        SequenceKind.List,
        [.. Enumerable.Range(0, lists.Min(l => l.Length)).Select(i => new SymbolicValue.Sequence(SequenceKind.Tuple, [.. lists.Select(l => l[i])]))]);

    static SymbolicValue Constants(string name, Arguments arguments)
    {
        var values = arguments is { Positional: [SymbolicValue.Sequence sequence] } ? sequence.Items : arguments.Positional;
        var numbers = values.Select(v => v is SymbolicValue.Constant { Value: Literal.Integer number } ? number.Value : (long?)null).ToList();
        return numbers.Exists(n => n is null) || numbers.Count == 0 || !arguments.Named.IsEmpty ? NoModel($"the call '{name}'")
            : name switch { "max" => Number(numbers.Max() ?? 0), "min" => Number(numbers.Min() ?? 0), "sum" => Number(numbers.Sum() ?? 0), _ => values[0] };
    }

    static SymbolicValue FirstOf(SymbolicValue value, SymbolicValue? otherwise)
    {
        if (value is SymbolicValue.Sequence sequence)
            return sequence.Items.Length > 0 ? sequence.Items[0] : otherwise ?? new SymbolicValue.Raised();
        if (ToExpression(value) is not { } list)
            return Spoiled(value);
        if (otherwise is null)
            return new SymbolicValue.Computed(Python("first", list));
        return ToExpression(otherwise) is { } last ? new SymbolicValue.Computed(Python("first", list, last)) : Spoiled(otherwise);
    }

    SymbolicValue Globbed(SymbolicValue text, SymbolicValue pattern, PythonExpression.Call call)
    {
        if (text is SymbolicValue.Constant { IsNone: true })
            return new SymbolicValue.Raised();
        return ToExpression(text) is { } subject && ToExpression(pattern) is { } operand && pattern is SymbolicValue.Constant or SymbolicValue.Computed
            ? OfPredicate(new Predicate.Test(subject, new Match.Glob(GlobSyntax.FnMatch), [operand], Strict) { Span = Place(call) })
            : Spoiled(text is SymbolicValue.Computed or SymbolicValue.Constant ? pattern : text);
    }

    SymbolicValue GlobFilter(Expression list, SymbolicValue.Constant pattern, PythonExpression.Call call)
    {
        var variable = Fresh("item");
        var element = ElementOf(variable);
        return new SymbolicValue.Selected(list, variable, Truth(Globbed(element, pattern, call), call), element);
    }
}
