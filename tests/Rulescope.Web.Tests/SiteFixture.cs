using System.Net;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Rulescope.Catalog.Store;
using Rulescope.Corpus.Sources;
using Rulescope.Packages;
using Rulescope.Web.Site;

[assembly: AssemblyFixture(typeof(Rulescope.Web.Tests.SiteFixture))]

namespace Rulescope.Web.Tests;

/// <summary>The site over a catalog of rules of our own, on a loopback port the system picks.</summary>
public sealed class SiteFixture : IAsyncLifetime
{
    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("rulescope-web-");
    WebApplication? _site;

    // The packages of the repository: they are all our own.
    static string Packages => Path.Combine(RepositoryFolder(), "content", "packages");

    /// <summary>Asks for what is written, follows nothing and unpacks nothing.</summary>
    public HttpClient Client { get; } = new(new SocketsHttpHandler { AllowAutoRedirect = false, AutomaticDecompression = DecompressionMethods.None, UseCookies = false });

    public async ValueTask InitializeAsync()
    {
        var rules = Path.Combine(_folder.FullName, "set");
        foreach (var (path, yaml) in OwnRules.All)
        {
            var file = Path.Combine(rules, path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            await File.WriteAllTextAsync(file, yaml);
        }

        var output = Path.Combine(_folder.FullName, "catalog.db");
        await CatalogBuild.RunAsync([new RuleSource("sigma", rules)], new BuildInputs { Attack = OwnRules.Attack() }, output, null, TestContext.Current.CancellationToken);
        var catalog = CatalogFile.Open(output, out _, out var message) ?? throw new InvalidOperationException(message);
        _site = RulescopeSite.Build(new(), catalog, ["http://127.0.0.1:0"], PackageLibrary.Open(Packages));
        await _site.StartAsync();
        Client.BaseAddress = new(_site.Urls.Single());
    }

    /// <summary>The routes of the site.</summary>
    public EndpointDataSource Routes => (_site ?? throw new InvalidOperationException("not started")).Services.GetRequiredService<EndpointDataSource>();

    /// <summary>The text of an answer that must be a 200.</summary>
    public async Task<string> TextAsync(string address)
    {
        using var answer = await Client.GetAsync(address, TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.True(answer.StatusCode == HttpStatusCode.OK, $"{address} answers {(int)answer.StatusCode}: {text}");
        return text;
    }

    /// <summary>The folder that holds <c>Rulescope.slnx</c>.</summary>
    public static string RepositoryFolder([CallerFilePath] string here = "")
    {
        var folder = new DirectoryInfo(Path.GetDirectoryName(here) ?? "");
        while (!File.Exists(Path.Combine(folder.FullName, "Rulescope.slnx")))
            folder = folder.Parent ?? throw new InvalidOperationException("the tests run outside the repository");
        return folder.FullName;
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        if (_site is not null)
            await _site.DisposeAsync();
        SqliteConnection.ClearAllPools();
        _folder.Delete(recursive: true);
    }
}
