using System.Diagnostics;
using Rulescope.Algebra.Predicates;

namespace Rulescope.Engine.Evaluation;

/// <summary>The matches of one text against one operand, straight from their definitions. Regular expressions are in <see cref="RegexTranslation"/>.</summary>
static class TextMatches
{
    /// <summary>True when a text meets an operand; both are folded first.</summary>
    public static bool Holds(Match match, Folding folding, string value, string operand)
    {
        if (match is Match.Glob glob)
            return Glob(GlobPattern.Parse(operand, glob.Syntax), folding, value);
        var text = Foldings.Apply(folding, value);
        var sought = Foldings.Apply(folding, operand);
        return match switch
        {
            Match.Exact => string.Equals(text, sought, StringComparison.Ordinal),
            Match.Prefix => text.StartsWith(sought, StringComparison.Ordinal),
            Match.Suffix => text.EndsWith(sought, StringComparison.Ordinal),
            Match.Contains => text.Contains(sought, StringComparison.Ordinal),
            Match.Term term => Term(term, text, sought),
            Match.Phrase => Phrase(Terms.Standard(text), Terms.Standard(sought)),
            Match.AnyToken => Terms.Standard(sought).Intersect(Terms.Standard(text), StringComparer.Ordinal).Any(),
            _ => throw new UnreachableException(match.GetType().Name),
        };
    }

    static bool Term(Match.Term term, string text, string sought)
    {
        if (sought.Length == 0)
            return true;
        for (var at = text.IndexOf(sought, StringComparison.Ordinal); at >= 0; at = text.IndexOf(sought, at + 1, StringComparison.Ordinal))
        {
            var end = at + sought.Length;
            // An edge of the operand that is no part of a term is an edge of a term by itself.
            var starts = at == 0 || !Terms.Joins(term.Splitter, text[at - 1]) || !Terms.Joins(term.Splitter, text[at]);
            var ends = end == text.Length || !Terms.Joins(term.Splitter, text[end]) || !Terms.Joins(term.Splitter, text[end - 1]);
            if ((starts || term.Edge == TermEdge.End) && (ends || term.Edge == TermEdge.Start))
                return true;
        }

        return false;
    }

    static bool Phrase(List<string> text, List<string> sought)
    {
        for (var at = 0; sought.Count > 0 && at + sought.Count <= text.Count; at++)
        {
            if (text.Skip(at).Take(sought.Count).SequenceEqual(sought, StringComparer.Ordinal))
                return true;
        }

        return false;
    }

    // The set of positions the pattern may have reached, one step per part: time is parts x text, whatever the pattern.
    static bool Glob(GlobPattern pattern, Folding folding, string value)
    {
        var text = Foldings.Apply(folding, value);
        var reached = new bool[text.Length + 1];
        reached[0] = true;
        foreach (var part in pattern.Parts)
        {
            var next = new bool[text.Length + 1];
            var literal = part.Kind == GlobPattern.PartKind.Literal ? Foldings.Apply(folding, part.Text) : "";
            for (var at = 0; at <= text.Length; at++)
            {
                if (part.Kind == GlobPattern.PartKind.Many)
                {
                    next[at] = reached[at] || (at > 0 && next[at - 1]);
                    continue;
                }

                if (!reached[at])
                    continue;
                var length = part.Kind == GlobPattern.PartKind.Literal ? literal.Length : OneAt(text, at);
                if (at + length > text.Length || (part.Kind != GlobPattern.PartKind.Literal && length == 0))
                    continue;
                if (part.Kind == GlobPattern.PartKind.Literal ? string.CompareOrdinal(text, at, literal, 0, length) == 0
                    : part.Kind == GlobPattern.PartKind.One || InSet(Foldings.Apply(folding, part.Text), text[at]))
                    next[at + length] = true;
            }

            reached = next;
        }

        return reached[text.Length];
    }

    // One character is one code point, not one half of a pair.
    static int OneAt(string text, int at) =>
        at >= text.Length ? 0 : char.IsHighSurrogate(text[at]) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]) ? 2 : 1;

    static bool InSet(string set, char c)
    {
        var negated = set is ['!', ..];
        for (var i = negated ? 1 : 0; i < set.Length; i++)
        {
            var range = i + 2 < set.Length && set[i + 1] == '-';
            if (range ? c >= set[i] && c <= set[i + 2] : c == set[i])
                return !negated;
            i += range ? 2 : 0;
        }

        return negated;
    }
}
