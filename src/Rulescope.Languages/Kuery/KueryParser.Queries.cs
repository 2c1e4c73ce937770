using System.Collections.Immutable;
using Rulescope.Text;

namespace Rulescope.Languages.Kuery;

public sealed partial class KueryParser
{
    KuerySyntax ReadQuery()
    {
        if (_depth >= MaxDepth)
            return Unread(SkipTooDeep());
        _depth++;
        var first = ReadAnd();
        var read = first;
        if (Current.Kind == KueryTokenKind.Or)
        {
            var terms = ImmutableArray.CreateBuilder<KuerySyntax>();
            terms.Add(first);
            while (Accept(KueryTokenKind.Or))
                terms.Add(ReadAnd());
            read = new KuerySyntax.Or(terms.ToImmutable()) { Span = From(first.Span.Start) };
        }

        _depth--;
        return read;
    }

    KuerySyntax ReadAnd()
    {
        var first = ReadNot();
        if (Current.Kind != KueryTokenKind.And)
            return first;
        var terms = ImmutableArray.CreateBuilder<KuerySyntax>();
        terms.Add(first);
        while (Accept(KueryTokenKind.And))
            terms.Add(ReadNot());
        return new KuerySyntax.And(terms.ToImmutable()) { Span = From(first.Span.Start) };
    }

    KuerySyntax ReadNot()
    {
        if (Current.Kind != KueryTokenKind.Not)
            return ReadPrimary();
        if (_depth >= MaxDepth)
            return Unread(SkipTooDeep());
        _depth++;
        var start = Advance().Span.Start;
        ReportDoubleNot();
        var operand = ReadNot();
        _depth--;
        return new KuerySyntax.Not(operand) { Span = From(start) };
    }

    void ReportDoubleNot()
    {
        if (Current.Kind == KueryTokenKind.Not)
            Report(Current.Span, KueryCodes.DoubleNot, Slice(Current.Span));
    }

    KuerySyntax ReadPrimary()
    {
        var start = Current.Span.Start;
        if (Current.Kind == KueryTokenKind.OpenParen)
        {
            var open = Advance().Span;
            var inner = ReadQuery();
            Close(KueryTokenKind.CloseParen, open);
            return inner;
        }

        if (ReadValue() is not { } value)
            return Unread(SkipUnreadable("a field, a value or '('"));
        if (RangeOf(Current.Kind) is { } op)
            return ReadRange(value, op);
        if (!Accept(KueryTokenKind.Colon))
            return new KuerySyntax.Anywhere(value) { Span = value.Span };
        if (Current.Kind == KueryTokenKind.OpenBrace)
        {
            var open = Advance().Span;
            var query = ReadQuery();
            Close(KueryTokenKind.CloseBrace, open);
            return new KuerySyntax.Nested(value, query) { Span = From(start) };
        }

        var term = ReadTerm();
        return new KuerySyntax.Is(value, term) { Span = From(start) };
    }

    KuerySyntax ReadRange(KueryValue field, KueryComparison op)
    {
        var start = field.Span.Start;
        Advance();
        if (ReadValue() is not { } bound)
        {
            SkipUnreadable("a value");
            return Unread(From(start));
        }

        if (bound is KueryValue.Pattern)
            Report(bound.Span, KueryCodes.WildcardInRange, $"'{Slice(bound.Span)}'");
        return new KuerySyntax.Range(field, op, bound) { Span = From(start) };
    }

    static KueryComparison? RangeOf(KueryTokenKind kind) => kind switch
    {
        KueryTokenKind.Less => KueryComparison.Less,
        KueryTokenKind.LessOrEqual => KueryComparison.LessOrEqual,
        KueryTokenKind.Greater => KueryComparison.Greater,
        KueryTokenKind.GreaterOrEqual => KueryComparison.GreaterOrEqual,
        _ => null,
    };

    KuerySyntax.Unsupported Unread(SourceSpan span) => new(Slice(span)) { Span = span };

    // Behind a colon: a value, or a list in parentheses with the precedences of queries.
    KueryTerm ReadTerm()
    {
        if (Current.Kind == KueryTokenKind.OpenParen)
        {
            var open = Advance().Span;
            var list = ReadTerms();
            Close(KueryTokenKind.CloseParen, open);
            return list;
        }

        if (ReadValue() is { } value)
            return new KueryTerm.One(value) { Span = value.Span };
        return UnreadTerm(SkipUnreadable("a value or '('"));
    }

    KueryTerm ReadTerms()
    {
        if (_depth >= MaxDepth)
            return UnreadTerm(SkipTooDeep());
        _depth++;
        var first = ReadAndTerms();
        var read = first;
        if (Current.Kind == KueryTokenKind.Or)
        {
            var terms = ImmutableArray.CreateBuilder<KueryTerm>();
            terms.Add(first);
            while (Accept(KueryTokenKind.Or))
                terms.Add(ReadAndTerms());
            read = new KueryTerm.Or(terms.ToImmutable()) { Span = From(first.Span.Start) };
        }

        _depth--;
        return read;
    }

    KueryTerm ReadAndTerms()
    {
        var first = ReadNotTerm();
        if (Current.Kind != KueryTokenKind.And)
            return first;
        var terms = ImmutableArray.CreateBuilder<KueryTerm>();
        terms.Add(first);
        while (Accept(KueryTokenKind.And))
            terms.Add(ReadNotTerm());
        return new KueryTerm.And(terms.ToImmutable()) { Span = From(first.Span.Start) };
    }

    KueryTerm ReadNotTerm()
    {
        if (Current.Kind != KueryTokenKind.Not)
            return ReadTerm();
        if (_depth >= MaxDepth)
            return UnreadTerm(SkipTooDeep());
        _depth++;
        var start = Advance().Span.Start;
        ReportDoubleNot();
        var operand = ReadNotTerm();
        _depth--;
        return new KueryTerm.Not(operand) { Span = From(start) };
    }

    KueryTerm.Unsupported UnreadTerm(SourceSpan span) => new(Slice(span)) { Span = span };
}
