using System.Collections;
using System.Reflection;
using Rulescope.Algebra.Fields;
using Rulescope.Text;

namespace Rulescope.Tests.Support;

/// <summary>Random trees of any closed record hierarchy, the same for the same seed.</summary>
public sealed class RandomTree(int seed)
{
    const int MaxDepth = 6;
    static readonly string[] Words = ["a", "Image", "x.y", "", "\"q\"\\", "tab\tline\n", "ünïcode 😀", "*", "nil", ":x", "`"];

    readonly Random _random = new(seed);

    public T Make<T>() => (T)Make(typeof(T), 0, new NullabilityInfoContext(), null)!;

    object? Make(Type type, int depth, NullabilityInfoContext nulls, ParameterInfo? parameter)
    {
        if (parameter is not null && depth > 2 && nulls.Create(parameter).WriteState == NullabilityState.Nullable)
            return null;
        if (Nullable.GetUnderlyingType(type) is { } inner)
            return _random.Next(2) == 0 ? null : Make(inner, depth, nulls, null);
        if (type == typeof(string))
            return Words[_random.Next(Words.Length)];
        if (type == typeof(bool))
            return _random.Next(2) == 0;
        if (type == typeof(int))
            return _random.Next(-5, 100);
        if (type == typeof(long))
            return _random.NextInt64(long.MinValue, long.MaxValue);
        if (type == typeof(double))
            return Math.Round(_random.NextDouble() * 1e6, 3);
        if (type.IsEnum)
            return Enum.GetValues(type).GetValue(_random.Next(Enum.GetValues(type).Length));
        if (type == typeof(FieldPath))
            return FieldPath.OfDotted(_random.Next(2) == 0 ? "userIdentity.type" : "Image");
        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(EquatableArray<>))
            return Sequence(type.GetGenericArguments()[0], depth, nulls);
        return type.IsAbstract ? Make(Case(type, depth), depth, nulls, null) : Record(type, depth, nulls);
    }

    // Deep down only cases without subtrees are left to choose from.
    Type Case(Type root, int depth)
    {
        var cases = root.GetNestedTypes().Where(n => n.IsSubclassOf(root)).ToArray();
        var leaves = cases.Where(c => c.GetConstructors().All(k => k.GetParameters().All(p => p.ParameterType == c || IsPlain(p.ParameterType)))).ToArray();
        var choice = depth > MaxDepth && leaves.Length > 0 ? leaves : cases;
        return choice[_random.Next(choice.Length)];
    }

    static bool IsPlain(Type type) => type.IsPrimitive || type.IsEnum || type == typeof(string) || type == typeof(FieldPath);

    object Sequence(Type item, int depth, NullabilityInfoContext nulls)
    {
        var items = (IList)Activator.CreateInstance(typeof(List<>).MakeGenericType(item))!;
        for (var count = depth > MaxDepth ? 0 : _random.Next(3); count > 0; count--)
            items.Add(Make(item, depth + 1, nulls, null));
        return typeof(EquatableArray).GetMethod(nameof(EquatableArray.ToEquatableArray))!.MakeGenericMethod(item).Invoke(null, [items])!;
    }

    object Record(Type type, int depth, NullabilityInfoContext nulls)
    {
        var constructor = type.GetConstructors().Where(c => c.GetParameters() is not [{ } only] || only.ParameterType != type).MaxBy(c => c.GetParameters().Length)!;
        var made = constructor.Invoke([.. constructor.GetParameters().Select(p => Make(p.ParameterType, depth + 1, nulls, p))]);
        var arguments = constructor.GetParameters().Select(p => p.Name).ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var property in type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly))
        {
            var set = property.CanWrite && property.PropertyType != typeof(SourceSpan) && !arguments.Contains(property.Name);
            if (set && depth <= MaxDepth && _random.Next(4) == 0)
                property.SetValue(made, Make(property.PropertyType, depth + 1, nulls, null));
        }

        return made;
    }
}
