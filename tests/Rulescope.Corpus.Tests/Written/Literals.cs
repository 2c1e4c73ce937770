using System.Text;

namespace Rulescope.Corpus.Tests.Written;

/// <summary>What a literal of a rule language says: quotes and escapes undone. Written for these tests alone.</summary>
static class Literals
{
    /// <summary>A reading of a literal.</summary>
    /// <param name="Text">What it says.</param>
    /// <param name="Pattern">The same as a pattern of Sigma's: <c>*</c> and <c>?</c>, which a backslash makes plain, and the backslash too.</param>
    public readonly record struct Said(string Text, string Pattern);

    /// <summary>What a token may say: one reading, or few where the place decides (a pattern or a text).</summary>
    public static IEnumerable<Said> Of(string language, string token) => language switch
    {
        "sigma" => Sigma(Containers.YamlScalar(token)),
        "spl" => Spl(token),
        "kuery" or "lucene" => Kuery(token),
        "eql" => [Same(Quoted(token, Escapes.Query) ?? token)],
        "esql" => Esql(Quoted(token, Escapes.Query) ?? token),
        "yaral" => [Same(Regex(token) ?? Quoted(token, Escapes.Query) ?? token)],
        "kusto" => [Same(Kusto(token) ?? token)],
        "python" => Python(token),
        _ => [],
    };

    // No wildcards, or those that no backslash escapes.
    static Said Same(string text) => new(text, text.Replace("\\", "\\\\", StringComparison.Ordinal));

    static IEnumerable<Said> Sigma(string text) => [new(Escapes.Undo(text, Escapes.Sigma), text), Same(text)];

    // LIKE has % and _; a search has * alone.
    static IEnumerable<Said> Spl(string token)
    {
        var text = Quoted(token, Escapes.Spl) ?? Escapes.Undo(token, Escapes.Spl);
        yield return new(text, text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("?", "\\?", StringComparison.Ordinal));
        // The text of LIKE has no escapes.
        yield return new(text, Glob(text.Replace("\\", "\\\\", StringComparison.Ordinal), '%', '_'));
        if (token is ['\'', .. var inside, '\''])
            yield return Same(inside);
    }

    // A pattern in which a backslash makes the next character plain, as one of Sigma's.
    static string Glob(string text, char many, char one)
    {
        var made = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            var isPlain = text[i] == '\\' && i + 1 < text.Length;
            var c = isPlain ? text[++i] : text[i];
            made.Append(!isPlain && c == many ? "*" : !isPlain && c == one ? "?" : c is '*' or '?' or '\\' ? $"\\{c}" : c.ToString());
        }

        return made.ToString();
    }

    // The texts of LIKE are patterns with escapes, all others are not.
    static IEnumerable<Said> Esql(string text) => [Same(text), new(text, Glob(text, '*', '?'))];

    // In quotes a star is a star, but in a filter beside the query, which is written as a text of TOML.
    static IEnumerable<Said> Kuery(string token)
    {
        if (token is ['"', ..])
            return [Same(Quoted(token, Escapes.Kuery) ?? token), new(token, Glob(Quoted(token, Escapes.Json) ?? token, '*', '?'))];
        return [new(Escapes.Undo(token, Escapes.Word), Glob(token, '*', '\0')), Same(token)];
    }

    static string? Kusto(string token)
    {
        var text = token.TrimStart('h', 'H');
        if (text is ['@', var quote, .., var end] && quote == end && quote is '"' or '\'')
            return text[2..^1].Replace(new string(quote, 2), quote.ToString(), StringComparison.Ordinal);
        // Literals side by side are one.
        return Joined(text, Escapes.Kusto) ?? Quoted(text, Escapes.Kusto);
    }

    static IEnumerable<Said> Python(string token)
    {
        yield return Same(Containers.YamlScalar(token));
        var raw = token.TrimStart('r', 'R', 'b', 'B', 'u', 'U', 'f', 'F');
        if (raw.Length < token.Length && token[..^raw.Length].Contains('r', StringComparison.OrdinalIgnoreCase) && Quoted(raw, new("", "") { HasCodes = false }) is { } kept)
            yield return Same(kept);
        else if (Joined(raw, Escapes.Python) is { } joined)
            yield return Same(joined);
        else if (Quoted(raw, Escapes.Python) is { } text)
            yield return Same(text);
    }

    static string? Regex(string token) => token is ['/', .. var inside, '/'] ? inside : null;

    // Three quotes or a backtick hold raw text, but in Python.
    static string? Quoted(string token, Escapes.Style style)
    {
        foreach (var quote in (string[])["\"\"\"", "'''", "```", "`", "\"", "'"])
        {
            if (token.Length < 2 * quote.Length || !token.StartsWith(quote, StringComparison.Ordinal) || !token.EndsWith(quote, StringComparison.Ordinal))
                continue;
            var inside = token[quote.Length..^quote.Length];
            return quote.Length == 3 && style == Escapes.Query || quote[0] == '`' ? inside : Escapes.Undo(inside, style);
        }

        return null;
    }

    // "a" "b"
    static string? Joined(string token, Escapes.Style style)
    {
        var made = "";
        var parts = 0;
        for (var at = 0; at < token.Length; parts++)
        {
            var quote = token[at];
            if (quote is not ('"' or '\''))
                return null;
            var end = at + 1;
            while (end < token.Length && token[end] != quote)
                end += token[end] == '\\' ? 2 : 1;
            if (end >= token.Length)
                return null;
            made += Escapes.Undo(token[(at + 1)..end], style);
            at = end + 1;
            while (at < token.Length && char.IsWhiteSpace(token[at]))
                at++;
        }

        return parts > 1 ? made : null;
    }
}
