using FsCheck;
using FsCheck.Fluent;
using Rulescope.Languages.Spl;
using Rulescope.Tests.Support;

namespace Rulescope.Tests.Spl;

public class SplFuzzTests
{
    internal static readonly string[] Words =
    [
        "search", "where", "eval", "stats", "tstats", "eventstats", "rename", "fields", "table", "lookup", "OUTPUT", "join", "append", "transaction", "startswith=", "foreach",
        "rex", "regex", "mode=sed", "dedup", "sort", "map", "head", "by", "BY", "AS", "as", "from", "datamodel=", "OR", "AND", "NOT", "XOR", "IN", "IN (", "LIKE", "not", "CASE(", "TERM(",
        "a", "b.c", "d{}.e", "'f g'", "x*", "\"s\"", "\"\\\\\"", "\"", "'", "`", "`security`", "`loop`", "`none`", "```", "|", "|", "|", ",", "(", ")", "[", "]", "=", "==", "!=", "<", "<=", ">",
        "+", "-", ".", "/", "%", "*", "1", "2.5", "1e3", "-1", "if(", "isnull(", "eval(", "count", "dc(", "span=1h", "_time", "\n", "\\", "\\\\", "<<FIELD>>", "$t$", "é", "\0", "\ud83d",
    ];

    [Fact]
    public void No_text_breaks_the_invariants() =>
        Prop.ForAll<string>(text => SplInvariants.Hold(text ?? "")).Check(Properties.Config);

    [Fact]
    public void No_token_soup_breaks_the_invariants()
    {
        var soup = Gen.Elements(Words).ArrayOf(30).Select(words => string.Join(' ', words));
        Prop.ForAll(soup.ToArbitrary(), SplInvariants.Hold).Check(Properties.Config.WithMaxTest(2000));
    }

    [Fact]
    public void No_soup_without_spaces_breaks_the_invariants()
    {
        var soup = Gen.Elements(Words).ArrayOf(15).Select(words => "a=1 | " + string.Concat(words.Select(w => char.IsLetter(w[^1]) ? w + " " : w)));
        Prop.ForAll(soup.ToArbitrary(), SplInvariants.Hold).Check(Properties.Config.WithMaxTest(2000));
    }

    [Theory]
    [InlineData("", "(")]
    [InlineData("", "[")]
    [InlineData("", "NOT ")]
    [InlineData("| where ", "NOT ")]
    [InlineData("| where ", "(")]
    [InlineData("| where ", "-")]
    [InlineData("| where ", "+")]
    [InlineData("| where ", "f(")]
    [InlineData("| where a", "+a")]
    [InlineData("| where a", "=a")]
    [InlineData("| where a", " XOR a")]
    [InlineData("", "| ")]
    [InlineData("", "]")]
    [InlineData("", "| append [")]
    [InlineData("| table ", "f(")]
    [InlineData("| stats ", "f(")]
    [InlineData("a ", "`")]
    [InlineData("a ", "`loop` ")]
    [InlineData("a ", "\"")]
    [InlineData("| stats count by a ", "span=1h ")]
    public void A_lot_of_anything_ends(string head, string unit)
    {
        var text = head + string.Concat(Enumerable.Repeat(unit, 200_000 / unit.Length));
        var expansion = SplExpansion.Of(text, SplFixture.Macros);
        var parsed = SplParser.Parse(expansion.Text);
        Assert.InRange(parsed.Diagnostics.Length, 0, SplParser.MaxFindings + 1);
        Assert.Equal(parsed.Value, parsed.Value with { });
        Assert.NotEmpty(SplWriter.Write(parsed.Value) + " ");
    }
}
