using System.Collections.Immutable;
using Rulescope.Text;

namespace Rulescope.Corpus.Vendors.Microsoft;

/// <summary>A piece of a Markdown text, as far as rules need it.</summary>
/// <param name="Span">The heading's line, the inside of the code block, the line.</param>
/// <param name="Text">The heading without its marks, the code, the line.</param>
sealed record MarkdownPiece(MarkdownKind Kind, SourceSpan Span, string Text)
{
    /// <summary>The nearest heading above, or empty.</summary>
    public string Heading { get; init; } = "";

    /// <summary>The word behind the backticks of a code block.</summary>
    public string Language { get; init; } = "";

    /// <summary>A code block that the end of the file ends.</summary>
    public bool IsUnclosed { get; init; }
}

enum MarkdownKind
{
    Heading,
    Code,
    Line,
}

/// <summary>Cuts Markdown into headings, code blocks and lines (CommonMark's ATX headings and fences).</summary>
static class Markdown
{
    public static ImmutableArray<MarkdownPiece> Pieces(string text)
    {
        var pieces = ImmutableArray.CreateBuilder<MarkdownPiece>();
        var heading = "";
        for (var at = 0; at < text.Length;)
        {
            var next = NextLine(text, at);
            var line = text.AsSpan(at, next - at).TrimEnd("\r\n").ToString();
            var fence = FenceLength(line);
            if (fence > 0)
            {
                var end = CloseOf(text, next, line.TrimStart()[..fence]);
                pieces.Add(new(MarkdownKind.Code, SourceSpan.FromBounds(next, end.Content), text[next..end.Content])
                {
                    Heading = heading,
                    Language = line.TrimStart()[fence..].Trim(),
                    IsUnclosed = !end.IsFound,
                });
                at = end.Next;
                continue;
            }

            var span = new SourceSpan(at, line.Length);
            if (HeadingLevel(line) is var level and > 0)
            {
                var own = line[level..].Trim().TrimEnd('#').Trim();
                pieces.Add(new(MarkdownKind.Heading, span, own) { Heading = heading });
                heading = own;
            }
            else
            {
                pieces.Add(new(MarkdownKind.Line, span, line) { Heading = heading });
            }

            at = next;
        }

        return pieces.ToImmutable();
    }

    /// <summary>The cells of a table's row without blanks around them, or none.</summary>
    public static ImmutableArray<string> Cells(string line)
    {
        var row = line.Trim();
        return row.Length > 1 && row[0] == '|' ? [.. row.Trim('|').Split('|', StringSplitOptions.TrimEntries)] : [];
    }

    /// <summary>An item of a list without its mark, or null.</summary>
    public static string? Item(string line)
    {
        var item = line.Trim();
        return item is ['-' or '*' or '+', ' ', ..] && item[2..].Trim() is { Length: > 0 } text ? text : null;
    }

    /// <summary>The target of a link <c>[text](target)</c>, or the text itself.</summary>
    public static string Target(string text)
    {
        var middle = text.IndexOf("](", StringComparison.Ordinal);
        var end = middle < 0 ? -1 : text.IndexOf(')', middle);
        return end < 0 ? text : text[(middle + 2)..end].Trim();
    }

    static int NextLine(string text, int at) => text.IndexOf('\n', at) is var end and >= 0 ? end + 1 : text.Length;

    static int HeadingLevel(string line)
    {
        var level = line.AsSpan().IndexOfAnyExcept('#');
        return level is > 0 and <= 6 ? level : 0;
    }

    static int FenceLength(string line)
    {
        var start = line.AsSpan().TrimStart(' ');
        if (line.Length - start.Length > 3 || start.IsEmpty || start[0] is not ('`' or '~'))
            return 0;
        var length = start.IndexOfAnyExcept(start[0]);
        return length < 0 ? (start.Length >= 3 ? start.Length : 0) : length >= 3 && !start[length..].Contains('`') ? length : 0;
    }

    static (int Content, int Next, bool IsFound) CloseOf(string text, int from, string fence)
    {
        for (var at = from; at < text.Length;)
        {
            var next = NextLine(text, at);
            var line = text.AsSpan(at, next - at).Trim();
            if (line.StartsWith(fence, StringComparison.Ordinal) && line.IndexOfAnyExcept(fence[0]) < 0)
                return (at, next, true);
            at = next;
        }

        return (text.Length, text.Length, false);
    }
}
