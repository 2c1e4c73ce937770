using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using Rulescope.Text;

namespace Rulescope.Languages.Eql;

/// <summary>The functions of EQL and what they take; names are compared without regard to case, as Elasticsearch does.</summary>
/// <remarks>Only literals are checked: what a field or a call gives is not known here. Null fits everywhere.</remarks>
static class EqlFunctions
{
    enum Type
    {
        Anything,
        Text,
        Number,
        Flag,
    }

    // The last parameter of a variadic function may repeat; `Needed` counts those that must be there.
    sealed record Signature(int Needed, bool Variadic, bool Elastic, ImmutableArray<Type> Parameters);

    static readonly FrozenDictionary<string, Signature> Known = new Dictionary<string, Signature>(StringComparer.OrdinalIgnoreCase)
    {
        ["add"] = Fixed(2, Type.Number, Type.Number),
        ["between"] = Fixed(3, Type.Text, Type.Text, Type.Text, Type.Flag, Type.Flag),
        ["cidrMatch"] = Many(2, Type.Text),
        ["concat"] = Many(1, Type.Anything),
        ["divide"] = Fixed(2, Type.Number, Type.Number),
        ["endsWith"] = Fixed(2, Type.Text, Type.Text),
        ["indexOf"] = Fixed(2, Type.Text, Type.Text, Type.Number),
        ["length"] = Fixed(1, Type.Text),
        ["modulo"] = Fixed(2, Type.Number, Type.Number),
        ["multiply"] = Fixed(2, Type.Number, Type.Number),
        ["number"] = Fixed(1, Type.Text, Type.Number),
        ["startsWith"] = Fixed(2, Type.Text, Type.Text),
        ["string"] = Fixed(1, Type.Anything),
        ["stringContains"] = Fixed(2, Type.Text, Type.Text),
        ["substring"] = Fixed(2, Type.Text, Type.Number, Type.Number),
        ["subtract"] = Fixed(2, Type.Number, Type.Number),
        ["arrayContains"] = Old(Many(2, Type.Anything)),
        ["arrayCount"] = Old(Fixed(3, Type.Anything, Type.Anything, Type.Anything)),
        ["arraySearch"] = Old(Fixed(3, Type.Anything, Type.Anything, Type.Anything)),
        ["match"] = Old(Many(2, Type.Text)),
        ["matchLite"] = Old(Many(2, Type.Text)),
        ["safe"] = Old(Fixed(1, Type.Anything)),
        ["wildcard"] = Old(Many(2, Type.Text)),
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    static Signature Fixed(int needed, params ImmutableArray<Type> parameters) => new(needed, false, true, parameters);

    static Signature Many(int needed, Type type) => new(needed, true, true, [type]);

    static Signature Old(Signature signature) => signature with { Elastic = false };

    /// <summary>What is wrong with a call, at the function's name or at the argument.</summary>
    public static IEnumerable<Diagnostic> Check(EqlExpression.Call call, SourceSpan name, EqlDialect dialect)
    {
        if (!Known.TryGetValue(call.Name, out var signature) || (dialect == EqlDialect.Elastic && !signature.Elastic))
        {
            yield return Diagnostic.At(name, EqlCodes.UnknownFunction, call.Name);
            yield break;
        }

        var count = call.Arguments.Count;
        if (count < signature.Needed || (!signature.Variadic && count > signature.Parameters.Length))
            yield return Diagnostic.At(name, EqlCodes.ArgumentCount, call.Name, count, Expected(signature));
        for (var i = 0; i < count; i++)
        {
            var wanted = signature.Parameters[Math.Min(i, signature.Parameters.Length - 1)];
            if (wanted != Type.Anything && TypeOf(call.Arguments[i]) is { } given && given != wanted)
                yield return Diagnostic.At(call.Arguments[i].Span, EqlCodes.ArgumentType, i + 1, call.Name, Word(given), Word(wanted));
        }
    }

    static string Expected(Signature signature)
    {
        var needed = signature.Needed.ToString(CultureInfo.InvariantCulture);
        if (signature.Variadic)
            return $"{needed} or more";
        return signature.Needed == signature.Parameters.Length ? needed : string.Create(CultureInfo.InvariantCulture, $"{needed} to {signature.Parameters.Length}");
    }

    static Type? TypeOf(EqlExpression argument) => argument switch
    {
        EqlExpression.Text => Type.Text,
        EqlExpression.Integer or EqlExpression.Decimal => Type.Number,
        EqlExpression.Boolean => Type.Flag,
        _ => null,
    };

    static string Word(Type type) => type switch
    {
        Type.Text => "a string",
        Type.Number => "a number",
        Type.Flag => "true or false",
        _ => "anything",
    };
}
