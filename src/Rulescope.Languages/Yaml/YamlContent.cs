using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Rulescope.Text;

namespace Rulescope.Languages.Yaml;

/// <summary>Where the characters of a scalar's value stand in the file, through quotes, escapes, folding and indentation.</summary>
public static class YamlContent
{
    /// <summary>The scalar's value as a text embedded in <paramref name="source"/>, the text it was read from.</summary>
    /// <remarks>
    /// The scalar is decoded a second time with positions; only a decoding that gives the very same value is trusted. Otherwise (a
    /// scalar that was made, not read) every position is the scalar's start.
    /// </remarks>
    public static EmbeddedText Of(string source, YamlNode.Scalar scalar)
    {
        var end = Math.Clamp(scalar.Span.End, 0, source.Length);
        var start = Math.Clamp(scalar.Span.Start, 0, end);
        start = SkipProperties(source, start, end);
        var decoded = scalar.Style switch
        {
            YamlStyle.Plain => Flow(source, start, end, '\0'),
            YamlStyle.SingleQuoted => Flow(source, start + 1, end - 1, '\''),
            YamlStyle.DoubleQuoted => Flow(source, start + 1, end - 1, '"'),
            _ => Block(source, start, end, scalar),
        };
        return decoded is not null && string.Equals(decoded.Text, scalar.Value, StringComparison.Ordinal)
            ? decoded
            : new(scalar.Value, [new(0, start)], Math.Max(start, end));
    }

    // Tag and anchor belong to the node's span, not to its content: "!!str &a 'text'".
    static int SkipProperties(string source, int start, int end)
    {
        while (start < end && source[start] is '!' or '&')
        {
            while (start < end && !char.IsWhiteSpace(source[start]))
                start++;
            while (start < end && char.IsWhiteSpace(source[start]))
                start++;
        }

        return start;
    }

    static EmbeddedText? Flow(string source, int start, int end, char quote)
    {
        if (end < start)
            return null;
        var content = new Content(start);
        for (var i = start; i < end;)
        {
            var c = source[i];
            if (c is '\r' or '\n')
                i = FoldFlow(source, i, end, ref content);
            else if (quote == '\'' && c == '\'' && i + 1 < end && source[i + 1] == '\'')
                i = content.Add("'", i, 2);
            else if (quote == '"' && c == '\\')
                i = Escape(source, i, end, ref content);
            else
                i = content.Add(c, i);
        }

        return content.ToEmbedded(end);
    }

    // A line break in a flow scalar is a space, n of them are n - 1 line breaks; the blanks around them vanish.
    static int FoldFlow(string source, int at, int end, ref Content content)
    {
        content.TrimBlanks();
        var first = at;
        var breaks = 0;
        while (at < end && source[at] is '\r' or '\n' or ' ' or '\t')
        {
            if (source[at] == '\n' || (source[at] == '\r' && (at + 1 >= end || source[at + 1] != '\n')))
                breaks++;
            at++;
        }

        content.Add(breaks == 1 ? " " : new string('\n', breaks - 1), first, at - first);
        return at;
    }

    static int Escape(string source, int at, int end, ref Content content)
    {
        if (at + 1 >= end)
            return content.Add('\\', at);
        var digits = source[at + 1] switch { 'x' => 2, 'u' => 4, 'U' => 8, _ => 0 };
        if (digits > 0)
        {
            return at + 2 + digits <= end && int.TryParse(source.AsSpan(at + 2, digits), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out var code)
                ? content.Add(code is >= 0xD800 and <= 0xDFFF ? ((char)code).ToString() : code is >= 0 and <= 0x10FFFF ? char.ConvertFromUtf32(code) : "", at, 2 + digits)
                : content.Add('\\', at);
        }

        if (source[at + 1] is '\r' or '\n')
        {
            // An escaped line break is nothing, and so are the blanks after it.
            var next = at + 1;
            next += source[next] == '\r' && next + 1 < end && source[next + 1] == '\n' ? 2 : 1;
            while (next < end && source[next] is ' ' or '\t')
                next++;
            return content.Add("", at, next - at);
        }

        return content.AddKept(Unescape(source[at + 1]), at, 2);
    }

    static string Unescape(char c) => c switch
    {
        '0' => "\0",
        'a' => "\a",
        'b' => "\b",
        't' or '\t' => "\t",
        'n' => "\n",
        'v' => "\v",
        'f' => "\f",
        'r' => "\r",
        'e' => "\e",
        'N' => "\u0085",
        '_' => "\u00A0",
        'L' => "\u2028",
        'P' => "\u2029",
        _ => c.ToString(),
    };

    static EmbeddedText? Block(string source, int start, int end, YamlNode.Scalar scalar)
    {
        var lines = Lines(source, start, end);
        // With an indentation indicator the first line may be indented further, so every smaller indentation is tried.
        for (var indent = lines.Where(l => !l.IsBlank(source)).Select(l => l.Indent(source)).FirstOrDefault(); indent >= 0; indent--)
        {
            var decoded = Block(source, lines, indent, end, scalar);
            if (decoded is not null)
                return decoded;
        }

        return scalar.Value.Length == 0 ? new("", [new(0, end)], end) : null;
    }

    static EmbeddedText? Block(string source, List<Line> lines, int indent, int end, YamlNode.Scalar scalar)
    {
        var content = new Content(lines.Count == 0 ? end : lines[0].Start);
        var folded = scalar.Style == YamlStyle.Folded;
        var (started, moreIndented, breaks, breakAt) = (false, false, 0, 0);
        foreach (var line in lines)
        {
            var text = Math.Min(line.Start + indent, line.End);
            if (text < line.End)
            {
                var nowIndented = source[text] is ' ' or '\t';
                if (folded && started && breaks > 0 && !moreIndented && !nowIndented)
                    content.Add(breaks == 1 ? " " : new string('\n', breaks - 1), breakAt, 1);
                else
                    content.Add(new string('\n', breaks), breakAt, 1);
                for (var i = text; i < line.End; i++)
                    content.Add(source[i], i);
                (started, moreIndented, breaks) = (true, nowIndented, 0);
            }

            if (breaks == 0)
                breakAt = line.End;
            breaks++;
        }

        // Trailing line breaks depend on the chomping indicator and on blank lines behind the span: the value knows.
        if (!scalar.Value.AsSpan().StartsWith(content.Text) || scalar.Value.AsSpan(content.Text.Length).ContainsAnyExcept('\n'))
            return null;
        content.Add(scalar.Value[content.Text.Length..], breakAt, 1);
        return content.ToEmbedded(Math.Min(source.Length, Math.Max(breakAt, end)));
    }

    // The lines after the header line ("|-", ">2 # note").
    static List<Line> Lines(string source, int start, int end)
    {
        var lines = new List<Line>();
        var at = source.AsSpan(start, end - start).IndexOfAny('\r', '\n');
        if (at < 0)
            return lines;
        at = AfterBreak(source, start + at);
        while (at < end)
        {
            var length = source.AsSpan(at, end - at).IndexOfAny('\r', '\n');
            var lineEnd = length < 0 ? end : at + length;
            // The span is trimmed, but trailing blanks of its last line are content.
            while (lineEnd < source.Length && lineEnd == end && source[lineEnd] is ' ' or '\t')
                (lineEnd, end) = (lineEnd + 1, end + 1);
            lines.Add(new(at, lineEnd));
            at = lineEnd >= end ? end : AfterBreak(source, lineEnd);
        }

        return lines;
    }

    static int AfterBreak(string source, int at) => source[at] == '\r' && at + 1 < source.Length && source[at + 1] == '\n' ? at + 2 : at + 1;

    readonly record struct Line(int Start, int End)
    {
        public bool IsBlank(string source) => source.AsSpan(Start, End - Start).Trim(' ').IsEmpty;

        public int Indent(string source) => Math.Max(0, source.AsSpan(Start, End - Start).IndexOfAnyExcept(' '));
    }

    // The text so far, and an anchor wherever inner and outer fall out of step.
    struct Content(int start)
    {
        readonly int _start = start;
        readonly StringBuilder _text = new();
        readonly ImmutableArray<EmbeddedText.Anchor>.Builder _anchors = ImmutableArray.CreateBuilder<EmbeddedText.Anchor>();
        int _outer = start;
        int _kept;

        public readonly string Text => _text.ToString();

        public int Add(char c, int at)
        {
            Mark(at);
            _text.Append(c);
            _outer = at + 1;
            return _outer;
        }

        public int Add(string inner, int at, int outerLength)
        {
            // Each unit of a replacement stands at the replaced stretch, so it gets an anchor of its own.
            foreach (var c in inner)
                Add(c, at);
            _outer = -1;
            return at + outerLength;
        }

        // Escaped blanks survive the folding of the line end.
        public int AddKept(string inner, int at, int outerLength)
        {
            var next = Add(inner, at, outerLength);
            _kept = _text.Length;
            return next;
        }

        public void TrimBlanks()
        {
            while (_text.Length > _kept && _text[^1] is ' ' or '\t')
                _text.Length--;
            while (_anchors.Count > 1 && _anchors[^1].Inner >= _text.Length)
                _anchors.RemoveAt(_anchors.Count - 1);
            _outer = -1;
        }

        public readonly EmbeddedText ToEmbedded(int end)
        {
            var anchors = _anchors.Count == 0 ? [new EmbeddedText.Anchor(0, _start)] : _anchors.ToImmutable();
            return new(_text.ToString(), anchors, end);
        }

        readonly void Mark(int at)
        {
            if (at != _outer || _anchors.Count == 0)
                _anchors.Add(new(_text.Length, at));
        }
    }
}
