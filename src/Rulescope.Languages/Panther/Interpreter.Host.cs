using System.Buffers;
using System.Collections.Immutable;
using Rulescope.Algebra.Expressions;
using Rulescope.Algebra.Fields;
using Rulescope.Algebra.Predicates;
using Rulescope.Algebra.Values;
using Rulescope.Languages.Python;
using Rulescope.Text;

namespace Rulescope.Languages.Panther;

sealed partial class Interpreter
{
    readonly Dictionary<string, Predicate> _dispatch = new(StringComparer.Ordinal);

    // What the host gives the event: a mapping whose keys are found in any letter case, and access over several levels.
    SymbolicValue EventMethod(string name, Arguments arguments, PythonExpression.Call call) => (name, arguments) switch
    {
        ("get", { Count: 1 or 2 }) => Map(arguments.Positional[0], key => key is SymbolicValue.Constant { Value: Literal.String text }
            ? OrMissing(FieldAt([new PathSegment.Key(text.Value)], call), arguments.At(1, "default") ?? SymbolicValue.None)
            : ToExpression(key) is { } computed ? OrMissing(Python("member", EventField([]), computed), arguments.At(1, "default") ?? SymbolicValue.None) : Spoiled(key)),
        ("deep_get", _) => DeepGet(new SymbolicValue.Event(), arguments.Positional, arguments.Named.GetValueOrDefault("default"), call),
        ("deep_walk", _) => DeepWalk(new SymbolicValue.Event(), arguments.Positional, arguments),
        ("udm", { Positional: [SymbolicValue.Constant { Value: Literal.String key }, ..] }) => Udm(key.Value, arguments.Named.GetValueOrDefault("default"), call),
        ("keys" or "items" or "values", { Count: 0 }) => new SymbolicValue.Computed(Python(name, EventField([]))),
        _ => NoModel($"event.{name}"),
    };

    Expression.Ref FieldAt(EquatableArray<PathSegment> path, PythonNode? node) => EventField(path) with { Span = node is null ? _callSite : Place(node) };

    // A way through objects; what is missing, null or no object on the way gives the default.
    SymbolicValue DeepGet(SymbolicValue from, ImmutableArray<SymbolicValue> keys, SymbolicValue? otherwise, PythonNode? node = null)
    {
        if (from is SymbolicValue.Constant or SymbolicValue.Sequence)
            return otherwise ?? SymbolicValue.None;
        if (from is SymbolicValue.Dictionary dictionary && keys is [var first, .. var rest])
        {
            var inner = Map(first, key => Entry(dictionary, key, SymbolicValue.None));
            return rest.IsEmpty ? Map(inner, v => v is SymbolicValue.Constant { IsNone: true } ? otherwise ?? v : v) : Map(inner, v => DeepGet(v, rest, otherwise, node));
        }

        if (!keys.All(k => k is SymbolicValue.Constant { Value: Literal.String }))
        {
            if (ToExpression(from) is not { } root || keys.Select(ToExpression).ToList() is var computed && computed.Contains(null))
                return NoModel("deep_get with keys of this kind");
            return OrNone(Python("path", [root, .. computed.OfType<Expression>()]), otherwise);
        }

        var path = keys.Select(PathSegment (k) => new PathSegment.Key(((SymbolicValue.Constant)k).Value.Display)).ToEquatableArray();
        return from switch
        {
            SymbolicValue.Event => OrNone(FieldAt(path, node), otherwise),
            // The way goes on from a field; a loop variable likewise.
            SymbolicValue.Computed { Value: Expression.Ref { Target: Reference.Field field } reference } => OrNone(reference with { Target = field with { Path = new([.. field.Path.Segments, .. path]) } }, otherwise),
            SymbolicValue.Computed { Value: Expression.Ref { Target: Reference.LoopVariable variable } reference } => OrNone(reference with { Target = variable with { Path = new([.. variable.Path.Segments, .. path]) } }, otherwise),
            SymbolicValue.Computed computed => OrNone(Python("path", [computed.Value, .. keys.Select(ToExpression).OfType<Expression>()]), otherwise),
            _ => Spoiled(from),
        };
    }

    static SymbolicValue OrNone(Expression value, SymbolicValue? otherwise) => otherwise switch
    {
        null or SymbolicValue.Constant { IsNone: true } => new SymbolicValue.Computed(value),
        _ when ConstantOf(otherwise) is { } constant => new SymbolicValue.Computed(new Expression.Coalesce([value, constant])),
        _ => Choose(AbsentOf(value, value.Span), otherwise, new SymbolicValue.Computed(value)),
    };

    static SymbolicValue DeepWalk(SymbolicValue from, ImmutableArray<SymbolicValue> keys, Arguments arguments)
    {
        if (from is SymbolicValue.Constant)
            return arguments.Named.GetValueOrDefault("default") ?? SymbolicValue.None;
        if (ToExpression(from) is not { } root || LiteralsOf(keys) is not { } path
            || ConstantOf(arguments.Named.GetValueOrDefault("default") ?? SymbolicValue.None) is not { } otherwise
            || (arguments.Named.GetValueOrDefault("return_val") ?? Text("all")) is not SymbolicValue.Constant { Value: Literal.String wanted })
            return NoModel("deep_walk with keys or a default of this kind");
        return new SymbolicValue.Computed(Python("deep_walk", root, new Expression.Constant(new Literal.Array([.. path])), otherwise, new Expression.Constant(wanted)));
    }

    /// <summary>A name of the data models: by the rule's log type, or one way per log type.</summary>
    SymbolicValue Udm(string key, SymbolicValue? otherwise, PythonExpression.Call call)
    {
        var value = _logTypes is [var only] ? Udm(only, key, otherwise, call) : otherwise ?? SymbolicValue.None;
        if (_logTypes.Length != 1)
        {
            foreach (var logType in _logTypes.Reverse())
                value = Choose(Dispatch(logType), Udm(logType, key, otherwise, call), value);
        }

        // Whatever way leads to it, people know it by the name that the rule asks for.
        return ToExpression(value) is { } expression and not Expression.Constant ? new SymbolicValue.Computed(expression with { Span = Place(call), Spelling = key }) : value;
    }

    // The same condition each time, so that two fields of one log type stay together.
    Predicate Dispatch(string logType)
    {
        if (!_dispatch.TryGetValue(logType, out var guard))
        {
            guard = new Predicate.Test(EventField([new PathSegment.Key("p_log_type")]), new Match.Exact(), [Expression.Text(logType)], Identity);
            _dispatch[logType] = guard;
        }

        return guard;
    }

    SymbolicValue Udm(string logType, string key, SymbolicValue? otherwise, PythonExpression.Call call)
    {
        var none = otherwise ?? SymbolicValue.None;
        if (_library.Model(logType) is not { } model)
            return NoModel($"event.udm for the log type '{logType}', which has no data model,");
        if (model.Mappings.Items.FirstOrDefault(m => m.Name == key) is not { } mapping)
            return none;
        if (mapping.Path is { } written)
            return PathOf(written) is { } path ? OrNone(FieldAt(path, call), otherwise) : NoModel($"the JSONPath '{written}'");
        if (mapping.Method is not { } method || _library.Scope(model)?.Members.GetValueOrDefault(method) is not SymbolicValue.Function function)
            return NoModel($"the data model's method '{mapping.Method}'");
        return Invoke(function, [new SymbolicValue.Event()], Names.None, InRule ? call.Span : _callSite);
    }

    static readonly SearchValues<char> JsonPathSigns = SearchValues.Create("[]*?$@()");

    // $.a.b, a.b and a; lists and filters on the way are not read.
    static EquatableArray<PathSegment>? PathOf(string written)
    {
        var plain = written.StartsWith("$.", StringComparison.Ordinal) ? written[2..] : written;
        return plain.AsSpan().IndexOfAny(JsonPathSigns) >= 0 || plain.Contains("..", StringComparison.Ordinal) ? null
            : [.. plain.Split('.').Select(PathSegment (key) => new PathSegment.Key(key))];
    }

    Flow Import(PythonStatement.Import import)
    {
        foreach (var alias in import.Names)
        {
            // "import a.b" binds a; "import a.b as c" binds the module itself.
            var name = alias.AsName is null ? alias.Name.Split('.')[0] : alias.Name;
            Bind(alias.AsName ?? name, ModuleOf(name));
        }

        return Flow.Through;
    }

    Flow Import(PythonStatement.ImportFrom import)
    {
        var module = import.Module ?? "";
        foreach (var alias in import.Names)
        {
            if (alias.Name == "*")
            {
                if (_library.Scope(module) is { } scope)
                    _state = _state with { Locals = _state.Locals.SetItems(scope.Members) };
                continue;
            }

            Bind(alias.AsName ?? alias.Name, Libraries.Host(module, alias.Name) ?? (ModuleOf(module) switch
            {
                SymbolicValue.Helper own => own.Scope.Members.GetValueOrDefault(alias.Name) ?? NoModel($"the name '{alias.Name}' of {module}"),
                _ => Libraries.Member(module, alias.Name),
            }));
        }

        return Flow.Through;
    }

    SymbolicValue ModuleOf(string name) => _library.Scope(name) is { } scope ? new SymbolicValue.Helper(scope) : new SymbolicValue.Library(name);
}

/// <summary>What is known of modules that are no Python text beside the rules.</summary>
static class Libraries
{
    static readonly ImmutableHashSet<string> Called = ImmutableHashSet.Create(
        StringComparer.Ordinal,
        "re.match", "re.search", "re.fullmatch", "re.compile", "re.findall", "re.escape", "re.sub", "json.loads", "json.dumps", "fnmatch.fnmatch", "fnmatch.fnmatchcase", "fnmatch.filter",
        "ipaddress.ip_address", "ipaddress.ip_network", "ipaddress.IPv4Address", "ipaddress.IPv6Address", "ipaddress.IPv4Network", "ipaddress.IPv6Network", "functools.reduce",
        "logging.debug", "logging.info", "logging.warning", "logging.error", "typing.cast", "datetime.datetime");

    static readonly ImmutableHashSet<string> Types = ImmutableHashSet.Create(StringComparer.Ordinal, "Mapping", "Sequence", "Iterable", "Collection", "ImmutableList", "ImmutableCaseInsensitiveDict");

    /// <summary>The host's own functions, which its modules export under names of their own and the base helpers too.</summary>
    public static SymbolicValue? Host(string module, string name) =>
        (module is "panther_base_helpers" || module.StartsWith("panther_core", StringComparison.Ordinal)) && name is "deep_get" or "deep_walk"
            ? new SymbolicValue.Builtin($"panther_core.{name}") : null;

    public static SymbolicValue Member(string module, string name)
    {
        var full = $"{module}.{name}";
        return full switch
        {
            "re.IGNORECASE" or "re.I" => new SymbolicValue.Constant(new Literal.Integer(2)),
            "re.MULTILINE" or "re.M" => new SymbolicValue.Constant(new Literal.Integer(8)),
            "re.DOTALL" or "re.S" => new SymbolicValue.Constant(new Literal.Integer(16)),
            "re.UNICODE" or "re.U" => new SymbolicValue.Constant(new Literal.Integer(32)),
            "typing.TYPE_CHECKING" => SymbolicValue.False,
            _ when Types.Contains(name) || Called.Contains(full) => new SymbolicValue.Builtin(full),
            _ => new SymbolicValue.Library(full),
        };
    }
}
