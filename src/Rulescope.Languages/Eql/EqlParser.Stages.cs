using System.Collections.Immutable;
using System.Globalization;
using Rulescope.Text;

namespace Rulescope.Languages.Eql;

public sealed partial class EqlParser
{
    const int MaxRuns = 100;

    // What may follow a stage, where reading goes on after something unreadable behind one.
    static readonly ImmutableArray<EqlTokenKind> AfterStage =
    [
        EqlTokenKind.By, EqlTokenKind.With, EqlTokenKind.OpenBracket, EqlTokenKind.OpenMissing, EqlTokenKind.Until, EqlTokenKind.Pipe, EqlTokenKind.CloseBracket,
    ];

    EqlSyntax.Duration? ReadMaxSpan()
    {
        if (!AcceptWord("maxspan"))
        {
            Unexpected("'maxspan='");
            SkipTo([EqlTokenKind.OpenBracket, EqlTokenKind.OpenMissing]);
            return null;
        }

        Expect(EqlTokenKind.Assign, "'='");
        var start = Current.Span.Start;
        var number = Current.Kind is EqlTokenKind.Integer or EqlTokenKind.Decimal ? Advance() : default(EqlToken?);
        var unit = number is not null && Current.Kind == EqlTokenKind.Identifier ? Slice(Advance().Span) : "";
        if (number is { Kind: EqlTokenKind.Integer } && UnitOf(unit) is { } known
            && long.TryParse(_text.AsSpan(number.Value.Span.Start, number.Value.Span.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var count))
        {
            return new(count, known) { Span = From(start) };
        }

        if (number is null)
            Unexpected("a time span such as 30s");
        else
            Report(From(start), EqlCodes.BadDuration, Slice(From(start)));
        return null;
    }

    // Endgame takes longer words and, without one, seconds.
    EqlTimeUnit? UnitOf(string unit) => unit switch
    {
        "ms" => EqlTimeUnit.Milliseconds,
        "s" => EqlTimeUnit.Seconds,
        "m" => EqlTimeUnit.Minutes,
        "h" => EqlTimeUnit.Hours,
        "d" => EqlTimeUnit.Days,
        _ when !IsEndgame => null,
        "" or "sec" or "secs" or "second" or "seconds" => EqlTimeUnit.Seconds,
        "min" or "mins" or "minute" or "minutes" => EqlTimeUnit.Minutes,
        "hour" or "hours" => EqlTimeUnit.Hours,
        "day" or "days" => EqlTimeUnit.Days,
        _ => null,
    };

    EquatableArray<EqlSyntax.Stage> ReadStages()
    {
        var stages = ImmutableArray.CreateBuilder<EqlSyntax.Stage>();
        while (Current.Kind is EqlTokenKind.OpenBracket or EqlTokenKind.OpenMissing)
            stages.Add(ReadStage());
        return stages.ToImmutable();
    }

    EqlSyntax.Stage ReadStage()
    {
        var start = Current.Span.Start;
        var missing = Current.Kind == EqlTokenKind.OpenMissing;
        var inner = ReadSubquery();
        EquatableArray<EqlExpression> by = [];
        var runs = 1;
        var fork = false;
        while (true)
        {
            if (Current.Kind == EqlTokenKind.By)
                by = ReadKeys();
            else if (Current.Kind == EqlTokenKind.With)
                runs = ReadRuns();
            else if (IsWord("fork"))
                fork = ReadFork();
            else
                break;
        }

        return new(inner) { By = by, Runs = runs, Missing = missing, Fork = fork, Span = From(start) };
    }

    EqlSyntax.Event ReadSubquery()
    {
        var open = Current.Span;
        if (!Accept(EqlTokenKind.OpenMissing) && !Accept(EqlTokenKind.OpenBracket))
        {
            Unexpected("'['");
            return new(null, Unread(open.Start)) { Span = From(open.Start) };
        }

        var inner = ReadEvent();
        Close(EqlTokenKind.CloseBracket, open);
        return inner;
    }

    int ReadRuns()
    {
        Advance();
        if (!AcceptWord("runs"))
        {
            Unexpected("'runs='");
            SkipTo(AfterStage.AsSpan());
            return 1;
        }

        Expect(EqlTokenKind.Assign, "'='");
        var shown = Current;
        if (Accept(EqlTokenKind.Integer)
            && int.TryParse(_text.AsSpan(shown.Span.Start, shown.Span.Length), NumberStyles.None, CultureInfo.InvariantCulture, out var runs)
            && runs is >= 1 and <= MaxRuns)
        {
            return runs;
        }

        Report(shown.Span, EqlCodes.BadRuns, Slice(shown.Span));
        return 1;
    }

    bool ReadFork()
    {
        var word = Advance().Span;
        if (!IsEndgame)
            Report(word, EqlCodes.EndgameOnly, "'fork'", "'by' or 'with runs='");
        if (!Accept(EqlTokenKind.Assign) && !Accept(EqlTokenKind.Equal))
            return true;
        if (Accept(EqlTokenKind.True))
            return true;
        if (!Accept(EqlTokenKind.False))
        {
            Unexpected("true or false");
            SkipTo(AfterStage.AsSpan());
        }

        return false;
    }
}
