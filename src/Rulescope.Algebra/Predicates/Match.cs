namespace Rulescope.Algebra.Predicates;

/// <summary>How a value meets an operand. The operand holds the text or pattern; this says how it is to be read.</summary>
public abstract record Match
{
    Match() { }

    /// <summary>The whole value is the operand.</summary>
    public sealed record Exact : Match;

    public sealed record Prefix : Match;

    public sealed record Suffix : Match;

    public sealed record Contains : Match;

    /// <summary>The operand is a part of a text, an element of a list or a key of an object (Python's <c>in</c>).</summary>
    public sealed record Member : Match;

    /// <summary>The whole value fits a wildcard pattern of a named syntax.</summary>
    public sealed record Glob(GlobSyntax Syntax) : Match;

    /// <summary>The operand stands as a term (or at a term's edge) of the text.</summary>
    public sealed record Term(TermSplitter Splitter) : Match
    {
        public TermEdge Edge { get; init; }
    }

    /// <summary>The operand's tokens stand in the text side by side and in order.</summary>
    public sealed record Phrase(string Analyzer) : Match;

    /// <summary>One of the operand's tokens is a token of the text.</summary>
    public sealed record AnyToken(string Analyzer) : Match;

    /// <summary>A regular expression, kept as written; the engine translates it once per dialect.</summary>
    public sealed record Regex(RegexDialect Dialect) : Match
    {
        /// <summary>Flags as letters of the dialect, in alphabetical order: <c>i</c>, <c>m</c>, <c>s</c>.</summary>
        public string Flags { get; init; } = "";

        public RegexAnchor Anchor { get; init; }
    }

    /// <summary>The value is an address inside the operand's network.</summary>
    public sealed record Cidr : Match
    {
        /// <summary>Bits behind the prefix may be set (<c>10.6.48.157/8</c>); without it such a network is an error.</summary>
        public bool HostBits { get; init; } = true;
    }

    /// <summary>The value stands in an order to the operand.</summary>
    public sealed record Order(OrderRelation Relation) : Match
    {
        public OrderKind Kind { get; init; }
    }

    /// <summary>The value lies between two operands.</summary>
    public sealed record Between : Match
    {
        public OrderKind Kind { get; init; }

        public bool IncludesLow { get; init; } = true;

        public bool IncludesHigh { get; init; } = true;
    }
}

/// <summary>Whose wildcards and escapes a pattern follows (SEMANTICS 2.1).</summary>
public enum GlobSyntax
{
    /// <summary><c>*</c> and <c>?</c>; <c>\*</c>, <c>\?</c> and <c>\\</c> are literal, any other backslash is itself.</summary>
    Sigma,

    /// <summary><c>*</c> and <c>?</c>, no escape.</summary>
    Eql,

    /// <summary><c>*</c> only, no escape.</summary>
    Endgame,

    /// <summary><c>*</c> only; a backslash makes the next character literal.</summary>
    Kuery,

    /// <summary><c>*</c> and <c>?</c>; a backslash makes the next character literal (also ES|QL <c>LIKE</c>).</summary>
    Lucene,

    /// <summary><c>*</c> only, no escape.</summary>
    Splunk,

    /// <summary><c>%</c> and <c>_</c>; a backslash makes the next character literal.</summary>
    SqlLike,

    /// <summary><c>*</c>, <c>?</c>, <c>[seq]</c>, <c>[!seq]</c>, as Python's fnmatch.</summary>
    FnMatch,
}

/// <summary>How a text is cut into terms (SEMANTICS 2.4).</summary>
public enum TermSplitter
{
    /// <summary>Maximal runs of letters and digits.</summary>
    KustoAlphanumeric,

    /// <summary>Word boundaries of UAX 29, lower-cased.</summary>
    LuceneStandard,

    /// <summary>Segments between Splunk's major and minor breakers.</summary>
    SplunkSegments,
}

/// <summary>Which edge of a term the operand must meet.</summary>
public enum TermEdge
{
    Whole,
    Start,
    End,
}

/// <summary>Whose regular expressions a pattern follows (SEMANTICS 2.3).</summary>
public enum RegexDialect
{
    Pcre,
    Re2,
    Python,
    Lucene,
    Java,
}

/// <summary>How much of the value the pattern must cover.</summary>
public enum RegexAnchor
{
    None,
    Start,
    Whole,
    Term,
}

public enum OrderRelation
{
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

/// <summary>In which order values stand.</summary>
public enum OrderKind
{
    Numeric,
    Text,
    Instant,

    /// <summary>Numeric when both sides look numeric, as addresses when both are and the field's type decides, else as text.</summary>
    Auto,

    /// <summary>Numbers by size, texts by their characters; values of unlike types have no order.</summary>
    ByType,
}
