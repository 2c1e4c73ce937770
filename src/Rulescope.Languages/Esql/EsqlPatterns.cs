using Rulescope.Text;

namespace Rulescope.Languages.Esql;

/// <summary>The columns that the patterns of DISSECT and GROK make.</summary>
static class EsqlPatterns
{
    /// <summary><c>%{name}</c>; <c>%{}</c> and <c>%{?name}</c> skip, <c>+</c>, <c>/2</c> and <c>-></c> only say how the text is put together.</summary>
    public static EquatableArray<string> OfDissect(string pattern) => [.. Braced(pattern).Select(Dissected).Where(n => n.Length > 0).Distinct(StringComparer.Ordinal)];

    /// <summary><c>%{SYNTAX:name:type}</c> and the named groups of the regular expression around it.</summary>
    public static EquatableArray<string> OfGrok(string pattern) =>
        [.. Braced(pattern).Select(Grokked).Concat(Groups(pattern)).Where(n => n.Length > 0).Distinct(StringComparer.Ordinal)];

    static IEnumerable<string> Braced(string pattern) => Between(pattern, "%{", '}');

    static IEnumerable<string> Groups(string pattern) => Between(pattern, "(?<", '>').Where(n => n.Length > 0 && n[0] is not ('=' or '!'));

    static IEnumerable<string> Between(string pattern, string open, char close)
    {
        var at = 0;
        while ((at = pattern.IndexOf(open, at, StringComparison.Ordinal)) >= 0)
        {
            at += open.Length;
            var end = pattern.IndexOf(close, at);
            if (end < 0)
                yield break;
            yield return pattern[at..end];
            at = end + 1;
        }
    }

    static string Dissected(string key)
    {
        if (key.Length == 0 || key[0] is '?' or '*' or '&')
            return "";
        var name = key.EndsWith("->", StringComparison.Ordinal) ? key[..^2] : key;
        var order = name.LastIndexOf('/');
        if (order > 0 && order + 1 < name.Length && name.AsSpan(order + 1).IndexOfAnyExceptInRange('0', '9') < 0)
            name = name[..order];
        return name.TrimStart('+');
    }

    static string Grokked(string key) => key.Split(':') is [_, var name, ..] ? name : "";
}
