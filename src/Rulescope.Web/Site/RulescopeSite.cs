using System.IO.Compression;
using System.Text.Encodings.Web;
using System.Text.Unicode;
using System.Threading.RateLimiting;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Extensions.Logging.Console;
using Rulescope.Catalog.Store;
using Rulescope.Packages;
using Rulescope.Web.Endpoints;

namespace Rulescope.Web.Site;

/// <summary>The site over one catalog: pages, their JSON twins and two assets. It asks nothing of any other host.</summary>
public static class RulescopeSite
{
    const int MaxRequestLine = 8 << 10;
    const int MaxHeaders = 32 << 10;
    const int MaxBody = 16 << 10;
    const int MaxConnections = 1_024;
    const int MaxAtOnce = 64;
    const int MaxWaiting = 512;

    static readonly string[] Compressed = ["text/html", "text/css", "application/json", "application/problem+json", "image/svg+xml"];

    /// <summary>A site that is ready to run; it listens on <paramref name="urls"/> once started.</summary>
    /// <remarks>Settings files and environment variables are not read: what the caller passes is all there is.</remarks>
    public static WebApplication Build(WebApplicationOptions options, CatalogFile catalog, IEnumerable<string> urls, PackageLibrary? packages = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(options);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestLineSize = MaxRequestLine;
            kestrel.Limits.MaxRequestHeadersTotalSize = MaxHeaders;
            kestrel.Limits.MaxRequestBodySize = MaxBody;
            kestrel.Limits.MaxConcurrentConnections = MaxConnections;
        });
        AddServices(builder.Services, catalog);
        builder.Services.AddSingleton(packages ?? PackageLibrary.Empty);
        builder.Logging.AddConsole(console => console.LogToStandardErrorThreshold = LogLevel.Trace)
            .AddSimpleConsole(console => console.ColorBehavior = LoggerColorBehavior.Disabled)
            .SetMinimumLevel(LogLevel.Warning);

        var site = builder.Build();
        foreach (var url in urls)
            site.Urls.Add(url);
        site.UseSecurityHeaders();
        site.UseExceptionHandler(error => error.Run(MessageEndpoints.OnExceptionAsync));
        site.UseStatusCodePages(MessageEndpoints.OnEmptyAnswerAsync);
        site.UseRateLimiter();
        site.UseCatalogTags();
        site.UseResponseCompression();
        site.UseRouting();
        site.MapAssets();
        site.MapHome();
        site.MapTechniques();
        site.MapRules();
        site.MapEvents();
        site.MapSearch();
        site.MapPackages();
        return site;
    }

    // Components bring key storage along for forms with state. This site has none, and must not write keys to the user's disk.
    static void ForgetKeys(IServiceCollection services)
    {
        services.AddDataProtection().UseEphemeralDataProtectionProvider();
        foreach (var service in services.Where(s => s.ServiceType == typeof(IHostedService)).ToArray())
            services.Remove(service);
    }

    static void AddServices(IServiceCollection services, CatalogFile catalog)
    {
        services.AddRouting();
        services.AddRazorComponents();
        ForgetKeys(services);
        // Letters of all scripts go out as themselves; marks of HTML and control characters are always encoded.
        services.AddSingleton(HtmlEncoder.Create(UnicodeRanges.All));
        services.AddResponseCompression(compression =>
        {
            compression.EnableForHttps = true;
            compression.MimeTypes = Compressed;
            compression.Providers.Add<BrotliCompressionProvider>();
            compression.Providers.Add<GzipCompressionProvider>();
        });
        services.Configure<BrotliCompressionProviderOptions>(brotli => brotli.Level = CompressionLevel.Optimal);
        services.Configure<GzipCompressionProviderOptions>(gzip => gzip.Level = CompressionLevel.Optimal);
        services.AddRateLimiter(limiter =>
        {
            limiter.RejectionStatusCode = StatusCodes.Status503ServiceUnavailable;
            limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(_ => RateLimitPartition.GetConcurrencyLimiter(
                "site", _ => new() { PermitLimit = MaxAtOnce, QueueLimit = MaxWaiting, QueueProcessingOrder = QueueProcessingOrder.OldestFirst }));
        });
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(provider => new SiteCatalog(catalog, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<SiteCatalog>>()));
        // One catalog for the whole of a request, even if a build replaces it meanwhile.
        services.AddScoped<CatalogVisit>();
        services.AddScoped(provider => provider.GetRequiredService<CatalogVisit>().Catalog);
        services.AddScoped(provider => provider.GetRequiredService<OpenCatalog>().Guides);
        services.AddScoped(provider => provider.GetRequiredService<OpenCatalog>().Rules);
        services.AddScoped(provider => provider.GetRequiredService<OpenCatalog>().Search);
        services.AddScoped(provider => provider.GetRequiredService<OpenCatalog>().Events);
        services.AddScoped(provider => provider.GetRequiredService<OpenCatalog>().Overview);
    }
}
