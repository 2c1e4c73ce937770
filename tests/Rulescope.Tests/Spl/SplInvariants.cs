using Rulescope.Languages.Spl;
using Rulescope.Tests.Support;
using Rulescope.Text;

namespace Rulescope.Tests.Spl;

/// <summary>What holds for every text, search or not.</summary>
static class SplInvariants
{
    /// <summary>Findings and nodes lie inside the text; what is read without an error is written and read back as the same tree.</summary>
    public static bool Hold(string text)
    {
        var expansion = SplExpansion.Of(text, SplFixture.Macros);
        var whole = new SourceSpan(0, text.Length);
        var parsed = SplParser.Parse(expansion.Text);
        Assert.All(expansion.Findings.AddRange(expansion.ToOuter(parsed.Diagnostics)), d => Assert.True(whole.Contains(d.Span), d.ToString()));
        Spans.AssertInside(expansion.Text, parsed.Value);
        var written = TreeText.Of(parsed.Value);
        Assert.Equal(written, TreeText.Of(TreeText.Parse<SplPipeline>(written).Value));
        if (parsed.IsComplete)
            RoundTrip(parsed.Value);
        return true;
    }

    /// <summary>The written form reads as the same tree, and is written the same again.</summary>
    public static void RoundTrip(SplPipeline search)
    {
        var written = SplWriter.Write(search);
        var again = SplParser.Parse(written);
        Assert.True(search.Equals(again.Value), $"{written}\n{string.Join('\n', again.Diagnostics)}\n{TreeText.Of(search)}\n{TreeText.Of(again.Value)}");
        Assert.Equal(written, SplWriter.Write(again.Value));
    }
}

/// <summary>Macros that the cases call.</summary>
static class SplFixture
{
    public static SplMacros Macros { get; } = new(
    [
        new("shells", [], "(Processes.process_name=cmd.exe OR Processes.process_name=powershell.exe)"),
        new("security", [], "source=\"WinEventLog:Security\""),
        new("audit", [], "sourcetype=demo:audit"),
        new("options", [], "summariesonly=`summaries` allow_old_summaries=true"),
        new("summaries", [], "false"),
        new("readable", ["field"], "convert timeformat=\"%F\" ctime($field$)"),
        new("between", ["field", "low", "high"], "where $field$ >= $low$ AND $field$ <= $high$"),
        new("loop", [], "`loop`"),
        new("double", [], "`double2` `double2`"),
        new("double2", [], "`double` `double`"),
        new("odd", [], "a=\"b"),
    ]);
}
