using System.Collections.Immutable;

namespace Rulescope.Text;

/// <summary>A place for people: line and column, both from 1, the column in UTF-16 code units.</summary>
public readonly record struct LinePosition(int Line, int Column);

/// <summary>Finds line and column of an offset; <c>\n</c>, <c>\r\n</c> and a lone <c>\r</c> end a line.</summary>
public sealed class LineMap
{
    readonly ImmutableArray<int> _starts;
    readonly int _length;

    public LineMap(ReadOnlySpan<char> text)
    {
        var starts = ImmutableArray.CreateBuilder<int>();
        starts.Add(0);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\n' || (text[i] == '\r' && (i + 1 == text.Length || text[i + 1] != '\n')))
                starts.Add(i + 1);
        }

        _starts = starts.ToImmutable();
        _length = text.Length;
    }

    /// <summary>The number of lines; a text that ends in a line break has an empty last one.</summary>
    public int Count => _starts.Length;

    /// <summary>Line and column of an offset; offsets outside the text are clamped to it.</summary>
    public LinePosition At(int offset)
    {
        offset = Math.Clamp(offset, 0, _length);
        var found = _starts.BinarySearch(offset);
        var line = found >= 0 ? found : ~found - 1;
        return new(line + 1, offset - _starts[line] + 1);
    }

    /// <summary>The offset of a line and column (from 1), clamped to the text.</summary>
    public int Offset(LinePosition position) => position.Line < 1
        ? 0
        : position.Line > _starts.Length
            ? _length
            : Math.Clamp(_starts[position.Line - 1] + position.Column - 1, 0, _length);
}
