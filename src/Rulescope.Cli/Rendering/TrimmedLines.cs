using System.Text;

namespace Rulescope.Cli.Rendering;

/// <summary>Passes text on without the blanks at the ends of lines, with which tables are filled up.</summary>
/// <param name="inner">Gets the text; documents that must stay as they are go there directly.</param>
sealed class TrimmedLines(TextWriter inner) : TextWriter
{
    int _blanks;

    public TextWriter Inner => inner;

    public override Encoding Encoding => inner.Encoding;

    public override void Write(char value) => Write([value]);

    public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

    public override void Write(string? value) => Write(value.AsSpan());

    public override void Write(ReadOnlySpan<char> buffer)
    {
        while (!buffer.IsEmpty)
        {
            var word = buffer.IndexOfAnyExcept(' ');
            if (word < 0)
                word = buffer.Length;
            _blanks += word;
            buffer = buffer[word..];
            if (buffer.IsEmpty)
                break;
            if (buffer[0] is not ('\n' or '\r'))
                inner.Write(new string(' ', _blanks));
            _blanks = 0;
            var end = buffer.IndexOf(' ');
            end = end < 0 ? buffer.Length : end;
            inner.Write(buffer[..end]);
            buffer = buffer[end..];
        }

        inner.Flush();
    }

    public override void Flush() => inner.Flush();
}
