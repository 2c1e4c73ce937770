using System.Collections.Immutable;
using Rulescope.Algebra.Predicates;
using Rulescope.Algebra.Values;
using Rulescope.Languages.Python;
using Rulescope.Text;

namespace Rulescope.Languages.Panther;

sealed partial class Interpreter
{
    const string PropertyPrefix = "property ";

    /// <summary>The arguments of a call, evaluated.</summary>
    sealed record Arguments(ImmutableArray<SymbolicValue> Positional, ImmutableDictionary<string, SymbolicValue> Named)
    {
        public int Count => Positional.Length;

        public SymbolicValue? At(int place, string name) => place < Positional.Length ? Positional[place] : Named.GetValueOrDefault(name);

        public SymbolicValue? At(int place) => place < Positional.Length ? Positional[place] : null;
    }

    SymbolicValue Call(PythonExpression.Call call)
    {
        var function = Evaluate(call.Function);
        if (ArgumentsOf(call) is not { } arguments)
            return new SymbolicValue.Unknown("an argument list of unknown length has no model here");
        return Map(function, f => Apply(f, arguments, call));
    }

    Arguments? ArgumentsOf(PythonExpression.Call call)
    {
        var positional = ImmutableArray.CreateBuilder<SymbolicValue>();
        var named = Names.None;
        foreach (var argument in call.Arguments)
        {
            switch (argument)
            {
                case PythonArgument.Positional { Value: PythonExpression.Starred starred }:
                    if (Items(Evaluate(starred.Value)) is not { } items)
                        return null;
                    positional.AddRange(items);
                    break;
                case PythonArgument.Positional given:
                    positional.Add(Evaluate(given.Value));
                    break;
                case PythonArgument.Keyword keyword:
                    named = named.SetItem(keyword.Name, Evaluate(keyword.Value));
                    break;
                case PythonArgument.DoubleStar star when Evaluate(star.Value) is SymbolicValue.Dictionary dictionary && dictionary.Entries.All(e => e.Key is SymbolicValue.Constant { Value: Literal.String }):
                    named = named.SetItems(dictionary.Entries.Select(e => KeyValuePair.Create(((SymbolicValue.Constant)e.Key).Value.Display, e.Value)));
                    break;
                default:
                    return null;
            }
        }

        return new(positional.ToImmutable(), named);
    }

    SymbolicValue Apply(SymbolicValue function, Arguments arguments, PythonExpression.Call call) => function switch
    {
        SymbolicValue.Function own => Invoke(own, arguments.Positional, arguments.Named, InRule ? call.Span : _callSite),
        SymbolicValue.Builtin builtin => CallBuiltin(builtin.Name, arguments, call),
        SymbolicValue.Method method => CallMethod(method, arguments, call),
        SymbolicValue.Class type => Instantiate(type, arguments, InRule ? call.Span : _callSite),
        SymbolicValue.Library library => NoModel($"the call '{library.Name}'"),
        _ => Spoiled(function),
    };

    /// <summary>Runs a function for its value. Exceptions it raises are its value; names it changes in the module stay changed.</summary>
    SymbolicValue Invoke(SymbolicValue.Function function, ImmutableArray<SymbolicValue> positional, ImmutableDictionary<string, SymbolicValue> named, SourceSpan site)
    {
        if (_depth >= MaxCallDepth || !Step())
            return new SymbolicValue.Unknown($"calls nest deeper than {MaxCallDepth} levels or the rule takes more steps than are read");
        if (function.Self is { } self)
            positional = positional.Insert(0, self);
        if (Locals(function, positional, named) is not { } locals)
            return new SymbolicValue.Raised();
        var (state, module, closure, callSite, globals, inTry, method) = (_state, _module, _closure, _callSite, _globalNames, _inTry, _method);
        _method = function.Self is null ? null : function;
        _state = _state with { Locals = locals };
        (_module, _closure, _globalNames, _inTry) = (function.Module, function.Closure, [], false);
        // Inside a helper everything stands where the rule calls it.
        _callSite = InRule ? default : site;
        _depth++;
        SymbolicValue value;
        if (function.Body is FunctionBody.Block block)
        {
            var flow = RunBlock(block.Statements);
            value = Returned(flow);
            var ends = flow.Exits.Select(e => (e.Guard, e.State)).ToImmutableArray();
            _state = Joined(flow.Falls ? ends : ends[..^1], flow.Falls ? _state : ends[^1].State) ?? _state;
        }
        else
        {
            value = function.Body is FunctionBody.Single single ? Evaluate(single.Value) : SymbolicValue.None;
        }

        _changedSelf = _method is null ? null : Lookup(_method.Parameters[0].Name) as SymbolicValue.Instance;
        _depth--;
        (_module, _closure, _callSite, _globalNames, _inTry, _method) = (module, closure, callSite, globals, inTry, method);
        _state = state with { Globals = _state.Globals };
        return value;
    }

    // The names of the parameters; null where Python would refuse the arguments.
    static ImmutableDictionary<string, SymbolicValue>? Locals(SymbolicValue.Function function, ImmutableArray<SymbolicValue> positional, ImmutableDictionary<string, SymbolicValue> named)
    {
        var locals = Names.None;
        var at = 0;
        foreach (var parameter in function.Parameters)
        {
            switch (parameter.Kind)
            {
                case PythonParameterKind.Star:
                    locals = locals.SetItem(parameter.Name, new SymbolicValue.Sequence(SequenceKind.Tuple, positional[Math.Min(at, positional.Length)..]));
                    at = positional.Length;
                    break;
                case PythonParameterKind.DoubleStar:
                    locals = locals.SetItem(parameter.Name, new SymbolicValue.Dictionary([.. named.OrderBy(n => n.Key, StringComparer.Ordinal).Select(n => KeyValuePair.Create(Text(n.Key), n.Value))]));
                    named = Names.None;
                    break;
                default:
                    var value = parameter.Kind is not PythonParameterKind.KeywordOnly && at < positional.Length ? positional[at++]
                        : named.GetValueOrDefault(parameter.Name) ?? function.Defaults.GetValueOrDefault(parameter.Name);
                    if (value is null)
                        return null;
                    locals = locals.SetItem(parameter.Name, value);
                    named = named.Remove(parameter.Name);
                    break;
            }
        }

        return at < positional.Length || !named.IsEmpty ? null : locals;
    }

    SymbolicValue Attribute(PythonExpression.Attribute attribute)
    {
        var target = Evaluate(attribute.Target);
        return Map(target, t => AttributeOf(t, attribute.Member, attribute.Target));
    }

    SymbolicValue AttributeOf(SymbolicValue target, string member, PythonExpression node) => target switch
    {
        SymbolicValue.Helper module => module.Scope.Members.GetValueOrDefault(member) ?? NoModel($"the name '{member}' of {module.Scope.Name}"),
        SymbolicValue.Library library => Libraries.Member(library.Name, member),
        SymbolicValue.Class type => Member(type, member)?.Value ?? NoModel($"the member '{member}' of {type.Name}"),
        SymbolicValue.Instance instance => MemberOf(instance, member),
        SymbolicValue.Upper upper => MemberOf(upper, member),
        SymbolicValue.Address address when AddressFunction(member) is { } function => Told(function, address.Text),
        SymbolicValue.Network network when NetworkFunction(member) is { } function => Told(function, network.Text),
        SymbolicValue.Unknown or SymbolicValue.Raised => target,
        SymbolicValue.Carried when !ListMethods.Changing.Contains(member) => Spoiled(target),
        SymbolicValue.Constant { IsNone: true } => new SymbolicValue.Raised(),
        SymbolicValue.Builtin { Name: "datetime.datetime" } => new SymbolicValue.Builtin($"datetime.datetime.{member}"),
        _ => new SymbolicValue.Method(target, member, node),
    };

    // What is told of an address or a network: a bool but for the version.
    static SymbolicValue Told(string function, SymbolicValue text) =>
        ToExpression(text) is not { } expression ? Spoiled(text)
            : function == "ip_version" ? new SymbolicValue.Computed(Python(function, expression))
            : new SymbolicValue.Condition(new Predicate.IsTrue(Python(function, expression)));

    static string? AddressFunction(string member) => member switch
    {
        "is_private" or "is_global" or "is_loopback" or "is_multicast" or "is_link_local" or "is_reserved" or "is_unspecified" => $"ip_{member}",
        "version" => "ip_version",
        _ => null,
    };

    static string? NetworkFunction(string member) => member switch
    {
        "is_private" or "is_global" => $"network_{member}",
        "version" => "ip_version",
        _ => null,
    };

    SymbolicValue Subscript(PythonExpression.Subscript subscript)
    {
        var target = Evaluate(subscript.Target);
        if (subscript.Index is PythonExpression.Slice slice)
            return Sliced(target, slice);
        return Map(target, Evaluate(subscript.Index), ItemOf);
    }

    SymbolicValue Sliced(SymbolicValue target, PythonExpression.Slice slice)
    {
        if (slice.Step is not null)
            return NoModel("a slice with a step");
        var low = slice.Lower is null ? SymbolicValue.None : Evaluate(slice.Lower);
        var high = slice.Upper is null ? SymbolicValue.None : Evaluate(slice.Upper);
        return Map(target, value => (value, low, high) switch
        {
            (SymbolicValue.Unknown or SymbolicValue.Raised, _, _) => value,
            (SymbolicValue.Sequence sequence, SymbolicValue.Constant from, SymbolicValue.Constant to) => sequence with { Items = sequence.Items[Range(from.Value, to.Value, sequence.Items.Length)] },
            (SymbolicValue.Constant { Value: Literal.String text }, SymbolicValue.Constant from, SymbolicValue.Constant to) => Text(text.Value[Range(from.Value, to.Value, text.Value.Length)]),
            _ when ToExpression(value) is { } list && ToExpression(low) is { } from && ToExpression(high) is { } to => new SymbolicValue.Computed(Python("slice", list, from, to)),
            _ => Spoiled(value),
        });
    }

    static Range Range(Literal low, Literal high, int length)
    {
        var start = low is Literal.Integer from ? Place(from.Value, length) : 0;
        var end = high is Literal.Integer to ? Place(to.Value, length) : length;
        return start..Math.Max(start, end);
    }

    static int Place(long at, int length) => (int)Math.Clamp(at < 0 ? at + length : at, 0, length);

    SymbolicValue ItemOf(SymbolicValue target, SymbolicValue index)
    {
        switch (target, index)
        {
            case (SymbolicValue.Unknown or SymbolicValue.Raised or SymbolicValue.Carried, _):
                return Spoiled(target);
            case (_, SymbolicValue.Unknown or SymbolicValue.Raised or SymbolicValue.Carried):
                return Spoiled(index);
            case (SymbolicValue.Found found, _):
                return Group(found, index);
            case (SymbolicValue.Dictionary dictionary, _):
                return Entry(dictionary, index, new SymbolicValue.Raised());
            case (SymbolicValue.Sequence sequence, SymbolicValue.Constant { Value: Literal.Integer { Value: var at } }):
                var place = at < 0 ? at + sequence.Items.Length : at;
                return place >= 0 && place < sequence.Items.Length ? sequence.Items[(int)place] : new SymbolicValue.Raised();
            case (SymbolicValue.Constant { Value: not Literal.String }, _):
                return new SymbolicValue.Raised();
        }

        // The names "dict[str, str]" of annotations are never asked for their members.
        return ToExpression(target) is { } from && ToExpression(index) is { } key ? new SymbolicValue.Computed(Python("item", from, key)) : Spoiled(target is SymbolicValue.Computed ? index : target);
    }

    // The entry of a known dict: by a key that is known, or one way per entry.
    SymbolicValue Entry(SymbolicValue.Dictionary dictionary, SymbolicValue key, SymbolicValue otherwise)
    {
        var value = otherwise;
        foreach (var (name, entry) in dictionary.Entries.Reverse())
        {
            if (key is SymbolicValue.Constant constant && name is SymbolicValue.Constant known)
            {
                if (SameLiteral(constant.Value, known.Value))
                    return entry;
                continue;
            }

            var guard = Truth(Equal(key, name, new PythonExpression.None { Span = _callSite }));
            value = Choose(guard, entry, value);
        }

        return value;
    }
}
