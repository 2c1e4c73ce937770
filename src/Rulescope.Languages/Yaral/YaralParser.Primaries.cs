using System.Collections.Immutable;
using Rulescope.Text;

namespace Rulescope.Languages.Yaral;

public sealed partial class YaralParser
{
    YaralExpression Primary()
    {
        var token = Current;
        if (token.Fault is not null)
        {
            Advance();
            return Unread(token.Span.Start);
        }

        switch (token.Kind)
        {
            case YaralTokenKind.Variable:
                Advance();
                return Variable(token);
            case YaralTokenKind.Count:
                Advance();
                return new YaralExpression.Count(Slice(token.Span)[1..]) { Span = token.Span };
            case YaralTokenKind.List:
                Advance();
                return List(token);
            case YaralTokenKind.Quoted:
                Advance();
                return new YaralExpression.Text(Inside(token)) { Span = token.Span };
            case YaralTokenKind.Raw:
                Advance();
                return new YaralExpression.Text(Slice(token.Span)[1..^1]) { Raw = true, Span = token.Span };
            case YaralTokenKind.Regex:
                Advance();
                return new YaralExpression.Regex(Slice(token.Span)[1..^1]) { Span = token.Span };
            case YaralTokenKind.Number when IsWord(Next, "of"):
                return SomeOf();
            case YaralTokenKind.Number:
                Advance();
                return new YaralExpression.Number(Slice(token.Span)) { Span = token.Span };
            case YaralTokenKind.Duration:
                Advance();
                return new YaralExpression.Duration(Slice(token.Span)) { Span = token.Span };
            case YaralTokenKind.OpenParen:
                return Group();
            case YaralTokenKind.OpenBracket:
                return Array();
            case YaralTokenKind.Word when !StartsSection:
                return Word(token);
            default:
                return Nothing("a field, a value or a condition");
        }
    }

    // A place where something should stand: the rest of the line is not read, but what closes the line above is left to it.
    YaralExpression.Unsupported Nothing(string expected)
    {
        var start = Current.Span.Start;
        Unexpected(expected);
        if (AtSectionEnd || Current.Kind is YaralTokenKind.CloseParen or YaralTokenKind.CloseBracket or YaralTokenKind.Comma || IsWord(Current, "and") || IsWord(Current, "or"))
            return new("") { Span = Here };
        return SkipStatement(start);
    }

    string Inside(YaralToken quoted)
    {
        var start = quoted.Span.Start + 1;
        return YaralString.Unescape(_text.AsSpan(start, quoted.Span.Length - 2), start, (span, escape) => Report(span, YaralCodes.UnknownEscape, escape));
    }

    YaralExpression Variable(YaralToken token)
    {
        var name = Slice(token.Span)[1..];
        if (!AtStep)
            return new YaralExpression.Variable(name) { Span = token.Span };
        var path = ImmutableArray.CreateBuilder<YaralStep>();
        Steps(path);
        return new YaralExpression.Field(name, path.ToImmutable()) { Span = From(token.Span.Start) };
    }

    // What stands on a line of its own is no part of the path above it.
    bool AtStep => Current is { Kind: YaralTokenKind.Dot } or { Kind: YaralTokenKind.OpenBracket, StartsLine: false };

    // .name, ["key"], [0]
    void Steps(ImmutableArray<YaralStep>.Builder path)
    {
        while (AtStep)
        {
            if (Current.Kind == YaralTokenKind.Dot)
            {
                Advance();
                if (Current.Kind is YaralTokenKind.Word or YaralTokenKind.Number or YaralTokenKind.Duration && !(Current.StartsLine && StartsSection))
                    path.Add(new YaralStep.Name(Slice(Advance().Span)));
                else
                    Unexpected("a field name");
            }
            else
            {
                Bracket(path);
            }
        }
    }

    void Bracket(ImmutableArray<YaralStep>.Builder path)
    {
        var open = Advance().Span;
        if (Current is { Kind: YaralTokenKind.Quoted or YaralTokenKind.Raw, Fault: null })
        {
            var token = Advance();
            path.Add(new YaralStep.Key(token.Kind == YaralTokenKind.Quoted ? Inside(token) : Slice(token.Span)[1..^1]));
        }
        else if (Current.Kind is YaralTokenKind.Number or YaralTokenKind.Minus && (Current.Kind == YaralTokenKind.Number || Next.Kind == YaralTokenKind.Number))
        {
            var sign = Accept(YaralTokenKind.Minus) ? "-" : "";
            path.Add(new YaralStep.Index(sign + Slice(Advance().Span)));
        }
        else
        {
            Unexpected("a key in quotes or a number");
        }

        if (Accept(YaralTokenKind.CloseBracket))
            return;
        Report(open, YaralCodes.Unclosed, "[");
    }

    YaralExpression.List List(YaralToken token)
    {
        var name = Slice(token.Span)[1..];
        string? column = null;
        if (Current.Kind == YaralTokenKind.Dot && Next.Kind == YaralTokenKind.Word)
        {
            Advance();
            column = Slice(Advance().Span);
        }

        return new(name, column) { Span = From(token.Span.Start) };
    }

    YaralExpression Word(YaralToken token)
    {
        var isAny = IsWord(token, "any");
        if (isAny || IsWord(token, "all"))
        {
            if (IsWord(Next, "of"))
                return SomeOf();
            Advance();
            var field = Primary();
            return new YaralExpression.Each(isAny ? YaralQuantifier.Any : YaralQuantifier.All, field) { Span = From(token.Span.Start) };
        }

        if (IsWord(token, "true") || IsWord(token, "false"))
        {
            Advance();
            return new YaralExpression.Boolean(IsWord(token, "true")) { Span = token.Span };
        }

        if (YaralWords.IsKeyword(_text.AsSpan(token.Span.Start, token.Span.Length)))
            return Nothing("a field, a value or a condition");
        Advance();
        var path = ImmutableArray.CreateBuilder<YaralStep>();
        path.Add(new YaralStep.Name(Slice(token.Span)));
        Steps(path);
        return Current is { Kind: YaralTokenKind.OpenParen, StartsLine: false } && path.All(s => s is YaralStep.Name)
            ? Call(string.Join('.', path.OfType<YaralStep.Name>().Select(s => s.Text)), token.Span.Start)
            : new YaralExpression.Field(null, path.ToImmutable()) { Span = From(token.Span.Start) };
    }

    YaralExpression Call(string function, int start)
    {
        if (_depth >= MaxDepth)
            return SkipTooDeep();
        var arguments = Items(YaralTokenKind.CloseParen, "(");
        return new YaralExpression.Call(function, arguments) { Span = From(start) };
    }

    YaralExpression Array()
    {
        if (_depth >= MaxDepth)
            return SkipTooDeep();
        var start = Current.Span.Start;
        var items = Items(YaralTokenKind.CloseBracket, "[");
        return new YaralExpression.Array(items) { Span = From(start) };
    }

    ImmutableArray<YaralExpression> Items(YaralTokenKind close, string sign)
    {
        var open = Advance().Span;
        var items = ImmutableArray.CreateBuilder<YaralExpression>();
        _depth++;
        if (Current.Kind != close && !AtSectionEnd)
        {
            do
                items.Add(Or());
            while (Accept(YaralTokenKind.Comma));
        }

        _depth--;
        if (Close(close, open, sign, "',' or ") is { } rest)
            items.Add(rest);
        return items.ToImmutable();
    }

    // What could not be read inside, if anything: it narrows the group in some way.
    YaralExpression.Unsupported? Close(YaralTokenKind close, SourceSpan open, string sign, string or)
    {
        if (Accept(close))
            return null;
        if (AtSectionEnd)
        {
            Report(open, YaralCodes.Unclosed, sign);
            return null;
        }

        Unexpected(or + (close == YaralTokenKind.CloseParen ? "')'" : "']'"));
        var start = Current.Span.Start;
        var nesting = 0;
        while (!AtSectionEnd && (nesting > 0 || Current.Kind != close))
        {
            nesting += Current.Kind switch
            {
                YaralTokenKind.OpenParen or YaralTokenKind.OpenBracket => 1,
                YaralTokenKind.CloseParen or YaralTokenKind.CloseBracket => nesting > 0 ? -1 : 0,
                _ => 0,
            };
            Advance();
        }

        var rest = Unread(start);
        Accept(close);
        return rest;
    }

    YaralExpression Group()
    {
        if (_depth >= MaxDepth)
            return SkipTooDeep();
        var open = Advance().Span;
        _depth++;
        var inside = Or();
        _depth--;
        return Close(YaralTokenKind.CloseParen, open, "(", "'and', 'or' or ") is { } rest
            ? new YaralExpression.And([inside, rest]) { Span = SourceSpan.Cover(inside.Span, rest.Span) }
            : inside;
    }

    YaralExpression SomeOf()
    {
        var start = Current.Span.Start;
        var count = Slice(Advance().Span).ToLowerInvariant();
        Advance();
        if (Current.Kind != YaralTokenKind.OpenBracket)
            return Nothing("'['");
        if (_depth >= MaxDepth)
            return SkipTooDeep();
        var items = Items(YaralTokenKind.CloseBracket, "[");
        return new YaralExpression.SomeOf(count, items) { Span = From(start) };
    }
}
