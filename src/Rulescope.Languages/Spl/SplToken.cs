using Rulescope.Text;

namespace Rulescope.Languages.Spl;

/// <summary>What one piece of a search is.</summary>
public enum SplTokenKind
{
    /// <summary>Behind the last piece; its span is empty.</summary>
    End,

    /// <summary>A run without white space: a command, a field, a value, an operator in letters.</summary>
    Word,

    /// <summary>A text in double quotes, quotes included.</summary>
    Quoted,

    /// <summary>A field name in single quotes, quotes included.</summary>
    SingleQuoted,

    /// <summary>A macro call in backticks that was not expanded, backticks included.</summary>
    Macro,

    Pipe,
    OpenParen,
    CloseParen,
    OpenBracket,
    CloseBracket,
    Comma,
    Equal,
    DoubleEqual,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,

    /// <summary>Digits; only in an eval expression.</summary>
    Number,
    Plus,
    Minus,
    Star,
    Slash,
    Percent,
    Dot,

    /// <summary>A character that begins nothing.</summary>
    Stray,
}

/// <summary>Which of Splunk's two ways to cut a text: words of the search language, or an eval expression.</summary>
public enum SplMode
{
    /// <summary>Words run to white space, a bracket, a comma or a comparison: <c>-1</c> and <c>C:\\Temp\\*</c> are each one.</summary>
    Search,

    /// <summary>Names, numbers and operators: <c>a-1</c> is three pieces.</summary>
    Eval,
}

/// <summary>One piece of a search: what it is, where it stands, and what is wrong with it, if anything.</summary>
public readonly record struct SplToken(SplTokenKind Kind, SourceSpan Span, DiagnosticCode? Fault = null);
