using System.Collections;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Rulescope.Text;

namespace Rulescope.Tests.Support;

/// <summary>One instance of every case of a closed record, for tests that feed each case to each consumer.</summary>
/// <remarks>
/// The compiler cannot tell when a switch over a closed record misses a case; a test over these instances can. Constructor
/// parameters are filled with simple values: the smallest case of a closed record, one item for a sequence.
/// </remarks>
public static class Shapes
{
    /// <summary>The cases of <typeparamref name="T"/>, in the order of their declaration.</summary>
    public static IReadOnlyList<T> OneOfEach<T>()
        where T : class => [.. OneOfEach(typeof(T)).Cast<T>()];

    /// <summary>The cases of a closed abstract record.</summary>
    public static IReadOnlyList<object> OneOfEach(Type closed) =>
    [
        .. CasesOf(closed).Select(c => TryMake(c, [], out var made)
            ? made
            : throw new NotSupportedException($"no simple value for a constructor parameter of {c}")),
    ];

    /// <summary>True for an abstract record whose constructors are private: its cases are all nested in it.</summary>
    public static bool IsClosed(Type type) =>
        type is { IsAbstract: true, IsSealed: false, IsInterface: false, ContainsGenericParameters: false }
        && type.GetProperty("EqualityContract", BindingFlags.Instance | BindingFlags.NonPublic) is not null
        && type.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic).All(c => c.IsPrivate || IsCopy(c));

    static IEnumerable<Type> CasesOf(Type closed) =>
        closed.GetNestedTypes(BindingFlags.Public | BindingFlags.NonPublic)
            .SelectMany(t => CasesOf(t).Prepend(t))
            .Where(t => !t.IsAbstract && closed.IsAssignableFrom(t))
            .OrderBy(t => t.MetadataToken);

    // "open" holds the types that are being made, so that a tree ends in a leaf and does not grow for ever.
    static bool TryMake(Type type, ImmutableHashSet<Type> open, [NotNullWhen(true)] out object? made)
    {
        made = Simple(type);
        if (made is not null)
            return true;
        if (type.IsSubclassOf(typeof(Delegate)))
            return false;
        if (Nullable.GetUnderlyingType(type) is { } underlying)
            return TryMake(underlying, open, out made);
        if (type.IsGenericType && type.GetGenericArguments() is [var item] && IsSequence(type))
            return TrySequence(type, item, open, out made);
        if (type.IsAbstract)
        {
            foreach (var candidate in CasesOf(type).Where(c => !open.Contains(c)).OrderBy(c => Size(c, type)))
            {
                if (TryMake(candidate, open, out made))
                    return true;
            }

            return false;
        }

        // A type may hold itself by way of others, without an abstract record between.
        return !open.Contains(type) && TryConstruct(type, open.Add(type), out made);
    }

    static object? Simple(Type type) =>
        type == typeof(string) ? "x"
        : type == typeof(bool) ? true
        : type == typeof(char) ? 'x'
        : type == typeof(object) ? "x"
        : type == typeof(Guid) ? Guid.Empty
        : type == typeof(TimeSpan) ? TimeSpan.FromMinutes(1)
        : type == typeof(DateTime) ? new DateTime(2026, 1, 2, 3, 4, 5, DateTimeKind.Utc)
        : type == typeof(DateTimeOffset) ? new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero)
        : type.IsEnum ? Enum.GetValues(type).GetValue(0)
        : type == typeof(System.Numerics.BigInteger) ? System.Numerics.BigInteger.One
        : type.IsPrimitive || type == typeof(decimal) ? Convert.ChangeType(1, type, System.Globalization.CultureInfo.InvariantCulture)
        : null;

    static bool IsSequence(Type type) =>
        type.GetGenericTypeDefinition() is var open
        && (open == typeof(EquatableArray<>) || open == typeof(ImmutableArray<>) || open == typeof(IReadOnlyList<>));

    static bool TrySequence(Type type, Type item, ImmutableHashSet<Type> open, [NotNullWhen(true)] out object? made)
    {
        var list = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(item))!;
        if (TryMake(item, open, out var one))
            list.Add(one);
        var array = typeof(ImmutableArray).GetMethods()
            .Single(m => m.Name == nameof(ImmutableArray.ToImmutableArray) && m.GetParameters() is [{ ParameterType: { IsInterface: true } }])
            .MakeGenericMethod(item).Invoke(null, [list])!;
        made = type.GetGenericTypeDefinition() == typeof(EquatableArray<>) ? Activator.CreateInstance(type, array)! : array;
        return true;
    }

    static bool TryConstruct(Type type, ImmutableHashSet<Type> open, [NotNullWhen(true)] out object? made)
    {
        made = null;
        foreach (var constructor in type.GetConstructors().Where(c => !IsCopy(c)).OrderByDescending(c => c.GetParameters().Length))
        {
            var parameters = constructor.GetParameters();
            var values = new object?[parameters.Length];
            if (!parameters.All(p => TryMake(p.ParameterType, open, out values[p.Position])))
                continue;
            made = constructor.Invoke(values);
            return true;
        }

        if (type.IsValueType)
            made = Activator.CreateInstance(type);
        return made is not null;
    }

    // Leaves first: a case that holds no further node of its tree is the simplest value of it.
    static (bool HoldsNodes, int Parameters) Size(Type @case, Type closed)
    {
        var parameters = @case.GetConstructors().Where(c => !IsCopy(c)).SelectMany(c => c.GetParameters()).Select(p => p.ParameterType).ToList();
        return (parameters.Exists(p => p == closed || (p.IsGenericType && p.GetGenericArguments().Contains(closed))), parameters.Count);
    }

    static bool IsCopy(ConstructorInfo constructor) =>
        constructor.GetParameters() is [var only] && only.ParameterType == constructor.DeclaringType;
}
