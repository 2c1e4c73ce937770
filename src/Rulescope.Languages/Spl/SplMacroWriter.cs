using System.Collections.Immutable;
using System.Text;
using Rulescope.Text;

namespace Rulescope.Languages.Spl;

/// <summary>Writes a search out with its macros expanded: the state of one <see cref="SplExpansion"/>.</summary>
sealed class SplMacroWriter(SplMacros macros)
{
    readonly StringBuilder _text = new();
    readonly ImmutableArray<SplExpansion.Piece>.Builder _pieces = ImmutableArray.CreateBuilder<SplExpansion.Piece>();
    readonly ImmutableArray<Diagnostic>.Builder _findings = ImmutableArray.CreateBuilder<Diagnostic>();
    readonly HashSet<(string, int)> _undefined = [];
    int _calls;
    bool _full;

    public SplExpansion Expand(string search)
    {
        Expand(SplTracedText.Own(search), null, 0);
        return new(_text.ToString(), _pieces.ToImmutable(), _findings.ToImmutable());
    }

    // At the top the text's places are its own; inside a macro all stand for the call.
    void Expand(SplTracedText traced, SourceSpan? call, int depth)
    {
        var text = traced.Text;
        var copied = 0;
        for (var at = 0; at < text.Length;)
        {
            if (text[at] == '"')
            {
                at = QuoteEnd(text, at);
            }
            else if (text[at] != '`')
            {
                at++;
            }
            else
            {
                Copy(traced, copied, at);
                at = copied = text.AsSpan(at).StartsWith("```") ? Comment(text, at, call) : Call(traced, at, call, depth);
            }
        }

        Copy(traced, copied, text.Length);
    }

    void Copy(SplTracedText traced, int from, int to)
    {
        foreach (var (start, end, origin) in traced.Slice(from, to))
            Append(traced.Text.AsSpan(start, end - start), origin);
    }

    void Append(ReadOnlySpan<char> text, SplOrigin origin)
    {
        _pieces.Add(new(_text.Length, origin));
        _text.Append(text);
    }

    // A space stands for the comment, so that what it parts stays apart.
    int Comment(string text, int at, SourceSpan? call)
    {
        var close = text.IndexOf("```", at + 3, StringComparison.Ordinal);
        var end = close < 0 ? text.Length : close + 3;
        var span = call ?? SourceSpan.FromBounds(at, end);
        if (close < 0)
            _findings.Add(Diagnostic.At(span, SplCodes.UnclosedComment));
        Append(" ", new(span, IsCopy: false));
        return end;
    }

    int Call(SplTracedText traced, int at, SourceSpan? outer, int depth)
    {
        var text = traced.Text;
        var end = CallEnd(text, at);
        var span = outer ?? SourceSpan.FromBounds(at, Math.Max(end, at + 1));
        if (end < 0)
        {
            Copy(traced, at, text.Length);
            return text.Length;
        }

        if (SplMacroCall.Parse(text[(at + 1)..(end - 1)]) is not { } written)
        {
            _findings.Add(Diagnostic.At(span, SplCodes.BadMacroCall, text[at..end]));
        }
        else if (SplKnownMacros.Definition(written) is { } builtIn && !macros.TryFind(written.Name, written.Arguments.Count, out _))
        {
            Append(builtIn, new(span, IsCopy: false));
            return end;
        }
        else if (!macros.TryFind(written.Name, written.Arguments.Count, out var macro))
        {
            if (!SplKnownMacros.IsKnown(written.Name) && _undefined.Add((written.Name, written.Arguments.Count)))
                _findings.Add(Diagnostic.At(span, SplCodes.UndefinedMacro, written.Name, written.Arguments.Count));
        }
        else if (depth >= SplExpansion.MaxDepth)
        {
            Report(span, SplCodes.MacroTooDeep, SplExpansion.MaxDepth);
        }
        else if (++_calls > SplExpansion.MaxCalls || _text.Length + macro.Definition.Length > SplExpansion.MaxLength)
        {
            Report(span, SplCodes.MacroTooLong, SplExpansion.MaxLength, SplExpansion.MaxCalls);
        }
        else
        {
            Expand(Filled(macro, written.Arguments, Places(traced, written, at), span), span, depth + 1);
            return end;
        }

        Copy(traced, at, end);
        return end;
    }

    // The arguments of a call with their origins: each stands as it is behind the one before.
    static ImmutableArray<ImmutableArray<(int From, int To, SplOrigin Origin)>> Places(SplTracedText traced, SplMacroCall call, int at)
    {
        at = traced.Text.IndexOf(call.Name, at, StringComparison.Ordinal) + call.Name.Length;
        var places = ImmutableArray.CreateBuilder<ImmutableArray<(int, int, SplOrigin)>>();
        foreach (var argument in call.Arguments)
        {
            at = traced.Text.IndexOf(argument, at, StringComparison.Ordinal);
            places.Add([.. traced.Slice(at, at + argument.Length).Select(s => (s.From - at, s.To - at, s.Origin))]);
            at += argument.Length;
        }

        return places.ToImmutable();
    }

    // A macro that calls itself is reported where it first went too far.
    void Report(SourceSpan span, DiagnosticCode code, params ReadOnlySpan<object?> arguments)
    {
        if (!_full)
            _findings.Add(Diagnostic.At(span, code, arguments));
        _full = true;
    }

    // What the definition says stands for the call, what the call says for itself.
    static SplTracedText Filled(SplMacro macro, EquatableArray<string> arguments, ImmutableArray<ImmutableArray<(int From, int To, SplOrigin Origin)>> places, SourceSpan call)
    {
        var text = new StringBuilder();
        var runs = ImmutableArray.CreateBuilder<(int, SplOrigin)>();
        var copying = false;
        var definition = macro.Definition;
        for (var at = 0; at < definition.Length && text.Length <= SplExpansion.MaxLength;)
        {
            var parameter = definition[at] == '$' ? ParameterAt(macro, definition, at + 1) : -1;
            if (parameter < 0)
            {
                if (!copying)
                    runs.Add((text.Length, new(call, IsCopy: false, macro, at)));
                copying = true;
                text.Append(definition[at++]);
                continue;
            }

            copying = false;
            foreach (var (from, _, origin) in places[parameter])
                runs.Add((text.Length + from, origin));
            text.Append(arguments[parameter]);
            at += macro.Parameters[parameter].Length + 2;
        }

        return new(text.ToString(), runs.ToImmutable());
    }

    static int ParameterAt(SplMacro macro, string definition, int at)
    {
        for (var i = 0; i < macro.Parameters.Count; i++)
        {
            var name = macro.Parameters[i];
            if (string.CompareOrdinal(definition, at, name, 0, name.Length) == 0 && at + name.Length < definition.Length && definition[at + name.Length] == '$')
                return i;
        }

        return -1;
    }

    // Behind the closing quote, or the end.
    static int QuoteEnd(string text, int at)
    {
        for (at++; at < text.Length; at++)
        {
            if (text[at] == '"')
                return at + 1;
            if (text[at] == '\\')
                at++;
        }

        return text.Length;
    }

    // Behind the closing backtick, or -1; a backtick in quotes belongs to an argument.
    static int CallEnd(string text, int at)
    {
        for (at++; at < text.Length;)
        {
            if (text[at] == '`')
                return at + 1;
            at = text[at] == '"' ? QuoteEnd(text, at) : at + 1;
        }

        return -1;
    }
}
