using System.Collections.Immutable;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;
using Microsoft.Net.Http.Headers;

namespace Rulescope.Web.Serving;

/// <summary>What tells one answer of a catalog from another.</summary>
/// <param name="Address">Path and query as they were sent.</param>
/// <param name="IsFragment">Asked for by a script that puts it into a page.</param>
readonly record struct AnswerKey(string Address, ContentCoding Coding, bool IsFragment);

/// <summary>A finished answer: what goes over the wire, to anyone who asks the same.</summary>
sealed record Answer(int Status, ContentCoding Coding, ImmutableArray<KeyValuePair<string, StringValues>> Headers, byte[] Body)
{
    const int BytesAround = 500;

    /// <summary>What it takes to keep it.</summary>
    public long Bytes => Body.Length + BytesAround;

    /// <summary>True when the next one who asks may have it too.</summary>
    public bool MayBeKept => Status == StatusCodes.Status200OK && !Varies;

    /// <summary>True when it depends on more than the address.</summary>
    public bool Varies => Headers.Any(h => h.Key.Equals(HeaderNames.Vary, StringComparison.OrdinalIgnoreCase));

    /// <summary>Lets the endpoints write the answer to a request, without sending any of it.</summary>
    public static async Task<Answer> RenderAsync(HttpContext context, ContentCoding coding, RequestDelegate next)
    {
        var (connection, method) = (context.Features.GetRequiredFeature<IHttpResponseBodyFeature>(), context.Request.Method);
        await using var body = new AnswerBody(context.Response, coding);
        var written = new StreamResponseBodyFeature(body, connection);
        context.Features.Set<IHttpResponseBodyFeature>(written);
        // Who asks for the head is told the length of what others get.
        if (HttpMethods.IsHead(method))
            context.Request.Method = HttpMethods.Get;
        try
        {
            await next(context).ConfigureAwait(false);
            await written.CompleteAsync().ConfigureAwait(false);
        }
        finally
        {
            context.Features.Set(connection);
            context.Request.Method = method;
        }

        return new(context.Response.StatusCode, body.Coding, [.. context.Response.Headers], body.Finish());
    }

    public async Task SendAsync(HttpContext context)
    {
        var response = context.Response;
        response.StatusCode = Status;
        foreach (var (name, value) in Headers)
            response.Headers[name] = value;
        if (Coding.Name() is { } coding)
            response.Headers.ContentEncoding = coding;
        if (ContentCodings.IsWorthwhile(response.ContentType))
            response.Headers.Append(HeaderNames.Vary, HeaderNames.AcceptEncoding);
        if (Body.Length > 0 || Status == StatusCodes.Status200OK)
            response.ContentLength = Body.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
            await response.Body.WriteAsync(Body, context.RequestAborted).ConfigureAwait(false);
    }
}
