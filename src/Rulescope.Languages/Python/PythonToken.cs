using System.Collections.Frozen;
using Rulescope.Text;

namespace Rulescope.Languages.Python;

/// <summary>What one piece of a Python text is.</summary>
public enum PythonTokenKind
{
    /// <summary>Behind the last piece; its span is empty.</summary>
    End,

    /// <summary>The end of a logical line.</summary>
    Newline,

    /// <summary>A block begins; the span is the white space before its first line.</summary>
    Indent,

    /// <summary>A block ends; the span is empty.</summary>
    Dedent,

    /// <summary>An identifier; <c>match</c>, <c>case</c> and <c>_</c> are such.</summary>
    Name,
    Keyword,
    Number,

    /// <summary>A literal of text or bytes with its prefix and quotes, f-strings too.</summary>
    String,

    /// <summary>An operator or delimiter.</summary>
    Operator,

    /// <summary>What could not be cut into tokens; there is a finding about it.</summary>
    Unknown,
}

/// <summary>One piece of a Python text: what it is and where it stands.</summary>
public readonly record struct PythonToken(PythonTokenKind Kind, SourceSpan Span)
{
    static readonly FrozenSet<string> Keywords = FrozenSet.Create(
        StringComparer.Ordinal,
        "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del", "elif", "else", "except",
        "finally", "for", "from", "global", "if", "import", "in", "is", "lambda", "nonlocal", "not", "or", "pass", "raise", "return", "try",
        "while", "with", "yield");

    /// <summary>True for the words that are never names.</summary>
    public static bool IsKeyword(ReadOnlySpan<char> word) => Keywords.GetAlternateLookup<ReadOnlySpan<char>>().Contains(word);
}
