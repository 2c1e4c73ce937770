namespace Rulescope.Cli.Tests;

public class PackageCommandTests
{
    static string Shipped => Path.Combine(AppContext.BaseDirectory, "content", "packages", "t1021.007-sentinel");

    [Fact]
    public async Task The_list_names_what_comes_with_the_program()
    {
        using var session = new Session();
        Assert.Equal(0, await session.RunAsync("package", "list"));
        Assert.Contains("t1021.007-sentinel", session.Out, StringComparison.Ordinal);
        Assert.Equal(0, await session.RunAsync("package", "list", "--format", "json"));
        Assert.Equal("T1021.007", Assert.Single(session.Json().GetProperty("packages").EnumerateArray()).GetProperty("technique").GetString());
    }

    [Fact]
    public async Task One_is_shown_with_its_query()
    {
        using var session = new Session();
        Assert.Equal(0, await session.RunAsync("package", "show", "t1021.007-sentinel"));
        Assert.Contains("Detect Cloud Services in Microsoft Sentinel", session.Out, StringComparison.Ordinal);
        Assert.Contains("let CommandLines = dynamic([", session.Out, StringComparison.Ordinal);
        Assert.Equal(0, await session.RunAsync("package", "show", "T1021.007-Sentinel", "--format", "json"));
        Assert.Equal(5, session.Json().GetProperty("tests").GetArrayLength());
        session.AssertCouldNotRun(await session.RunAsync("package", "show", "t1021.007-sentinal"), "did you mean 't1021.007-sentinel'?");
        session.AssertCouldNotRun(await session.RunAsync("package", "show"), "takes the id of one package");
    }

    [Fact]
    public async Task What_ships_holds()
    {
        using var session = new Session();
        Assert.Equal(0, await session.RunAsync("package", "check"));
        Assert.Contains("nothing to tell", session.Out, StringComparison.Ordinal);
        Assert.Equal(0, await session.RunAsync("package", "test"));
        Assert.Contains("key-to-console", session.Out, StringComparison.Ordinal);
        Assert.Equal(0, await session.RunAsync("package", "test", Path.Combine(Shipped, "package.yml"), "--format", "json"));
        Assert.True(session.Json().GetProperty("packages")[0].GetProperty("holds").GetBoolean());
        Assert.Empty(session.Json().GetProperty("findings").EnumerateArray());
    }

    [Fact]
    public async Task A_query_that_misses_a_column_and_its_events_is_found()
    {
        using var session = new Session();
        Copy(session, text => text.Replace("AuthenticationProtocol == \"deviceCode\"\n", "AuthenticationKind == \"deviceCode\"\n", StringComparison.Ordinal));
        Assert.Equal(1, await session.RunAsync("package", "check", session.PathOf("mine"), "--format", "json"));
        Assert.Contains(session.Json().GetProperty("findings").EnumerateArray(), f => f.GetProperty("id").GetString() == "PKG0302" && f.GetProperty("path").GetString()!.EndsWith("mine/query.kql", StringComparison.Ordinal));
        Assert.Equal(1, await session.RunAsync("package", "check", session.PathOf("mine"), "--format", "sarif"));
        Assert.Equal("2.1.0", session.Json().GetProperty("version").GetString());
        Assert.Equal(1, await session.RunAsync("package", "test", session.PathOf("mine")));
        Assert.Contains("PKG0503", session.Out, StringComparison.Ordinal);
        Assert.Equal(1, await session.RunAsync("package", "test", session.PathOf("mine"), "--format", "json"));
        Assert.False(session.Json().GetProperty("packages")[0].GetProperty("holds").GetBoolean());
    }

    [Fact]
    public async Task What_cannot_be_run_says_so()
    {
        using var session = new Session();
        session.AssertCouldNotRun(await session.RunAsync("package", "check", session.PathOf("nowhere")), "there is no package in");
        session.AssertCouldNotRun(await session.RunAsync("package", "test", session.PathOf(".")), "there is no package in");
        session.AssertCouldNotRun(await session.RunAsync("package", "test", Shipped, "--format", "sarif"), "sarif is for 'package check'");
        session.AssertCouldNotRun(await session.RunAsync("package", "list", "more"), "takes nothing more");
        Assert.Equal(2, await session.RunAsync("package", "frobnicate"));
    }

    static void Copy(Session session, Func<string, string> change)
    {
        foreach (var file in Directory.EnumerateFiles(Shipped, "*", SearchOption.AllDirectories))
            session.Write(Path.Combine("mine", Path.GetRelativePath(Shipped, file)), change(File.ReadAllText(file)));
    }
}
