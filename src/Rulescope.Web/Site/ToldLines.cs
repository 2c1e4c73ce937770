using System.Collections.Immutable;
using Rulescope.Catalog.Checking;
using Rulescope.Text;
using Rulescope.Text.Findings;

namespace Rulescope.Web.Site;

/// <summary>A line of a text with what was found in it; without a number it stands for lines left out.</summary>
public sealed record ToldLine(int? Number, ImmutableArray<ToldPiece> Pieces, ImmutableArray<ToldFinding> Findings);

/// <summary>A stretch of a line; marked where something was found.</summary>
public readonly record struct ToldPiece(string Text, bool IsMarked);

/// <summary>A finding under its line.</summary>
/// <param name="Indent">What stands before the place, as blanks of the same width.</param>
/// <param name="Caret">As wide as the place.</param>
public sealed record ToldFinding(string Indent, string Caret, Finding Finding);

/// <summary>The lines of a pasted text around what was found in it.</summary>
public sealed class ToldLines
{
    /// <summary>Findings that are shown; the JSON has all.</summary>
    public const int MostFindings = 40;

    const int Around = 2;
    const int MostBefore = 80;
    const int LongestLine = 240;

    readonly SourceText _source;
    readonly ILookup<int, Diagnostic> _byLine;

    public ToldLines(PastedRule read)
    {
        _source = read.Source;
        // What stands in no text of its own has no line here.
        var told = read.Findings.Where(f => f.Source == read.Source).Take(MostFindings).Select(f => f.Diagnostic).ToArray();
        _byLine = told.ToLookup(d => _source.Position(d.Span).Line);
        Lines = [.. Cut()];
    }

    public ImmutableArray<ToldLine> Lines { get; }

    IEnumerable<ToldLine> Cut()
    {
        var last = 0;
        foreach (var number in _byLine.SelectMany(l => Enumerable.Range(l.Key - Around, (2 * Around) + 1)).Where(n => n >= 1 && n <= _source.Lines.Count).Distinct().Order())
        {
            if (last > 0 && number > last + 1)
                yield return new(null, [], []);
            last = number;
            yield return Line(number);
        }
    }

    ToldLine Line(int number)
    {
        var map = _source.Lines;
        var start = map.Offset(new(number, 1));
        var text = _source.Text[start..(number < map.Count ? map.Offset(new(number + 1, 1)) : _source.Text.Length)].TrimEnd('\r', '\n');
        var found = _byLine[number].ToArray();
        // A line that is very long is shown from a little before its first place.
        var from = found.Length == 0 || text.Length <= LongestLine ? 0 : Math.Max(0, Math.Min(found.Min(d => d.Span.Start) - start, text.Length) - MostBefore);
        var shown = text.Substring(from, Math.Min(LongestLine, text.Length - from));
        var marks = new bool[shown.Length];
        foreach (var finding in found)
        {
            var (at, end) = Within(finding.Span, start + from, shown.Length);
            marks.AsSpan(at, end - at).Fill(true);
        }

        return new(number, [.. Pieces(shown, marks)], [.. found.Select(d => Told(d, shown, start + from))]);
    }

    ToldFinding Told(Diagnostic finding, string shown, int offset)
    {
        var (at, end) = Within(finding.Span, offset, shown.Length);
        var indent = string.Create(at, shown, (blanks, line) =>
        {
            for (var i = 0; i < blanks.Length; i++)
                blanks[i] = line[i] == '\t' ? '\t' : ' ';
        });
        return new(indent, new('^', Math.Max(1, end - at)), Finding.Of(_source, finding));
    }

    static (int At, int End) Within(SourceSpan span, int offset, int length)
    {
        var at = Math.Clamp(span.Start - offset, 0, length);
        return (at, Math.Clamp(span.End - offset, at, length));
    }

    static IEnumerable<ToldPiece> Pieces(string text, bool[] marks)
    {
        for (var at = 0; at < text.Length;)
        {
            var stop = at + 1;
            while (stop < text.Length && marks[stop] == marks[at])
                stop++;
            yield return new(text[at..stop], marks[at]);
            at = stop;
        }
    }
}
