using System.Collections.Immutable;
using Rulescope.Catalog.Rules;
using Rulescope.Text;

namespace Rulescope.Web.Site;

/// <summary>A piece of a line; marked where a value of the rule stands.</summary>
public readonly record struct DrawnPiece(string Text, bool IsMarked);

/// <summary>A line of a text that a rule draws on; the number is that of its file, from 1.</summary>
public sealed record DrawnLine(int Number, ImmutableArray<DrawnPiece> Pieces);

/// <summary>The lines around the values that a rule takes from another text.</summary>
public sealed class DrawnLines
{
    const int Around = 2;
    const int MaxLines = 400;
    const int MaxLine = 2_000;

    public DrawnLines(DrawnText text, IEnumerable<DrawnPlace> places)
    {
        var map = new LineMap(text.Text);
        var marks = new bool[text.Text.Length];
        var near = new SortedSet<int>();
        foreach (var place in places)
        {
            var start = Math.Clamp(place.Start, 0, marks.Length);
            var end = (int)Math.Clamp((long)start + place.Length, start, marks.Length);
            marks.AsSpan(start, end - start).Fill(true);
            var last = Math.Min(map.Count, map.At(end).Line + Around);
            for (var line = Math.Max(1, map.At(start).Line - Around); line <= last && near.Count < MaxLines; line++)
                near.Add(line);
        }

        Lines = [.. near.Select(l => new DrawnLine(text.Line + l - 1, Pieces(text.Text, marks, map.Offset(new(l, 1)), l < map.Count ? map.Offset(new(l + 1, 1)) : text.Text.Length)))];
        IsCut = text.IsCut || near.Count < map.Count;
    }

    public ImmutableArray<DrawnLine> Lines { get; }

    /// <summary>The file has more lines.</summary>
    public bool IsCut { get; }

    static ImmutableArray<DrawnPiece> Pieces(string text, bool[] marks, int start, int end)
    {
        end = Math.Min(end, start + MaxLine);
        while (end > start && text[end - 1] is '\n' or '\r')
            end--;
        var pieces = ImmutableArray.CreateBuilder<DrawnPiece>();
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
