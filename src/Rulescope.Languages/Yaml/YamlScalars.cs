using System.Buffers;
using System.Globalization;

namespace Rulescope.Languages.Yaml;

/// <summary>What a scalar is.</summary>
public enum YamlKind
{
    Text,
    Null,
    Boolean,
    Integer,
    Float,
}

/// <summary>Resolution of scalars by the YAML 1.2 core schema.</summary>
static class YamlScalars
{
    const string Core = "tag:yaml.org,2002:";

    static readonly SearchValues<char> HexDigits = SearchValues.Create("0123456789abcdefABCDEF");

    public static YamlKind Resolve(YamlNode.Scalar scalar) => scalar.Tag switch
    {
        Core + "null" => YamlKind.Null,
        Core + "bool" when IsBoolean(scalar.Value) => YamlKind.Boolean,
        Core + "int" when IsInteger(scalar.Value) => YamlKind.Integer,
        Core + "float" when IsFloat(scalar.Value) || IsInteger(scalar.Value) => YamlKind.Float,
        "" when scalar.Style == YamlStyle.Plain => Plain(scalar.Value),
        _ => YamlKind.Text,
    };

    public static long? Integer(YamlNode.Scalar scalar)
    {
        if (scalar.Kind != YamlKind.Integer)
            return null;
        var text = scalar.Value.AsSpan();
        if (text.StartsWith("0x", StringComparison.Ordinal))
            return long.TryParse(text[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var hex) && hex >= 0 ? hex : null;
        if (text.StartsWith("0o", StringComparison.Ordinal))
            return Octal(text[2..]);
        return long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value) ? value : null;
    }

    public static double? Number(YamlNode.Scalar scalar)
    {
        if (scalar.Kind == YamlKind.Integer && Integer(scalar) is { } whole)
            return whole;
        if (scalar.Kind is not (YamlKind.Integer or YamlKind.Float))
            return null;
        return scalar.Value.TrimStart('+', '-') switch
        {
            ".inf" or ".Inf" or ".INF" => scalar.Value[0] == '-' ? double.NegativeInfinity : double.PositiveInfinity,
            ".nan" or ".NaN" or ".NAN" => double.NaN,
            _ => double.TryParse(scalar.Value, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : null,
        };
    }

    /// <summary>Text in YAML 1.2, a boolean for readers of YAML 1.1.</summary>
    public static bool IsLegacyBoolean(YamlNode.Scalar scalar) => scalar is { Style: YamlStyle.Plain, Tag: "", Value.Length: <= 3 }
        && scalar.Value is "yes" or "Yes" or "YES" or "no" or "No" or "NO" or "on" or "On" or "ON" or "off" or "Off" or "OFF";

    static YamlKind Plain(string value) => value switch
    {
        "" or "~" or "null" or "Null" or "NULL" => YamlKind.Null,
        _ when IsBoolean(value) => YamlKind.Boolean,
        _ when IsInteger(value) => YamlKind.Integer,
        _ when IsFloat(value) => YamlKind.Float,
        _ => YamlKind.Text,
    };

    static bool IsBoolean(string value) => value is "true" or "True" or "TRUE" or "false" or "False" or "FALSE";

    static bool IsInteger(string value)
    {
        var text = value.AsSpan();
        if (text.StartsWith("0x", StringComparison.Ordinal))
            return text.Length > 2 && text[2..].IndexOfAnyExcept(HexDigits) < 0;
        if (text.StartsWith("0o", StringComparison.Ordinal))
            return text.Length > 2 && text[2..].IndexOfAnyExceptInRange('0', '7') < 0;
        if (text is ['+' or '-', ..])
            text = text[1..];
        return text.Length > 0 && text.IndexOfAnyExceptInRange('0', '9') < 0;
    }

    static bool IsFloat(string value)
    {
        var text = value.AsSpan();
        if (text is ".nan" or ".NaN" or ".NAN")
            return true;
        if (text is ['+' or '-', ..])
            text = text[1..];
        if (text is ".inf" or ".Inf" or ".INF")
            return true;
        var digits = SkipDigits(ref text);
        if (text is ['.', ..])
        {
            text = text[1..];
            digits += SkipDigits(ref text);
        }

        if (digits == 0)
            return false;
        if (text is not ['e' or 'E', ..])
            return text.IsEmpty;
        text = text[1..];
        if (text is ['+' or '-', ..])
            text = text[1..];
        return SkipDigits(ref text) > 0 && text.IsEmpty;
    }

    static int SkipDigits(ref ReadOnlySpan<char> text)
    {
        var count = text.IndexOfAnyExceptInRange('0', '9');
        if (count < 0)
            count = text.Length;
        text = text[count..];
        return count;
    }

    static long? Octal(ReadOnlySpan<char> digits)
    {
        var value = 0L;
        foreach (var digit in digits)
        {
            if (value > long.MaxValue >> 3)
                return null;
            value = (value << 3) | (uint)(digit - '0');
        }

        return value;
    }
}
