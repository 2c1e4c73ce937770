using Rulescope.Text;

namespace Rulescope.Languages.Kuery;

/// <summary>What one piece of a kuery is.</summary>
public enum KueryTokenKind
{
    /// <summary>Behind the last piece; its span is empty.</summary>
    End,

    /// <summary>A run without white space, escapes and <c>*</c> included; adjacent words are one value.</summary>
    Word,

    /// <summary>A string, quotes included.</summary>
    Quoted,

    And,
    Or,
    Not,

    Colon,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    OpenParen,
    CloseParen,
    OpenBrace,
    CloseBrace,
}

/// <summary>One piece of a kuery: what it is, where it stands, and what is wrong with it, if anything.</summary>
public readonly record struct KueryToken(KueryTokenKind Kind, SourceSpan Span, DiagnosticCode? Fault = null);
