using System.Text;
using System.Text.RegularExpressions;
using Rulescope.Algebra.Predicates;
using Match = Rulescope.Algebra.Predicates.Match;

namespace Rulescope.Engine.Evaluation;

/// <summary>A rule's regular expression in .NET's terms, or why there is none.</summary>
/// <param name="Regex">Runs in time linear in the text where .NET can, otherwise at most a second; null when not translated.</param>
/// <param name="Problem">What stands in the way; null when translated.</param>
public sealed record TranslatedRegex(Regex? Regex, string? Problem);

/// <summary>Turns patterns of the rule languages' dialects into .NET's (SEMANTICS 2.3). Never throws on a pattern.</summary>
public static class RegexTranslation
{
    const int MaxPattern = 32 * 1024;

    static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    public static TranslatedRegex Translate(string pattern, Match.Regex match, Folding folding)
    {
        if (pattern.Length > MaxPattern)
            return new(null, $"it is longer than {MaxPattern} characters");
        var (text, problem) = match.Dialect == RegexDialect.Lucene ? new LuceneRegex(pattern).Translate() : Perl(pattern, match);
        if (text is null)
            return new(null, problem);
        var anchored = match.Anchor switch
        {
            RegexAnchor.Start => $@"\A(?:{text})",
            RegexAnchor.Whole => $@"\A(?:{text})\z",
            RegexAnchor.Term => $@"(?<![\p{{L}}\p{{N}}])(?:{text})(?![\p{{L}}\p{{N}}])",
            _ => text,
        };
        var options = RegexOptions.CultureInvariant;
        if (folding is not Folding.Ordinal || match.Flags.Contains('i', StringComparison.Ordinal))
            options |= RegexOptions.IgnoreCase;
        if (match.Flags.Contains('m', StringComparison.Ordinal))
            options |= RegexOptions.Multiline;
        if (match.Flags.Contains('s', StringComparison.Ordinal) || match.Dialect == RegexDialect.Lucene)
            options |= RegexOptions.Singleline;
        return Build(anchored, options);
    }

    static TranslatedRegex Build(string pattern, RegexOptions options)
    {
        try
        {
            return new(new Regex(pattern, options | RegexOptions.NonBacktracking, Patience), null);
        }
        catch (NotSupportedException)
        {
            // Look-around, back references and the like: only the backtracking engine has them.
        }
        catch (ArgumentException problem)
        {
            return new(null, problem.Message);
        }

        try
        {
            return new(new Regex(pattern, options, Patience), null);
        }
        catch (ArgumentException problem)
        {
            return new(null, problem.Message);
        }
    }

    // PCRE, RE2, Python and Java are .NET but for spellings and for what counts as a digit or a word.
    static (string? Text, string? Problem) Perl(string pattern, Match.Regex match)
    {
        var dialect = match.Dialect;
        // RE2's "$" is the very end; .NET's also stands before a last line break.
        var endsText = dialect == RegexDialect.Re2 && !match.Flags.Contains('m', StringComparison.Ordinal) && !pattern.Contains("(?", StringComparison.Ordinal);
        var text = new StringBuilder(pattern.Length + 16);
        var inClass = false;
        for (var i = 0; i < pattern.Length; i++)
        {
            var c = pattern[i];
            if (c == '\\')
            {
                i = Escape(pattern, i, inClass, dialect, text);
            }
            else if (inClass)
            {
                if (c == '[' && i + 1 < pattern.Length && pattern[i + 1] == ':' && Posix(pattern, i) is var (inside, end))
                {
                    text.Append(inside);
                    i = end;
                    continue;
                }

                inClass = c != ']';
                // A bracket inside a class is a letter there, but .NET reads "-[" as a subtraction.
                text.Append(c == '[' ? @"\[" : c.ToString());
            }
            else if (c == '[')
            {
                inClass = true;
                var first = i + 1 < pattern.Length && pattern[i + 1] == '^' ? i + 2 : i + 1;
                text.Append(pattern, i, Math.Min(first, pattern.Length) - i);
                i = first - 1;
                // A closing bracket that comes first belongs to the class.
                if (first < pattern.Length && pattern[first] == ']')
                {
                    text.Append(@"\]");
                    i++;
                }
            }
            else if (c == '(' && pattern.AsSpan(i).StartsWith("(?P", StringComparison.Ordinal) && i + 3 < pattern.Length)
            {
                var (written, taken) = Named(pattern, i);
                text.Append(written);
                i += taken - 1;
            }
            else if (c == '+' && i > 0 && pattern[i - 1] is '+' or '*' or '?' or '}' && !IsEscaped(pattern, i - 1))
            {
                return (null, "possessive quantifiers are not known here");
            }
            else if (c == '$' && endsText)
            {
                text.Append(@"\z");
            }
            else
            {
                text.Append(c);
            }
        }

        return (text.ToString(), null);
    }

    static int Escape(string pattern, int at, bool inClass, RegexDialect dialect, StringBuilder text)
    {
        if (at + 1 == pattern.Length)
        {
            text.Append(@"\\");
            return at;
        }

        var ascii = dialect is RegexDialect.Pcre or RegexDialect.Re2 or RegexDialect.Java;
        var next = pattern[at + 1];
        var written = (next, ascii, inClass) switch
        {
            ('d', true, _) => inClass ? "0-9" : "[0-9]",
            ('w', true, _) => inClass ? "a-zA-Z0-9_" : "[a-zA-Z0-9_]",
            ('s', true, _) => inClass ? @" \t\n\r\f\v" : @"[ \t\n\r\f\v]",
            ('D', true, false) => "[^0-9]",
            ('W', true, false) => "[^a-zA-Z0-9_]",
            ('S', true, false) => @"[^ \t\n\r\f\v]",
            ('h', _, _) => inClass ? @" \t" : @"[ \t]",
            ('Z', _, false) when dialect == RegexDialect.Python => @"\z",
            ('/' or '"' or '\'' or ':' or ';' or '%' or '&' or '@' or '!' or '<' or '>' or '=' or '~' or '`' or ',' or '_' or ' ', _, _) =>
                next is '<' or '>' or '_' ? next.ToString() : Regex.Escape(next.ToString()),
            _ => null,
        };
        if (written is null && next == 'x' && at + 2 < pattern.Length && pattern[at + 2] == '{')
            return Braced(pattern, at, text);
        text.Append(written ?? pattern.Substring(at, 2));
        return at + 1;
    }

    static int Braced(string pattern, int at, StringBuilder text)
    {
        var end = pattern.IndexOf('}', at);
        if (end < 0 || !int.TryParse(pattern.AsSpan(at + 3, end - at - 3), System.Globalization.NumberStyles.AllowHexSpecifier, null, out var code) || !Rune.IsValid(code))
        {
            text.Append(@"\\x");
            return at + 1;
        }

        text.Append(Regex.Escape(new Rune(code).ToString()));
        return end;
    }

    static (string Written, int Taken) Named(string pattern, int at)
    {
        if (pattern[at + 3] == '<')
            return ("(?<", 4);
        var end = pattern.IndexOf(')', at);
        return pattern[at + 3] == '=' && end > 0 ? ($@"\k<{pattern[(at + 4)..end]}>", end - at + 1) : ("(?P", 3);
    }

    static (string Inside, int End)? Posix(string pattern, int at)
    {
        var end = pattern.IndexOf(":]", at, StringComparison.Ordinal);
        if (end < 0)
            return null;
        var inside = pattern[(at + 2)..end] switch
        {
            "alpha" => "a-zA-Z",
            "digit" => "0-9",
            "alnum" => "a-zA-Z0-9",
            "upper" => "A-Z",
            "lower" => "a-z",
            "xdigit" => "0-9A-Fa-f",
            "space" => @" \t\n\r\f\v",
            "blank" => @" \t",
            "word" => "a-zA-Z0-9_",
            "punct" => @"!-/:-@\[-`{-~",
            _ => null,
        };
        return inside is null ? null : (inside, end + 1);
    }

    static bool IsEscaped(string pattern, int at)
    {
        var slashes = 0;
        for (var i = at - 1; i >= 0 && pattern[i] == '\\'; i--)
            slashes++;
        return slashes % 2 == 1;
    }
}
