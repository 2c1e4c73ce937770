using System.Collections.Immutable;
using Rulescope.Catalog.Rules;
using Rulescope.Text;

namespace Rulescope.Web.Site;

/// <summary>What a piece of a rule's text is to the guide.</summary>
public enum CodeMark : byte
{
    None,
    Indicator,
    Exclusion,
}

public readonly record struct CodePiece(string Text, CodeMark Mark);

/// <summary>One line of a rule's text; the number is that of its file, from 1.</summary>
public sealed record CodeLine(int Number, ImmutableArray<CodePiece> Pieces);

/// <summary>The text of a rule cut into lines, with the pieces that its tables point to marked.</summary>
public sealed class CodeLines
{
    // A page is for reading; longer texts are whole in the JSON twin.
    const int MaxLength = 200_000;
    const int MaxLines = 3_000;

    // The span of a whole condition says nothing about where its value stands.
    const int MaxMark = 600;

    readonly LineMap _map;
    readonly int _first;
    readonly int _shown;

    public CodeLines(RulePage page)
    {
        var text = page.Text.Length > MaxLength ? page.Text[..MaxLength] : page.Text;
        _map = new LineMap(text);
        _first = page.Line;
        _shown = Math.Min(_map.Count, MaxLines);
        IsCut = text.Length < page.Text.Length || _shown < _map.Count;
        Lines = Cut(text, Paint(page, text.Length));
    }

    /// <summary>No text.</summary>
    public static CodeLines Empty { get; } = new(new RulePage(new("", "", "", "", "", "")));

    public ImmutableArray<CodeLine> Lines { get; }

    /// <summary>True when the text goes on behind the last line.</summary>
    public bool IsCut { get; }

    /// <summary>The line an indicator stands in, or null where it has no place in what is shown.</summary>
    public int? LineOf(RuleIndicator indicator)
    {
        if (indicator.SpanLength <= 0)
            return null;
        var line = _map.At(indicator.SpanStart).Line;
        return line <= _shown ? _first + line - 1 : null;
    }

    static CodeMark[] Paint(RulePage page, int length)
    {
        var marks = new CodeMark[length];
        foreach (var (indicator, mark) in page.Indicators.Select(i => (i, CodeMark.Indicator)).Concat(page.Exclusions.SelectMany(c => c.Members).Select(i => (i, CodeMark.Exclusion))))
        {
            var start = Math.Clamp(indicator.SpanStart, 0, length);
            var end = (int)Math.Clamp((long)start + indicator.SpanLength, start, length);
            if (end - start <= MaxMark)
                marks.AsSpan(start, end - start).Fill(mark);
        }

        return marks;
    }

    ImmutableArray<CodeLine> Cut(string text, CodeMark[] marks)
    {
        var lines = ImmutableArray.CreateBuilder<CodeLine>(_shown);
        for (var line = 1; line <= _shown; line++)
        {
            var start = _map.Offset(new(line, 1));
            var end = line < _map.Count ? _map.Offset(new(line + 1, 1)) : text.Length;
            while (end > start && text[end - 1] is '\n' or '\r')
                end--;
            if (start == end && line == _map.Count && line > 1)
                break;
            lines.Add(new(_first + line - 1, Pieces(text, marks, start, end)));
        }

        return lines.ToImmutable();
    }

    static ImmutableArray<CodePiece> Pieces(string text, CodeMark[] marks, int start, int end)
    {
        var pieces = ImmutableArray.CreateBuilder<CodePiece>();
        for (var at = start; at < end;)
        {
            var stop = at + 1;
            while (stop < end && marks[stop] == marks[at])
                stop++;
            pieces.Add(new(text[at..stop], marks[at]));
            at = stop;
        }

        return pieces.ToImmutable();
    }
}
