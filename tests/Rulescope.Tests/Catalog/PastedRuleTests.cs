using Rulescope.Catalog.Checking;

namespace Rulescope.Tests.Catalog;

public class PastedRuleTests
{
    const string Sigma = "title: Own\nlogsource:\n  product: windows\ndetection:\n  selection:\n    User: own\n  condition: selection\n";

    /// <summary>What somebody pastes without a word on its language, and what it is.</summary>
    public static TheoryData<string, string> Texts => new()
    {
        { Sigma, "sigma" },
        { "[rule]\nlanguage = \"eql\"\ntype = \"eql\"\nname = \"Own\"\nrule_id = \"x\"\nquery = '''\nprocess where user.name == \"own\"\n'''\n", "eql" },
        { "process where process.name == \"own.exe\" and not user.id : \"S-1\"", "eql" },
        { "sequence by host.id [process where true] [network where true]", "eql" },
        { "FROM logs-* | WHERE user.name == \"own\" | STATS n = COUNT(*) BY host.name", "esql" },
        { "SigninLogs\n| where ResultType == 0 and AppDisplayName has 'own'\n| summarize count() by UserPrincipalName", "kusto" },
        { "let own = dynamic(['a', 'b']);\nDeviceProcessEvents | where FileName in~ (own)", "kusto" },
        { "index=own sourcetype=own EventCode=4688 | stats count by host", "spl" },
        { "| tstats count from datamodel=Endpoint.Processes where Processes.process_name=own.exe by Processes.dest", "spl" },
        { "name: Own\nsearch: index=own user=own\n", "spl" },
        { "id: x\nname: Own\nquery: |\n  SigninLogs | where ResultType == 0\n", "kusto" },
        { "rule own {\n  events:\n    $e.metadata.event_type = \"USER_LOGIN\"\n  condition:\n    $e\n}", "yaral" },
        { "def rule(event):\n    return event.get('user') == 'own'\n", "python" },
        { "AnalysisType: rule\nRuleID: Own\nDetection:\n  - Key: user\n    Condition: Equals\n    Value: own\n", "python" },
        { "process.name : \"own.exe\" and not user.name : (a or b)", "kuery" },
        { "_exists_:user.name AND process.title:\"own title\"~2 AND process.pid:{1 TO 5}", "lucene" },
    };

    [Theory]
    [MemberData(nameof(Texts))]
    public void A_text_says_what_language_it_is_in(string text, string language)
    {
        var read = PastedRule.Read(text);
        Assert.Equal(language, read.Language);
        Assert.False(read.HasErrors);
        Assert.NotNull(Assert.Single(read.Documents).Query);
    }

    [Theory]
    [InlineData("SigninLogs | where ResultType == 0 and | take 5", "kusto")]
    [InlineData("process where process.name == and user.id == 1", "eql")]
    [InlineData("FROM logs | WHERE user.name ==", "esql")]
    public void A_broken_query_is_of_the_language_that_understands_most_of_it(string text, string language)
    {
        var read = PastedRule.Read(text);
        Assert.Equal(language, read.Language);
        Assert.True(read.HasErrors);
    }

    [Theory]
    [InlineData("")]
    [InlineData("   \n\t")]
    [InlineData("\0\u0001\ud800")]
    [InlineData("]]]]((((")]
    public void What_is_no_rule_is_read_without_harm(string text)
    {
        foreach (var language in CheckedLanguage.All.Select(l => l.Name).Append(null).ToArray())
            Assert.All(PastedRule.Read(text, language).Report.Findings.Items, f => Assert.Equal("input", f.Path));
    }

    [Fact]
    public void A_named_language_is_taken_whatever_the_text_is()
    {
        Assert.Equal("lucene", PastedRule.Read("user.name: own", "lucene").Language);
        Assert.Equal("sigma", PastedRule.Read("user.name: own", "sigma").Language);
        Assert.True(PastedRule.Read("process where", "kusto").HasErrors);
    }

    // Macros of the folder around a file count; a text has no folder, and the one the program runs in is none of its business.
    [Fact]
    public void Nothing_is_looked_for_beside_a_text()
    {
        var read = PastedRule.Read("index=own `own_macro`", "spl");
        Assert.Contains(read.Findings, f => f.Diagnostic.Message.Contains("own_macro", StringComparison.Ordinal));
        Assert.False(CheckedFolder.Nowhere.IsOnDisk);
    }
}
