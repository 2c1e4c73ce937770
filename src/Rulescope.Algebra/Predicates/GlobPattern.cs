using System.Collections.Immutable;
using System.Text;

namespace Rulescope.Algebra.Predicates;

/// <summary>What a pattern amounts to when its only wildcards stand at its edges.</summary>
public enum GlobShape
{
    Exact,
    Prefix,
    Suffix,
    Contains,

    /// <summary>A wildcard inside, or one that stands for exactly one character.</summary>
    Other,
}

/// <summary>A wildcard pattern taken apart under the escapes of its syntax; equal patterns of two syntaxes have equal parts.</summary>
public sealed record GlobPattern(ImmutableArray<GlobPattern.Part> Parts)
{
    /// <summary>A stretch of the pattern.</summary>
    public readonly record struct Part(PartKind Kind, string Text);

    public enum PartKind
    {
        Literal,

        /// <summary>Any number of characters.</summary>
        Many,

        /// <summary>Exactly one character.</summary>
        One,

        /// <summary>One character of a set; the text is the inside of the brackets (fnmatch).</summary>
        Set,
    }

    /// <summary>The pattern is one or more <c>*</c> and nothing else.</summary>
    public bool IsAnything => !Parts.IsEmpty && Parts.All(p => p.Kind == PartKind.Many);

    /// <summary>The shape, and the literal inside where the shape is a simple one.</summary>
    public (GlobShape Shape, string Literal) Simple => Parts switch
    {
        [] => (GlobShape.Exact, ""),
        [{ Kind: PartKind.Literal } only] => (GlobShape.Exact, only.Text),
        [{ Kind: PartKind.Literal } head, { Kind: PartKind.Many }] => (GlobShape.Prefix, head.Text),
        [{ Kind: PartKind.Many }, { Kind: PartKind.Literal } tail] => (GlobShape.Suffix, tail.Text),
        [{ Kind: PartKind.Many }, { Kind: PartKind.Literal } middle, { Kind: PartKind.Many }] => (GlobShape.Contains, middle.Text),
        _ => (GlobShape.Other, ""),
    };

    /// <summary>The pattern with <c>*</c> and <c>?</c>, as the guide shows it; a literal star is <c>\*</c>.</summary>
    public string Display => string.Concat(Parts.Select(p => p.Kind switch
    {
        PartKind.Many => "*",
        PartKind.One => "?",
        PartKind.Set => $"[{p.Text}]",
        _ => p.Text.Replace("*", @"\*", StringComparison.Ordinal).Replace("?", @"\?", StringComparison.Ordinal),
    }));

    /// <summary>Takes a pattern apart. Every text is some pattern.</summary>
    public static GlobPattern Parse(string text, GlobSyntax syntax)
    {
        var parts = ImmutableArray.CreateBuilder<Part>();
        var literal = new StringBuilder();
        for (var i = 0; i < text.Length; i++)
        {
            if (Escaped(text, i, syntax) is { } plain)
            {
                literal.Append(plain);
                i++;
            }
            else if (Wildcard(text, ref i, syntax) is { } wildcard)
            {
                Flush(literal, parts);
                // Two stars in a row are one.
                if (wildcard.Kind != PartKind.Many || parts is not [.., { Kind: PartKind.Many }])
                    parts.Add(wildcard);
            }
            else
            {
                literal.Append(text[i]);
            }
        }

        Flush(literal, parts);
        return new(parts.ToImmutable());
    }

    public bool Equals(GlobPattern? other) => other is not null && Parts.AsSpan().SequenceEqual(other.Parts.AsSpan());

    public override int GetHashCode() => Parts.Aggregate(0, HashCode.Combine);

    static char? Escaped(string text, int at, GlobSyntax syntax)
    {
        if (text[at] != '\\' || at + 1 == text.Length)
            return null;
        var next = text[at + 1];
        return syntax switch
        {
            GlobSyntax.Sigma => next is '*' or '?' or '\\' ? next : null,
            GlobSyntax.Kuery or GlobSyntax.Lucene or GlobSyntax.SqlLike => next,
            _ => null,
        };
    }

    static Part? Wildcard(string text, ref int at, GlobSyntax syntax)
    {
        var many = syntax == GlobSyntax.SqlLike ? '%' : '*';
        if (text[at] == many)
            return new(PartKind.Many, "");
        var one = syntax switch
        {
            GlobSyntax.SqlLike => '_',
            GlobSyntax.Sigma or GlobSyntax.Eql or GlobSyntax.Lucene or GlobSyntax.FnMatch => '?',
            _ => '\0',
        };
        if (one != '\0' && text[at] == one)
            return new(PartKind.One, "");
        // A closing bracket directly behind the opening one is a member of the set, as in fnmatch.
        if (syntax != GlobSyntax.FnMatch || text[at] != '[')
            return null;
        var first = at + 1 < text.Length && text[at + 1] == '!' ? at + 2 : at + 1;
        var end = first + 1 < text.Length ? text.IndexOf(']', first + 1) : -1;
        if (end < 0)
            return null;
        var set = new Part(PartKind.Set, text[(at + 1)..end]);
        at = end;
        return set;
    }

    static void Flush(StringBuilder literal, ImmutableArray<Part>.Builder parts)
    {
        if (literal.Length == 0)
            return;
        parts.Add(new(PartKind.Literal, literal.ToString()));
        literal.Clear();
    }
}
