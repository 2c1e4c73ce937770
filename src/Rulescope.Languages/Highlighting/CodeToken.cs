using Rulescope.Text;

namespace Rulescope.Languages.Highlighting;

/// <summary>What a piece of code is to a reader, whatever its language calls it.</summary>
public enum TokenClass : byte
{
    Comment,

    /// <summary>A word of the language itself: a command, a connective, a constant such as <c>null</c>.</summary>
    Keyword,

    /// <summary>A sign that compares, computes or pipes.</summary>
    Operator,
    Function,

    /// <summary>A field, a column, a table.</summary>
    Field,

    /// <summary>A name the rule gives itself: an event variable, a selection, a macro.</summary>
    Variable,
    Text,
    Number,

    /// <summary>A regular expression.</summary>
    Pattern,

    /// <summary>A key of a YAML or TOML file.</summary>
    Key,
}

/// <summary>A piece of code and what it is; what belongs to no piece is plain.</summary>
public readonly record struct CodeToken(SourceSpan Span, TokenClass Class);
