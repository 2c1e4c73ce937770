using Rulescope.Catalog.Rules;
using Rulescope.Catalog.Store;
using Rulescope.Corpus;
using Rulescope.Web.Site;

namespace Rulescope.Web.Tests;

public class RuleTextTests
{
    // Every two places of a short text, in one file and in two: small enough to try them all.
    [Theory]
    [InlineData("a == 'b'\n# c")]
    [InlineData("\r\n\r\ndef\r")]
    [InlineData("")]
    [InlineData("\ud83d\ude00: <b>\n\n")]
    public void Pieces_are_the_text_and_marks_are_closed(string text)
    {
        var places = (from start in Enumerable.Range(0, text.Length + 2) from length in Enumerable.Range(0, 6) select (start, length)).ToArray();
        foreach (var first in places)
        {
            foreach (var second in places)
                Holds(Page(text, [first, second], second.length, first.length));
        }
    }

    [Fact]
    public void A_mark_inside_another_has_its_own_name()
    {
        var text = new RuleText(Page("0123456789\nabcdef\n", [(2, 12), (4, 2)], 0, 0));
        Assert.Equal(
            ["Line L9", "Text 01", "Open m2-12", "Text 23", "OpenOut m4-2", "Text 45", "Close ", "Text 6789\n", "Line L10", "Text abc", "Close ", "Text def\n"],
            text.Files[0].Pieces.Select(p => $"{p.Kind} {p.Text}"));
    }

    [Fact]
    public void A_second_file_counts_its_own_lines()
    {
        var page = Page("a: b\n\ndef rule(e):\n    return True\n", [(23, 6)], 6, 0);
        var text = new RuleText(page);
        Assert.Equal(["rules/a.yml", "other.py"], text.Files.Select(f => f.Path));
        Assert.Equal(new("#m23-6", 2), text.PlaceOf(page.Indicators[0]));
        Assert.Equal(new("#F2L1", 1), text.PlaceOfLine(11));
        Assert.Equal(new("#L10", 10), text.PlaceOfLine(10));
        Assert.Contains(text.Files[1].Pieces, p => p is { Kind: CodePieceKind.Text, Text: "return", Class: Languages.Highlighting.TokenClass.Keyword });
    }

    [Fact]
    public void What_is_not_shown_has_no_place()
    {
        var page = Page(new string('\n', 5000) + "end", [(5000, 3)], 0, 0);
        var text = new RuleText(page);
        Assert.True(text.Files[0].IsCut);
        Assert.Null(text.PlaceOf(page.Indicators[0]));
    }

    static void Holds(RulePage page)
    {
        var text = new RuleText(page);
        Assert.Equal(page.Text, string.Concat(text.Files.SelectMany(f => f.Pieces).Where(p => p.Kind == CodePieceKind.Text).Select(p => p.Text)));
        var names = text.Files.SelectMany(f => f.Pieces).Where(p => p.Kind is CodePieceKind.Line or CodePieceKind.Open or CodePieceKind.OpenOut).Select(p => p.Text).ToArray();
        Assert.Distinct(names);
        foreach (var file in text.Files)
        {
            var depth = 0;
            foreach (var piece in file.Pieces)
            {
                depth += piece.Kind switch { CodePieceKind.Open or CodePieceKind.OpenOut => 1, CodePieceKind.Close => -1, _ => 0 };
                Assert.True(depth >= 0);
            }

            Assert.Equal(0, depth);
        }
    }

    // The first row is an indicator, the others stand in one exclusion.
    static RulePage Page(string text, IEnumerable<(int Start, int Length)> places, int file, int code)
    {
        RuleIndicator[] rows = [.. places.Select(p => new RuleIndicator("f", "eq", "v", "behaviour", 1, p.Start, p.Length))];
        return new(new("panther", "id", "title", "python", "", "") { Path = "rules/a.yml" })
        {
            Text = text,
            Line = 9,
            Files = file > 0 ? [new FilePart(file, "other.py")] : [],
            Code = [new CodePart(new(file > 0 ? file : code, Math.Max(0, text.Length - (file > 0 ? file : code))), RuleLanguage.Python)],
            Indicators = [.. rows.Take(1)],
            Exclusions = [new("clause", "", [.. rows.Skip(1)])],
        };
    }
}
