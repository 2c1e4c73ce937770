using System.Text;
using Rulescope.Text;

namespace Rulescope.Languages.Yaral;

/// <summary>The escapes of a quoted text: <c>\"</c>, <c>\\</c>, <c>\n</c>, <c>\r</c>, <c>\t</c>.</summary>
static class YaralString
{
    /// <summary>The text behind a token's inside. An escape that does not exist is kept with its backslash and reported.</summary>
    /// <param name="inside">What stands between the quotes.</param>
    /// <param name="start">Where that begins in the source.</param>
    public static string Unescape(ReadOnlySpan<char> inside, int start, Action<SourceSpan, string> report)
    {
        if (!inside.Contains('\\'))
            return inside.ToString();
        var text = new StringBuilder(inside.Length);
        for (var i = 0; i < inside.Length; i++)
        {
            if (inside[i] != '\\' || i + 1 == inside.Length)
            {
                text.Append(inside[i]);
                continue;
            }

            char? plain = inside[i + 1] switch
            {
                '"' or '\\' or '\'' or '`' or '/' => inside[i + 1],
                'n' => '\n',
                'r' => '\r',
                't' => '\t',
                _ => null,
            };
            if (plain is { } c)
            {
                text.Append(c);
                i++;
                continue;
            }

            report(new(start + i, 2), inside.Slice(i, 2).ToString());
            text.Append('\\');
        }

        return text.ToString();
    }

    /// <summary>A text in quotes.</summary>
    public static string Quote(string value)
    {
        var text = new StringBuilder(value.Length + 2).Append('"');
        foreach (var c in value)
        {
            _ = c switch
            {
                '"' or '\\' => text.Append('\\').Append(c),
                '\n' => text.Append("\\n"),
                '\r' => text.Append("\\r"),
                '\t' => text.Append("\\t"),
                _ => text.Append(c),
            };
        }

        return text.Append('"').ToString();
    }
}
