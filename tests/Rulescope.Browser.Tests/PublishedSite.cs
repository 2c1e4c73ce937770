using System.Diagnostics;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Rulescope.Browser.Tests.PublishedSite))]

namespace Rulescope.Browser.Tests;

/// <summary>Two sites that the published program serves, one over the starter rules and one over rules that mean harm, and a browser to walk them.</summary>
public sealed class PublishedSite : IAsyncLifetime
{
    static readonly string[] Vendors = ["sigma", "elastic", "splunk", "google", "panther", "microsoft"];
    static readonly string[] Browsers = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("rulescope-browser-");
    readonly List<Process> _servers = [];
    IPlaywright? _playwright;
    IBrowser? _browser;

    /// <summary>Why nothing can be walked here; empty when it can.</summary>
    public string Lacking { get; private set; } = "";

    /// <summary>The site over the starter rules.</summary>
    public Uri Starters { get; private set; } = new("about:blank");

    /// <summary>The site over the rules of the folder <c>hostile</c>.</summary>
    public Uri Hostile { get; private set; } = new("about:blank");

    public string StarterCatalog => Path.Combine(_folder.FullName, "starters.db");

    public string Folder => _folder.FullName;

    public IBrowser Browser
    {
        get
        {
            Assert.SkipWhen(Lacking.Length > 0, Lacking);
            return _browser!;
        }
    }

    public async ValueTask InitializeAsync()
    {
        if (Browsers.FirstOrDefault(File.Exists) is not { } chromium || !OperatingSystem.IsLinux())
        {
            Lacking = "no Chromium is installed (apt-get install chromium): the site is not walked";
            return;
        }

        Assertions.SetDefaultExpectTimeout(Visit.Patience);
        Starters = await ServeAsync(Path.Combine(PublishedProgram.Repository, "content", "rules"), StarterCatalog);
        Hostile = await ServeAsync(CopyOf(Path.Combine(AppContext.BaseDirectory, "hostile")), Path.Combine(_folder.FullName, "hostile.db"));
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = chromium,
            Headless = true,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
        });
    }

    async Task<Uri> ServeAsync(string rules, string catalog)
    {
        await PublishedProgram.RunAsync(["build", .. Vendors.SelectMany(v => (string[])["--source", $"{v}={Path.Combine(rules, v)}"]), "--out", catalog]);
        var (server, address) = await PublishedProgram.ServeAsync(catalog);
        _servers.Add(server);
        return address;
    }

    // Outside the repository, whose folder of tests is no rule set.
    string CopyOf(string source)
    {
        var target = Path.Combine(_folder.FullName, "hostile");
        foreach (var file in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(target, Path.GetRelativePath(source, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }

        return target;
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
            await _browser.DisposeAsync();
        _playwright?.Dispose();
        foreach (var server in _servers)
        {
            server.Kill(entireProcessTree: true);
            await server.WaitForExitAsync();
            server.Dispose();
        }

        _folder.Delete(recursive: true);
    }
}
