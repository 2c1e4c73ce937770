using Rulescope.Text;

namespace Rulescope.Languages.Lucene;

/// <summary>What one piece of a Lucene query string is.</summary>
public enum LuceneTokenKind
{
    /// <summary>Behind the last piece; its span is empty.</summary>
    End,

    /// <summary>A bracket that closes no range; already reported.</summary>
    Unknown,

    /// <summary>A run of characters, escapes and wildcards included.</summary>
    Term,

    /// <summary>A phrase, quotes included.</summary>
    Quoted,

    /// <summary><c>/regex/</c>, slashes included.</summary>
    Regex,

    And,
    Or,
    Not,
    Plus,
    Minus,

    Colon,
    OpenParen,
    CloseParen,

    /// <summary><c>^2.5</c>.</summary>
    Boost,

    /// <summary><c>~</c>, <c>~1</c>, <c>~0.8</c>.</summary>
    Fuzzy,

    /// <summary><c>[</c> or <c>{</c>.</summary>
    OpenRange,

    /// <summary><c>]</c> or <c>}</c>.</summary>
    CloseRange,

    /// <summary>A bound of a range, unquoted.</summary>
    Bound,

    /// <summary>A bound of a range, quotes included.</summary>
    QuotedBound,

    /// <summary><c>TO</c> between two bounds.</summary>
    To,
}

/// <summary>One piece of a Lucene query: what it is, where it stands, and what is wrong with it, if anything.</summary>
public readonly record struct LuceneToken(LuceneTokenKind Kind, SourceSpan Span, DiagnosticCode? Fault = null);
