using System.Collections.Immutable;
using Rulescope.Text;

namespace Rulescope.Languages.Eql;

public sealed partial class EqlParser
{
    static readonly ImmutableArray<string> ElasticPipes = ["head", "tail"];
    static readonly ImmutableArray<string> EndgamePipes = ["head", "tail", "unique", "unique_count", "filter", "count", "sort", "window"];

    EqlSyntax.Query ReadQuery()
    {
        var start = Current.Span.Start;
        var body = ReadBody();
        var pipes = ImmutableArray.CreateBuilder<EqlSyntax.Pipe>();
        while (Current.Kind == EqlTokenKind.Pipe && pipes.Count < MaxPipes)
            pipes.Add(ReadPipe());
        // Each stands around all before it, so they nest in the plan.
        if (Current.Kind == EqlTokenKind.Pipe)
            TooDeep(MaxPipes);
        if (Current.Kind != EqlTokenKind.End)
            body = WithRest(body);
        return new(body) { Pipes = pipes.ToImmutable(), Span = From(start) };
    }

    // What stands unread behind an event query narrows it in some way, so it is a term beside the condition.
    EqlSyntax WithRest(EqlSyntax body)
    {
        Unexpected("'|' or the end");
        var start = Current.Span.Start;
        _at = _tokens.Length - 1;
        if (body is not EqlSyntax.Event simple)
            return new EqlSyntax.Unsupported(Slice(From(body.Span.Start))) { Span = From(body.Span.Start) };
        var both = new EqlExpression.And([simple.Condition, Unread(start)]) { Span = From(simple.Condition.Span.Start) };
        return simple with { Condition = both, Span = From(simple.Span.Start) };
    }

    EqlSyntax ReadBody() => Current.Kind switch
    {
        _ when Peek(1).Kind == EqlTokenKind.Where => ReadEvent(),
        EqlTokenKind.Sequence => ReadSequence(),
        EqlTokenKind.Sample => ReadSample(),
        EqlTokenKind.Join => ReadJoin(),
        _ => ReadEvent(),
    };

    EqlSyntax.Event ReadEvent()
    {
        var start = Current.Span.Start;
        if (Peek(1).Kind == EqlTokenKind.Where && CategoryOf(Current) is { } category)
        {
            var any = Advance().Kind == EqlTokenKind.Any;
            Advance();
            var condition = ReadExpression();
            return new(any ? null : category, condition) { Span = From(start) };
        }

        if (IsEndgame)
        {
            // Endgame lets pipes stand alone and a bare condition search all events.
            var all = Current.Kind == EqlTokenKind.Pipe ? new EqlExpression.Boolean(true) { Span = From(start) } : ReadExpression();
            return new(null, all) { Span = From(start) };
        }

        Unexpected("an event category and 'where'");
        SkipTo([EqlTokenKind.CloseBracket, EqlTokenKind.Pipe]);
        return new(null, Unread(start)) { Span = From(start) };
    }

    string? CategoryOf(EqlToken token) => token.Kind switch
    {
        EqlTokenKind.Text => ReadText(token).Value,
        EqlTokenKind.Identifier or EqlTokenKind.EscapedIdentifier => NameOf(token),
        _ when IsKeyword(token) => Slice(token.Span),
        _ => null,
    };

    EqlSyntax.Sequence ReadSequence()
    {
        var start = Advance().Span.Start;
        EqlSyntax.Duration? span = null;
        var by = ReadKeys();
        if (Accept(EqlTokenKind.With))
        {
            span = ReadMaxSpan();
            if (Current.Kind == EqlTokenKind.By)
            {
                if (!IsEndgame)
                    Report(Current.Span, EqlCodes.EndgameOnly, "'by' after 'with'", "it before");
                by = ReadKeys();
            }
        }

        var stages = ReadStages();
        var until = Accept(EqlTokenKind.Until) ? ReadStage() : null;
        var read = new EqlSyntax.Sequence(stages) { By = by, MaxSpan = span, Until = until, Span = From(start) };
        CheckStages("sequence", start, stages, until);
        if (stages.Any(s => s.Missing))
        {
            if (span is null)
                Report(stages.First(s => s.Missing).Span, EqlCodes.MissingNeedsSpan);
            if (stages.All(s => s.Missing))
                Report(read.Span, EqlCodes.OnlyMissing);
        }

        return read;
    }

    EqlSyntax.Sample ReadSample()
    {
        var start = Advance().Span.Start;
        var by = ReadKeys();
        var stages = ReadStages();
        CheckStages("sample", start, stages, null);
        return new(stages) { By = by, Span = From(start) };
    }

    EqlSyntax.Join ReadJoin()
    {
        var word = Advance().Span;
        if (!IsEndgame)
            Report(word, EqlCodes.EndgameOnly, "'join'", "'sequence' or 'sample'");
        var by = ReadKeys();
        var stages = ReadStages();
        var until = Accept(EqlTokenKind.Until) ? ReadStage() : null;
        CheckStages("join", word.Start, stages, until);
        return new(stages) { By = by, Until = until, Span = From(word.Start) };
    }

    void CheckStages(string what, int start, EquatableArray<EqlSyntax.Stage> stages, EqlSyntax.Stage? until)
    {
        var slots = stages.Sum(s => s.Runs);
        if (slots < 2)
            Report(From(start), EqlCodes.TooFewStages, what, Number(slots));
        var all = until is null ? stages.Items : stages.Items.Add(until);
        foreach (var stage in all)
        {
            if (stage.By.Count != all[0].By.Count)
                Report(stage.Span, EqlCodes.KeyCount, Number(stage.By.Count), Number(all[0].By.Count));
        }
    }

    EquatableArray<EqlExpression> ReadKeys() => Accept(EqlTokenKind.By) ? ReadList() : [];

    EqlSyntax.Pipe ReadPipe()
    {
        var start = Advance().Span.Start;
        var known = IsEndgame ? EndgamePipes : ElasticPipes;
        var token = Current;
        var name = "";
        if (Accept(EqlTokenKind.Identifier))
        {
            name = Slice(token.Span);
            if (!known.Contains(name, StringComparer.Ordinal))
                Report(token.Span, EqlCodes.UnknownPipe, name, string.Join(", ", known));
        }
        else
        {
            Unexpected("the name of a pipe");
            SkipTo([EqlTokenKind.Pipe]);
            return new(name, []) { Span = From(start) };
        }

        var atEnd = Current.Kind is EqlTokenKind.End or EqlTokenKind.Pipe;
        return new(name, atEnd ? [] : ReadPipeArguments()) { Span = From(start) };
    }

    // Endgame parts the fields of a pipe by commas or by nothing: `| unique a b`.
    EquatableArray<EqlExpression> ReadPipeArguments()
    {
        var arguments = ImmutableArray.CreateBuilder<EqlExpression>();
        do
        {
            var before = _at;
            arguments.Add(ReadExpression());
            if (_at == before)
                break;
        }
        while (Accept(EqlTokenKind.Comma) || (IsEndgame && StartsAtom(Current.Kind)));
        return arguments.ToImmutable();
    }

    static bool StartsAtom(EqlTokenKind kind) => kind is EqlTokenKind.Identifier or EqlTokenKind.EscapedIdentifier or EqlTokenKind.Text
        or EqlTokenKind.Integer or EqlTokenKind.Decimal or EqlTokenKind.True or EqlTokenKind.False or EqlTokenKind.Null;
}
