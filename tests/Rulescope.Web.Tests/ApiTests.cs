using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Routing;
using Rulescope.Tests.Support;
using Rulescope.Web.Machines;
using Rulescope.Web.Site;

namespace Rulescope.Web.Tests;

/// <summary>The JSON of the site: each page has its twin, each twin its description, and each answer the shape that is described.</summary>
public class ApiTests(SiteFixture site)
{
    // What stands in the place of a route's parameter. A route that has none here makes Walk fail with its name.
    static readonly Dictionary<string, string> Samples = new(StringComparer.Ordinal)
    {
        ["/techniques/{id}"] = "/techniques/T1021.007",
        ["/techniques/{id}/draft"] = "/techniques/T1021.007/draft",
        ["/fields/{name}"] = Links.Field("aws::eventName"),
        ["/logsources/{id}"] = "/logsources/aws/cloudtrail",
        ["/vendors/{vendor}"] = "/vendors/sigma",
        ["/rules/{vendor}"] = "/rules/sigma",
        ["/rules/{vendor}/{id}"] = $"/rules/sigma/{OwnRules.Tunnel}",
        ["/events/{id}"] = "/events/sysmon/1",
        ["/packages/{id}"] = "/packages/t1021.007-sentinel",
    };

    const string Alternate = "<link rel=\"alternate\" type=\"application/json\" href=\"";

    // What is asked beside the plain address, since another query takes another way to its answer.
    static readonly Dictionary<string, string[]> Queries = new(StringComparer.Ordinal)
    {
        ["get /fields.json"] = ["?name=aws%3A%3AeventName", "?q=name&show=own"],
        ["get /matrix.json"] = ["?vendor=sigma&level=high"],
        ["get /techniques/{id}.json"] = ["?all=1&sub=1&include=deprecated"],
        ["get /search.json"] = ["?q=session"],
        ["get /compare.json"] = [$"?rule=sigma/{OwnRules.Tunnel}"],
        ["post /compare.json"] = ["?lang=eql&technique=T1021.007"],
        ["post /check.json"] = ["?lang=eql"],
    };

    [Fact]
    public async Task Every_page_has_a_twin_that_its_head_names()
    {
        var pages = 0;
        foreach (var address in Walk())
        {
            using var answer = await site.Client.GetAsync(address, TestContext.Current.CancellationToken);
            if (answer.StatusCode != HttpStatusCode.OK || answer.Content.Headers.ContentType?.MediaType != "text/html")
                continue;
            pages++;
            var page = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.True(page.Contains(Alternate, StringComparison.Ordinal), $"{address} names no twin in its head");
            var twin = WebUtility.HtmlDecode(page.Split(Alternate, 2)[1].Split('"')[0]);
            using var document = JsonDocument.Parse(await site.TextAsync(twin));
            Assert.Equal(JsonValueKind.Object, document.RootElement.ValueKind);
        }

        Assert.True(pages >= 18, $"only {pages} pages were walked");
    }

    [Fact]
    public void Every_JSON_route_has_a_description_and_every_description_a_route() =>
        Assert.Equal(OpenApiDocument.Addresses(site.Routes).Order(), JsonAddress.All.Select(a => (a.Path, a.Method)).Order());

    [Fact]
    public async Task The_document_describes_what_is_answered()
    {
        var document = JsonNode.Parse(await site.TextAsync("/openapi.json"))!;
        Assert.Equal("3.1.0", document["openapi"]?.GetValue<string>());
        var paths = document["paths"]!.AsObject();
        var operations = paths.SelectMany(p => p.Value!.AsObject().Select(o => (Path: p.Key, Method: o.Key, Operation: o.Value!))).ToArray();
        Assert.Equal(JsonAddress.All.Length, operations.Length);
        Assert.Equal(operations.Length, operations.Select(o => o.Operation["operationId"]!.GetValue<string>()).Distinct(StringComparer.Ordinal).Count());
        foreach (var (path, method, operation) in operations)
        {
            var page = path[..^".json".Length];
            var address = page.Contains('{', StringComparison.Ordinal) ? Samples[page] + ".json" : path;
            var schema = operation["responses"]!["200"]!["content"]!["application/json"]!["schema"]!;
            foreach (var asked in Queries.GetValueOrDefault($"{method} {path}", []).Prepend("").Select(q => address + q))
            {
                using var answer = JsonDocument.Parse(method == "post" ? await SentAsync(asked) : await site.TextAsync(asked));
                Assert.True(SchemaFaults.Of(schema, document, answer.RootElement) is [], $"{method} {asked}: {string.Join("; ", SchemaFaults.Of(schema, document, answer.RootElement).Take(5))}");
            }

            foreach (var parameter in operation["parameters"]!.AsArray().Where(p => p!["in"]!.GetValue<string>() == "path"))
                Assert.Contains($"{{{parameter!["name"]}}}", path, StringComparison.Ordinal);
        }
    }

    // A rule of the tests' own, as the body of a POST.
    async Task<string> SentAsync(string address)
    {
        using var content = new StringContent("""process where process.name == "own.exe" and (""");
        using var answer = await site.Client.PostAsync(address, content, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        return await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
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

    // Every page of the site, its parameters filled in.
    IEnumerable<string> Walk() => site.Routes.Endpoints.OfType<RouteEndpoint>()
        .Where(e => e.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods.Contains("GET") != false)
        .Select(e => (e.RoutePattern.RawText ?? "").Replace("{**", "{", StringComparison.Ordinal))
        .Where(p => !Path.HasExtension(p))
        .Select(p => !p.Contains('{', StringComparison.Ordinal) ? p
            : Samples.GetValueOrDefault(p) ?? throw new InvalidOperationException($"{p} has no sample in ApiTests.Samples"));
}
