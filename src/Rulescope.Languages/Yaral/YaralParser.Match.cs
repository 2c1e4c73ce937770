using System.Collections.Immutable;

namespace Rulescope.Languages.Yaral;

public sealed partial class YaralParser
{
    YaralMatch? Match()
    {
        var start = Current.Span.Start;
        var keys = ImmutableArray.CreateBuilder<YaralExpression>();
        while (!AtSectionEnd && Window() is not { Found: true })
        {
            var before = _at;
            keys.Add(Primary());
            if (_at == before)
                keys[^1] = SkipStatement(Current.Span.Start);
            Accept(YaralTokenKind.Comma);
        }

        var window = AtSectionEnd ? null : ReadWindow();
        if (!AtSectionEnd)
        {
            Unexpected("the end of the section");
            while (!AtSectionEnd)
                Advance();
        }

        return keys.Count == 0 && window is null ? null : new(keys.ToImmutable(), window) { Span = From(start) };
    }

    (bool Found, YaralWindowKind Kind) Window() =>
        IsWord(Current, "over") ? (true, YaralWindowKind.Over) : IsWord(Current, "by") ? (true, YaralWindowKind.By) : default;

    YaralWindow? ReadWindow()
    {
        var start = Current.Span.Start;
        var kind = Window().Kind;
        Advance();
        var every = AcceptWord("every");
        var (amount, unit) = ("", "");
        if (Current.Kind == YaralTokenKind.Duration)
        {
            var written = Slice(Advance().Span);
            (amount, unit) = (written[..^1], written[^1..]);
        }
        else
        {
            if (Current.Kind == YaralTokenKind.Number)
                amount = Slice(Advance().Span);
            if (Current.Kind != YaralTokenKind.Word)
            {
                Unexpected("a length of time such as 5m");
                return null;
            }

            unit = Slice(Advance().Span).ToLowerInvariant();
        }

        YaralSide? side = AcceptWord("before") ? YaralSide.Before : AcceptWord("after") ? YaralSide.After : null;
        string? pivot = null;
        if (side is not null && Current.Kind == YaralTokenKind.Variable)
            pivot = Slice(Advance().Span)[1..];
        else if (side is not null)
            Unexpected("an event variable");
        return new(kind, amount, unit) { Every = every, Side = pivot is null ? null : side, Pivot = pivot, Span = From(start) };
    }
}
