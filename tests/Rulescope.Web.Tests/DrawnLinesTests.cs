using Rulescope.Catalog.Rules;
using Rulescope.Web.Site;

namespace Rulescope.Web.Tests;

public class DrawnLinesTests
{
    [Fact]
    public void Two_lines_around_a_value_are_shown_under_the_numbers_of_the_file()
    {
        var lines = new DrawnLines(new DrawnText(1, "our.py", 10, "a\nb\nc\nd\ne\nf\ng\n", IsCut: false), [new DrawnPlace(1, 6, 1)]);
        Assert.Equal([11, 12, 13, 14, 15], lines.Lines.Select(l => l.Number));
        Assert.Equal(new DrawnPiece("d", true), Assert.Single(lines.Lines[2].Pieces));
        Assert.Equal(new DrawnPiece("e", false), Assert.Single(lines.Lines[3].Pieces));
        Assert.True(lines.IsCut);
    }

    [Fact]
    public void A_place_beyond_the_text_marks_nothing()
    {
        var lines = new DrawnLines(new DrawnText(1, "our.py", 1, "a", IsCut: false), [new DrawnPlace(1, 5, int.MaxValue)]);
        Assert.DoesNotContain(lines.Lines.SelectMany(l => l.Pieces), p => p.IsMarked);
    }
}
