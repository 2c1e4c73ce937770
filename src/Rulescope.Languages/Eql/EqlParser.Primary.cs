using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Rulescope.Text;

namespace Rulescope.Languages.Eql;

public sealed partial class EqlParser
{
    EqlExpression ReadPrimary()
    {
        var token = Current;
        switch (token.Kind)
        {
            case EqlTokenKind.Text:
                Advance();
                return ReadText(token);
            case EqlTokenKind.Integer or EqlTokenKind.Decimal:
                return ReadNumber();
            case EqlTokenKind.True or EqlTokenKind.False:
                Advance();
                return new EqlExpression.Boolean(token.Kind == EqlTokenKind.True) { Span = token.Span };
            case EqlTokenKind.Null:
                Advance();
                return new EqlExpression.Null { Span = token.Span };
            case EqlTokenKind.OpenParen:
                Advance();
                var inner = ReadExpression();
                Close(EqlTokenKind.CloseParen, token.Span);
                return inner;
            case EqlTokenKind.Question:
                Advance();
                if (Current.Kind is EqlTokenKind.Identifier or EqlTokenKind.EscapedIdentifier)
                    return ReadField(token.Span.Start, optional: true);
                break;
            case EqlTokenKind.Identifier when Peek(1).Kind == EqlTokenKind.Of && Peek(2).Kind == EqlTokenKind.OpenBracket:
                return ReadRelated();
            case EqlTokenKind.TildeIdentifier or EqlTokenKind.Identifier when Peek(1).Kind == EqlTokenKind.OpenParen:
                return ReadCall(null);
            case EqlTokenKind.Identifier or EqlTokenKind.EscapedIdentifier:
                return ReadField(token.Span.Start, optional: false);
        }

        return ReadUnreadable(token.Span.Start);
    }

    EqlExpression.Unsupported ReadUnreadable(int start)
    {
        Unexpected("a field, a literal, a call or '('");
        SkipTo(Resume.AsSpan());
        return Unread(start);
    }

    EqlExpression.Field ReadField(int start, bool optional)
    {
        var segments = ImmutableArray.CreateBuilder<EqlPath.Segment>();
        segments.Add(new(NameOf(Advance())));
        while (true)
        {
            // A keyword behind a point can only be a name.
            if (Current.Kind == EqlTokenKind.Dot && (Peek(1).Kind is EqlTokenKind.Identifier or EqlTokenKind.EscapedIdentifier || IsKeyword(Peek(1))))
            {
                Advance();
                segments.Add(new(NameOf(Advance())));
            }
            else if (Current.Kind == EqlTokenKind.OpenBracket && Peek(1).Kind == EqlTokenKind.Integer && Peek(2).Kind == EqlTokenKind.CloseBracket)
            {
                Advance();
                var digits = Advance();
                if (!int.TryParse(_text.AsSpan(digits.Span.Start, digits.Span.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var index))
                    Report(digits.Span, EqlCodes.NumberTooLarge, Slice(digits.Span));
                segments.Add(new(null, index));
                Advance();
            }
            else
            {
                break;
            }
        }

        return new(new(segments.ToImmutable())) { Optional = optional, Span = From(start) };
    }

    EqlExpression.Call ReadCall(EqlExpression? receiver)
    {
        var token = Advance();
        var tilde = token.Kind == EqlTokenKind.TildeIdentifier;
        var name = Slice(tilde ? new(token.Span.Start, token.Span.Length - 1) : token.Span);
        var open = Advance().Span;
        var arguments = ImmutableArray.CreateBuilder<EqlExpression>();
        if (receiver is not null)
            arguments.Add(receiver);
        if (Current.Kind != EqlTokenKind.CloseParen)
            arguments.AddRange(ReadList().Items);
        Close(EqlTokenKind.CloseParen, open);
        var call = new EqlExpression.Call(name, arguments.ToImmutable()) { IgnoreCase = tilde, Span = From(receiver?.Span.Start ?? token.Span.Start) };
        foreach (var finding in EqlFunctions.Check(call, token.Span, _dialect))
            Report(finding.Span, finding);
        return call;
    }

    void Report(SourceSpan span, Diagnostic finding)
    {
        if (!_stopped)
            _findings.Add(finding with { Span = span });
    }

    EqlExpression ReadRelated()
    {
        var word = Current;
        EqlRelation? relation = Slice(word.Span) switch
        {
            "event" => EqlRelation.Event,
            "child" => EqlRelation.Child,
            "descendant" => EqlRelation.Descendant,
            _ => null,
        };
        if (relation is null)
            return ReadUnreadable(word.Span.Start);
        Advance();
        Advance();
        if (!IsEndgame)
            Report(From(word.Span.Start), EqlCodes.EndgameOnly, $"'{Slice(From(word.Span.Start))}'", "a condition on the event itself");
        var inner = ReadSubquery();
        return new EqlExpression.Related(relation.Value, inner) { Span = From(word.Span.Start) };
    }

    EqlExpression ReadNumber()
    {
        var start = Current.Span.Start;
        var negative = Current.Kind == EqlTokenKind.Minus;
        if (Current.Kind is EqlTokenKind.Minus or EqlTokenKind.Plus)
            Advance();
        var digits = Advance();
        var span = From(start);
        var text = $"{(negative ? "-" : "")}{_text.AsSpan(digits.Span.Start, digits.Span.Length)}";
        if (digits.Kind == EqlTokenKind.Integer && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole))
            return new EqlExpression.Integer(whole) { Span = span };
        var real = double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var parsed) ? parsed : 0;
        if (digits.Kind == EqlTokenKind.Integer || double.IsInfinity(real))
            Report(span, EqlCodes.NumberTooLarge, text);
        return new EqlExpression.Decimal(Math.Clamp(real, double.MinValue, double.MaxValue)) { Span = span };
    }

    EqlExpression.Text ReadText(EqlToken token)
    {
        var raw = _text.AsSpan(token.Span.Start, token.Span.Length);
        var open = token.Fault is not null;
        if (raw.StartsWith("\"\"\"", StringComparison.Ordinal))
            return new(raw[3..(open ? raw.Length : ^3)].ToString()) { Span = token.Span };
        var quoted = raw[0] == '?';
        var body = raw[(quoted ? 2 : 1)..(open ? raw.Length : ^1)];
        var mark = quoted ? raw[1] : raw[0];
        if (!IsEndgame && (quoted || mark == '\''))
            Report(token.Span, EqlCodes.EndgameOnly, quoted ? "a raw string with '?'" : "a string in single quotes", quoted ? "\"\"\"...\"\"\"" : "\"...\"");
        // In a raw string only the quote itself can be escaped.
        var value = quoted ? body.ToString().Replace($"\\{mark}", mark.ToString(), StringComparison.Ordinal) : Unescape(body, token.Span.Start + 1);
        return new(value) { Span = token.Span };
    }

    string Unescape(ReadOnlySpan<char> body, int start)
    {
        if (!body.Contains('\\'))
            return body.ToString();
        var value = new StringBuilder(body.Length);
        for (var i = 0; i < body.Length; i++)
        {
            if (body[i] != '\\')
            {
                value.Append(body[i]);
                continue;
            }

            var (text, length) = EscapeOf(body[i..]);
            if (text is null)
                Report(new(start + i, length), EqlCodes.UnknownEscape, body.Slice(i, length).ToString());
            value.Append(text ?? body.Slice(i, length).ToString());
            i += length - 1;
        }

        return value.ToString();
    }

    static (string? Text, int Length) EscapeOf(ReadOnlySpan<char> escape) => (escape.Length > 1 ? escape[1] : '\0') switch
    {
        'b' => ("\b", 2),
        't' => ("\t", 2),
        'n' => ("\n", 2),
        'f' => ("\f", 2),
        'r' => ("\r", 2),
        '"' => ("\"", 2),
        '\'' => ("'", 2),
        '\\' => ("\\", 2),
        'u' => CodePointOf(escape),
        _ => (null, Math.Min(2, escape.Length)),
    };

    // \u{1F600}: two to eight hexadecimal digits.
    static (string? Text, int Length) CodePointOf(ReadOnlySpan<char> escape)
    {
        var close = escape.IndexOf('}');
        if (escape.Length < 3 || escape[2] != '{' || close < 0)
            return (null, 2);
        var digits = escape[3..close];
        var valid = digits.Length is >= 2 and <= 8 && int.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var point)
            && Rune.IsValid(point);
        return (valid ? new Rune(int.Parse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)).ToString() : null, close + 1);
    }

    string NameOf(EqlToken token)
    {
        var text = Slice(token.Span);
        if (token.Kind != EqlTokenKind.EscapedIdentifier)
            return text;
        var body = token.Fault is null ? text[1..^1] : text[1..];
        return body.Replace("``", "`", StringComparison.Ordinal);
    }

    bool IsKeyword(EqlToken token) =>
        token.Span.Length > 0 && char.IsAsciiLetter(_text[token.Span.Start]) && token.Kind is not (EqlTokenKind.Identifier or EqlTokenKind.TildeIdentifier
            or EqlTokenKind.InTilde or EqlTokenKind.LikeTilde or EqlTokenKind.RegexTilde);
}
