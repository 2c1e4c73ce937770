using System.Collections.Immutable;
using Rulescope.Text;

namespace Rulescope.Languages.Lucene;

/// <summary>The word between a clause and the one before it.</summary>
public enum LuceneJoint
{
    None,
    And,
    Or,
}

/// <summary>The sign before a clause; <c>NOT</c>, <c>!</c> and <c>-</c> are one.</summary>
public enum LuceneModifier
{
    None,
    Required,
    Prohibited,
}

/// <summary>What a clause means for the list it is in.</summary>
public enum LuceneOccur
{
    /// <summary>Must match.</summary>
    Must,

    /// <summary>One of these must match where no clause must; else without effect on matching.</summary>
    Should,

    /// <summary>Must not match.</summary>
    MustNot,
}

/// <summary>A Lucene query string as written. Operators have no precedence: clauses stay a list.</summary>
/// <remarks>Closed: the private constructor keeps every case here. Equality leaves <see cref="Span"/> out.</remarks>
public abstract record LuceneSyntax
{
    LuceneSyntax() { }

    /// <summary>Where it stands in the query.</summary>
    public SourceSpan Span { get; init; }

    /// <summary>One clause of a group, with the operators before it.</summary>
    public sealed record Clause(LuceneSyntax Query)
    {
        public LuceneJoint Joint { get; init; }

        public LuceneModifier Modifier { get; init; }
    }

    /// <summary>A whole query or one in parentheses: clauses in order, each with what joins it to the one before.</summary>
    public sealed record Group(EquatableArray<Clause> Clauses) : LuceneSyntax
    {
        /// <summary>What each clause means where a space is OR, as in Elastic's rules.</summary>
        public ImmutableArray<LuceneOccur> Occurs()
        {
            var occurs = ImmutableArray.CreateBuilder<LuceneOccur>(Clauses.Count);
            foreach (var clause in Clauses)
            {
                // AND also makes the clause before it a required one, whatever stood before that.
                if (clause.Joint == LuceneJoint.And && occurs.Count > 0 && occurs[^1] == LuceneOccur.Should)
                    occurs[^1] = LuceneOccur.Must;
                occurs.Add(clause.Modifier switch
                {
                    LuceneModifier.Prohibited => LuceneOccur.MustNot,
                    LuceneModifier.Required => LuceneOccur.Must,
                    _ => clause.Joint == LuceneJoint.And ? LuceneOccur.Must : LuceneOccur.Should,
                });
            }

            return occurs.MoveToImmutable();
        }
    }

    /// <summary><c>name:query</c>; holds for all of a group unless a clause inside names another. <c>_exists_:f</c> and <c>*:*</c> are fields of that name.</summary>
    public sealed record Field(string Name, LuceneSyntax Query) : LuceneSyntax;

    /// <summary>One word, escapes resolved; adjacent words without operator are analysed together.</summary>
    public sealed record Term(string Value) : LuceneSyntax
    {
        /// <summary>Edits allowed by <c>~</c> (2 where no number is given), or a similarity below 1; null for an exact term.</summary>
        public double? Fuzziness { get; init; }
    }

    /// <summary>A word with <c>*</c> (any characters) or <c>?</c> (one); literal ones, and the backslash, stay escaped by a backslash.</summary>
    public sealed record Wildcard(string Pattern) : LuceneSyntax;

    /// <summary><c>"two words"~3</c>.</summary>
    public sealed record Phrase(string Value) : LuceneSyntax
    {
        /// <summary>How many moves of words are allowed.</summary>
        public int Slop { get; init; }
    }

    /// <summary><c>/regex/</c>, which must match a whole term.</summary>
    public sealed record Regex(string Pattern) : LuceneSyntax;

    /// <summary><c>[low TO high}</c>, <c>&gt;=low</c>; a null bound is open.</summary>
    public sealed record Range(string? Low, string? High) : LuceneSyntax
    {
        public bool ExcludesLow { get; init; }

        public bool ExcludesHigh { get; init; }
    }

    /// <summary><c>query^2</c>: counts more in the score, the same in matching.</summary>
    public sealed record Boosted(LuceneSyntax Query, double Factor) : LuceneSyntax;

    /// <summary>Text that was not read; an error says why.</summary>
    public sealed record Unsupported(string SourceText) : LuceneSyntax;

    /// <summary>Same case and same parts, wherever they were written.</summary>
    public virtual bool Equals(LuceneSyntax? other) => other is not null && EqualityContract == other.EqualityContract;

    /// <inheritdoc/>
    public override int GetHashCode() => EqualityContract.GetHashCode();
}
