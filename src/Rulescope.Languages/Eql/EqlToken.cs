using Rulescope.Text;

namespace Rulescope.Languages.Eql;

/// <summary>What one piece of EQL text is.</summary>
public enum EqlTokenKind
{
    /// <summary>Behind the last piece; its span is empty.</summary>
    End,

    /// <summary>A character that starts nothing in EQL; already reported.</summary>
    Unknown,

    /// <summary><c>process</c>, <c>@timestamp</c>.</summary>
    Identifier,

    /// <summary><c>startsWith~</c>: a name with its tilde.</summary>
    TildeIdentifier,

    /// <summary><c>`a b`</c>, backticks included.</summary>
    EscapedIdentifier,

    /// <summary>A string of any quoting, quotes included.</summary>
    Text,
    Integer,
    Decimal,

    And,
    Any,
    By,
    False,
    In,
    InTilde,
    Join,
    Like,
    LikeTilde,
    Not,
    Null,
    Of,
    Or,
    Regex,
    RegexTilde,
    Sample,
    Sequence,
    True,
    Until,
    Where,
    With,

    Colon,
    Assign,
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
    Dot,
    Comma,
    Pipe,
    Question,
    OpenParen,
    CloseParen,
    OpenBracket,
    CloseBracket,

    /// <summary><c>![</c>, written without a space.</summary>
    OpenMissing,
}

/// <summary>One piece of EQL text: what it is, where it stands, and what is wrong with it, if anything.</summary>
public readonly record struct EqlToken(EqlTokenKind Kind, SourceSpan Span, DiagnosticCode? Fault = null);
