using System.Collections.Immutable;
using Rulescope.Text;

namespace Rulescope.Languages.Spl;

/// <summary>Reads a search whose macros are expanded: commands between pipes, each by its own grammar.</summary>
/// <remarks>
/// Never throws. A command that cannot be read is an <c>Unsupported</c> one with its text, and the pipeline goes on behind the next pipe.
/// Source: Splunk Search Reference and Search Manual 9.4.
/// </remarks>
public sealed partial class SplParser
{
    /// <summary>Brackets, parentheses and functions inside one another.</summary>
    public const int MaxDepth = 100;

    /// <summary>Commands of a search, those of its subsearches included.</summary>
    public const int MaxCommands = 500;

    public const int MaxFindings = 200;

    /// <summary>Longer searches are not read.</summary>
    public const int MaxLength = 4_000_000;

    readonly string _text;
    readonly ImmutableArray<Diagnostic>.Builder _findings = ImmutableArray.CreateBuilder<Diagnostic>();
    SplToken? _peeked;
    SplMode _peekedMode;
    int _at;
    int _depth;
    int _commands;
    bool _stopped;

    SplParser(string text) => _text = text;

    /// <summary>Reads a whole search. Spans count in the text given.</summary>
    public static Parsed<SplPipeline> Parse(string text)
    {
        if (text.Length > MaxLength)
        {
            var whole = new SourceSpan(0, text.Length);
            return new(new([new SplCommand.Unsupported(text) { Span = whole }]) { Span = whole }, [Diagnostic.At(whole, SplCodes.TooLong, text.Length, MaxLength)]);
        }

        var parser = new SplParser(text);
        var pipeline = parser.Pipeline(nested: false);
        return new(pipeline, parser._findings.ToImmutable());
    }

    SplPipeline Pipeline(bool nested)
    {
        var start = Peek().Span.Start;
        var commands = ImmutableArray.CreateBuilder<SplCommand>();
        if (!Accept(SplTokenKind.Pipe) && !IsAtEnd && (!nested || !StartsWithCommand))
            commands.Add(Finished(Command(implied: true)));
        else if (!IsAtEnd)
            commands.Add(Finished(Command(implied: false)));
        while (!_stopped)
        {
            if (Accept(SplTokenKind.Pipe))
            {
                commands.Add(Finished(Command(implied: false)));
            }
            else if (nested || Peek().Kind == SplTokenKind.End)
            {
                break;
            }
            else
            {
                // A closing bracket that nothing opened.
                var from = Peek().Span.Start;
                Unexpected("'|'");
                Advance();
                SkipCommand();
                commands.Add(new SplCommand.Unsupported(Slice(From(from))) { Span = From(from) });
            }
        }

        return new(commands.ToImmutable()) { Span = From(start) };
    }

    bool StartsWithCommand => Peek() is { Kind: SplTokenKind.Word } word && SplCommands.IsKnown(Slice(word.Span));

    bool IsAtEnd => Peek().Kind is SplTokenKind.Pipe or SplTokenKind.CloseBracket or SplTokenKind.End;

    SplCommand Command(bool implied)
    {
        if (++_commands > MaxCommands)
        {
            var rest = SourceSpan.FromBounds(Peek().Span.Start, _text.Length);
            Report(rest, SplCodes.TooManyCommands, MaxCommands);
            Stop();
            return new SplCommand.Unsupported(Slice(rest)) { Span = rest };
        }

        var first = Peek();
        var name = first.Kind == SplTokenKind.Word ? Slice(first.Span).ToLowerInvariant() : "";
        if (implied && name != "search")
            return new SplCommand.Search(Condition()) { Span = From(first.Span.Start) };
        switch (first.Kind)
        {
            case SplTokenKind.Macro:
                Advance();
                return new SplCommand.Macro(Slice(first.Span)) { Span = first.Span };
            case SplTokenKind.Word when SplCommands.IsKnown(name):
                Advance();
                return Known(name) with { Span = From(first.Span.Start) };
            case SplTokenKind.Word:
                Report(first.Span, SplCodes.UnknownCommand, Slice(first.Span));
                break;
            default:
                Unexpected("a command");
                break;
        }

        SkipCommand();
        return new SplCommand.Unsupported(Slice(From(first.Span.Start))) { Span = From(first.Span.Start) };
    }

    SplCommand Known(string name) => name switch
    {
        "search" => new SplCommand.Search(Condition()),
        "where" => new SplCommand.Where(Expression()),
        "eval" => new SplCommand.Eval(Assignments()),
        "stats" or "sistats" => Stats(SplStatsKind.Stats, name),
        "eventstats" => Stats(SplStatsKind.EventStats, name),
        "streamstats" => Stats(SplStatsKind.StreamStats, name),
        "chart" or "sichart" => Stats(SplStatsKind.Chart, name),
        "timechart" or "sitimechart" => Stats(SplStatsKind.TimeChart, name),
        "tstats" => TStats(name, isMetrics: false),
        "mstats" => TStats(name, isMetrics: true),
        "rename" => new SplCommand.Rename(Renames(stops: false)),
        "rex" => Rex(),
        "regex" => Regex(),
        "lookup" => Lookup(),
        "inputlookup" => InputLookup(),
        "join" => Join(),
        "append" or "appendcols" or "appendpipe" or "multisearch" or "union" => Branch(name),
        "transaction" => Transaction(),
        "foreach" => Foreach(),
        _ => new SplCommand.Plain(name, Arguments(name, inGroup: false)),
    };

    // What a command's grammar leaves over makes the whole command one that was not read.
    SplCommand Finished(SplCommand command)
    {
        if (IsAtEnd || _stopped)
            return command;
        Unexpected("'|'");
        SkipCommand();
        var span = From(command.Span.Start);
        return new SplCommand.Unsupported(Slice(span)) { Span = span };
    }

    void SkipCommand()
    {
        var nesting = 0;
        while (Peek() is var token && token.Kind != SplTokenKind.End && (nesting > 0 || token.Kind is not (SplTokenKind.Pipe or SplTokenKind.CloseBracket)))
        {
            nesting += token.Kind switch
            {
                SplTokenKind.OpenBracket => 1,
                SplTokenKind.CloseBracket => -1,
                _ => 0,
            };
            Advance();
        }
    }

    /// <summary>Brackets with a pipeline inside; the opening one is next.</summary>
    SplPipeline Subsearch()
    {
        var open = Advance();
        var start = open.Span.Start;
        if (!Deeper(start))
            return new([]) { Span = From(start) };
        var pipeline = Pipeline(nested: true);
        _depth--;
        if (!Accept(SplTokenKind.CloseBracket))
            Report(open.Span, SplCodes.Unclosed, "[");
        return pipeline with { Span = From(start) };
    }

    SplToken Peek(SplMode mode = SplMode.Search)
    {
        if (_peeked is { } known && _peekedMode == mode)
            return known;
        var token = _stopped ? new(SplTokenKind.End, new(_text.Length, 0)) : SplLexer.Read(_text, _at, mode);
        _peeked = token;
        _peekedMode = mode;
        return token;
    }

    /// <summary>The piece behind the next one, which ends at an offset.</summary>
    SplToken PeekBehind(SplToken token, SplMode mode = SplMode.Search) => SplLexer.Read(_text, token.Span.End, mode);

    SplToken Advance(SplMode mode = SplMode.Search)
    {
        var token = Peek(mode);
        if (token.Fault is { } fault)
            Report(token.Span, fault, token.Kind == SplTokenKind.SingleQuoted ? "'" : "\"");
        _at = token.Span.End;
        _peeked = null;
        return token;
    }

    bool Accept(SplTokenKind kind, SplMode mode = SplMode.Search)
    {
        if (Peek(mode).Kind != kind)
            return false;
        Advance(mode);
        return true;
    }

    bool IsWord(SplToken token, string word) => token.Kind == SplTokenKind.Word && _text.AsSpan(token.Span.Start, token.Span.Length).Equals(word, StringComparison.OrdinalIgnoreCase);

    bool AcceptWord(string word)
    {
        if (!IsWord(Peek(), word))
            return false;
        Advance();
        return true;
    }

    /// <summary>One level deeper, or false with a finding where that is too deep: then nothing more is read.</summary>
    bool Deeper(int start)
    {
        if (++_depth <= MaxDepth)
            return true;
        _depth--;
        Report(SourceSpan.FromBounds(start, _text.Length), SplCodes.TooDeep, MaxDepth);
        Stop();
        return false;
    }

    void Stop()
    {
        _stopped = true;
        _at = _text.Length;
        _peeked = null;
    }

    // One finding per place: whoever called the method that stumbled stumbles over the same token.
    void Unexpected(string expected, SplMode mode = SplMode.Search)
    {
        var token = Peek(mode);
        if (_findings is not [.., { } last] || last.Code != SplCodes.Unexpected || last.Span.Start != token.Span.Start)
            Report(token.Span, SplCodes.Unexpected, token.Kind == SplTokenKind.End ? "the end" : $"'{Slice(token.Span)}'", expected);
    }

    void Report(SourceSpan span, DiagnosticCode code, params ReadOnlySpan<object?> arguments)
    {
        if (_stopped || _findings.Count > MaxFindings)
            return;
        _findings.Add(_findings.Count == MaxFindings ? Diagnostic.At(span, SplCodes.TooManyFindings, MaxFindings) : Diagnostic.At(span, code, arguments));
    }

    string Slice(SourceSpan span) => _text.Substring(span.Start, span.Length);

    // From a place to the last token read.
    SourceSpan From(int start) => SourceSpan.FromBounds(Math.Min(start, _at), _at);
}
