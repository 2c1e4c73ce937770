namespace Rulescope.Web.Export;

/// <summary>What the site answers to an address.</summary>
/// <param name="Location">Where a redirect leads.</param>
sealed record SiteAnswer(int Status, string ContentType, byte[] Body, string? Location)
{
    public bool IsPage => ContentType.StartsWith("text/html", StringComparison.OrdinalIgnoreCase);

    public bool IsFeed => ContentType.Contains("xml", StringComparison.OrdinalIgnoreCase) && !ContentType.StartsWith("image/", StringComparison.OrdinalIgnoreCase);
}

/// <summary>Asks the site without any connection: the same pages that a visitor gets.</summary>
sealed class InProcessSite
{
    readonly IServiceProvider _services;
    readonly RequestDelegate _pipeline;

    public InProcessSite(WebApplication site)
    {
        _services = site.Services;
        // A server would add the endpoints when it starts.
        site.UseEndpoints(_ => { });
        _pipeline = ((IApplicationBuilder)site).Build();
    }

    public async Task<SiteAnswer> AskAsync(string address, CancellationToken cancellation)
    {
        await using var scope = _services.CreateAsyncScope();
        var mark = address.IndexOf('?', StringComparison.Ordinal);
        using var body = new MemoryStream();
        var context = new DefaultHttpContext { RequestServices = scope.ServiceProvider, RequestAborted = cancellation };
        var (request, response) = (context.Request, context.Response);
        (request.Method, request.Scheme, request.Host, request.Protocol) = (HttpMethods.Get, "http", new("localhost"), HttpProtocol.Http11);
        request.Path = PathString.FromUriComponent(mark < 0 ? address : address[..mark]);
        request.QueryString = mark < 0 ? QueryString.Empty : new(address[mark..]);
        response.Body = body;
        await _pipeline(context).ConfigureAwait(false);
        return new(response.StatusCode, response.ContentType ?? "", body.ToArray(), response.Headers.Location.FirstOrDefault());
    }
}
