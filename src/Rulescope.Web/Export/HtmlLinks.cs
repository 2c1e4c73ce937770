using System.Net;
using System.Text;

namespace Rulescope.Web.Export;

/// <summary>An attribute that holds an address, as it stands in a start tag.</summary>
/// <param name="Value">Decoded.</param>
readonly record struct HtmlAddress(string Tag, string Name, string Value);

/// <summary>Finds the addresses in pages of our own making: well-formed, every value in double quotes.</summary>
static class HtmlLinks
{
    /// <summary>The page with each address put through <paramref name="replace"/>; null takes the attribute out.</summary>
    public static string Rewrite(string html, Func<HtmlAddress, string?> replace)
    {
        var output = new StringBuilder(html.Length);
        for (var at = 0; at < html.Length;)
        {
            var open = html.IndexOf('<', at);
            if (open < 0 || open + 1 == html.Length)
            {
                output.Append(html, at, html.Length - at);
                break;
            }

            output.Append(html, at, open - at);
            at = html[open + 1] switch
            {
                _ when html.AsSpan(open).StartsWith("<!--", StringComparison.Ordinal) => Copy(html, open, End(html, open, "-->"), output),
                var first when char.IsAsciiLetter(first) => Tag(html, open, output, replace),
                _ => Copy(html, open, open + 1, output),
            };
        }

        return output.ToString();
    }

    /// <summary>Every address of a page, in its order.</summary>
    public static IReadOnlyList<HtmlAddress> All(string html)
    {
        var found = new List<HtmlAddress>();
        Rewrite(html, address =>
        {
            found.Add(address);
            return address.Value;
        });
        return found;
    }

    static int Tag(string html, int open, StringBuilder output, Func<HtmlAddress, string?> replace)
    {
        var at = open + 1;
        while (at < html.Length && (char.IsAsciiLetterOrDigit(html[at]) || html[at] == '-'))
            at++;
        var tag = html[(open + 1)..at];
        output.Append(html, open, at - open);
        while (at < html.Length && html[at] != '>')
            at = Attribute(html, at, tag, output, replace);
        // Scripts and styles are text to their end tag, whatever stands in them.
        return tag is "script" or "style" ? Copy(html, at, End(html, at, $"</{tag}"), output) : Copy(html, at, Math.Min(at + 1, html.Length), output);
    }

    // One attribute with the space before it, or one character that belongs to none.
    static int Attribute(string html, int start, string tag, StringBuilder output, Func<HtmlAddress, string?> replace)
    {
        var name = start;
        while (name < html.Length && char.IsWhiteSpace(html[name]))
            name++;
        var end = name;
        while (end < html.Length && !char.IsWhiteSpace(html[end]) && html[end] is not ('=' or '>' or '/'))
            end++;
        if (end == name)
            return Copy(html, start, Math.Min(Math.Max(name, start + 1), html.Length), output);
        if (end + 1 >= html.Length || html[end] != '=' || html[end + 1] != '"' || html.IndexOf('"', end + 2) is not (>= 0 and var close))
            return Copy(html, start, end < html.Length && html[end] == '=' ? end + 1 : end, output);
        var attribute = html[name..end];
        if (!IsAddress(tag, attribute))
            return Copy(html, start, close + 1, output);
        if (replace(new(tag, attribute, WebUtility.HtmlDecode(html[(end + 2)..close]))) is { } value)
            output.Append(html, start, end + 2 - start).Append(WebUtility.HtmlEncode(value)).Append('"');
        return close + 1;
    }

    // hx- holds what a script would ask the server for.
    static bool IsAddress(string tag, string attribute) =>
        attribute is "href" or "src" or "action" or "formaction" or "poster" || (tag == "object" && attribute == "data") || attribute.StartsWith("hx-", StringComparison.Ordinal);

    static int End(string html, int from, string mark) => html.IndexOf(mark, from, StringComparison.OrdinalIgnoreCase) is >= 0 and var found ? found + mark.Length : html.Length;

    static int Copy(string html, int from, int to, StringBuilder output)
    {
        output.Append(html, from, to - from);
        return to;
    }
}
