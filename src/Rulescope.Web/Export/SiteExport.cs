using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Rulescope.Catalog.Search;
using Rulescope.Catalog.Store;
using Rulescope.Corpus;
using Rulescope.Packages;
using Rulescope.Web.Endpoints;
using Rulescope.Web.Pages;
using Rulescope.Web.Site;

namespace Rulescope.Web.Export;

/// <summary>Writes the whole site as files that open from any file server and from a folder.</summary>
public sealed class SiteExport : IAsyncDisposable
{
    const string LeftOut = "/left-out";
    const string Lost = "/404";
    const int MostAddresses = 250_000;

    // What a file server cannot send as headers; frame-ancestors holds in headers only.
    static readonly string Head =
        $"<head><meta http-equiv=\"Content-Security-Policy\" content=\"{SecurityHeaders.ContentSecurityPolicy.Replace("; frame-ancestors 'none'", "", StringComparison.Ordinal)}\">"
        + "<meta name=\"referrer\" content=\"same-origin\">";

    readonly WebApplication _site;
    readonly InProcessSite _ask;
    readonly SitePages _pages = new(MostAddresses);
    int _leftOut;

    public SiteExport(CatalogFile catalog, PackageLibrary packages)
    {
        _site = RulescopeSite.Build(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory }, catalog, ["http://localhost"], packages, new() { KeepsAnswers = false });
        _site.MapRead(LeftOut, () => Answers.Page<MessageView>(new SiteMessage(StatusCodes.Status200OK, "Not part of this copy", "This is a copy of the site as files. Searches, comparisons and most filters need the program: 'rulescope serve' has them.")
        {
            Links = [new("All rules", Links.Rules), new("All techniques", Links.Techniques)],
        }));
        _ask = new(_site);
    }

    /// <summary>Writes into <paramref name="path"/>; null with a message where that cannot be.</summary>
    public async Task<(ExportedSite? Exported, string Message)> WriteAsync(string path, IProgress<CorpusProgress>? progress, CancellationToken cancellation)
    {
        var start = Stopwatch.GetTimestamp();
        using var folder = ExportFolder.Begin(path, out var message);
        if (folder is null)
            return (null, message);
        using var visit = new CatalogVisit(_site.Services.GetRequiredService<SiteCatalog>());
        await WalkAsync(folder, visit.Catalog, progress, cancellation).ConfigureAwait(false);
        using (var after = new CatalogVisit(_site.Services.GetRequiredService<SiteCatalog>()))
        {
            if (after.Catalog != visit.Catalog)
                return (null, "the catalog was built anew meanwhile, so pages of both would be mixed: run it again");
        }

        var bytes = await LinkAsync(folder, cancellation).ConfigureAwait(false);
        bytes += await WriteLostAsync(folder, cancellation).ConfigureAwait(false);
        var written = _pages.Walked.Where(p => p.File is not null).ToArray();
        var result = new ExportedSite(written.Count(p => p.IsPage) + 1, written.Count(p => !p.IsPage), bytes, Stopwatch.GetElapsedTime(start), _leftOut, Dead()) { IsCut = _pages.IsCut };
        var mark = new { program = "rulescope", catalogBuiltAt = visit.Catalog.File.BuiltAt, pages = result.Pages };
        await File.WriteAllBytesAsync(folder.PathOf(ExportFolder.Mark), JsonSerializer.SerializeToUtf8Bytes(mark), cancellation).ConfigureAwait(false);
        folder.Finish();
        return (result, "");
    }

    public ValueTask DisposeAsync() => _site.DisposeAsync();

    // From the first page by its links, wave by wave; rules of no technique are reached by the list of all rules, and by name.
    async Task WalkAsync(ExportFolder folder, OpenCatalog catalog, IProgress<CorpusProgress>? progress, CancellationToken cancellation)
    {
        var wave = new List<string>();
        foreach (var address in (string[])["/", LeftOut, Links.Rules, Links.Techniques, Links.Events, Links.About, .. AllRules(catalog)])
        {
            if (_pages.Add(address))
                wave.Add(address);
        }

        for (var done = 0; wave.Count > 0;)
        {
            var answers = new (WalkedPage Page, IReadOnlyList<string> Links)[wave.Count];
            var asked = wave;
            await Parallel.ForAsync(0, asked.Count, cancellation, async (i, stop) =>
            {
                answers[i] = await VisitAsync(folder, asked[i], stop).ConfigureAwait(false);
                progress?.Report(new(Interlocked.Increment(ref done), _pages.Count));
            }).ConfigureAwait(false);
            foreach (var (page, _) in answers)
                _pages.Remember(page);
            wave = [.. answers.SelectMany(a => a.Links).Where(_pages.Add)];
        }
    }

    static IEnumerable<string> AllRules(OpenCatalog catalog)
    {
        const int AtOnce = 1_000;
        var all = SearchQuery.Parse("").Value;
        for (var skip = 0; catalog.Search.Search(all, AtOnce, skip) is { Rules.Length: > 0 } found; skip += AtOnce)
        {
            foreach (var rule in found.Rules)
                yield return Links.Rule(rule.Vendor, rule.Id);
        }
    }

    async Task<(WalkedPage Page, IReadOnlyList<string> Links)> VisitAsync(ExportFolder folder, string address, CancellationToken cancellation)
    {
        var answer = await _ask.AskAsync(address, cancellation).ConfigureAwait(false);
        if (answer.Location is { } location && ExportAddress.Of(location) is { } target)
            return (new(address, null, IsPage: false, target, 0), [target]);
        if (answer.Status != StatusCodes.Status200OK || answer.IsFeed)
            return (new(address, null, IsPage: false, null, 0) { IsFeed = answer.Status == StatusCodes.Status200OK }, []);
        var file = _pages.FileOf(address, answer.IsPage);
        await File.WriteAllBytesAsync(folder.PathOf(file), answer.Body, cancellation).ConfigureAwait(false);
        var page = new WalkedPage(address, file, answer.IsPage, null, answer.Body.Length);
        if (!answer.IsPage)
            return (page, []);
        var links = HtmlLinks.All(Encoding.UTF8.GetString(answer.Body)).Where(a => a.Name is "href" or "src").Select(a => ExportAddress.Of(a.Value)).OfType<string>();
        return (page, [.. links.Select(a => ExportAddress.WholeTwin(a) ?? a).Distinct(StringComparer.Ordinal)]);
    }

    // Only now is it known where every link ends.
    async Task<long> LinkAsync(ExportFolder folder, CancellationToken cancellation)
    {
        var bytes = _pages.Walked.Where(p => !p.IsPage).Sum(p => p.Bytes);
        await Parallel.ForEachAsync(_pages.Walked.Where(p => p.IsPage), cancellation, async (page, stop) =>
        {
            var path = folder.PathOf(page.File ?? "");
            var html = Linked(await File.ReadAllTextAsync(path, stop).ConfigureAwait(false), page.File ?? "");
            await File.WriteAllTextAsync(path, html, stop).ConfigureAwait(false);
            Interlocked.Add(ref bytes, Encoding.UTF8.GetByteCount(html));
        }).ConfigureAwait(false);
        return bytes;
    }

    // A server shows it wherever nothing is, so its links are those of the first folder, and it says no more than it must.
    async Task<long> WriteLostAsync(ExportFolder folder, CancellationToken cancellation)
    {
        var answer = await _ask.AskAsync(Lost, cancellation).ConfigureAwait(false);
        var html = Linked(Encoding.UTF8.GetString(answer.Body), "404.html");
        await File.WriteAllTextAsync(folder.PathOf("404.html"), html, cancellation).ConfigureAwait(false);
        return Encoding.UTF8.GetByteCount(html);
    }

    string Linked(string html, string file)
    {
        var leftOut = SitePages.Relative(file, _pages.Find(LeftOut) ?? "index.html");
        var linked = HtmlLinks.Rewrite(html, address =>
        {
            if (address.Name.StartsWith("hx-", StringComparison.Ordinal))
                return null;
            if (ExportAddress.Of(address.Value) is not { } target)
                return address.Value;
            if (address.Name is not ("action" or "formaction") && _pages.Find(target) is { } found)
                return SitePages.Relative(file, found) + ExportAddress.FragmentOf(address.Value);
            // What the head of a page names is for programs, and none of them reads that page.
            if (address.Tag == "link")
                return null;
            Interlocked.Increment(ref _leftOut);
            return leftOut;
        });
        return linked.Replace("<head>", Head, StringComparison.Ordinal);
    }

    // Kept addresses that came to nothing; a filter that was left out is none of them.
    string[] Dead() => [.. _pages.Walked.Where(p => p is { File: null, LeadsTo: null, IsFeed: false }).Select(p => p.Address).Order(StringComparer.Ordinal)];
}
