using System.Collections.Immutable;
using Rulescope.Text;

namespace Rulescope.Languages.Yaral;

/// <summary>Reads YARA-L 2.0: files of rules, and searches. Whatever the text, there is a tree; what was not understood is in the findings. Never throws.</summary>
/// <remarks>Source: Google SecOps' YARA-L 2.0 reference (2026). Reading goes on at the next line, the next section and the next rule.</remarks>
public sealed partial class YaralParser
{
    /// <summary>Parentheses, calls and <c>not</c>s may nest this deep.</summary>
    public const int MaxDepth = 200;

    // A sum leans to the left, so that each of its signs is a level; they are counted by statement.
    const int MaxSigns = 500;

    /// <summary>Findings that are reported at most.</summary>
    public const int MaxFindings = 1000;

    /// <summary>Characters of a text that are read at most.</summary>
    public const int MaxLength = 4_000_000;

    readonly string _text;
    readonly ImmutableArray<YaralToken> _tokens;
    readonly List<Diagnostic> _findings;
    int _at;
    int _depth;
    int _signs;
    bool _stopped;

    YaralParser(string text)
    {
        _text = text;
        var tokens = YaralLexer.Tokenize(text);
        _tokens = tokens.Value;
        _findings = [.. tokens.Diagnostics];
        foreach (var token in _tokens)
        {
            if (token.Fault is { } fault)
                Report(token.Span, fault, Slice(token.Span));
        }
    }

    /// <summary>Reads a file of rules, or a search.</summary>
    public static Parsed<YaralFile> Parse(string text)
    {
        if (text.Length > MaxLength)
            return new(new([]), [Diagnostic.At(new(0, text.Length), YaralCodes.TooLong, text.Length, MaxLength)]);
        var parser = new YaralParser(text);
        var file = parser.ReadFile();
        return new(file, [.. parser._findings.OrderBy(f => f.Span.Start)]);
    }

    YaralFile ReadFile()
    {
        var rules = ImmutableArray.CreateBuilder<YaralRule>();
        if (!_tokens.Where((_, i) => StartsRule(i)).Any())
        {
            var search = Search();
            if (search == new YaralRule(Name: null))
                Report(Current.Span, YaralCodes.NoRule);
            else
                rules.Add(search);
        }
        else
        {
            while (Current.Kind != YaralTokenKind.End)
            {
                if (StartsRule(_at))
                    rules.Add(Rule());
                else
                    SkipToRule();
            }
        }

        return new(rules.ToImmutable()) { Span = new(0, _text.Length) };
    }

    // `rule name {`, also where the brace or the name is forgotten.
    bool StartsRule(int at) =>
        IsWord(_tokens[at], "rule") && _tokens[at + 1].Kind is YaralTokenKind.Word or YaralTokenKind.OpenBrace
        && (_tokens[at + 1].Kind is YaralTokenKind.OpenBrace || _tokens[at + 2].Kind is YaralTokenKind.OpenBrace || _tokens[at].StartsLine);

    void SkipToRule()
    {
        Unexpected("'rule'");
        while (Current.Kind != YaralTokenKind.End && !StartsRule(_at))
            Advance();
    }

    YaralToken Current => _tokens[_at];

    YaralToken Next => _tokens[Math.Min(_at + 1, _tokens.Length - 1)];

    YaralToken Advance()
    {
        var token = _tokens[_at];
        if (token.Kind != YaralTokenKind.End)
            _at++;
        return token;
    }

    bool Accept(YaralTokenKind kind)
    {
        if (Current.Kind != kind)
            return false;
        Advance();
        return true;
    }

    bool AcceptWord(string word)
    {
        if (!IsWord(Current, word))
            return false;
        Advance();
        return true;
    }

    bool IsWord(YaralToken token, string word) =>
        token.Kind == YaralTokenKind.Word && _text.AsSpan(token.Span.Start, token.Span.Length).Equals(word, StringComparison.OrdinalIgnoreCase);

    // One finding per place: whoever called the method that stumbled stumbles over the same token.
    void Unexpected(string expected)
    {
        if (Current.Fault is null && (_findings is not [.., { } last] || last.Code != YaralCodes.Unexpected || last.Span != Current.Span))
            Report(Current.Span, YaralCodes.Unexpected, Shown(Current), expected);
    }

    string Shown(YaralToken token) => token.Kind switch
    {
        YaralTokenKind.End => "the end",
        YaralTokenKind.Quoted or YaralTokenKind.Raw => Slice(token.Span),
        _ => $"'{Slice(token.Span)}'",
    };

    void Report(SourceSpan span, DiagnosticCode code, params ReadOnlySpan<object?> arguments)
    {
        if (_stopped)
            return;
        _stopped = _findings.Count >= MaxFindings;
        _findings.Add(_stopped ? Diagnostic.At(span, YaralCodes.TooManyFindings, MaxFindings) : Diagnostic.At(span, code, arguments));
    }

    string Slice(SourceSpan span) => _text.Substring(span.Start, span.Length);

    // From a place to the last token read.
    SourceSpan From(int start)
    {
        var end = _at == 0 ? start : _tokens[_at - 1].Span.End;
        return SourceSpan.FromBounds(Math.Min(start, end), end);
    }

    // Where something is absent: right behind the last token read.
    SourceSpan Here => new(_at == 0 ? Current.Span.Start : _tokens[_at - 1].Span.End, 0);

    // A section's heading ends whatever stands before it, and so do the rule's brace and the next rule.
    bool AtSectionEnd => Current.Kind is YaralTokenKind.End or YaralTokenKind.CloseBrace || StartsSection || (Current.StartsLine && StartsRule(_at));

    bool StartsSection => Current.Kind == YaralTokenKind.Word && Next.Kind == YaralTokenKind.Colon;

    // The rest of the line that could not be read, and lines that belong to an open parenthesis.
    YaralExpression.Unsupported SkipStatement(int start)
    {
        var nesting = 0;
        do
        {
            nesting += Current.Kind switch
            {
                YaralTokenKind.OpenParen or YaralTokenKind.OpenBracket => 1,
                YaralTokenKind.CloseParen or YaralTokenKind.CloseBracket => nesting > 0 ? -1 : 0,
                _ => 0,
            };
            if (!AtSectionEnd)
                Advance();
        }
        while (!AtSectionEnd && (nesting > 0 || !Current.StartsLine));
        return Unread(start);
    }

    YaralExpression.Unsupported Unread(int start)
    {
        var span = From(start);
        return new(Slice(span)) { Span = span };
    }

    // One finding for all that is left: nesting must not exhaust the stack.
    YaralExpression.Unsupported SkipTooDeep()
    {
        var start = Current.Span.Start;
        _at = _tokens.Length - 1;
        var rest = Unread(start);
        Report(rest.Span, YaralCodes.TooDeep, MaxDepth);
        _stopped = true;
        return rest;
    }
}
