using System.Formats.Tar;
using System.IO.Compression;
using System.Text;

namespace Rulescope.Cli.Tests;

public class ConformanceCommandTests
{
    [Fact]
    public async Task Without_a_suite_it_says_where_they_belong()
    {
        using var session = new Session();
        session.Environment["RULESCOPE_SHARED"] = session.Folder.FullName;
        Assert.Equal(2, await session.RunAsync("conformance"));
        Assert.Contains("rulescope: no suite was found in", session.Error, StringComparison.Ordinal);
        session.AssertCouldNotRun(await session.RunAsync("conformance", "--suite", "none"), "unknown suite 'none': there are sigma-regression");
    }

    [Fact]
    public async Task Rules_that_are_not_read_are_failures_of_the_reading()
    {
        using var session = new Session();
        Pack(session.PathOf("sigma.tar.gz"), ("rules/shell.yml", Rules.Shell));
        string[] command = ["conformance", "--suite", "reading", "--corpora", session.Folder.FullName, "--format", "json"];
        Assert.Equal(0, await session.RunAsync(command));
        var suite = Assert.Single(session.Json().GetProperty("suites").EnumerateArray());
        Assert.Equal("reading-sigma", suite.GetProperty("suite").GetString());
        Assert.Equal((1, 1, 0, 0), (Number("cases"), Number("passed"), Number("failed"), Number("skipped")));
        Assert.Empty(suite.GetProperty("failures").EnumerateArray());

        Pack(session.PathOf("sigma.tar.gz"), ("rules/shell.yml", Rules.Shell.Replace("selection and not", "absent and not", StringComparison.Ordinal)));
        Assert.Equal(1, await session.RunAsync(command[..^2]));
        Assert.Contains("reading-sigma (1 failure)", session.Out, StringComparison.Ordinal);
        Assert.Contains("rules/shell.yml", session.Out, StringComparison.Ordinal);

        int Number(string name) => suite.GetProperty(name).GetInt32();
    }

    // An archive without cases passes none, which is fewer than the figure.
    [Fact]
    public async Task A_fall_below_the_figure_fails()
    {
        using var session = new Session();
        Pack(session.PathOf("sigma-regression.tar.gz"), ("sigma-regression/cases.open.jsonl", ""), ("sigma-regression/cross-matches.jsonl", ""));
        Assert.Equal(1, await session.RunAsync("conformance", "--suite", "sigma-regression", "--suites", session.Folder.FullName));
        Assert.Contains("sigma-regression: 0 passed, the figure that is checked in is", session.Error, StringComparison.Ordinal);
    }

    // Each value of an event is found by a test on it: repeated, in a map, as a time. A record that is no UDM event is none to be found in.
    [Fact]
    public async Task Values_of_udm_events_are_found_by_their_paths()
    {
        using var session = new Session();
        Pack(session.PathOf("yaral-udm.tar.gz"), ("yaral-udm/udm-events.jsonl", """
            {"udm":{"metadata":{"eventType":"USER_LOGIN","eventTimestamp":"2025-01-02T03:04:05Z"},"additional":{"k":7},"principal":{"ip":["10.0.0.1","10.0.0.2"],"labels":[{"key":"a","value":"b"}]}}}
            {"other":{"metadata":{"eventType":"USER_LOGIN"}}}
            """));
        await session.RunAsync("conformance", "--suite", "yaral-udm", "--suites", session.Folder.FullName, "--format", "json");
        var suite = Assert.Single(session.Json().GetProperty("suites").EnumerateArray());
        Assert.Equal((1, 1), (suite.GetProperty("passed").GetInt32(), suite.GetProperty("failed").GetInt32()));
        Assert.Equal("event 2", Assert.Single(suite.GetProperty("failures").EnumerateArray()).GetProperty("case").GetString());
    }

    // One query finds its events, one does not, and one asks for more than events one by one.
    [Fact]
    public async Task Queries_pass_fail_or_are_skipped_with_a_reason()
    {
        using var session = new Session();
        Pack(
            session.PathOf("eql-endgame.tar.gz"),
            ("eql-endgame/data/events.jsonl", """
                {"event_type":"process","id":1,"name":"a"}
                {"event_type":"process","id":2,"name":"b"}
                """),
            ("eql-endgame/queries.open.jsonl", $"""
                {Query("found", "process where name == 'B'", "2")}
                {Query("wrong", "process where name == 'B'", "1, 2")}
                {Query("more", "sequence [process where true] [process where true]", "1, 2")}
                {Query("broken", "process where (", "")}
                """));
        string[] command = ["conformance", "--suite", "eql-endgame", "--suites", session.Folder.FullName];
        Assert.Equal(1, await session.RunAsync([.. command, "--format", "json"]));
        var suite = Assert.Single(session.Json().GetProperty("suites").EnumerateArray());
        Assert.Equal("4 1 2 1", string.Join(' ', new[] { "cases", "passed", "failed", "skipped" }.Select(n => suite.GetProperty(n).GetInt32())));
        var failure = suite.GetProperty("failures")[0];
        Assert.Equal("wrong: 1 2, not 2", $"{failure.GetProperty("case")}: {failure.GetProperty("expected")}, not {failure.GetProperty("actual")}");
        Assert.StartsWith("not run: EQL", suite.GetProperty("failures")[1].GetProperty("actual").GetString(), StringComparison.Ordinal);
        Assert.Equal("not yet 1", $"{suite.GetProperty("reasons")[0].GetProperty("heading")} {suite.GetProperty("reasons")[0].GetProperty("cases")}");

        Assert.Equal(1, await session.RunAsync(command));
        Assert.Contains("eql-endgame (1 skipped)", session.Out, StringComparison.Ordinal);
        Assert.Contains("eql-endgame: 1 passed, the figure that is checked in is", session.Error, StringComparison.Ordinal);

        static string Query(string name, string text, string ids) =>
            $$"""{"case_id":"{{name}}","query":"{{text}}","expected_event_ids":[{{ids}}],"case_modes":["insensitive"],"data":"data/events.jsonl","id_field":"id"}""";
    }

    [Fact]
    public async Task Tables_are_compared_by_columns_and_rows()
    {
        using var session = new Session();
        Pack(
            session.PathOf("elastic-esql.tar.gz"),
            ("elastic-esql/data/hosts.csv", "name:keyword,port:integer,seen:date,tags:keyword\nalpha,22,2024-05-01T00:00:00Z,[b,a]\nbeta,,,\n"),
            ("elastic-esql/cases.open.jsonl", """
                {"case_id":"rows","query":"FROM hosts | SORT name DESC","columns":[{"name":"port","type":"integer"},{"name":"name","type":"keyword"},{"name":"tags","type":"keyword"},{"name":"seen","type":"date"}],"rows":[[null,"beta",null,null],["22","alpha",["a","b"],"2024-05-01T00:00:00.000Z"]],"ignore_order":false}
                {"case_id":"any order","query":"FROM hosts | SORT name DESC | KEEP name","columns":[{"name":"name","type":"keyword"}],"rows":[["alpha"],["beta"]],"ignore_order":true}
                {"case_id":"type","query":"ROW a = 1","columns":[{"name":"a","type":"keyword"}],"rows":[["1"]],"ignore_order":false}
                """));
        Assert.Equal(1, await session.RunAsync("conformance", "--suite", "elastic-esql", "--suites", session.Folder.FullName, "--format", "json"));
        var suite = Assert.Single(session.Json().GetProperty("suites").EnumerateArray());
        Assert.Equal(2, suite.GetProperty("passed").GetInt32());
        Assert.Equal("a\n1 (integer)", Assert.Single(suite.GetProperty("failures").EnumerateArray()).GetProperty("actual").GetString());
    }

    [Fact]
    public async Task Printed_tables_are_compared_as_far_as_they_show()
    {
        using var session = new Session();
        Pack(session.PathOf("kusto.tar.gz"), ("kusto/kusto-docs-cases.open.jsonl", $"""
            {Query("digits", "print r = 2.0 / 3", "r", "0.667")}
            {Query("wrong digits", "print r = 2.0 / 3", "r", "0.7667")}
            {Query("a list", "print r = dynamic([1, 2])", "r", "[1,  2]")}
            {Query("a time", "print r = datetime(2024-05-01)", "r", "2024-05-01T00:00:00Z")}
            {Query("another column", "print r = 1", "s", "1")}
            {Query("groups", "print r = 1 | summarize count() by r", "r", "1")}
            """));
        Assert.Equal(1, await session.RunAsync("conformance", "--suite", "kusto-docs", "--suites", session.Folder.FullName, "--format", "json"));
        var suite = Assert.Single(session.Json().GetProperty("suites").EnumerateArray());
        Assert.Equal((3, 1), (suite.GetProperty("passed").GetInt32(), suite.GetProperty("skipped").GetInt32()));
        Assert.Equal(["wrong digits", "another column"], suite.GetProperty("failures").EnumerateArray().Select(f => f.GetProperty("case").GetString()));

        static string Query(string name, string text, string column, string cell) =>
            $$"""{"case_id":"{{name}}","query":"{{text}}","expected":{"columns":["{{column}}"],"rows":[["{{cell}}"]],"ordered":false},"binder":{"doc_column_names":"same"} }""";
    }

    // The public suites of query languages, where they are present; rules over recorded events are run elsewhere.
    [Fact]
    public async Task Public_suites_pass_as_often_as_the_figures_say()
    {
        using var session = new Session();
        if (Environment.GetEnvironmentVariable("RULESCOPE_SHARED") is { Length: > 0 } shared)
            session.Environment["RULESCOPE_SHARED"] = shared;
        string[] suites = ["eql-endgame", "eql-endgame-expressions", "elastic-eql", "elastic-eql-derived", "elastic-esql", "kusto-docs"];
        var exit = await session.RunAsync(["conformance", .. suites.SelectMany(s => new[] { "--suite", s })]);
        Assert.SkipWhen(exit == ExitCodes.CouldNotRun || session.Error.Contains("is not present in", StringComparison.Ordinal), "public test data is not present");
        Assert.True(exit == 0, session.Out + session.Error);
    }

    static void Pack(string path, params ReadOnlySpan<(string Name, string Text)> files)
    {
        using var gzip = new GZipStream(File.Create(path), CompressionLevel.Fastest);
        using var tar = new TarWriter(gzip);
        foreach (var (name, text) in files)
            tar.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(Encoding.UTF8.GetBytes(text)) });
    }
}
