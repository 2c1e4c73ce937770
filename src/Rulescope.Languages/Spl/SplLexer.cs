using System.Text;
using Rulescope.Text;

namespace Rulescope.Languages.Spl;

/// <summary>Cuts a search into pieces, one at a time: which characters make a word depends on the command that asks.</summary>
/// <remarks>Never throws. Comments and macro calls are gone before (<see cref="SplExpansion"/>), but for calls of unknown macros.</remarks>
public static class SplLexer
{
    /// <summary>The piece at or behind an offset, white space skipped.</summary>
    public static SplToken Read(string text, int at, SplMode mode)
    {
        while (at < text.Length && char.IsWhiteSpace(text[at]))
            at++;
        if (at >= text.Length)
            return new(SplTokenKind.End, new(text.Length, 0));
        var next = at + 1 < text.Length ? text[at + 1] : '\0';
        return text[at] switch
        {
            '|' => One(SplTokenKind.Pipe, at),
            '(' => One(SplTokenKind.OpenParen, at),
            ')' => One(SplTokenKind.CloseParen, at),
            '[' => One(SplTokenKind.OpenBracket, at),
            ']' => One(SplTokenKind.CloseBracket, at),
            ',' => One(SplTokenKind.Comma, at),
            '"' => Delimited(text, at, SplTokenKind.Quoted),
            '`' => Delimited(text, at, SplTokenKind.Macro),
            '\'' when Closes(text, at, mode) => Delimited(text, at, SplTokenKind.SingleQuoted),
            '=' when next == '=' => Two(SplTokenKind.DoubleEqual, at),
            '=' => One(SplTokenKind.Equal, at),
            '!' when next == '=' => Two(SplTokenKind.NotEqual, at),
            '<' when Placeholder(text, at) is > 0 => Word(text, at, mode),
            '<' when next == '=' => Two(SplTokenKind.LessOrEqual, at),
            '<' => One(SplTokenKind.Less, at),
            '>' when next == '=' => Two(SplTokenKind.GreaterOrEqual, at),
            '>' => One(SplTokenKind.Greater, at),
            _ when mode == SplMode.Search => Word(text, at, mode),
            var c => Eval(text, at, c),
        };
    }

    /// <summary>The text of a word or of the inside of quotes: <c>\\</c> is one backslash, <c>\"</c> a quote; any other backslash is itself.</summary>
    public static string Unescape(ReadOnlySpan<char> written)
    {
        if (written.IndexOf('\\') < 0)
            return written.ToString();
        var text = new StringBuilder(written.Length);
        for (var i = 0; i < written.Length; i++)
        {
            if (written[i] == '\\' && i + 1 < written.Length && written[i + 1] is '\\' or '"')
                i++;
            text.Append(written[i]);
        }

        return text.ToString();
    }

    /// <summary>True when a text can stand without quotes in a mode and is one word there.</summary>
    public static bool IsWord(string text, SplMode mode) =>
        text.Length > 0 && Read(text, 0, mode) is { Kind: SplTokenKind.Word, Span: { Start: 0 } span } && span.Length == text.Length;

    static SplToken One(SplTokenKind kind, int at) => new(kind, new(at, 1));

    static SplToken Two(SplTokenKind kind, int at) => new(kind, new(at, 2));

    static SplToken Eval(string text, int at, char c) => c switch
    {
        '+' => One(SplTokenKind.Plus, at),
        '-' => One(SplTokenKind.Minus, at),
        '*' => One(SplTokenKind.Star, at),
        '/' => One(SplTokenKind.Slash, at),
        '%' => One(SplTokenKind.Percent, at),
        >= '0' and <= '9' => Number(text, at),
        '.' when at + 1 < text.Length && char.IsAsciiDigit(text[at + 1]) && (at == 0 || !IsName(text[at - 1])) => Number(text, at),
        '.' => One(SplTokenKind.Dot, at),
        _ when IsName(c) => Word(text, at, SplMode.Eval),
        _ => One(SplTokenKind.Stray, at),
    };

    // A name may begin with digits; what is all digits is a number.
    static SplToken Number(string text, int at)
    {
        var end = at;
        while (end < text.Length && char.IsAsciiDigit(text[end]))
            end++;
        if (end + 1 < text.Length && text[end] == '.' && char.IsAsciiDigit(text[end + 1]))
        {
            for (end++; end < text.Length && char.IsAsciiDigit(text[end]);)
                end++;
        }

        var exponent = Exponent(text, end);
        if (exponent > end)
            return new(SplTokenKind.Number, SourceSpan.FromBounds(at, exponent));
        return end < text.Length && IsName(text[end]) && text.AsSpan(at, end - at).IndexOf('.') < 0 ? Word(text, at, SplMode.Eval) : new(SplTokenKind.Number, SourceSpan.FromBounds(at, end));
    }

    static int Exponent(string text, int at)
    {
        if (at >= text.Length || text[at] is not ('e' or 'E'))
            return at;
        var digits = at + 1 < text.Length && text[at + 1] is '+' or '-' ? at + 2 : at + 1;
        var end = digits;
        while (end < text.Length && char.IsAsciiDigit(text[end]))
            end++;
        return end == digits || (end < text.Length && IsName(text[end])) ? at : end;
    }

    static SplToken Word(string text, int at, SplMode mode)
    {
        var end = at;
        while (end < text.Length)
        {
            var placeholder = text[end] == '<' ? Placeholder(text, end) : 0;
            if (placeholder > 0)
                end += placeholder;
            else if (mode == SplMode.Eval ? IsName(text[end]) : IsWordPart(text, end))
                end += mode == SplMode.Search && text[end] == '\\' && end + 1 < text.Length && text[end + 1] is '\\' or '"' ? 2 : 1;
            else
                break;
        }

        return new(SplTokenKind.Word, SourceSpan.FromBounds(at, Math.Max(end, at + 1)));
    }

    static bool IsName(char c) => char.IsLetterOrDigit(c) || c is '_' or '$' or '{' or '}' or ':' or '@' or '#';

    static bool IsWordPart(string text, int at) => text[at] switch
    {
        '|' or '(' or ')' or '[' or ']' or ',' or '"' or '`' or '=' or '<' or '>' => false,
        '!' => at + 1 >= text.Length || text[at + 1] != '=',
        var c => !char.IsWhiteSpace(c),
    };

    // <<FIELD>>, as foreach writes the name it runs over.
    static int Placeholder(string text, int at)
    {
        if (at + 4 >= text.Length || text[at + 1] != '<')
            return 0;
        var end = at + 2;
        while (end < text.Length && char.IsAsciiLetterOrDigit(text[end]))
            end++;
        return end > at + 2 && end + 1 < text.Length && text[end] == '>' && text[end + 1] == '>' ? end + 2 - at : 0;
    }

    // In the search language an apostrophe may also be one: it quotes only what it encloses on its own.
    static bool Closes(string text, int at, SplMode mode)
    {
        if (mode == SplMode.Eval)
            return true;
        var end = text.IndexOf('\'', at + 1);
        return end > at + 1 && (end + 1 == text.Length || !IsWordPart(text, end + 1));
    }

    static SplToken Delimited(string text, int at, SplTokenKind kind)
    {
        var quote = text[at];
        for (var end = at + 1; end < text.Length; end++)
        {
            if (text[end] == quote)
                return new(kind, SourceSpan.FromBounds(at, end + 1));
            if (text[end] == '\\' && quote == '"')
                end++;
            // A backtick inside the quotes of an argument belongs to it.
            else if (text[end] == '"' && quote == '`')
                end = Delimited(text, end, SplTokenKind.Quoted).Span.End - 1;
        }

        return new(kind, SourceSpan.FromBounds(at, text.Length), kind == SplTokenKind.Macro ? SplCodes.UnclosedMacro : SplCodes.UnclosedQuote);
    }
}
