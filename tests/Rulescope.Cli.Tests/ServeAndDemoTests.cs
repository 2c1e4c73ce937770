using System.Net;
using System.Net.Sockets;
using Rulescope.Cli.Commands;

namespace Rulescope.Cli.Tests;

public class ServeAndDemoTests
{
    [Fact]
    public async Task Serve_prints_its_address_and_ends_well_when_it_is_stopped()
    {
        using var session = await new Session().WithCatalogAsync();
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        var serving = session.RunUntilAsync(["serve", "--catalog", session.Catalog, "--urls", "http://127.0.0.1:0"], stop.Token);
        while (!serving.IsCompleted && !session.Out.Contains("is served at", StringComparison.Ordinal))
            await Task.Delay(5, TestContext.Current.CancellationToken);
        var address = session.Out.Split(' ').Single(w => w.StartsWith("http://", StringComparison.Ordinal));
        using var client = new HttpClient();
        var page = await client.GetStringAsync(new Uri(address + "/techniques/T1059.001"), TestContext.Current.CancellationToken);
        Assert.Contains("PowerShell", page, StringComparison.Ordinal);
        await stop.CancelAsync();
        Assert.Equal(0, await serving);
        Assert.Equal("", session.Error);
    }

    [Fact]
    public async Task A_port_that_is_taken_is_one_line()
    {
        using var session = await new Session().WithCatalogAsync();
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var url = $"http://{listener.LocalEndpoint}";
        session.AssertCouldNotRun(await session.RunAsync("serve", "--catalog", session.Catalog, "--urls", url), "address already in use");
    }

    [Theory]
    [InlineData("localhost:80")]
    [InlineData("https://localhost:80")]
    [InlineData("http://")]
    [InlineData("http://unix:/tmp/x")]
    [InlineData(";")]
    public void An_address_that_is_none_is_explained(string text)
    {
        Assert.Null(SiteAddresses.Parse(text, out var message));
        Assert.Contains("write http://HOST:PORT", message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://127.0.0.1:5080", 0)]
    [InlineData("http://localhost:5080;http://[::1]:5081", 0)]
    [InlineData("http://0.0.0.0:5080", 1)]
    [InlineData("http://*:5080;http://127.0.0.1:1", 1)]
    [InlineData("http://192.0.2.7:5080", 1)]
    public void Addresses_that_others_may_reach_are_told_apart(string text, int open) =>
        Assert.Equal(open, SiteAddresses.Parse(text, out _)?.Open.Length);

    [Fact]
    public async Task The_demo_prints_its_guide_and_ends()
    {
        using var session = new Session();
        Assert.Equal(0, await session.RunAsync("demo", "--no-serve"));
        Assert.StartsWith("Remote Services: Cloud Services T1021.007\n", session.Out, StringComparison.Ordinal);
        Assert.Contains("Fields filtered most", session.Out, StringComparison.Ordinal);
        Assert.True(File.Exists(session.PathOf("cache/rulescope/demo.db")));
        Assert.Equal(0, await session.RunAsync("guide", "T1021.007", "--catalog", session.PathOf("cache/rulescope/demo.db"), "--format", "json"));
        var vendors = session.Json().GetProperty("rules").GetProperty("vendors").EnumerateArray().Select(v => v.GetProperty("vendor").GetString());
        Assert.Equal(["elastic", "google", "microsoft", "panther", "sigma", "splunk"], vendors.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task The_demo_does_without_a_cache_folder()
    {
        using var session = new Session();
        session.Environment["XDG_CACHE_HOME"] = session.Write("cache", "a file, no folder");
        Assert.Equal(0, await session.RunAsync("demo", "--no-serve"));
        Assert.StartsWith("Remote Services: Cloud Services T1021.007\n", session.Out, StringComparison.Ordinal);
        Assert.Contains("a temporary folder is used instead", session.Error, StringComparison.Ordinal);
    }
}
