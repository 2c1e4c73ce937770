using Rulescope.Text;

namespace Rulescope.Languages.Esql;

/// <summary>Kinds of tokens; words keep their text, keywords are told apart by the parser.</summary>
enum EsqlTokenKind
{
    End,
    Unknown,
    Word,
    QuotedName,
    Pattern,
    Source,
    Policy,
    String,
    Integer,
    Decimal,
    Parameter,
    Pipe,
    Comma,
    Dot,
    Colon,
    DoubleColon,
    Semicolon,
    Assign,
    Equal,
    CaselessEqual,
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
    OpenParen,
    CloseParen,
    OpenBracket,
    CloseBracket,
    OpenBrace,
    CloseBrace,
}

/// <summary>A kind and a place.</summary>
readonly record struct EsqlToken(EsqlTokenKind Kind, SourceSpan Span);

/// <summary>How text is cut into tokens: each command has its own idea of a word.</summary>
enum EsqlMode
{
    /// <summary>Names, numbers, strings, operators.</summary>
    Expression,

    /// <summary>Index patterns: anything but the separators.</summary>
    Source,

    /// <summary>Names with wildcards.</summary>
    Pattern,

    /// <summary>The name of an enrich policy.</summary>
    Policy,
}
