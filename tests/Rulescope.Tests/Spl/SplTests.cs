using Rulescope.Languages.Spl;
using Rulescope.Tests.Support;
using Rulescope.Text;

namespace Rulescope.Tests.Spl;

public class SplTests
{
    public static TheoryData<CaseFile.Case> Syntax =>
        [.. CaseFile.Load("spl/search.cases"), .. CaseFile.Load("spl/expressions.cases"), .. CaseFile.Load("spl/commands.cases"), .. CaseFile.Load("spl/errors.cases")];

    public static TheoryData<CaseFile.Case> Expansions => CaseFile.Load("spl/macros.cases");

    public static TheoryData<CaseFile.Case> Writing => CaseFile.Load("spl/write.cases");

    [Theory]
    [MemberData(nameof(Syntax))]
    public void Text_reads_to_a_tree(CaseFile.Case @case)
    {
        var expansion = SplExpansion.Of(@case.Input, SplFixture.Macros);
        var parsed = SplParser.Parse(expansion.Text);
        SplInvariants.Hold(@case.Input);
        CaseFile.Check(@case, string.Join('\n', [TreeText.Of(parsed.Value), .. expansion.Findings, .. expansion.ToOuter(parsed.Diagnostics)]));
    }

    [Theory]
    [MemberData(nameof(Expansions))]
    public void Macros_are_put_in(CaseFile.Case @case)
    {
        var expansion = SplExpansion.Of(@case.Input, SplFixture.Macros);
        var words = new List<string>();
        for (var token = SplLexer.Read(expansion.Text, 0, SplMode.Search); token.Kind != SplTokenKind.End; token = SplLexer.Read(expansion.Text, token.Span.End, SplMode.Search))
            words.Add($"{expansion.Text.Substring(token.Span.Start, token.Span.Length)} @{expansion.ToOuter(token.Span)}");
        CaseFile.Check(@case, string.Join('\n', [.. words, .. expansion.Findings]));
    }

    [Theory]
    [MemberData(nameof(Writing))]
    public void Trees_are_written_as_text(CaseFile.Case @case)
    {
        var parsed = SplParser.Parse(SplExpansion.Of(@case.Input, SplMacros.None).Text);
        SplInvariants.RoundTrip(parsed.Value);
        CaseFile.Check(@case, string.Join('\n', [SplWriter.Write(parsed.Value), .. parsed.Diagnostics]));
    }

    [Fact]
    public void Macros_that_grow_without_end_stop_at_the_limit()
    {
        var expansion = SplExpansion.Of("`double`", SplFixture.Macros);
        Assert.InRange(expansion.Text.Length, 1, 2 * SplExpansion.MaxLength);
        Assert.Contains(Assert.Single(expansion.Findings).Code, new[] { SplCodes.MacroTooDeep, SplCodes.MacroTooLong });
    }

    [Fact]
    public void Many_commands_are_read_to_the_limit()
    {
        var parsed = SplParser.Parse("a" + string.Concat(Enumerable.Repeat(" | head 1", 1000)));
        Assert.Equal(SplParser.MaxCommands + 1, parsed.Value.Commands.Count);
        Assert.Equal("SPL0208", Assert.Single(parsed.Diagnostics).Code.Id);
    }

    [Fact]
    public void Findings_end_at_the_limit()
    {
        var parsed = SplParser.Parse("a" + string.Concat(Enumerable.Repeat(" | b", 400)));
        Assert.Equal("SPL0205", parsed.Diagnostics[^1].Code.Id);
        Assert.Equal(SplParser.MaxFindings + 1, parsed.Diagnostics.Length);
    }

    [Fact]
    public void Text_beyond_the_limit_is_refused_as_a_whole()
    {
        var parsed = SplParser.Parse(new string(' ', SplParser.MaxLength + 1));
        Assert.IsType<SplCommand.Unsupported>(Assert.Single(parsed.Value.Commands));
        Assert.Equal("SPL0108 @0+4000001 the search has 4000001 characters, at most 4000000 are read", Assert.Single(parsed.Diagnostics).ToString());
    }
}
