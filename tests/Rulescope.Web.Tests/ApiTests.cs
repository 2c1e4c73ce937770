using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Routing;
using Rulescope.Tests.Support;
using Rulescope.Web.Machines;

namespace Rulescope.Web.Tests;

/// <summary>The JSON of the site: each page has its twin, each twin its description, and each answer the shape that is described.</summary>
public class ApiTests(SiteFixture site)
{
    // What stands in the place of a route's parameter. A route that has none here makes Walk fail with its name.
    static readonly Dictionary<string, string> Samples = new(StringComparer.Ordinal)
    {
        ["/techniques/{id}"] = "/techniques/T1021.007",
        ["/rules/{vendor}"] = "/rules/sigma",
        ["/rules/{vendor}/{id}"] = $"/rules/sigma/{OwnRules.Tunnel}",
        ["/events/{id}"] = "/events/sysmon/1",
        ["/packages/{id}"] = "/packages/t1021.007-sentinel",
    };

    const string Alternate = "<link rel=\"alternate\" type=\"application/json\" href=\"";

    // Their twins belong to the pages' own part of the site.
    static readonly string[] WithoutTwin = ["/", "/about"];

    [Fact]
    public async Task Every_page_has_a_twin_that_its_head_names()
    {
        var pages = 0;
        foreach (var address in Walk().Where(a => !Path.HasExtension(a) || a.StartsWith("/techniques/", StringComparison.Ordinal) || a.StartsWith("/packages/", StringComparison.Ordinal)))
        {
            using var answer = await site.Client.GetAsync(address, TestContext.Current.CancellationToken);
            if (answer.StatusCode != HttpStatusCode.OK || answer.Content.Headers.ContentType?.MediaType != "text/html" || WithoutTwin.Contains(address))
                continue;
            pages++;
            var page = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.True(page.Contains(Alternate, StringComparison.Ordinal), $"{address} names no twin in its head");
            var twin = WebUtility.HtmlDecode(page.Split(Alternate, 2)[1].Split('"')[0]);
            using var document = JsonDocument.Parse(await site.TextAsync(twin));
            Assert.Equal(JsonValueKind.Object, document.RootElement.ValueKind);
        }

        Assert.True(pages >= 8, $"only {pages} pages were walked");
    }

    [Fact]
    public void Every_JSON_route_has_a_description_and_every_description_a_route() =>
        Assert.Equal(OpenApiDocument.Paths(site.Routes), JsonAddress.All.Select(a => a.Path).Order(StringComparer.Ordinal));

    [Fact]
    public async Task The_document_describes_what_is_answered()
    {
        var document = JsonNode.Parse(await site.TextAsync("/openapi.json"))!;
        Assert.Equal("3.1.0", document["openapi"]?.GetValue<string>());
        var paths = document["paths"]!.AsObject();
        Assert.Equal(JsonAddress.All.Length, paths.Count);
        Assert.Equal(paths.Count, paths.Select(p => p.Value!["get"]!["operationId"]!.GetValue<string>()).Distinct(StringComparer.Ordinal).Count());
        foreach (var (path, item) in paths)
        {
            var page = path[..^".json".Length];
            var address = page.Contains('{', StringComparison.Ordinal) ? Samples[page] + ".json" : path;
            using var answer = JsonDocument.Parse(await site.TextAsync(address));
            var schema = item!["get"]!["responses"]!["200"]!["content"]!["application/json"]!["schema"]!;
            Assert.True(SchemaFaults.Of(schema, document, answer.RootElement) is [], $"{address}: {string.Join("; ", SchemaFaults.Of(schema, document, answer.RootElement).Take(5))}");
            foreach (var parameter in item["get"]!["parameters"]!.AsArray().Where(p => p!["in"]!.GetValue<string>() == "path"))
                Assert.Contains($"{{{parameter!["name"]}}}", path, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("/techniques/T1021.007.json")]
    [InlineData("/techniques.json")]
    [InlineData("/search.json?q=crowd")]
    [InlineData("/events/sysmon/1.json")]
    [InlineData("/events/sysmon/1")]
    [InlineData("/packages.json")]
    [InlineData("/packages/t1021.007-sentinel.kql")]
    [InlineData("/openapi.json")]
    [InlineData("/newest.json")]
    [InlineData("/feed.xml")]
    [InlineData("/feed.xml?vendor=sigma")]
    [InlineData("/sitemap.xml")]
    [InlineData("/llms.txt")]
    [InlineData("/robots.txt")]
    public async Task What_did_not_change_is_not_sent_again(string address)
    {
        using var first = await site.Client.GetAsync(address, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, first.StatusCode);
        Assert.NotNull(first.Headers.ETag);
        using var again = new HttpRequestMessage(HttpMethod.Get, address);
        again.Headers.IfNoneMatch.Add(first.Headers.ETag);
        using var second = await site.Client.SendAsync(again, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
        Assert.Empty(await second.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken));
        using var other = new HttpRequestMessage(HttpMethod.Get, address);
        other.Headers.TryAddWithoutValidation("If-None-Match", "W/\"another\"");
        using var third = await site.Client.SendAsync(other, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, third.StatusCode);
    }

    // Every address of the site that a visitor can read, its parameters filled in.
    IEnumerable<string> Walk() => site.Routes.Endpoints.OfType<RouteEndpoint>()
        .Where(e => e.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Contains("GET") != false)
        .Select(e => (e.RoutePattern.RawText ?? "").Replace("{**", "{", StringComparison.Ordinal))
        .Where(p => !p.EndsWith(".json", StringComparison.Ordinal) && !p.EndsWith(".kql", StringComparison.Ordinal))
        .Select(p => !p.Contains('{', StringComparison.Ordinal) ? p
            : Samples.GetValueOrDefault(p) ?? throw new InvalidOperationException($"{p} has no sample in ApiTests.Samples"));
}
