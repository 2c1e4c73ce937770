using System.Collections.Immutable;
using Rulescope.Algebra.Expressions;
using Rulescope.Algebra.Predicates;
using Rulescope.Algebra.Values;
using Rulescope.Languages.Python;

namespace Rulescope.Languages.Panther;

sealed partial class Interpreter
{
    SymbolicValue CallMethod(SymbolicValue.Method method, Arguments arguments, PythonExpression.Call call)
    {
        if (arguments.Positional.FirstOrDefault(a => a is SymbolicValue.Raised) is { } raised)
            return raised;
        return (method.Receiver, method.Name) switch
        {
            (SymbolicValue.Event, _) => EventMethod(method.Name, arguments, call),
            (SymbolicValue.RegexPattern pattern, "match" or "search" or "fullmatch") => Find(pattern, method.Name, arguments.At(0)),
            (SymbolicValue.Found found, "group") => Group(found, arguments.At(0) ?? Number(0)),
            (_, "get") when arguments.Count is 1 or 2 => Get(method.Receiver, arguments.Positional[0], arguments.At(1, "default") ?? SymbolicValue.None),
            (SymbolicValue.Dictionary dictionary, "keys") => new SymbolicValue.Sequence(SequenceKind.List, [.. dictionary.Entries.Select(e => e.Key)]),
            (SymbolicValue.Dictionary dictionary, "values") => new SymbolicValue.Sequence(SequenceKind.List, [.. dictionary.Entries.Select(e => e.Value)]),
            (SymbolicValue.Dictionary dictionary, "items") => new SymbolicValue.Sequence(SequenceKind.List, [.. dictionary.Entries.Select(e => new SymbolicValue.Sequence(SequenceKind.Tuple, [e.Key, e.Value]))]),
            (SymbolicValue.Sequence or SymbolicValue.Dictionary or SymbolicValue.Instance, "copy") => method.Receiver,
            (SymbolicValue.Sequence sequence, "union") when arguments.At(0) is SymbolicValue.Sequence other => sequence with { Items = Distinct(sequence.Items.AddRange(other.Items)) },
            (SymbolicValue.Sequence or SymbolicValue.Computed or SymbolicValue.Selected, "intersection" or "difference" or "union" or "issubset" or "issuperset" or "isdisjoint") => SetMethod(method, arguments),
            (_, "startswith" or "endswith") when arguments.At(0) is { } edge => Map(edge, e => Edge(method.Receiver, method.Name, e, call)),
            (SymbolicValue.Network network, "supernet_of" or "overlaps" or "subnet_of") => NoModel($"the method '{method.Name}' of a network"),
            (SymbolicValue.Constant { Value: Literal.String text }, "format") when arguments.Named.IsEmpty => Filled(text.Value, arguments),
            (SymbolicValue.Constant { Value: Literal.String glue }, "join") when Items(arguments.At(0) ?? SymbolicValue.None) is { } parts => JoinedBy(glue.Value, parts),
            (SymbolicValue.Constant { Value: Literal.String } text, _) when arguments.Positional.All(a => a is SymbolicValue.Constant) => OfText(text, method.Name, arguments),
            (SymbolicValue.Computed or SymbolicValue.Constant { Value: Literal.String } or SymbolicValue.Condition, _) => ValueMethod(method, arguments),
            (SymbolicValue.Constant, _) => new SymbolicValue.Raised(),
            (SymbolicValue.Selected, _) => ToExpression(method.Receiver) is { } list ? ValueMethod(method with { Receiver = new SymbolicValue.Computed(list) }, arguments) : NoModel($"the method '{method.Name}'"),
            _ => NoModel($"the method '{method.Name}'"),
        };
    }

    // d.get(key, default) of a dict, of the event or of a value of it; anything but a dict has no such method.
    SymbolicValue Get(SymbolicValue from, SymbolicValue key, SymbolicValue otherwise)
    {
        switch (from)
        {
            case SymbolicValue.Dictionary dictionary:
                return Map(key, k => k is SymbolicValue.Unknown or SymbolicValue.Raised ? k : Entry(dictionary, k, otherwise));
            case SymbolicValue.Constant or SymbolicValue.Sequence or SymbolicValue.Condition:
                return new SymbolicValue.Raised();
            case SymbolicValue.Computed computed:
                return Map(key, k => ToExpression(k) is { } name ? OrMissing(Python("member", computed.Value, name), otherwise) : Spoiled(k));
            default:
                return Spoiled(from);
        }
    }

    // Only a key that is not there gives the default; a null stays None.
    static SymbolicValue OrMissing(Expression value, SymbolicValue otherwise) => otherwise switch
    {
        SymbolicValue.Constant { IsNone: true } => new SymbolicValue.Computed(value),
        _ when ConstantOf(otherwise) is { } constant => new SymbolicValue.Computed(new Expression.Coalesce([value, constant]) { KeepsNull = true }),
        SymbolicValue.Unknown or SymbolicValue.Raised or SymbolicValue.Computed or SymbolicValue.Condition or SymbolicValue.Choice or SymbolicValue.Event or SymbolicValue.Sequence =>
            Choose(new Predicate.Absent(value, Absence.Missing), otherwise, new SymbolicValue.Computed(value)),
        _ => Spoiled(otherwise),
    };

    static SymbolicValue SetMethod(SymbolicValue.Method method, Arguments arguments)
    {
        if (ToExpression(method.Receiver) is not { } left || arguments.At(0) is not { } other || ToExpression(other) is not { } right)
            return NoModel($"the method '{method.Name}'");
        return method.Name switch
        {
            "issubset" => OfPredicate(Conditions.Not(new Predicate.Truthy(Python("difference", left, right), Dialect.Python))),
            "issuperset" => OfPredicate(Conditions.Not(new Predicate.Truthy(Python("difference", right, left), Dialect.Python))),
            "isdisjoint" => OfPredicate(Conditions.Not(new Predicate.Truthy(Python("intersection", left, right), Dialect.Python))),
            _ => new SymbolicValue.Computed(Python(method.Name, left, right)),
        };
    }

    SymbolicValue Edge(SymbolicValue receiver, string method, SymbolicValue edge, PythonExpression.Call call)
    {
        Match match = method == "startswith" ? new Match.Prefix() : new Match.Suffix();
        if (receiver is SymbolicValue.Constant { Value: not Literal.String })
            return new SymbolicValue.Raised();
        if (receiver is SymbolicValue.Constant { Value: Literal.String { Value: var text } } && TextsOf(edge) is { } known)
            return Conditioned(known.Any(k => method == "startswith" ? text.StartsWith(k.Value.Display, StringComparison.Ordinal) : text.EndsWith(k.Value.Display, StringComparison.Ordinal)));
        if (ToExpression(receiver) is not { } subject)
            return Spoiled(receiver);
        if (edge is SymbolicValue.Sequence && TextsOf(edge) is { Count: > 0 } several)
        {
            var set = new ValueSet.List([.. several.Select(s => s.Expression)]);
            return OfPredicate(new Predicate.InSet(subject, set, match, Strict) { Span = Place(call) });
        }

        return edge is not SymbolicValue.Sequence && ToExpression(edge) is { } operand
            ? OfPredicate(new Predicate.Test(subject, match, [operand], Strict) { Span = Place(call) })
            : edge is SymbolicValue.Sequence ? Tuples(receiver, method, (SymbolicValue.Sequence)edge, call) : Spoiled(edge);
    }

    SymbolicValue Tuples(SymbolicValue receiver, string method, SymbolicValue.Sequence edges, PythonExpression.Call call) =>
        OfPredicate(Conditions.Or([.. edges.Items.Select(e => Truth(Edge(receiver, method, e, call), call))]));

    static List<SymbolicValue.Constant>? TextsOf(SymbolicValue value)
    {
        ImmutableArray<SymbolicValue> items = value is SymbolicValue.Sequence sequence ? sequence.Items : [value];
        return items.All(i => i is SymbolicValue.Constant { Value: Literal.String }) ? [.. items.Cast<SymbolicValue.Constant>()] : null;
    }

    // A method of a value of the event: a function of the algebra under the same name.
    static SymbolicValue ValueMethod(SymbolicValue.Method method, Arguments arguments)
    {
        if (!ValueMethods.Contains(method.Name))
            return NoModel($"the method '{method.Name}'");
        if (ToExpression(method.Receiver) is not { } subject)
            return Spoiled(method.Receiver);
        var positional = arguments.Positional;
        if (method.Name is "split" or "rsplit")
        {
            if (arguments.At(0, "sep") is { } separator)
                positional = arguments.At(1, "maxsplit") is { } most ? [separator, most] : [separator];
        }
        else if (!arguments.Named.IsEmpty)
        {
            return NoModel($"a named argument of '{method.Name}'");
        }

        var operands = positional.Select(ToExpression).ToList();
        if (operands.IndexOf(null) is >= 0 and var unread)
            return Spoiled(positional[unread]);
        var name = method.Name is "join" ? "join" : method.Name;
        var value = Python(name, [subject, .. operands.OfType<Expression>()]);
        return Predicates.Contains(name) ? new SymbolicValue.Condition(new Predicate.IsTrue(value)) : new SymbolicValue.Computed(value);
    }

    static readonly ImmutableHashSet<string> Predicates = ImmutableHashSet.Create(StringComparer.Ordinal, "isdigit", "isnumeric", "isalpha", "isalnum", "isupper", "islower", "isspace");

    static readonly ImmutableHashSet<string> ValueMethods = Predicates.Union(
    [
        "lower", "upper", "casefold", "capitalize", "title", "strip", "lstrip", "rstrip", "removeprefix", "removesuffix", "replace", "split", "rsplit", "partition", "splitlines",
        "join", "find", "rfind", "count", "keys", "values", "items",
    ]);

    // A text in another letter case, or without its edges, still stands where it was written.
    static SymbolicValue OfText(SymbolicValue.Constant written, string method, Arguments arguments)
    {
        var made = OfText(written.Value.Display, method, arguments);
        return made is SymbolicValue.Constant text && (method is "lower" or "casefold" or "upper" or "strip" or "lstrip" or "rstrip")
            ? text with { Span = written.Span, Drawn = written.Drawn }
            : made;
    }

    static SymbolicValue OfText(string text, string method, Arguments arguments)
    {
        var first = arguments.At(0) is SymbolicValue.Constant { Value: Literal.String given } ? given.Value : null;
        return (method, arguments.Count) switch
        {
            ("lower" or "casefold", 0) => Text(text.ToLowerInvariant()),
            ("upper", 0) => Text(text.ToUpperInvariant()),
            ("strip", 0) => Text(text.Trim()),
            ("strip", 1) when first is not null => Text(text.Trim(first.ToCharArray())),
            ("lstrip", 1) when first is not null => Text(text.TrimStart(first.ToCharArray())),
            ("rstrip", 1) when first is not null => Text(text.TrimEnd(first.ToCharArray())),
            ("split", 0) => Texts(text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)),
            ("split", 1) when first is { Length: > 0 } => Texts(text.Split(first)),
            ("replace", 2) when first is { Length: > 0 } && arguments.At(1) is SymbolicValue.Constant { Value: Literal.String made } => Text(text.Replace(first, made.Value, StringComparison.Ordinal)),
            _ => ValueMethod(new(Text(text), method, new PythonExpression.None()), arguments),
        };
    }

    static SymbolicValue.Sequence Texts(IEnumerable<string> texts) => new(SequenceKind.List, [.. texts.Select(Text)]);

    // "{} of {}".format(a, b), without names or format specifications.
    SymbolicValue Filled(string format, Arguments arguments)
    {
        var pieces = format.Split("{}");
        if (pieces.Any(p => p.AsSpan().IndexOfAny('{', '}') >= 0) || pieces.Length != arguments.Count + 1)
            return NoModel("a format of this kind");
        var text = Text(pieces[0]);
        for (var i = 1; i < pieces.Length; i++)
        {
            var piece = Text(pieces[i]);
            text = Map(Map(text, AsText(arguments.Positional[i - 1]), Joined), t => Joined(t, piece));
        }

        return text;
    }

    SymbolicValue JoinedBy(string glue, ImmutableArray<SymbolicValue> parts)
    {
        var text = Text("");
        for (var i = 0; i < parts.Length; i++)
        {
            if (i > 0)
                text = Joined(text, Text(glue));
            text = Map(text, parts[i], Joined);
        }

        return text;
    }

    SymbolicValue CallRegex(string name, Arguments arguments, PythonExpression.Call call)
    {
        if (arguments.At(0, "pattern") is not { } given)
            return NoModel($"the call '{name}'");
        var flags = name is "re.compile" ? arguments.At(1, "flags") : name is "re.sub" ? arguments.Named.GetValueOrDefault("flags") : arguments.At(2, "flags");
        if (FlagsOf(flags) is not { } letters)
            return NoModel("a flag of a regular expression");
        return Map(given, p =>
        {
            var pattern = p as SymbolicValue.RegexPattern ?? new SymbolicValue.RegexPattern(p, letters);
            return name switch
            {
                "re.compile" => pattern,
                "re.match" or "re.search" or "re.fullmatch" => Find(pattern, name[3..], arguments.At(1, "string")),
                "re.escape" when p is SymbolicValue.Constant { Value: Literal.String text } => Text(Escaped(text.Value)),
                "re.findall" when arguments.At(1) is { } text && ToExpression(text) is { } subject && pattern.Text is SymbolicValue.Constant constant =>
                    new SymbolicValue.Computed(Python("regex_all", subject, new Expression.Constant(constant.Value), Expression.Text(letters))),
                _ => NoModel($"the call '{name}'"),
            };
        });
    }

    static string Escaped(string text) => string.Concat(text.Select(c => char.IsAsciiLetterOrDigit(c) || c is '_' || c > 127 ? c.ToString() : $"\\{c}"));

    static string? FlagsOf(SymbolicValue? flags) => flags switch
    {
        null or SymbolicValue.Constant { Value: Literal.Integer { Value: 0 } } => "",
        SymbolicValue.Constant { Value: Literal.Integer { Value: var bits and >= 0 and < 512 } } =>
            (bits & ~(2 | 8 | 16 | 32)) == 0 ? $"{((bits & 2) != 0 ? "i" : "")}{((bits & 8) != 0 ? "m" : "")}{((bits & 16) != 0 ? "s" : "")}" : null,
        _ => null,
    };

    SymbolicValue Find(SymbolicValue.RegexPattern pattern, string method, SymbolicValue? text) => Map(text ?? SymbolicValue.None, t => t switch
    {
        SymbolicValue.Unknown or SymbolicValue.Raised or SymbolicValue.Carried => Spoiled(t),
        SymbolicValue.Constant { Value: not Literal.String } => new SymbolicValue.Raised(),
        _ => new SymbolicValue.Found(t, pattern, method switch { "match" => RegexAnchor.Start, "fullmatch" => RegexAnchor.Whole, _ => RegexAnchor.None }),
    });

    static SymbolicValue Group(SymbolicValue.Found found, SymbolicValue key) =>
        ToExpression(found.Text) is { } text && found.Pattern.Text is SymbolicValue.Constant pattern && key is SymbolicValue.Constant group
            ? new SymbolicValue.Computed(Python(
                "regex_group",
                text,
                pattern.Expression,
                Expression.Text(found.Pattern.Flags),
                Expression.Text(found.Anchor.ToString().ToLowerInvariant()),
                new Expression.Constant(group.Value)))
            : NoModel("a group of this match");
}
