using System.Collections.Immutable;
using Rulescope.Text;

namespace Rulescope.Languages.Esql;

/// <summary>Builds the tree by recursive descent; this part has queries, pipelines and the token window, others one grammar area each.</summary>
ref partial struct EsqlTreeReader
{
    readonly ReadOnlySpan<char> _text;
    readonly List<Diagnostic> _findings;
    EsqlLexer _lexer;
    EsqlToken _current;
    EsqlMode _mode;
    int _previousEnd;
    int _depth;
    int _pipelines;
    bool _isCondition;

    public EsqlTreeReader(ReadOnlySpan<char> text, List<Diagnostic> findings)
    {
        _text = text;
        _findings = findings;
        _lexer = new(text, findings);
        _current = _lexer.Read(0, EsqlMode.Expression);
    }

    public EsqlQuery ReadQuery()
    {
        SkipStrayLines();
        var settings = ImmutableArray.CreateBuilder<EsqlOption>();
        while (IsWord("set"))
            settings.Add(ReadSetting());
        var commands = ReadCommands(mayBeginWithSource: true, "the query");
        return new(settings.ToImmutable(), commands) { Span = new(0, _text.Length) };
    }

    public EsqlExpression ReadWholeExpression()
    {
        var expression = ReadExpression();
        if (_current.Kind != EsqlTokenKind.End)
            Report(EsqlCodes.PipeExpected, Shown, "the expression");
        return expression;
    }

    // Hunting files have queries with a line before them that is not ES|QL.
    void SkipStrayLines()
    {
        if (_current.Kind != EsqlTokenKind.Word || IsWord("set") || EsqlWords.IsSource(Slice(_current)))
            return;
        var first = _current.Span;
        var last = first;
        var token = first;
        for (var next = _current; next.Kind is not (EsqlTokenKind.End or EsqlTokenKind.Pipe); next = _lexer.Read(next.Span.End, EsqlMode.Expression))
        {
            var isNewLine = _text[token.End..Math.Max(token.End, next.Span.Start)].IndexOf('\n') >= 0;
            if (isNewLine && next.Kind == EsqlTokenKind.Word && EsqlWords.IsSource(Slice(next)))
            {
                var stray = SourceSpan.Cover(first, last);
                Report(EsqlCodes.StrayText, stray, _text.Slice(stray.Start, stray.Length).ToString());
                _current = next;
                return;
            }

            last = token = next.Span;
        }
    }

    EsqlOption ReadSetting()
    {
        var start = Start;
        Advance();
        var name = ReadPlainWord("the name of a setting");
        if (!Take(EsqlTokenKind.Assign))
            Report(EsqlCodes.WordExpected, Shown, "'='");
        var value = _current.Kind == EsqlTokenKind.OpenBrace ? ReadMap() : ReadConstant();
        if (!Take(EsqlTokenKind.Semicolon))
        {
            Report(EsqlCodes.WordExpected, Shown, "';'");
            while (_current.Kind is not (EsqlTokenKind.Semicolon or EsqlTokenKind.Pipe or EsqlTokenKind.End) && !EsqlWords.IsSource(Slice(_current)))
                Advance();
            Take(EsqlTokenKind.Semicolon);
        }

        return new(name, value) { Span = From(start) };
    }

    // Up to the end of the text, or to the parenthesis that closes this pipeline.
    EquatableArray<EsqlCommand> ReadCommands(bool mayBeginWithSource, string whole)
    {
        var commands = ImmutableArray.CreateBuilder<EsqlCommand>();
        while (true)
        {
            commands.Add(ReadCommand(mayBeginWithSource && commands.Count == 0));
            Enter(EsqlMode.Expression);
            if (!AtCommandEnd)
            {
                Report(EsqlCodes.PipeExpected, Shown, whole);
                SkipCommand();
            }

            // A closing parenthesis that nothing opened is passed over with what follows it.
            while (_pipelines == 0 && _current.Kind == EsqlTokenKind.CloseParen)
            {
                Report(EsqlCodes.PipeExpected, Shown, whole);
                Advance();
                SkipCommand();
            }

            if (!Take(EsqlTokenKind.Pipe))
                return commands.ToImmutable();
        }
    }

    EsqlPipeline ReadPipeline(bool mayBeginWithSource)
    {
        var start = Start;
        Advance();
        // A condition may hold a pipeline, whose commands are no part of it.
        var isCondition = _isCondition;
        _isCondition = false;
        _pipelines++;
        var commands = ReadCommands(mayBeginWithSource, "the pipeline");
        _pipelines--;
        _isCondition = isCondition;
        Close(EsqlTokenKind.CloseParen, ")");
        return new(commands) { Span = From(start) };
    }

    readonly bool AtCommandEnd => _current.Kind is EsqlTokenKind.Pipe or EsqlTokenKind.End || (_pipelines > 0 && _current.Kind == EsqlTokenKind.CloseParen);

    // To the next pipe or closing parenthesis that belongs to this pipeline.
    void SkipCommand()
    {
        var open = 0;
        while (_current.Kind != EsqlTokenKind.End && (open > 0 || !(_current.Kind is EsqlTokenKind.Pipe or EsqlTokenKind.CloseParen)))
        {
            if (_current.Kind is EsqlTokenKind.OpenParen)
                open++;
            else if (_current.Kind is EsqlTokenKind.CloseParen)
                open--;
            Advance();
        }
    }

    readonly int Start => _current.Span.Start;

    // What a finding quotes.
    readonly string Shown => _current.Kind == EsqlTokenKind.End ? "end of query" : Slice(_current).ToString();

    readonly ReadOnlySpan<char> Slice(EsqlToken token) => _text.Slice(token.Span.Start, token.Span.Length);

    readonly SourceSpan From(int start) => SourceSpan.FromBounds(start, Math.Max(start, _previousEnd));

    readonly bool IsWord(string word) =>
        _current.Kind is EsqlTokenKind.Word or EsqlTokenKind.Pattern or EsqlTokenKind.Source or EsqlTokenKind.Policy
        && Slice(_current).Equals(word, StringComparison.OrdinalIgnoreCase);

    void Advance()
    {
        _previousEnd = _current.Span.End;
        _current = _lexer.Read(_previousEnd, _mode);
    }

    // Cuts the current token anew.
    void Enter(EsqlMode mode)
    {
        if (mode == _mode)
            return;
        _mode = mode;
        _current = _lexer.Read(_current.Span.Start, mode);
    }

    EsqlToken PeekNext() => _lexer.Read(_current.Span.End, _mode);

    bool Take(EsqlTokenKind kind)
    {
        if (_current.Kind != kind)
            return false;
        Advance();
        return true;
    }

    bool TakeWord(string word)
    {
        if (!IsWord(word))
            return false;
        Advance();
        return true;
    }

    void Close(EsqlTokenKind kind, string shown)
    {
        if (!Take(kind))
            Report(EsqlCodes.UnclosedBracket, Shown, shown);
    }

    void Report(DiagnosticCode code, params ReadOnlySpan<object?> arguments) => Report(code, _current.Span, arguments);

    // What goes wrong at one place goes wrong once: what follows from it is not told.
    void Report(DiagnosticCode code, SourceSpan span, params ReadOnlySpan<object?> arguments)
    {
        if (_findings.Count > 0 && _findings[^1].Span.Start == span.Start)
            return;
        if (_findings.Count <= EsqlParser.MaxFindings)
            _findings.Add(Diagnostic.At(span, code, arguments));
    }
}
