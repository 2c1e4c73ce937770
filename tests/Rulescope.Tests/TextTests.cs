using Rulescope.Text;

namespace Rulescope.Tests;

public class TextTests
{
    [Theory]
    [InlineData("a\nb\r\nc\rd", 0, 1, 1)]
    [InlineData("a\nb\r\nc\rd", 2, 2, 1)]
    [InlineData("a\nb\r\nc\rd", 5, 3, 1)]
    [InlineData("a\nb\r\nc\rd", 7, 4, 1)]
    [InlineData("", 9, 1, 1)]
    public void Offsets_have_lines_and_columns(string text, int offset, int line, int column) =>
        Assert.Equal(new LinePosition(line, column), new LineMap(text).At(offset));
}
