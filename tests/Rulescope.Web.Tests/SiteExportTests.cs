using System.Collections.Immutable;
using Rulescope.Packages;
using Rulescope.Web.Export;

namespace Rulescope.Web.Tests;

/// <summary>One export of a catalog of our own rules, which the tests look at.</summary>
public sealed class OwnExport : IAsyncLifetime
{
    readonly BuiltCatalog _built = new([.. OwnRules.All.Select(r => r.Yaml)]);

    public DirectoryInfo Folder { get; } = Directory.CreateTempSubdirectory("rulescope-export-");

    public string Target => Path.Combine(Folder.FullName, "site");

    public ExportedSite Exported { get; private set; } = new(0, 0, 0, default, 0, []);

    public async ValueTask InitializeAsync() => Exported = await ExportAsync();

    public SiteExport Begin() => new(_built.Open(), PackageLibrary.Open(Path.Combine(SiteFixture.RepositoryFolder(), "content", "packages")));

    public async Task<ExportedSite> ExportAsync()
    {
        await using var export = Begin();
        var (exported, message) = await export.WriteAsync(Target, null, TestContext.Current.CancellationToken);
        Assert.Equal("", message);
        Assert.NotNull(exported);
        return exported;
    }

    public ValueTask DisposeAsync()
    {
        _built.Dispose();
        Folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }
}

public sealed class SiteExportTests(OwnExport own) : IClassFixture<OwnExport>
{
    string Target => own.Target;

    [Fact]
    public async Task Every_link_of_an_export_ends_at_a_file_of_it()
    {
        var exported = own.Exported;
        var pages = Directory.GetFiles(Target, "*.html", SearchOption.AllDirectories);
        Assert.Equal(exported.Pages, pages.Length);
        Assert.Equal(exported.Pages + exported.Files + 1, Directory.GetFiles(Target, "*", SearchOption.AllDirectories).Length);
        Assert.Empty(exported.Dead);
        foreach (var page in pages)
        {
            var html = await File.ReadAllTextAsync(page, TestContext.Current.CancellationToken);
            Assert.Contains("<meta http-equiv=\"Content-Security-Policy\"", html, StringComparison.Ordinal);
            foreach (var address in HtmlLinks.All(html))
            {
                Assert.False(address.Value.StartsWith('/'), $"{page}: {address}");
                Assert.False(address.Name.StartsWith("hx-", StringComparison.Ordinal), $"{page}: {address}");
                if (address.Value.StartsWith('#') || address.Value.Contains("://", StringComparison.Ordinal) || address.Value.StartsWith("mailto:", StringComparison.Ordinal))
                    continue;
                var path = address.Value.Split('#')[0];
                Assert.True(File.Exists(Path.Combine(Path.GetDirectoryName(page)!, path)), $"{page}: {address}");
            }
        }
    }

    [Theory]
    [InlineData("index.html")]
    [InlineData("404.html")]
    [InlineData("techniques/T1021.007/index.html")]
    [InlineData("techniques/T1021.007.json")]
    [InlineData("search/index.html")]
    [InlineData("left-out/index.html")]
    [InlineData("rulescope-export.json")]
    public void What_a_visitor_looks_for_is_there(string file) => Assert.True(File.Exists(Path.Combine(Target, file)));

    [Fact]
    public async Task Searches_and_filters_lead_to_the_page_that_says_so()
    {
        Assert.True(own.Exported.LeftOut > 0);
        var page = await File.ReadAllTextAsync(Path.Combine(Target, "techniques", "T1021.007", "index.html"), TestContext.Current.CancellationToken);
        Assert.All(HtmlLinks.All(page).Where(a => a.Name == "action"), a => Assert.Equal("../../left-out/index.html", a.Value));
        Assert.Contains("copy of the site as files", await File.ReadAllTextAsync(Path.Combine(Target, "left-out", "index.html"), TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rules_are_listed_and_each_has_its_file()
    {
        var list = HtmlLinks.All(await File.ReadAllTextAsync(Path.Combine(Target, "search", "index.html"), TestContext.Current.CancellationToken));
        Assert.Contains(list, a => a.Value == $"../rules/sigma/{OwnRules.Tunnel}/index.html");
        Assert.True(File.Exists(Path.Combine(Target, "rules", "sigma", OwnRules.Tunnel, "index.html")));
        Assert.True(File.Exists(Path.Combine(Target, "rules", "sigma", $"{OwnRules.Tunnel}.json")));
    }

    [Fact]
    public async Task The_same_catalog_gives_the_same_files_and_an_earlier_export_is_replaced()
    {
        var first = await ContentAsync();
        await File.WriteAllTextAsync(Path.Combine(Target, "old.html"), "from before", TestContext.Current.CancellationToken);
        await own.ExportAsync();
        Assert.Equal(first, await ContentAsync());
        Assert.Equal(Target, Assert.Single(own.Folder.GetFileSystemInfos()).FullName);
    }

    [Fact]
    public async Task What_is_somebody_elses_is_left_alone()
    {
        var folder = Directory.CreateTempSubdirectory("rulescope-export-");
        var thesis = Path.Combine(folder.FullName, "thesis.txt");
        await File.WriteAllTextAsync(thesis, "mine", TestContext.Current.CancellationToken);
        await using var export = own.Begin();
        foreach (var path in (string[])[folder.FullName, thesis])
        {
            var (exported, message) = await export.WriteAsync(path, null, TestContext.Current.CancellationToken);
            Assert.Null(exported);
            Assert.Contains("is no export of this program", message, StringComparison.Ordinal);
        }

        Assert.Equal("mine", await File.ReadAllTextAsync(thesis, TestContext.Current.CancellationToken));
        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task An_export_that_is_stopped_leaves_nothing()
    {
        var folder = Directory.CreateTempSubdirectory("rulescope-export-");
        await using var export = own.Begin();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => export.WriteAsync(Path.Combine(folder.FullName, "site"), null, new CancellationToken(canceled: true)));
        Assert.Empty(folder.GetFileSystemInfos());
        folder.Delete();
    }

    [Theory]
    [InlineData("/", "")]
    [InlineData("/techniques/T1059.001", "techniques/T1059.001")]
    [InlineData("/techniques/T1059?role=all", "techniques/T1059/role-all")]
    [InlineData("/search?q=&page=2", "search/page-2")]
    [InlineData("/rules/google/%2e%2e", "rules/google/~2E.~")]
    [InlineData("/rules/google/a%2Fb%20c", "rules/google/a~2Fb~20c")]
    [InlineData("/rules/google/..%5C..", "rules/google/~2E.~5C..~")]
    [InlineData("/rules/google/%C3%A4", "rules/google/~C3~A4")]
    public void An_address_has_a_file_name_that_every_system_takes(string address, string path) => Assert.Equal(path, ExportAddress.PathOf(address));

    [Theory]
    [InlineData("/techniques#execution", "/techniques", "#execution")]
    [InlineData("/search?q=", "/search", "")]
    [InlineData("/search?q=&page=2", "/search?q=&page=2", "")]
    [InlineData("#rules", null, "#rules")]
    [InlineData("https://attack.mitre.org/a#b", null, "#b")]
    [InlineData("//other.example/a", null, "")]
    public void A_link_has_an_address_and_a_fragment(string link, string? address, string fragment) =>
        Assert.Equal((address, fragment), (ExportAddress.Of(link), ExportAddress.FragmentOf(link)));

    [Fact]
    public void Long_names_are_cut_and_stay_apart()
    {
        var (one, other) = (ExportAddress.PathOf($"/rules/a/{new string('x', 500)}1"), ExportAddress.PathOf($"/rules/a/{new string('x', 500)}2"));
        Assert.NotEqual(one, other);
        Assert.InRange(one.Length, 10, 130);
    }

    [Fact]
    public void Names_that_differ_in_case_alone_stay_apart()
    {
        var pages = new SitePages(10);
        Assert.True(pages.Add("/rules/a/X") && pages.Add("/rules/a/x") && !pages.Add("/rules/a/x"));
        Assert.Equal(("rules/a/X/index.html", "rules/a/x~2/index.html"), (pages.FileOf("/rules/a/X", isPage: true), pages.FileOf("/rules/a/x", isPage: true)));
    }

    [Theory]
    [InlineData("/techniques/T1059", true)]
    [InlineData("/techniques/T1059?role=selector", true)]
    [InlineData("/techniques/T1059?role=selector&platform=linux", false)]
    [InlineData("/techniques/T1059?vendor=sigma", false)]
    [InlineData("/search?q=vendor%3Asigma&page=3", true)]
    [InlineData("/search?q=mimikatz", false)]
    [InlineData("/search?q=vendor%3Asigma%20x", false)]
    [InlineData("/packages/a?without=1", false)]
    [InlineData("/techniques/T1059.json?role=selector", false)]
    public void What_has_no_end_of_forms_is_left_out(string address, bool isKept) => Assert.Equal(isKept, ExportAddress.IsKept(address));

    [Theory]
    [InlineData("<a href=\"/x\">a</a>", "<a href=\"[/x]\">a</a>")]
    [InlineData("<a class=\"b\" href=\"/x?a=1&amp;b=2\" id=c>", "<a class=\"b\" href=\"[/x?a=1&amp;b=2]\" id=c>")]
    [InlineData("<p title=\"href=&quot;/x&quot;\">href=\"/x\" 1 < 2", "<p title=\"href=&quot;/x&quot;\">href=\"/x\" 1 < 2")]
    [InlineData("<!-- <a href=\"/x\"> --><br/><img src=\"/i\" />", "<!-- <a href=\"/x\"> --><br/><img src=\"[/i]\" />")]
    [InlineData("<script src=\"/s\">'<a href=\"/x\">'</script><form action=\"/f\">", "<script src=\"[/s]\">'<a href=\"/x\">'</script><form action=\"[/f]\">")]
    [InlineData("<div hx-get=\"/x\" data-a=\"/y\">", "<div data-a=\"/y\">")]
    [InlineData("<a href", "<a href")]
    [InlineData("<a href=\"/x", "<a href=\"/x")]
    [InlineData("<", "<")]
    [InlineData("", "")]
    public void Addresses_are_found_in_tags_and_nowhere_else(string html, string expected) =>
        Assert.Equal(expected, HtmlLinks.Rewrite(html, a => a.Name.StartsWith("hx-", StringComparison.Ordinal) ? null : $"[{a.Value}]"));

    async Task<ImmutableSortedDictionary<string, string>> ContentAsync()
    {
        var content = ImmutableSortedDictionary.CreateBuilder<string, string>(StringComparer.Ordinal);
        foreach (var file in Directory.GetFiles(Target, "*", SearchOption.AllDirectories))
            content[file] = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        return content.ToImmutable();
    }
}
