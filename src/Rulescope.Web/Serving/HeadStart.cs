using Microsoft.Net.Http.Headers;
using Rulescope.Web.Site;

namespace Rulescope.Web.Serving;

/// <summary>Makes the pages of the techniques with most rules before anybody asks, one after the other: they take longest, and the very first answers also wait for code to be compiled.</summary>
/// <remarks>No connection and no log line: these are nobody's requests.</remarks>
public static class HeadStart
{
    const int Pages = 40;

    /// <summary>Fills the kept answers of a site that has been built; ends early where it is told to or where a page fails.</summary>
    public static async Task MakeAsync(WebApplication site, CancellationToken cancellation)
    {
        // Off the caller's thread before the first page.
        await Task.Yield();
        var pages = ((IApplicationBuilder)site).New();
        pages.UseMiddleware<CachedAnswers>();
        pages.UseRouting();
        pages.UseEndpoints(routes =>
        {
            foreach (var source in ((IEndpointRouteBuilder)site).DataSources)
                routes.DataSources.Add(source);
        });
        var pipeline = pages.Build();
        try
        {
            foreach (var address in Addresses(site.Services))
            {
                if (cancellation.IsCancellationRequested)
                    return;
                await AskAsync(site.Services, pipeline, address, cancellation).ConfigureAwait(false);
            }
        }
        catch (Exception problem) when (problem is OperationCanceledException or ObjectDisposedException or IOException)
        {
            // The site ends, or its file is gone: whoever asks is told.
        }
    }

    static string[] Addresses(IServiceProvider services)
    {
        using var scope = services.CreateScope();
        var techniques = scope.ServiceProvider.GetRequiredService<OpenCatalog>().Overview.Techniques;
        return ["/", Links.Matrix, .. techniques.OrderByDescending(t => t.Rules).Take(Pages).Select(t => Links.Technique(t.Technique.Id))];
    }

    static async Task AskAsync(IServiceProvider services, RequestDelegate pipeline, string address, CancellationToken cancellation)
    {
        await using var scope = services.CreateAsyncScope();
        var context = new DefaultHttpContext { RequestServices = scope.ServiceProvider, RequestAborted = cancellation };
        var request = context.Request;
        (request.Method, request.Scheme, request.Host, request.Protocol, request.Path) = (HttpMethods.Get, "http", new("localhost"), HttpProtocol.Http11, address);
        request.Headers[HeaderNames.AcceptEncoding] = "br";
        await pipeline(context).ConfigureAwait(false);
    }
}
