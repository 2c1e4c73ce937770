using Microsoft.Net.Http.Headers;

namespace Rulescope.Web.Machines;

/// <summary>The address of the site as its visitor wrote it, for documents whose links must be absolute.</summary>
/// <remarks>
/// The name is the visitor's word. It goes back to that visitor alone: <c>Vary: Host</c> keeps the answer out of every cache, ours too. A site that
/// listens on this machine alone, or is told its names, refuses all others before this.
/// </remarks>
static class SiteOrigin
{
    /// <summary><c>https://rules.example</c>, without a slash at the end.</summary>
    public static string Of(HttpContext context)
    {
        context.Response.Headers.Append(HeaderNames.Vary, HeaderNames.Host);
        var host = context.Request.Host.ToUriComponent();
        return Uri.TryCreate($"{context.Request.Scheme}://{host}", UriKind.Absolute, out var origin) && origin.AbsolutePath == "/" && origin.UserInfo.Length == 0
            ? origin.GetLeftPart(UriPartial.Authority)
            : throw new BadHttpRequestException("the host is no name", StatusCodes.Status400BadRequest);
    }
}
