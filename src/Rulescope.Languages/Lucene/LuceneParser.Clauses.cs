using System.Collections.Immutable;
using System.Globalization;

namespace Rulescope.Languages.Lucene;

public sealed partial class LuceneParser
{
    // Clauses up to the closer, which is left to the caller.
    LuceneSyntax.Group ReadGroup(LuceneTokenKind closer)
    {
        var start = Current.Span.Start;
        var clauses = ImmutableArray.CreateBuilder<LuceneSyntax.Clause>();
        while (Current.Kind != closer && Current.Kind != LuceneTokenKind.End)
        {
            var before = _at;
            clauses.Add(ReadClause(first: clauses.Count == 0));
            if (_at == before)
                Advance();
        }

        return new(clauses.ToImmutable()) { Span = From(start) };
    }

    LuceneSyntax.Clause ReadClause(bool first)
    {
        var joint = LuceneJoint.None;
        if (Current.Kind is LuceneTokenKind.And or LuceneTokenKind.Or)
        {
            if (first)
                Unexpected("a clause");
            var word = Advance().Kind;
            joint = first ? LuceneJoint.None : word == LuceneTokenKind.And ? LuceneJoint.And : LuceneJoint.Or;
        }

        var modifier = LuceneModifier.None;
        if (Current.Kind is LuceneTokenKind.Plus or LuceneTokenKind.Minus or LuceneTokenKind.Not)
            modifier = Advance().Kind == LuceneTokenKind.Plus ? LuceneModifier.Required : LuceneModifier.Prohibited;
        return new(ReadQuery()) { Joint = joint, Modifier = modifier };
    }

    LuceneSyntax ReadQuery()
    {
        var start = Current.Span.Start;
        if (Current.Kind != LuceneTokenKind.Term || Peek.Kind != LuceneTokenKind.Colon)
            return ReadBoosted();
        var token = Advance();
        Advance();
        var raw = _text.AsSpan(token.Span.Start, token.Span.Length);
        if (raw is not "*" && HasWildcard(raw))
            Report(token.Span, LuceneCodes.Unexpected, Shown(token), "a field without wildcards, or with escaped ones");
        var name = raw is "*" ? "*" : Unescape(raw, token.Span.Start);
        var query = ReadBoosted();
        return new LuceneSyntax.Field(name, query) { Span = From(start) };
    }

    // A term, phrase, range, regex or group, then fuzziness and boost in either order.
    LuceneSyntax ReadBoosted()
    {
        var start = Current.Span.Start;
        var read = ReadPrimary();
        double? boost = null;
        while (Current.Kind is LuceneTokenKind.Fuzzy or LuceneTokenKind.Boost)
        {
            var token = Advance();
            if (token.Kind == LuceneTokenKind.Fuzzy)
                read = Blur(read, token);
            else
                boost = NumberOf(token);
        }

        return boost is { } factor ? new LuceneSyntax.Boosted(read, factor) { Span = From(start) } : read;
    }

    LuceneSyntax Blur(LuceneSyntax read, LuceneToken token)
    {
        var number = token.Span.Length > 1 ? NumberOf(token) : default(double?);
        switch (read)
        {
            case LuceneSyntax.Term term:
                return term with { Fuzziness = number ?? 2, Span = From(term.Span.Start) };
            case LuceneSyntax.Phrase phrase:
                return phrase with { Slop = (int)Math.Min(number ?? 0, int.MaxValue), Span = From(phrase.Span.Start) };
            default:
                Report(token.Span, LuceneCodes.FuzzyIgnored, Slice(token.Span));
                return read;
        }
    }

    double? NumberOf(LuceneToken token) =>
        double.TryParse(_text.AsSpan(token.Span.Start + 1, token.Span.Length - 1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number)
        && double.IsFinite(number) ? number : null;

    LuceneSyntax ReadPrimary()
    {
        var token = Current;
        switch (token.Kind)
        {
            case LuceneTokenKind.Term:
                Advance();
                return ReadTerm(token);
            case LuceneTokenKind.Quoted:
                Advance();
                return new LuceneSyntax.Phrase(Unescape(InnerOf(token), token.Span.Start + 1)) { Span = token.Span };
            case LuceneTokenKind.Regex:
                Advance();
                return new LuceneSyntax.Regex(InnerOf(token).ToString().Replace(@"\/", "/", StringComparison.Ordinal)) { Span = token.Span };
            case LuceneTokenKind.OpenRange:
                return ReadRange();
            case LuceneTokenKind.OpenParen:
                return ReadParentheses();
            default:
                Unexpected("a term, a phrase, a range or '('");
                if (token.Kind is not (LuceneTokenKind.End or LuceneTokenKind.CloseParen or LuceneTokenKind.And or LuceneTokenKind.Or))
                    Advance();
                return Unread(token.Span.Start);
        }
    }

    LuceneSyntax ReadParentheses()
    {
        if (_depth >= MaxDepth)
            return TooDeep();
        _depth++;
        var open = Advance().Span;
        var group = ReadGroup(LuceneTokenKind.CloseParen);
        if (group.Clauses.IsEmpty)
            Unexpected("a clause");
        if (!Accept(LuceneTokenKind.CloseParen))
            Report(open, LuceneCodes.Unclosed, "(");
        _depth--;
        return group with { Span = From(open.Start) };
    }

    LuceneSyntax ReadRange()
    {
        var open = Advance().Span;
        var low = ReadBound();
        if (!Accept(LuceneTokenKind.To))
            Unexpected("'TO'");
        var high = ReadBound();
        while (Current.Kind is LuceneTokenKind.Bound or LuceneTokenKind.QuotedBound or LuceneTokenKind.To)
        {
            Unexpected("']' or '}'");
            Advance();
        }

        var close = Current;
        if (!Accept(LuceneTokenKind.CloseRange))
            Report(open, LuceneCodes.Unclosed, Slice(open));
        return new LuceneSyntax.Range(low, high)
        {
            ExcludesLow = low is not null && _text[open.Start] == '{',
            ExcludesHigh = high is not null && close.Kind == LuceneTokenKind.CloseRange && _text[close.Span.Start] == '}',
            Span = From(open.Start),
        };
    }

    string? ReadBound()
    {
        var token = Current;
        if (Accept(LuceneTokenKind.QuotedBound))
            return Unescape(InnerOf(token), token.Span.Start + 1);
        if (Accept(LuceneTokenKind.Bound))
            return _text.AsSpan(token.Span.Start, token.Span.Length) is "*" ? null : Unescape(_text.AsSpan(token.Span.Start, token.Span.Length), token.Span.Start);
        Unexpected("a bound");
        return null;
    }
}
