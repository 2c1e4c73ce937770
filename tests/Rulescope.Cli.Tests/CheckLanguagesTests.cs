namespace Rulescope.Cli.Tests;

/// <summary>A fault of a query is told at its place in the file that carries the query.</summary>
public class CheckLanguagesTests
{
    // A basic string: the escapes before the fault make the query shorter than its text in the file.
    const string Kuery = """
        [metadata]
        creation_date = "2026/11/21"

        [rule]
        rule_id = "8d2c1a7e-0f5b-4d0a-9d55-9a5a2f0d6c11"
        name = "Token Of A Script"
        type = "query"
        language = "kuery"
        query = "event.action: \"GetSigninToken\" and (user.name: a or b"
        """;

    const string Lucene = """
        [rule]
        rule_id = "2f7b6c5d-53a4-4a43-8b0a-8a4f35b4a9e0"
        name = "Switch Of A Role"
        type = "query"
        language = "lucene"
        query = '''
        event.action:SwitchRole
          AND NOT source.ip:[203.0.113.0 TO 203.0.113.255
        '''
        """;

    const string Eql = """
        [rule]
        rule_id = "5f0fd1b0-9d63-4d0c-a35b-3f8f2f3f6f62"
        name = "Session By A Server"
        type = "eql"
        language = "eql"
        query = '''
        process where process.name == "aws" and
          process.args == "ssh" and (user.name == "root"
        '''
        """;

    const string Esql = """
        [rule]
        rule_id = "c1b0ad35-64cc-4b2d-8f13-8f6f5ef8a1c4"
        name = "Sessions On Many Instances"
        type = "esql"
        language = "esql"
        query = '''
        FROM logs-aws.cloudtrail-*
        | WHERE event.action == "StartSession"
        | FILTER user.name == "jordan"
        '''
        """;

    const string Hunt = """
        [hunt]
        author = "Rulescope"
        uuid = "7a1f7a5e-2f43-4c39-9b8f-0a6b0d0f9c10"
        name = "Two queries"
        language = ["EQL", "ES|QL"]
        query = ['''
        FROM logs-aws.cloudtrail-*
        | LIMIT 10
        ''', '''
        process where process.name == "aws" and (
        ''']
        """;

    const string Sentinel = """
        id: 7c9c2b0e-6a3c-4ec4-8a4c-1a2b3c4d5e6f
        name: Command line
        severity: Low
        query: |
          SigninLogs
          | where ResultType == "0"
          | wheer AppId == "04b07795"
        """;

    const string Page = """
        # Serial consoles

        Sessions on consoles.

        ```kql
        AzureActivity
        | where OperationNameValue has "SERIALPORTS"
        ```

        ## Defender XDR

        ```kql
        CloudAppEvents
        | where ActionType = "Connect"
        | wheer AccountId == "a"
        ```
        """;

    const string Splunk = """
        name: Console Session
        id: 6a0b9a37-2f63-4a7e-9d3c-6a5e0c1f7d21
        search: '`trail` eventName=''ConsoleLogin''
          | where (user="a"
          | `a_filter`'
        tags:
          mitre_attack_id:
          - T1021.007
        """;

    const string Yaral = """
        rule console_session {
          meta:
            author = "Rulescope"
          events:
            $e.metadata.log_type = "OKTA"
            ($e.principal.ip = "192.0.2.1" or $e.principal.ip =
          condition:
            $e
        }
        """;

    [Theory]
    [InlineData("session.yml", Splunk, "4:11", "SPL0202")]
    [InlineData("session.yaral", Yaral, "6:5", "YAL0202")]
    [InlineData("bare.spl", "index=a\n| where (b=1\n| table b", "2:9", "SPL0202")]
    [InlineData("token.toml", Kuery, "9:47", "KUE0202")]
    [InlineData("switch.toml", Lucene, "8:21", "LUC0202")]
    [InlineData("session.toml", Eql, "8:29", "EQL0202")]
    [InlineData("many.toml", Esql, "9:3", "ESQ0203")]
    [InlineData("hunt.toml", Hunt, "10:41", "EQL0202")]
    [InlineData("shell.yaml", Sentinel, "7:5", "KUS0301")]
    [InlineData("console.md", Page, "15:3", "KUS0301")]
    [InlineData("bare.kuery", "a: 1 and\n  (user.name: a or b", "2:3", "KUE0202")]
    [InlineData("bare.lucene", "a:1 AND\nNOT b:[1 TO 2", "2:7", "LUC0202")]
    [InlineData("bare.eql", "process where\n  process.args == \"ssh\" and (a == 1", "2:29", "EQL0202")]
    [InlineData("bare.esql", "FROM a\n| FILTER b == 1", "2:3", "ESQ0203")]
    [InlineData("bare.kql", "// Consoles\nAzureActivity\n| wheer a == 1", "3:3", "KUS0301")]
    public async Task A_fault_is_told_at_its_place(string name, string text, string place, string id)
    {
        using var session = new Session();
        var path = session.Write($"rules/{name}", text);
        Assert.Equal(1, await session.RunAsync("check", path, "--format", "plain"));
        Assert.Contains(session.Lines, l => l.StartsWith($"{path}:{place}: {id} ", StringComparison.Ordinal));
        Assert.Equal(1, await session.RunAsync("check", session.PathOf("rules"), "--format", "table"));
        Assert.Contains(session.Lines, l => l.Contains($"{place}: {id} ", StringComparison.Ordinal));
        Assert.Contains("1 file checked", session.Out, StringComparison.Ordinal);
        Assert.Equal(1, await session.RunAsync("check", path, "--format", "json"));
        Assert.Contains(session.Json().GetProperty("findings").EnumerateArray(), f =>
            $"{f.GetProperty("line")}:{f.GetProperty("column")}" == place && f.GetProperty("id").GetString() == id);
        Assert.Equal(1, await session.RunAsync("check", path, "--format", "sarif"));
        Assert.Contains(session.Json().GetProperty("runs")[0].GetProperty("results").EnumerateArray(), r =>
            r.GetProperty("locations")[0].GetProperty("physicalLocation").GetProperty("region") is var region
            && $"{region.GetProperty("startLine")}:{region.GetProperty("startColumn")}" == place && r.GetProperty("ruleId").GetString() == id);
    }

    [Fact]
    public async Task The_language_that_is_named_wins_over_the_ending()
    {
        using var session = new Session();
        var path = session.Write("hunt.kql", "event.action: a and\n  (user.name: b");
        Assert.Equal(1, await session.RunAsync("check", path, "--lang", "kuery", "--format", "plain"));
        Assert.StartsWith($"{path}:2:3: KUE0202 ", session.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Files_of_another_language_than_the_named_one_are_passed_over()
    {
        using var session = new Session();
        session.Write("rules/token.toml", Kuery);
        session.Write("rules/many.toml", Esql);
        session.Write("rules/hunt.toml", Hunt);
        Assert.Equal(1, await session.RunAsync("check", session.PathOf("rules"), "--lang", "esql", "--format", "json"));
        Assert.Equal(2, session.Json().GetProperty("files").GetInt32());
        Assert.Contains("1 file passed over", session.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("pyproject.toml", "[project]\nname = \"a\"\n")]
    [InlineData("readme.md", "# Rules\n\n```sh\nls\n```\n")]
    [InlineData("settings.yaml", "query: a\n")]
    public async Task Files_that_only_share_an_ending_are_passed_over(string name, string text)
    {
        using var session = new Session();
        session.Write($"rules/{name}", text);
        session.Write("rules/ok.kql", "AzureActivity | take 1");
        Assert.Equal(0, await session.RunAsync("check", session.PathOf("rules")));
        Assert.StartsWith("1 file checked", session.Out, StringComparison.Ordinal);
        Assert.Contains("1 file passed over", session.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Searches_are_checked_with_the_macros_beside_them()
    {
        using var session = new Session();
        session.Write("content/detections/cloud/a.yml", "name: a\nid: 1\nsearch: '`trail` eventName=a | `office(src)` | `a_filter`'\n");
        session.Write("content/macros/trail.yml", "name: trail\ndefinition: sourcetype=aws:cloudtrail\n");
        Assert.Equal(0, await session.RunAsync("check", session.PathOf("content"), "--format", "plain"));
        Assert.Contains("a.yml:3:32: SPL0104 ", session.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("trail", session.Out, StringComparison.Ordinal);
        session.Write("own/office.yml", "name: office\narguments: [field]\ndefinition: 'where $field$=\"203.0.113.1\"'\n");
        Assert.Equal(0, await session.RunAsync("check", session.PathOf("content"), "--macros", session.PathOf("own")));
        Assert.Equal("1 file checked: nothing to tell\n", session.Out);
        session.AssertCouldNotRun(await session.RunAsync("check", session.PathOf("content"), "--macros", "nowhere"), "no such file or folder: nowhere");
    }

    [Fact]
    public async Task A_rule_file_that_names_no_language_is_checked_all_the_same()
    {
        using var session = new Session();
        var path = session.Write("odd.toml", "[rule]\nrule_id = \"a\"\nname = \"b\"\ntype = \"quary\"\nlanguage = \"sql\"\nquery = \"a: 1\"\n");
        Assert.Equal(1, await session.RunAsync("check", path, "--format", "plain"));
        Assert.Contains($"{path}:4:8: ELA0101 ", session.Out, StringComparison.Ordinal);
        Assert.Contains($"{path}:5:12: ELA0102 ", session.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_query_too_broken_to_be_seen_is_told()
    {
        using var session = new Session();
        var path = session.Write("odd.kql", "let a = (");
        Assert.Equal(1, await session.RunAsync("check", path, "--format", "plain"));
        Assert.Contains($"{path}:1:", session.Out, StringComparison.Ordinal);
    }
}
