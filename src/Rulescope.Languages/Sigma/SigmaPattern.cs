using System.Text;

namespace Rulescope.Languages.Sigma;

/// <summary>A value with its wildcards told apart from literal characters.</summary>
/// <remarks>
/// <c>\*</c>, <c>\?</c> and <c>\\</c> are literal; any other backslash is itself, also the last one. A wildcard is one of the two
/// private characters below, so the other characters of <see cref="Marked"/> are literal.
/// </remarks>
public readonly record struct SigmaPattern(string Marked)
{
    const char Many = '\uFDD0';
    const char One = '\uFDD1';

    /// <summary>True when something else than literal text is in it.</summary>
    public bool HasWildcard => Marked.AsSpan().IndexOfAny(Many, One) >= 0;

    /// <summary>The literal text; wildcards as they are written.</summary>
    public string Literal => Marked.Replace(Many, '*').Replace(One, '?');

    public static SigmaPattern Parse(string written)
    {
        // The marks are no characters of any text; one that stands there all the same must not turn into a wildcard.
        written = written.Replace(Many, '\uFFFD').Replace(One, '\uFFFD');
        if (written.AsSpan().IndexOfAny('*', '?', '\\') < 0)
            return new(written);
        var marked = new StringBuilder(written.Length);
        for (var i = 0; i < written.Length; i++)
        {
            var escapes = written[i] == '\\' && i + 1 < written.Length && written[i + 1] is '*' or '?' or '\\';
            var next = escapes ? written[++i] : written[i] switch { '*' => Many, '?' => One, var c => c };
            // Two stars in a row are one.
            if (next != Many || marked.Length == 0 || marked[^1] != Many)
                marked.Append(next);
        }

        return new(marked.ToString());
    }

    /// <summary>The pattern without leading and trailing <c>*</c> on the sides where any text may stand anyway.</summary>
    public SigmaPattern Trim(bool start, bool end)
    {
        var text = Marked.AsSpan();
        if (start)
            text = text.TrimStart(Many);
        if (end)
            text = text.TrimEnd(Many);
        return new(text.ToString());
    }

    /// <summary>The pattern with <c>*</c> put on the sides where any text may stand.</summary>
    public SigmaPattern Open(bool start, bool end) =>
        new(string.Concat(start && Marked is not [Many, ..] ? $"{Many}" : "", Marked, end && Marked is not [.., Many] ? $"{Many}" : ""));

    /// <summary>The one way this pattern is written: wildcards bare, literal wildcard characters and backslashes before them escaped.</summary>
    public string Write()
    {
        var written = new StringBuilder(Marked.Length);
        for (var i = 0; i < Marked.Length; i++)
        {
            var c = Marked[i];
            // A lone backslash stands for itself unless what follows would make it an escape.
            var escapes = c is '*' or '?' || (c == '\\' && i + 1 < Marked.Length && Marked[i + 1] is '*' or '?' or '\\' or Many or One);
            if (escapes)
                written.Append('\\');
            written.Append(c switch { Many => '*', One => '?', _ => c });
        }

        return written.ToString();
    }
}

/// <summary>A piece of a value under <c>expand</c>.</summary>
readonly record struct SigmaPlaceholder(bool IsPlaceholder, string Text)
{
    /// <summary>The literal pieces and the <c>%names%</c> of a value; <c>\%</c> is a plain percent sign.</summary>
    public static IReadOnlyList<SigmaPlaceholder> Split(string written)
    {
        var pieces = new List<SigmaPlaceholder>();
        var literal = new StringBuilder();
        for (var i = 0; i < written.Length; i++)
        {
            if (written[i] == '\\' && i + 1 < written.Length && written[i + 1] == '%')
            {
                literal.Append(written[++i]);
                continue;
            }

            var end = written[i] == '%' ? written.IndexOf('%', i + 1) : -1;
            if (end > i + 1 && written.AsSpan(i + 1, end - i - 1).IndexOfAny(" \\*?") < 0)
            {
                if (literal.Length > 0)
                    pieces.Add(new(false, literal.ToString()));
                literal.Clear();
                pieces.Add(new(true, written[(i + 1)..end]));
                i = end;
            }
            else
            {
                literal.Append(written[i]);
            }
        }

        if (literal.Length > 0 || pieces.Count == 0)
            pieces.Add(new(false, literal.ToString()));
        return pieces;
    }
}
