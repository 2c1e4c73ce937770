using Rulescope.Text;

namespace Rulescope.Languages.Yaral;

/// <summary>What one piece of a YARA-L text is.</summary>
public enum YaralTokenKind
{
    /// <summary>Behind the last piece; its span is empty.</summary>
    End,

    /// <summary>A run of letters, digits and <c>_</c>: keywords, parts of field paths and of function names.</summary>
    Word,

    /// <summary><c>$name</c>: an event, a placeholder or an outcome.</summary>
    Variable,

    /// <summary><c>#name</c>: how many events or values.</summary>
    Count,

    /// <summary><c>%name</c>: a reference list or a data table.</summary>
    List,

    /// <summary><c>"text"</c>, quotes included.</summary>
    Quoted,

    /// <summary><c>`text`</c>, quotes included; nothing in it is an escape.</summary>
    Raw,

    /// <summary><c>/pattern/</c>, slashes included.</summary>
    Regex,

    /// <summary><c>42</c>, <c>2.5</c>.</summary>
    Number,

    /// <summary><c>5m</c>, <c>24h</c>.</summary>
    Duration,

    OpenBrace,
    CloseBrace,
    OpenParen,
    CloseParen,
    OpenBracket,
    CloseBracket,
    Comma,
    Dot,
    Colon,
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Plus,
    Minus,
    Star,
    Slash,
    Percent,
    Bang,

    /// <summary>A character that begins no piece.</summary>
    Unknown,
}

/// <summary>One piece of a text.</summary>
/// <param name="StartsLine">Only white space and comments stand before it on its line.</param>
/// <param name="Fault">What is wrong with it, if anything.</param>
public readonly record struct YaralToken(YaralTokenKind Kind, SourceSpan Span, bool StartsLine, DiagnosticCode? Fault = null);
