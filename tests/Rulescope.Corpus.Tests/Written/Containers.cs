using System.Text.RegularExpressions;

namespace Rulescope.Corpus.Tests.Written;

/// <summary>The file format around a query: what a stretch of the file says once its quotes, escapes and folded lines are undone. Written for these tests alone.</summary>
static partial class Containers
{
    /// <summary>The words of a stretch as the query's own language sees them; the first is the stretch itself.</summary>
    public static IEnumerable<string> Inside(string path, string file, int start, string stretch)
    {
        yield return stretch;
        if (path.EndsWith(".toml", StringComparison.OrdinalIgnoreCase) && TomlStyle(file, start) is "\"" or "\"\"\"")
            yield return Escapes.Undo(stretch, Escapes.Json);
        else if (path.EndsWith(".yml", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".yaml", StringComparison.OrdinalIgnoreCase))
            yield return YamlStyle(file, start) is var style && style == '"' ? Yaml(style, Whole(file, start, stretch)) : Yaml(style, stretch);
    }

    // An escape at the end of a stretch is taken whole.
    static string Whole(string file, int start, string stretch) =>
        stretch.Reverse().TakeWhile(c => c == '\\').Count() % 2 == 1 && start + stretch.Length < file.Length ? stretch + file[start + stretch.Length] : stretch;

    /// <summary>A scalar of YAML with its own quotes.</summary>
    public static string YamlScalar(string token) => token switch
    {
        ['\'', .. var inside, '\''] when token.Length > 1 => Yaml('\'', inside),
        ['"', .. var inside, '"'] when token.Length > 1 => Yaml('"', inside),
        ['|' or '>', ..] when token.IndexOf('\n', StringComparison.Ordinal) is var end and > 0 => Block(token[0], token[(end + 1)..], token[..end].Contains('-', StringComparison.Ordinal)),
        _ => Yaml(' ', token),
    };

    static string Yaml(char style, string text) => style switch
    {
        '\'' => Folded(text).Replace("''", "'", StringComparison.Ordinal),
        '"' => Escapes.Undo(Folded(Continued.Replace(text, "")), Escapes.Yaml),
        '|' => Block('|', text, chomped: false),
        _ => Folded(text),
    };

    // Indentation goes; > makes one line of several.
    static string Block(char style, string text, bool chomped)
    {
        var lines = text.Split('\n');
        var indent = lines.Where(l => l.Trim().Length > 0).Select(l => l.Length - l.TrimStart(' ').Length).DefaultIfEmpty(0).Min();
        var inner = string.Join(style == '>' ? ' ' : '\n', lines.Select(l => l.Length >= indent ? l[indent..] : l.TrimStart(' ')));
        return chomped ? inner.TrimEnd('\n', ' ') : inner;
    }

    static string Folded(string text) => Fold.Replace(text, m => m.Value.Count(c => c == '\n') is var lines and > 1 ? new string('\n', lines - 1) : " ");

    // How the value of the key is written that stands at the left edge above a place.
    static char YamlStyle(string file, int at) => file[..Math.Min(at, file.Length)] is var before && TopKey.Matches(before) is [.., var key] ? key.Groups["first"].Value is [var first] ? first : ' ' : ' ';

    // Which quotes a place of a TOML file stands in.
    static string TomlStyle(string file, int place)
    {
        foreach (Match part in TomlString.Matches(file))
        {
            if (part.Index > place)
                break;
            if (place < part.Index + part.Length)
                return part.Value.StartsWith("\"\"\"", StringComparison.Ordinal) ? "\"\"\"" : part.Value.StartsWith("'''", StringComparison.Ordinal) ? "'''" : part.Value[..1];
        }

        return "";
    }

    [GeneratedRegex(""""
        \#[^\n]* | """(?:\\.|[^\\])*?"""+ | \'\'\'.*?\'\'\'+ | "(?:\\.|[^"\\\n])*" | '[^'\n]*'
        """", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.Singleline | RegexOptions.IgnorePatternWhitespace, matchTimeoutMilliseconds: 10_000)]
    static partial Regex TomlString { get; }

    [GeneratedRegex(@"^[A-Za-z_]\w*:[ \t]*(?<first>[^\s]?)", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture | RegexOptions.Multiline, matchTimeoutMilliseconds: 10_000)]
    static partial Regex TopKey { get; }

    [GeneratedRegex(@"[ \t]*\r?\n\s*", RegexOptions.CultureInvariant, matchTimeoutMilliseconds: 10_000)]
    static partial Regex Fold { get; }

    [GeneratedRegex(@"(?<=(^|[^\\])(\\\\)*)\\\r?\n\s*\\?", RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 10_000)]
    static partial Regex Continued { get; }
}
