using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Reflection;
using System.Text;

namespace Rulescope.Text;

/// <summary>How a type of record is written by <see cref="TreeText"/>: found once by reflection, then cached.</summary>
sealed class TreeShape
{
    static readonly ConcurrentDictionary<Type, TreeShape> Known = new();

    readonly ImmutableArray<PropertyInfo> _attributes;

    TreeShape(Type type)
    {
        Type = type;
        Name = Kebab(type.Name.Split('`')[0]);
        Item = type.IsGenericType && type.GetGenericTypeDefinition() == typeof(EquatableArray<>) ? type.GetGenericArguments()[0] : null;
        if (Array.Exists(type.GetInterfaces(), i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(ITreeAtom<>)))
        {
            ToAtom = value => (string)(type.GetMethod("ToAtom")?.Invoke(value, null) ?? "");
            FromAtom = atom => type.GetMethod("FromAtom")?.Invoke(null, [atom]);
        }

        Constructor = type.GetConstructors().Where(c => !IsCopy(c)).MaxBy(c => c.GetParameters().Length);
        Parameters = [.. Constructor?.GetParameters() ?? []];
        var properties = type.GetProperties(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly)
            .Where(p => p.CanWrite && p.GetIndexParameters().Length == 0 && p.PropertyType != typeof(SourceSpan) && p.PropertyType != typeof(Excerpt)).ToArray();
        Arguments = [.. Parameters.Select(a => Array.Find(properties, p => string.Equals(p.Name, a.Name, StringComparison.OrdinalIgnoreCase))).OfType<PropertyInfo>()];
        _attributes = [.. properties.Except(Arguments)];
        // The cases of a closed hierarchy are the types nested in its root.
        Cases = type.IsAbstract
            ? type.GetNestedTypes().Where(n => n.IsSubclassOf(type)).ToImmutableDictionary(n => Kebab(n.Name), StringComparer.Ordinal)
            : ImmutableDictionary<string, Type>.Empty;
    }

    public Type Type { get; }

    public string Name { get; }

    public Type? Item { get; }

    public Func<object, string>? ToAtom { get; }

    public Func<string, object?>? FromAtom { get; }

    public ConstructorInfo? Constructor { get; }

    public ImmutableArray<ParameterInfo> Parameters { get; }

    public ImmutableArray<PropertyInfo> Arguments { get; }

    public ImmutableDictionary<string, Type> Cases { get; }

    public static TreeShape Of(Type type) => Known.GetOrAdd(type, t => new TreeShape(t));

    /// <summary>The properties that are no constructor argument, each with the value it has when nobody sets it.</summary>
    public IEnumerable<(PropertyInfo Property, object? Initial)> Attributes(object value)
    {
        if (_attributes.IsEmpty || Constructor is null)
            return [];
        var bare = Constructor.Invoke([.. Arguments.Select(a => a.GetValue(value))]);
        return _attributes.Select(p => (p, p.GetValue(bare)));
    }

    public PropertyInfo? Attribute(string name) => _attributes.FirstOrDefault(p => Kebab(p.Name) == name);

    /// <summary><c>OnMissing</c> to <c>on-missing</c>.</summary>
    public static string Kebab(string name)
    {
        var kebab = new StringBuilder(name.Length + 4);
        for (var i = 0; i < name.Length; i++)
        {
            if (char.IsUpper(name[i]) && i > 0 && !char.IsUpper(name[i - 1]))
                kebab.Append('-');
            kebab.Append(char.ToLowerInvariant(name[i]));
        }

        return kebab.ToString();
    }

    bool IsCopy(ConstructorInfo constructor) =>
        constructor.GetParameters() is [{ } only] && only.ParameterType == Type;
}
