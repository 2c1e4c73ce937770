using System.Collections.Immutable;
using Rulescope.Text;

namespace Rulescope.Languages.Spl;

public sealed partial class SplParser
{
    // The search language: parentheses, NOT, then OR, and AND last of all.

    SplSearch Condition()
    {
        var start = Peek().Span.Start;
        var terms = ImmutableArray.CreateBuilder<SplSearch>();
        while (!IsEndOfCondition)
        {
            var at = _at;
            if (Peek().Kind == SplTokenKind.Comma)
            {
                Report(Advance().Span, SplCodes.CommaInSearch);
                continue;
            }

            if (terms.Count > 0 && IsOperator("AND"))
                Advance();
            terms.Add(Alternatives());
            if (_at == at)
                break;
        }

        return terms switch
        {
            [] => new SplSearch.Everything() { Span = From(start) },
            [var only] => only,
            _ => new SplSearch.And(terms.ToImmutable()) { Span = From(start) },
        };
    }

    bool IsEndOfCondition => Peek() is var next
        && (next.Kind is SplTokenKind.Pipe or SplTokenKind.CloseBracket or SplTokenKind.CloseParen or SplTokenKind.End || (_endsAtBy && (IsWord(next, "by") || IsWord(next, "groupby"))));

    bool _endsAtBy;

    SplSearch Alternatives()
    {
        var first = Negation();
        if (!IsOperator("OR"))
            return first;
        var terms = ImmutableArray.CreateBuilder<SplSearch>();
        terms.Add(first);
        while (IsOperator("OR"))
        {
            Advance();
            terms.Add(Negation());
        }

        return new SplSearch.Or(terms.ToImmutable()) { Span = From(first.Span.Start) };
    }

    SplSearch Negation()
    {
        if (!IsOperator("NOT"))
            return Primary();
        var start = Advance().Span.Start;
        if (!Deeper(start))
            return new SplSearch.Unsupported(_text[start..]) { Span = SourceSpan.FromBounds(start, _text.Length) };
        var operand = Negation();
        _depth--;
        return new SplSearch.Not(operand) { Span = From(start) };
    }

    // Operators are in capitals; in small letters they are words to search for, which is seldom meant.
    bool IsOperator(string word)
    {
        var next = Peek();
        if (!IsWord(next, word))
            return false;
        if (string.Equals(Slice(next.Span), word, StringComparison.Ordinal))
            return true;
        // The where clause of tstats takes no bare words, so there it can only be the operator.
        if (_endsAtBy)
            return true;
        if (_findings is not [.., { } last] || last.Span != next.Span)
            Report(next.Span, SplCodes.LowerCaseOperator, Slice(next.Span));
        return false;
    }

    SplSearch Primary()
    {
        var first = Peek();
        switch (first.Kind)
        {
            case SplTokenKind.OpenParen:
                return Parenthesized();
            case SplTokenKind.OpenBracket:
                return new SplSearch.Subsearch(Subsearch()) { Span = From(first.Span.Start) };
            case SplTokenKind.Macro:
                Advance();
                return new SplSearch.Macro(Slice(first.Span)) { Span = first.Span };
            case SplTokenKind.Word when Slice(first.Span) is not ("AND" or "OR"):
            case SplTokenKind.Quoted or SplTokenKind.SingleQuoted:
                return FieldOrKeyword();
            default:
                Unexpected("a field, a word or '('");
                if (!IsEndOfCondition)
                    Advance();
                return new SplSearch.Unsupported(Slice(From(first.Span.Start))) { Span = From(first.Span.Start) };
        }
    }

    SplSearch Parenthesized()
    {
        var open = Advance();
        if (!Deeper(open.Span.Start))
            return new SplSearch.Unsupported(_text[open.Span.Start..]) { Span = SourceSpan.FromBounds(open.Span.Start, _text.Length) };
        var (outer, inner) = (_endsAtBy, Condition());
        _endsAtBy = outer;
        _depth--;
        if (!Accept(SplTokenKind.CloseParen))
            Report(open.Span, SplCodes.Unclosed, "(");
        return inner with { Span = From(open.Span.Start) };
    }

    SplSearch FieldOrKeyword()
    {
        var value = Value();
        var next = Peek();
        if (value.Quoting is not (SplQuoting.Case or SplQuoting.Term))
        {
            if (ComparisonOf(next.Kind) is { } op)
            {
                Advance();
                return Compared(value, op);
            }

            if (IsWord(next, "IN") && PeekBehind(next).Kind == SplTokenKind.OpenParen)
            {
                Advance();
                return new SplSearch.In(value, Values()) { Span = From(value.Span.Start) };
            }
        }

        return value is { Quoting: SplQuoting.None, Text: "*" } ? new SplSearch.Everything() { Span = value.Span } : new SplSearch.Keyword(value) { Span = value.Span };
    }

    SplSearch Compared(SplValue field, SplComparison op)
    {
        if (Peek().Kind is SplTokenKind.OpenParen && op == SplComparison.Equal)
        {
            // field=(a OR b) is written for field=a OR field=b.
            var values = Values();
            return new SplSearch.In(field, values) { Span = From(field.Span.Start) };
        }

        if (Peek().Kind != SplTokenKind.Macro && !IsName(Peek()))
        {
            Unexpected("a value");
            return new SplSearch.Unsupported(Slice(From(field.Span.Start))) { Span = From(field.Span.Start) };
        }

        return new SplSearch.Compare(field, op, Value()) { Span = From(field.Span.Start) };
    }

    static SplComparison? ComparisonOf(SplTokenKind kind) => kind switch
    {
        SplTokenKind.Equal or SplTokenKind.DoubleEqual => SplComparison.Equal,
        SplTokenKind.NotEqual => SplComparison.NotEqual,
        SplTokenKind.Less => SplComparison.Less,
        SplTokenKind.LessOrEqual => SplComparison.LessOrEqual,
        SplTokenKind.Greater => SplComparison.Greater,
        SplTokenKind.GreaterOrEqual => SplComparison.GreaterOrEqual,
        _ => null,
    };

    /// <summary>Values in parentheses, parted by commas, OR or white space.</summary>
    EquatableArray<SplValue> Values()
    {
        var open = Advance();
        var values = ImmutableArray.CreateBuilder<SplValue>();
        while (true)
        {
            var next = Peek();
            if (next.Kind == SplTokenKind.Comma || (values.Count > 0 && IsWord(next, "OR")))
                Advance();
            else if (next.Kind == SplTokenKind.Macro || IsName(next))
                values.Add(Value());
            else
                break;
        }

        if (!Accept(SplTokenKind.CloseParen))
        {
            if (IsAtEnd)
                Report(open.Span, SplCodes.Unclosed, "(");
            else
                Unexpected("a value or ')'");
        }

        return values.ToImmutable();
    }

    /// <summary>A word, a quoted text, or what stands in <c>CASE(...)</c> and <c>TERM(...)</c>.</summary>
    SplValue Value()
    {
        var token = Advance();
        if (token.Kind == SplTokenKind.Macro)
            return new(Slice(token.Span), SplQuoting.Macro) { Span = token.Span };
        if (token.Kind != SplTokenKind.Word)
            return new(SplLexer.Unescape(Inside(token)), token.Kind == SplTokenKind.Quoted ? SplQuoting.Double : SplQuoting.Single) { Span = token.Span };
        var word = Slice(token.Span);
        var directive = word switch
        {
            "CASE" => SplQuoting.Case,
            "TERM" => SplQuoting.Term,
            _ => SplQuoting.None,
        };
        if (directive == SplQuoting.None || token.Span.End >= _text.Length || _text[token.Span.End] != '(')
            return new(SplLexer.Unescape(word), SplQuoting.None) { Span = token.Span };
        var open = Advance();
        var close = _text.IndexOf(')', open.Span.End);
        var end = close < 0 ? _text.Length : close;
        if (close < 0)
            Report(open.Span, SplCodes.Unclosed, "(");
        _at = Math.Min(_text.Length, end + 1);
        _peeked = null;
        var inside = _text.AsSpan(open.Span.End, end - open.Span.End).Trim();
        return new(SplLexer.Unescape(inside is ['"', .. var text, '"'] ? text : inside), directive) { Span = From(token.Span.Start) };
    }

    // An unclosed quote runs to the end and has no second one.
    ReadOnlySpan<char> Inside(SplToken token)
    {
        var written = _text.AsSpan(token.Span.Start, token.Span.Length);
        return token.Fault is null ? written[1..^1] : written[1..];
    }
}
