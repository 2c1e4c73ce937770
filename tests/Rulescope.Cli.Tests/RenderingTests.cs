using FsCheck;
using FsCheck.Fluent;
using Rulescope.Cli.Rendering;
using Rulescope.Tests.Support;
using Spectre.Console;

namespace Rulescope.Cli.Tests;

public class RenderingTests
{
    [Fact]
    public void No_text_steers_the_terminal() =>
        Prop.ForAll<string>(text => !SafeText.Line(text ?? "").Any(char.IsControl)).Check(Properties.Config);

    [Fact]
    public void Escapes_and_marks_of_direction_are_shown_as_such() =>
        Assert.Equal("a␛[31m<U+202E>b␊<U+200B>c", SafeText.Line("a\u001b[31m\u202eb\n\u200bc"));

    [Fact]
    public void Half_a_character_becomes_a_replacement() => Assert.Equal("a\uFFFDb", SafeText.Line("a\ud800b"));

    [Fact]
    public void A_long_value_says_how_much_is_left_out() =>
        Assert.Equal($"{new string('x', 300)}… (1,200 characters more)", SafeText.Value(new string('x', 1_500)));

    [Theory]
    [InlineData("", "\"\"")]
    [InlineData(" -enc ", "\" -enc \"")]
    [InlineData("-enc", "-enc")]
    public void Blanks_at_an_end_of_a_value_are_seen(string value, string shown) => Assert.Equal(shown, SafeText.Value(value));

    [Fact]
    public void Any_text_fits_into_a_table() => Prop.ForAll<string, string>((one, other) =>
    {
        using var session = new Session { Width = 40 };
        var table = Page.Table("One", "#Other");
        table.AddRow(Page.Cell(SafeText.Value(one ?? "")), Page.Cell(SafeText.Value(other ?? "")));
        session.Open().Out.WriteTable(table);
        return session.Out.Length > 0;
    }).Check(Properties.Config);

    [Fact]
    public void Markup_of_rules_is_text()
    {
        using var session = new Session();
        session.Open().Out.Paragraph(SafeText.Line("[red]x[/] [nothing"));
        Assert.Equal("[red]x[/] [nothing\n", session.Out);
    }

    [Fact]
    public void Blanks_at_the_ends_of_lines_are_left_out() => Prop.ForAll<string[]>(pieces =>
    {
        using var written = new StringWriter();
        using var trimmed = new TrimmedLines(written);
        var texts = (pieces ?? []).Select(p => (p ?? "").Replace('\r', ' ')).ToArray();
        foreach (var piece in texts)
            trimmed.Write(piece);
        var lines = string.Concat(texts).Split('\n').Select(l => l.TrimEnd(' '));
        return written.ToString().TrimEnd(' ') == string.Join('\n', lines);
    }).Check(Properties.Config);
}
