using System.Collections.Immutable;
using System.Globalization;
using Rulescope.Catalog.Rules;
using Rulescope.Corpus;
using Rulescope.Languages.Highlighting;
using Rulescope.Text;

namespace Rulescope.Web.Site;

/// <summary>One file of a rule as its page shows it.</summary>
/// <param name="Url">Where it can be read at its source, or null.</param>
/// <param name="IsCut">The file goes on behind the last piece.</param>
public sealed record CodeFile(string Path, string? Url, ImmutableArray<CodePiece> Pieces, bool IsCut);

/// <summary>Where on the page something of a rule's text stands.</summary>
/// <param name="Line">In its file, from 1.</param>
public sealed record CodePlace(string Address, int Line);

/// <summary>The text of a rule, file by file, highlighted, with the stretches marked that its tables point to.</summary>
public sealed class RuleText
{
    // A page is for reading; longer texts are whole in the JSON twin.
    const int MaxLength = 200_000;
    const int MaxLines = 3_000;

    // The span of a whole condition says nothing about where its value stands.
    const int MaxMark = 600;

    // Beyond this a text is shown without colours.
    const int MaxColoured = 1_000_000;

    sealed record Part(string Path, int Start, int End, int FirstLine, string Anchor);

    readonly LineMap _map;
    readonly ImmutableArray<Part> _parts;
    readonly int _shown;

    public RuleText(RulePage page)
    {
        _map = new LineMap(page.Text);
        _shown = ShownLength(page.Text);
        _parts = Parts(page);
        CodeMark[] marks = [.. Marks(page)];
        Files = [.. _parts.Where(p => p.Start < _shown || p.Start == 0).Select(p => File(page, p, marks))];
    }

    /// <summary>No text.</summary>
    public static RuleText Empty { get; } = new(new RulePage(new("", "", "", "", "", "")));

    public ImmutableArray<CodeFile> Files { get; }

    /// <summary>The place of a row: its mark where it has one, else its line; null where it has no place in what is shown.</summary>
    public CodePlace? PlaceOf(RuleIndicator row)
    {
        if (row.SpanLength <= 0 || row.SpanStart >= _shown)
            return null;
        var (part, line) = LineAt(row.SpanStart);
        return new(IsMark(row) ? $"#{Links.Mark(row.SpanStart, row.SpanLength)}" : $"#{part.Anchor}{Number(line)}", line);
    }

    /// <summary>The place of a line of the text, the first being that where the rule begins in its file.</summary>
    public CodePlace? PlaceOfLine(int line)
    {
        var offset = _map.Offset(new(line - _parts[0].FirstLine + 1, 1));
        if (offset >= _shown)
            return null;
        var (part, number) = LineAt(offset);
        return new($"#{part.Anchor}{Number(number)}", number);
    }

    static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    static bool IsMark(RuleIndicator row) => row.SpanLength is > 0 and <= MaxMark;

    int ShownLength(string text)
    {
        var end = Math.Min(text.Length, MaxLength);
        return _map.Count > MaxLines ? Math.Min(end, _map.Offset(new(MaxLines + 1, 1))) : end;
    }

    static ImmutableArray<Part> Parts(RulePage page)
    {
        var starts = page.Files.Where(f => f.Start > 0 && f.Start <= page.Text.Length).OrderBy(f => f.Start).ToArray();
        return
        [
            new(page.Entry.Path, 0, starts.Length > 0 ? starts[0].Start : page.Text.Length, page.Line, "L"),
            .. starts.Select((f, i) => new Part(f.Path, f.Start, i + 1 < starts.Length ? starts[i + 1].Start : page.Text.Length, 1, $"F{Number(i + 2)}L")),
        ];
    }

    (Part Part, int Line) LineAt(int offset)
    {
        var part = _parts.Last(p => p.Start <= offset);
        return (part, part.FirstLine + _map.At(offset).Line - _map.At(part.Start).Line);
    }

    static IEnumerable<CodeMark> Marks(RulePage page)
    {
        var all = page.Indicators.Select(i => (Row: i, IsOut: false)).Concat(page.Exclusions.SelectMany(c => c.Members).Select(i => (Row: i, IsOut: true)));
        return all.Where(m => IsMark(m.Row) && m.Row.SpanStart + m.Row.SpanLength <= page.Text.Length)
            .GroupBy(m => new SourceSpan(m.Row.SpanStart, m.Row.SpanLength), (span, rows) => new CodeMark(span, rows.Any(r => r.IsOut)))
            .OrderBy(m => m.Span.Start).ThenByDescending(m => m.Span.Length);
    }

    CodeFile File(RulePage page, Part part, CodeMark[] marks)
    {
        var text = page.Text[part.Start..part.End];
        var code = page.Code.Where(c => c.Span.Start >= part.Start && c.Span.End <= part.End).Select(c => c with { Span = new(c.Span.Start - part.Start, c.Span.Length) });
        ImmutableArray<CodeToken> tokens = text.Length > MaxColoured
            ? []
            : [.. RuleCode.Tokens(part.Path, text, code).Select(t => t with { Span = new(t.Span.Start + part.Start, t.Span.Length) })];
        var own = marks.Where(m => m.Span.Start >= part.Start && m.Span.End <= part.End).ToArray();
        var end = Math.Min(part.End, _shown);
        var first = part.FirstLine - _map.At(part.Start).Line;
        var pieces = new CodeCutter(page.Text, _map, tokens.AsSpan(), own).Cut(part.Start, end, line => $"{part.Anchor}{Number(first + line)}");
        return new(part.Path, page.UrlOf(part.Path), pieces, end < part.End);
    }
}
