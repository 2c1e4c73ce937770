using System.Collections;
using System.Globalization;
using System.Numerics;
using System.Text;

namespace Rulescope.Text;

/// <summary>What can be wrong with a canonical text.</summary>
public static class TreeTextCodes
{
    public static readonly DiagnosticCode Malformed = new("TRE0101", Severity.Error, "found '{0}' where {1} was expected");
    public static readonly DiagnosticCode TooDeep = new("TRE0102", Severity.Error, "nested deeper than {0} levels");
}

public static partial class TreeText
{
    const int MaxDepth = 400;

    /// <summary>The tree of a text; null with a finding where it is not one. Never throws.</summary>
    public static Parsed<T?> Parse<T>(string text)
        where T : class
    {
        var reader = new Reader(text);
        var value = reader.Read(typeof(T), 0);
        if (reader.Finding is null && !reader.AtEnd)
            reader.Fail("the end");
        return reader.Finding is { } finding ? new(null, [finding]) : Parsed.Clean((T?)value);
    }

    sealed class Reader(string text)
    {
        int _at;

        public Diagnostic? Finding { get; private set; }

        public bool AtEnd
        {
            get
            {
                while (_at < text.Length && char.IsWhiteSpace(text[_at]))
                    _at++;
                return _at == text.Length;
            }
        }

        char Next => AtEnd ? '\0' : text[_at];

        public void Fail(string expected) =>
            Finding ??= Diagnostic.At(new(_at, Math.Min(1, text.Length - _at)), TreeTextCodes.Malformed, text[_at..Math.Min(text.Length, _at + 12)], expected);

        public object? Read(Type type, int depth)
        {
            if (depth > MaxDepth)
                Finding ??= Diagnostic.At(new(_at, 0), TreeTextCodes.TooDeep, MaxDepth);
            if (Finding is not null)
                return null;
            var stated = type;
            type = Nullable.GetUnderlyingType(type) ?? type;
            if (Next == '"')
                return FromText(type, Quoted());
            if (Next == '[')
                return Sequence(type, depth);
            if (Next == '(')
            {
                _at++;
                var made = Record(type, Word(), depth, closed: true);
                if (Finding is null && Next == ')')
                    _at++;
                else
                    Fail("')'");
                return made;
            }

            return FromWord(stated, Word(), depth);
        }

        string Word()
        {
            _ = AtEnd;
            var start = _at;
            while (_at < text.Length && !char.IsWhiteSpace(text[_at]) && text[_at] is not ('(' or ')' or '[' or ']' or '"'))
                _at++;
            if (_at == start)
                Fail("a word");
            return text[start.._at];
        }

        string Quoted()
        {
            var value = new StringBuilder();
            for (_at++; _at < text.Length && text[_at] != '"'; _at++)
            {
                if (text[_at] != '\\' || _at + 1 == text.Length)
                {
                    value.Append(text[_at]);
                    continue;
                }

                _at++;
                if (text[_at] == 'u' && _at + 4 < text.Length && ushort.TryParse(text.AsSpan(_at + 1, 4), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out var unit))
                {
                    value.Append((char)unit);
                    _at += 4;
                }
                else
                {
                    value.Append(text[_at] switch { 'n' => '\n', 'r' => '\r', 't' => '\t', var other => other });
                }
            }

            if (_at < text.Length)
                _at++;
            else
                Fail("'\"'");
            return value.ToString();
        }

        object? FromText(Type type, string value)
        {
            if (type == typeof(string))
                return value;
            var shape = TreeShape.Of(type);
            if (shape.FromAtom is not null)
                return shape.FromAtom(value);
            Fail(shape.Name);
            return null;
        }

        object? FromWord(Type type, string word, int depth)
        {
            var culture = CultureInfo.InvariantCulture;
            if (Nullable.GetUnderlyingType(type) is { } underlying)
                return word == "nil" ? null : FromWord(underlying, word, depth);
            if (word == "nil" && !type.IsValueType)
                return null;
            if (type == typeof(ulong) && ulong.TryParse(word, culture, out var unsigned))
                return unsigned;
            if (type == typeof(bool) && word is "true" or "false")
                return word == "true";
            if (type == typeof(long) && long.TryParse(word, culture, out var whole))
                return whole;
            if (type == typeof(int) && int.TryParse(word, culture, out var small))
                return small;
            if (type == typeof(BigInteger) && BigInteger.TryParse(word, culture, out var big))
                return big;
            if (type == typeof(double) && double.TryParse(word, culture, out var real))
                return real;
            if (type.IsEnum && Enum.TryParse(type, word.Replace("-", "", StringComparison.Ordinal).Replace("|", ", ", StringComparison.Ordinal), ignoreCase: true, out var named))
                return named;
            if (!type.IsEnum && !type.IsPrimitive && type != typeof(string))
                return Record(type, word, depth, closed: false);
            Fail(TreeShape.Kebab(type.Name));
            return null;
        }

        object? Sequence(Type type, int depth)
        {
            if (TreeShape.Of(type).Item is not { } item)
            {
                Fail(TreeShape.Kebab(type.Name));
                return null;
            }

            var items = (IList?)Activator.CreateInstance(typeof(List<>).MakeGenericType(item));
            _at++;
            while (Finding is null && Next is not (']' or '\0'))
                items?.Add(Read(item, depth + 1) ?? (item.IsValueType ? Activator.CreateInstance(item) : null));
            if (Next == ']')
                _at++;
            else
                Fail("']'");
            return typeof(EquatableArray).GetMethod(nameof(EquatableArray.ToEquatableArray))?.MakeGenericMethod(item).Invoke(null, [items]);
        }

        object? Record(Type type, string name, int depth, bool closed)
        {
            var root = TreeShape.Of(type);
            var shape = type.IsAbstract
                ? root.Cases.TryGetValue(name, out var @case) ? TreeShape.Of(@case) : null
                : root.Name == name ? root : null;
            if (shape?.Constructor is null)
            {
                Fail($"a case of {root.Name}");
                return null;
            }

            var arguments = new object?[shape.Parameters.Length];
            for (var i = 0; i < arguments.Length && Finding is null; i++)
            {
                if (!closed || Next == ')')
                    Fail(TreeShape.Kebab(shape.Parameters[i].Name ?? "an argument"));
                else
                    arguments[i] = Read(shape.Parameters[i].ParameterType, depth + 1);
            }

            if (Finding is not null)
                return null;
            var made = shape.Constructor.Invoke(arguments);
            while (closed && Finding is null && Next == ':')
            {
                _at++;
                if (shape.Attribute(Word()) is { } property)
                    property.SetValue(made, Read(property.PropertyType, depth + 1));
                else
                    Fail("an attribute");
            }

            return made;
        }
    }
}
