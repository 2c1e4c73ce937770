using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;

namespace Rulescope.Cli.Tests;

/// <summary>The program as an operator runs it: its own process, its streams, its signals.</summary>
public class ServeProcessTests
{
    const string Secret = "wordofavisitor";

    [Fact]
    public async Task A_served_site_logs_lines_of_JSON_sends_telemetry_and_ends_with_its_last_answer()
    {
        using var session = await new Session().WithCatalogAsync();
        var sent = new ConcurrentDictionary<string, byte[]>(StringComparer.Ordinal);
        await using var collector = await CollectorAsync(sent);
        using var process = Start(session, collector.Urls.Single());
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var address = (await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) ?? "").Split(' ').Single(w => w.StartsWith("http://", StringComparison.Ordinal));
        using (var client = new HttpClient { BaseAddress = new(address) })
        {
            foreach (var page in (string[])["/", "/", $"/search?q={Secret}"])
                Assert.NotEmpty(await client.GetStringAsync(new Uri(page, UriKind.Relative), TestContext.Current.CancellationToken));
            using var lost = await client.GetAsync(new Uri("/nowhere", UriKind.Relative), TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.NotFound, lost.StatusCode);
        }

        using (var kill = Process.Start("kill", ["-TERM", $"{process.Id}"]))
            await kill.WaitForExitAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        Assert.Equal(0, process.ExitCode);
        var lines = (await errors).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(Line).ToArray();
        Assert.Equal(["GET / 200 made", "GET / 200 kept", "GET /search 200 made", "GET /nowhere 404 made"], lines);
        Assert.Contains("/v1/traces", sent.Keys);
        Assert.Contains("/v1/metrics", sent.Keys);
        Assert.Contains("GET /search", Encoding.Latin1.GetString(sent["/v1/traces"]), StringComparison.Ordinal);
        Assert.All(sent.Values, body => Assert.DoesNotContain(Secret, Encoding.Latin1.GetString(body), StringComparison.Ordinal));
    }

    static string Line(string json)
    {
        Assert.DoesNotContain(Secret, json, StringComparison.Ordinal);
        using var line = JsonDocument.Parse(json);
        var state = line.RootElement.GetProperty("State");
        return $"{state.GetProperty("Method").GetString()} {state.GetProperty("Path").GetString()} {state.GetProperty("Status")} {state.GetProperty("Answer").GetString()}";
    }

    static async Task<WebApplication> CollectorAsync(ConcurrentDictionary<string, byte[]> sent)
    {
        var builder = WebApplication.CreateSlimBuilder();
        var collector = builder.Build();
        collector.Urls.Add("http://127.0.0.1:0");
        collector.Run(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body, context.RequestAborted);
            sent.AddOrUpdate(context.Request.Path.ToString(), _ => body.ToArray(), (_, before) => [.. before, .. body.ToArray()]);
        });
        await collector.StartAsync(TestContext.Current.CancellationToken);
        return collector;
    }

    static Process Start(Session session, string collector)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "rulescope.dll"), "serve", "--catalog", session.Catalog, "--urls", "http://127.0.0.1:0", "--log", "json"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            UseShellExecute = false,
            Environment = { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = collector, ["OTEL_EXPORTER_OTLP_PROTOCOL"] = "http/protobuf" },
        };
        return Process.Start(start) ?? throw new InvalidOperationException("dotnet does not start");
    }
}
