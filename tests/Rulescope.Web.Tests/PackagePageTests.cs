using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Rulescope.Web.Tests;

public class PackagePageTests(SiteFixture site)
{
    const string Cloud = "/packages/t1021.007-sentinel";

    [Fact]
    public async Task The_index_lists_each_package_and_the_navigation_leads_to_it()
    {
        var page = await site.TextAsync("/packages");
        Assert.Contains($"<a href=\"{Cloud}\">Detect Cloud Services in Microsoft Sentinel</a>", page, StringComparison.Ordinal);
        Assert.Contains("<a href=\"/packages\" aria-current=\"page\">Packages</a>", page, StringComparison.Ordinal);
        using var twin = JsonDocument.Parse(await site.TextAsync("/packages.json"));
        Assert.True(Assert.Single(twin.RootElement.GetProperty("packages").EnumerateArray()).GetProperty("holds").GetBoolean());
    }

    [Fact]
    public async Task The_page_of_its_technique_links_it()
    {
        Assert.Contains($"href=\"{Cloud}\"", await site.TextAsync("/techniques/T1021.007"), StringComparison.Ordinal);
        Assert.DoesNotContain("href=\"/packages/", await site.TextAsync("/techniques/T1059.001"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_page_says_what_every_package_page_must()
    {
        var page = await site.TextAsync(Cloud);
        foreach (var said in (string[])["<title>Detect Cloud Services in Microsoft Sentinel", "T1021.007", "Scattered Spider", "Lateral Movement", "Severity", "Confidence", "Version", "Licence", "Apache-2.0", "AWS:CloudTrail"])
            Assert.Contains(said, page, StringComparison.Ordinal);
        foreach (var part in (string[])["query", "sources", "evidence", "tuning", "tests", "platforms", "references", "changes"])
            Assert.Contains($"<section id=\"{part}\">", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<script>", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_number_of_references_is_that_of_the_list()
    {
        var page = await site.TextAsync(Cloud);
        var list = page[page.IndexOf("<ol class=\"references\"", StringComparison.Ordinal)..];
        var items = list[..list.IndexOf("</ol>", StringComparison.Ordinal)].Split("<li ").Length - 1;
        Assert.True(items > 5);
        Assert.Contains($"<h2>References <small>{items}</small></h2>", page, StringComparison.Ordinal);
        Assert.All(Regex.Matches(page, "href=\"#ref-(?<number>[0-9]+)\"", RegexOptions.NonBacktracking), m => Assert.Contains($"id=\"ref-{m.Groups["number"].Value}\"", page, StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_evidence_names_the_condition_that_failed()
    {
        var page = await site.TextAsync(Cloud);
        var evidence = page[page.IndexOf("id=\"evidence\"", StringComparison.Ordinal)..page.IndexOf("id=\"tuning\"", StringComparison.Ordinal)];
        Assert.Contains("All holds", evidence, StringComparison.Ordinal);
        Assert.Contains("<code>ResultType == &quot;0&quot;</code>", evidence, StringComparison.Ordinal);
        Assert.DoesNotContain("class=\"bad\"", evidence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_exclusion_is_put_into_the_query_by_a_link()
    {
        const string clause = "| where not(Pattern == \"single factor\" and Account =~ \"svc-build@example.com\")";
        var plain = await site.TextAsync($"{Cloud}.kql");
        Assert.DoesNotContain(clause, plain, StringComparison.Ordinal);
        Assert.StartsWith("// T1021.007", plain, StringComparison.Ordinal);
        Assert.EndsWith(clause + "\n", await site.TextAsync($"{Cloud}.kql?without=2"), StringComparison.Ordinal);
        Assert.Equal(plain, await site.TextAsync($"{Cloud}.kql?without=0,99,-1,x"));
        Assert.Contains($"href=\"{Cloud}?without=2#query\"", await site.TextAsync(Cloud), StringComparison.Ordinal);
        var tuned = await site.TextAsync($"{Cloud}?without=2");
        Assert.Contains($"href=\"{Cloud}.kql?without=2\"", tuned, StringComparison.Ordinal);
        Assert.Contains($"href=\"{Cloud}#query\">Take out of the query", tuned, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_twin_has_all_of_it_and_its_members_are_documented()
    {
        using var twin = JsonDocument.Parse(await site.TextAsync($"{Cloud}.json"));
        var root = twin.RootElement;
        Assert.Equal("T1021.007", root.GetProperty("technique").GetProperty("id").GetString());
        Assert.Equal(3, root.GetProperty("tables").GetArrayLength());
        Assert.Empty(root.GetProperty("findings").EnumerateArray());
        Assert.All(root.GetProperty("tests").EnumerateArray(), t => Assert.All(t.GetProperty("signals").EnumerateArray(), s => Assert.True(s.GetProperty("found").GetBoolean())));
        var docs = await File.ReadAllTextAsync(Path.Combine(SiteFixture.RepositoryFolder(), "docs", "packages.md"), TestContext.Current.CancellationToken);
        Assert.All(root.EnumerateObject(), member => Assert.Contains($"\"{member.Name}\"", docs, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("/packages/T1021.007-SENTINEL", HttpStatusCode.MovedPermanently)]
    [InlineData("/packages/none", HttpStatusCode.NotFound)]
    [InlineData("/packages/none.json", HttpStatusCode.NotFound)]
    [InlineData("/packages/none.kql", HttpStatusCode.NotFound)]
    [InlineData("/packages/%3Cscript%3E", HttpStatusCode.NotFound)]
    public async Task Other_names_move_or_are_not_found(string address, HttpStatusCode status)
    {
        using var answer = await site.Client.GetAsync(address, TestContext.Current.CancellationToken);
        Assert.Equal(status, answer.StatusCode);
    }
}
