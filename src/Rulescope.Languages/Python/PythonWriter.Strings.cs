using System.Collections.Immutable;
using System.Diagnostics;
using System.Globalization;
using System.Text;
using Rulescope.Text;

namespace Rulescope.Languages.Python;

// Inside a field of an f-string there are no backslashes, and the quotes around it are taken.
public sealed partial class PythonWriter
{
    static readonly ImmutableArray<string> Quotes = ["\"", "'", "\"\"\"", "'''"];

    // The quotes of the f-strings around this place, from the outside in.
    readonly ImmutableArray<string> _around;

    // Set when something has no text at this place.
    bool _isImpossible;

    PythonWriter(ImmutableArray<string> around) => _around = around;

    string Text(string value, string prefix)
    {
        if (_around.IsEmpty)
            return $"{prefix}\"{Escape(value, "\"", prefix.Length > 0)}\"";
        foreach (var quote in Quotes.Where(q => IsFree(q) && IsPlain(value, [.. _around, q]) && (prefix.Length == 0 || Ascii.IsValid(value))))
            return prefix + quote + value + quote;
        _isImpossible = true;
        return $"{prefix}\"{Escape(value, "\"", prefix.Length > 0)}\"";
    }

    string Formatted(EquatableArray<PythonFormatPart> parts)
    {
        foreach (var quote in Quotes.Where(IsFree))
        {
            var inside = new PythonWriter([.. _around, quote]);
            var text = inside.Parts(parts, isSpecification: false);
            if (!inside._isImpossible)
                return $"f{quote}{text}{quote}";
        }

        _isImpossible = true;
        return $"f\"{new PythonWriter(["\""]).Parts(parts, isSpecification: false)}\"";
    }

    string Parts(EquatableArray<PythonFormatPart> parts, bool isSpecification) => string.Concat(parts.Select(p => p switch
    {
        PythonFormatPart.Literal literal => Literal(literal.Text, isSpecification),
        PythonFormatPart.Field field => Field(field),
        _ => throw new UnreachableException(p.GetType().Name),
    }));

    // Braces are doubled, and in a specification, where that is not read, escaped.
    string Literal(string text, bool isSpecification)
    {
        if (_around.Length > 1 && (!IsPlain(text, _around) || (isSpecification && text.AsSpan().IndexOfAny('{', '}') >= 0)))
            _isImpossible = true;
        var written = _around.Length > 1 && !_isImpossible ? text : Escape(text, _around[^1], isBytes: false);
        return isSpecification
            ? written.Replace("{", "\\x7b", StringComparison.Ordinal).Replace("}", "\\x7d", StringComparison.Ordinal)
            : written.Replace("{", "{{", StringComparison.Ordinal).Replace("}", "}}", StringComparison.Ordinal);
    }

    string Field(PythonFormatPart.Field field)
    {
        var value = Of(field.Value, Level.Primary);
        var conversion = field.Conversion switch
        {
            null => "",
            PythonConversion.Str => "!s",
            PythonConversion.Repr => "!r",
            PythonConversion.Ascii => "!a",
            _ => throw new UnreachableException(field.Conversion.ToString()),
        };
        var specification = field.Specification switch
        {
            null => "",
            PythonExpression.Formatted formatted => ":" + Parts(formatted.Parts, isSpecification: true),
            var other => $":{{{Of(other, Level.Primary)}}}",
        };
        return $"{{{(value.StartsWith('{') ? " " : "")}{value}{conversion}{specification}}}";
    }

    // Quotes can stand here when none around would take their first character for its own end.
    bool IsFree(string quote) => _around.All(a => a.Length == 1 ? a[0] != quote[0] : a != quote);

    // Text that needs no escapes between these quotes, the innermost last.
    static bool IsPlain(string text, ImmutableArray<string> quotes) =>
        text.AsSpan().IndexOfAny('\\', '\r', '\0') < 0
        && quotes.All(q => !text.Contains(q, StringComparison.Ordinal))
        && !text.EndsWith(quotes[^1][0])
        && (quotes.All(q => q.Length == 3) || !text.Contains('\n', StringComparison.Ordinal));

    static string Escape(string value, string quote, bool isBytes)
    {
        var escaped = new StringBuilder(value.Length + 2);
        for (var i = 0; i < value.Length; i++)
        {
            var c = value[i];
            var simple = c switch
            {
                '\\' => @"\\",
                '\n' => @"\n",
                '\r' => @"\r",
                '\t' => @"\t",
                _ when c == quote[0] => "\\" + c,
                _ => null,
            };
            if (simple is not null)
                escaped.Append(simple);
            else if (IsShown(value, i, isBytes))
                escaped.Append(c);
            else
                escaped.Append(c <= 0xFF ? $"\\x{(int)c:x2}" : $"\\u{(int)c:x4}");
        }

        return escaped.ToString();
    }

    static bool IsShown(string value, int at, bool isBytes)
    {
        var c = value[at];
        if (char.IsAscii(c) || isBytes)
            return c is >= ' ' and <= '~';
        if (char.IsSurrogate(c))
            return char.IsSurrogatePair(value, at) || (at > 0 && char.IsSurrogatePair(value, at - 1));
        return char.GetUnicodeCategory(c) is not (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator
            or UnicodeCategory.ParagraphSeparator or UnicodeCategory.SpaceSeparator or UnicodeCategory.PrivateUse or UnicodeCategory.OtherNotAssigned);
    }
}
