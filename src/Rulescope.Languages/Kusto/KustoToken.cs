using Rulescope.Text;

namespace Rulescope.Languages.Kusto;

/// <summary>What a token is; words that the language reserves in some place are <see cref="Keyword"/>.</summary>
public enum KustoTokenKind
{
    End,
    Identifier,

    /// <summary>A reserved word, also of several parts such as <c>project-away</c>, <c>!in~</c>, <c>matches regex</c>.</summary>
    Keyword,
    Punctuation,
    String,
    Bool,
    Int,
    Long,
    Real,
    Decimal,
    Timespan,
    DateTime,
    Guid,

    /// <summary>A guid outside <c>guid(…)</c>, which the language reads only to refuse it.</summary>
    BareGuid,

    /// <summary>A line that begins with <c>#</c>, meant for the client.</summary>
    Directive,
}

/// <summary>A stretch of the text with its kind; comments and blanks are between tokens.</summary>
public readonly record struct KustoToken(KustoTokenKind Kind, SourceSpan Span);
