using System.Collections.Immutable;
using System.Text;

namespace Rulescope.Taxonomy.Attack;

/// <summary>
/// Plain paragraphs of an ATT&amp;CK description: links reduced to their text, citations, code marks and HTML tags left out, blanks
/// made single. Placeholders such as <c>&lt;PID&gt;</c> stay. Never throws; work grows with the length alone.
/// </summary>
public static class AttackText
{
    // A mark whose end is farther away than this is no mark; it also keeps unclosed marks from making the scan quadratic.
    const int MaxMark = 1000;
    const string Citation = "(Citation:";
    const string LineBreak = "<br";
    const string ListMark = "- ";

    static readonly string[] Tags = ["code", "br", "p", "b", "i", "em", "strong", "ul", "ol", "li", "a", "pre", "div", "span", "sup", "sub"];

    static readonly (string Written, char Meant)[] Entities =
        [("&lt;", '<'), ("&gt;", '>'), ("&amp;", '&'), ("&quot;", '"'), ("&nbsp;", ' '), ("&lbrace;", '{'), ("&rbrace;", '}')];

    /// <summary>The first paragraph; empty when the description is.</summary>
    public static string FirstParagraph(string? description) => Paragraphs(description) is [var first, ..] ? first : "";

    /// <summary>All paragraphs; an item of a list is one that begins with <c>- </c>.</summary>
    public static ImmutableArray<string> Paragraphs(string? description)
    {
        if (string.IsNullOrWhiteSpace(description))
            return [];
        var paragraphs = ImmutableArray.CreateBuilder<string>();
        var lines = new StringBuilder();
        foreach (var line in description.AsSpan().EnumerateLines())
        {
            var text = line.Trim();
            var isItem = text.StartsWith("* ", StringComparison.Ordinal) || text.StartsWith(ListMark, StringComparison.Ordinal);
            if (text.IsEmpty || isItem)
                Close(lines, paragraphs);
            if (isItem)
                lines.Append(ListMark).Append(text[ListMark.Length..]).Append('\n');
            else if (!text.IsEmpty)
                lines.Append(text).Append('\n');
        }

        Close(lines, paragraphs);
        return paragraphs.ToImmutable();
    }

    static void Close(StringBuilder lines, ImmutableArray<string>.Builder paragraphs)
    {
        if (lines.Length == 0)
            return;
        var plain = Plain(lines.ToString());
        lines.Clear();
        if (plain.Length > 0 && plain != ListMark.Trim())
            paragraphs.Add(plain);
    }

    static string Plain(string text)
    {
        var plain = new StringBuilder(text.Length);
        // Where the shown text of an open link or code mark ends, and where reading goes on behind the mark.
        var (shownEnd, resume) = (-1, -1);
        for (var i = 0; i < text.Length;)
        {
            if (i == shownEnd)
            {
                i = resume;
                shownEnd = -1;
                continue;
            }

            var rest = text.AsSpan(i);
            if (SkippedAt(rest) is > 0 and var skipped)
            {
                if (rest.StartsWith(LineBreak, StringComparison.OrdinalIgnoreCase))
                    Append(plain, " ");
                i += skipped;
            }
            else if (shownEnd < 0 && MarkAt(rest) is { } mark)
            {
                (shownEnd, resume) = (i + mark.ShownEnd, i + mark.End);
                i++;
            }
            else
            {
                i += Append(plain, rest);
            }
        }

        return plain.ToString().Trim();
    }

    // One character, or one entity; blanks become one, and none stands before the punctuation that a citation stood at.
    static int Append(StringBuilder plain, ReadOnlySpan<char> rest)
    {
        var (shown, length) = (rest[0], 1);
        foreach (var (written, meant) in Entities)
        {
            if (rest.StartsWith(written, StringComparison.Ordinal))
                (shown, length) = (meant, written.Length);
        }

        var afterBlank = plain.Length > 0 && plain[^1] == ' ';
        if (char.IsWhiteSpace(shown) || char.IsControl(shown))
        {
            if (plain.Length > 0 && !afterBlank)
                plain.Append(' ');
        }
        else
        {
            if (afterBlank && shown is '.' or ',' or ';' && (rest.Length == length || char.IsWhiteSpace(rest[length])))
                plain.Length--;
            plain.Append(shown);
        }

        return length;
    }

    // The length of what is left out here: a citation or a tag.
    static int SkippedAt(ReadOnlySpan<char> rest) => rest[0] switch
    {
        '(' when rest.StartsWith(Citation, StringComparison.OrdinalIgnoreCase) => Closing(rest, '(', ')') + 1,
        '<' => TagAt(rest),
        _ => 0,
    };

    static int TagAt(ReadOnlySpan<char> rest)
    {
        var start = rest.Length > 1 && rest[1] == '/' ? 2 : 1;
        var end = rest[..Math.Min(rest.Length, MaxMark)].IndexOf('>');
        if (end <= start)
            return 0;
        var name = rest[start..end].TrimEnd(" /");
        var blank = name.IndexOf(' ');
        if (blank > 0 && name.Contains('='))
            name = name[..blank];
        foreach (var tag in Tags)
        {
            if (name.Equals(tag, StringComparison.OrdinalIgnoreCase))
                return end + 1;
        }

        return 0;
    }

    // Offsets, from the mark's first character, where the shown text ends and where the mark ends.
    static (int ShownEnd, int End)? MarkAt(ReadOnlySpan<char> rest)
    {
        if (rest[0] == '`')
        {
            var close = rest[1..Math.Min(rest.Length, MaxMark)].IndexOf('`');
            return close > 0 ? (close + 1, close + 2) : null;
        }

        if (rest[0] != '[' || Closing(rest, '[', ']') is not (> 0 and var shownEnd) || shownEnd + 1 >= rest.Length || rest[shownEnd + 1] != '(')
            return null;
        var address = Closing(rest[(shownEnd + 1)..], '(', ')');
        return address > 0 ? (shownEnd, shownEnd + address + 2) : null;
    }

    // The offset of the bracket that closes the first one; -1 when there is none near.
    static int Closing(ReadOnlySpan<char> rest, char open, char close)
    {
        var depth = 0;
        for (var i = 0; i < Math.Min(rest.Length, MaxMark); i++)
        {
            depth += rest[i] == open ? 1 : rest[i] == close ? -1 : 0;
            if (depth == 0)
                return i;
        }

        return -1;
    }
}
