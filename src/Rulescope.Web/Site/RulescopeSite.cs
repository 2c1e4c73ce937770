using System.Text.Encodings.Web;
using System.Text.Unicode;
using Microsoft.AspNetCore.DataProtection;
using Rulescope.Catalog.Store;
using Rulescope.Packages;
using Rulescope.Web.Endpoints;
using Rulescope.Web.Serving;

namespace Rulescope.Web.Site;

/// <summary>The site over one catalog: pages, their JSON twins and two assets. It asks nothing of any other host.</summary>
public static class RulescopeSite
{
    /// <summary>A site that is ready to run; it listens on <paramref name="urls"/> once started.</summary>
    /// <remarks>Settings files and environment variables are not read: what the caller passes is all there is.</remarks>
    public static WebApplication Build(
        WebApplicationOptions options, CatalogFile catalog, IEnumerable<string> urls, PackageLibrary? packages = null, SiteSettings? settings = null)
    {
        var (listens, run) = (urls.ToArray(), settings ?? SiteSettings.Default);
        var builder = WebApplication.CreateEmptyBuilder(options);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            SiteLimits.Limit(kestrel.Limits);
        });
        builder.Services.AddSingleton(run);
        builder.Services.AddLimits(run);
        builder.Services.AddHosts(listens, run);
        if (run.SendsTelemetry)
            builder.Services.AddSingleton<Telemetry>();
        AddServices(builder.Services, catalog);
        builder.Services.AddSingleton(packages ?? PackageLibrary.Empty);
        RequestLog.Configure(builder.Logging, run);

        var site = builder.Build();
        foreach (var url in listens)
            site.Urls.Add(url);
        UseServing(site, run);
        site.UseRouting();
        site.MapAssets();
        site.MapHome();
        site.MapMatrix();
        site.MapTechniques();
        site.MapDrafts();
        site.MapRules();
        site.MapEvents();
        site.MapFields();
        site.MapLogSources();
        site.MapVendors();
        site.MapSearch();
        site.MapCompare();
        site.MapPackages();
        site.MapMachines();
        return site;
    }

    // From the connection to the pages: what is cheap to refuse comes first, what was made before comes before what must be made.
    static void UseServing(WebApplication site, SiteSettings settings)
    {
        if (settings.Log != RequestLogForm.None)
            site.UseMiddleware<RequestLog>();
        // Made now, so that it listens from the first request on; the site disposes of it when it ends.
        if (site.Services.GetService<Telemetry>() is not null)
            site.Use(Telemetry.TraceAsync);
        site.UseSecurityHeaders();
        site.UseHostFiltering();
        site.UseRateLimiter();
        site.UseHealth();
        site.UseCatalogTags();
        site.UseMiddleware<CachedAnswers>();
        site.UseExceptionHandler(error => error.Run(MessageEndpoints.OnExceptionAsync));
        site.UseStatusCodePages(MessageEndpoints.OnEmptyAnswerAsync);
        site.UseRequestTimeouts();
        site.UseTurns();
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
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton(provider => new SiteCatalog(catalog, provider.GetRequiredService<TimeProvider>(), provider.GetRequiredService<ILogger<SiteCatalog>>()));
        // One catalog for the whole of a request, even if a build replaces it meanwhile.
        services.AddScoped<CatalogVisit>();
        services.AddScoped(provider => provider.GetRequiredService<CatalogVisit>().Catalog);
        services.AddScoped(provider => provider.GetRequiredService<OpenCatalog>().Guides);
        services.AddScoped(provider => provider.GetRequiredService<OpenCatalog>().Drafts);
        services.AddScoped(provider => provider.GetRequiredService<OpenCatalog>().Rules);
        services.AddScoped(provider => provider.GetRequiredService<OpenCatalog>().Search);
        services.AddScoped(provider => provider.GetRequiredService<OpenCatalog>().Events);
        services.AddScoped(provider => provider.GetRequiredService<OpenCatalog>().Coverage);
        services.AddScoped(provider => provider.GetRequiredService<OpenCatalog>().Fields);
        services.AddScoped(provider => provider.GetRequiredService<OpenCatalog>().LogSources);
        services.AddScoped(provider => provider.GetRequiredService<OpenCatalog>().Vendors);
        services.AddScoped(provider => provider.GetRequiredService<OpenCatalog>().Overview);
        services.AddScoped(provider => provider.GetRequiredService<OpenCatalog>().Comparing);
        services.AddSingleton<CompareDesk>();
    }
}
