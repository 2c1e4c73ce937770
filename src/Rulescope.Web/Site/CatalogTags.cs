using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.Net.Http.Headers;
using Rulescope.Packages;

namespace Rulescope.Web.Site;

/// <summary>Entity tags: an address answers the same until the catalog is built anew or the program changes.</summary>
static class CatalogTags
{
    static readonly string Program = typeof(CatalogTags).Module.ModuleVersionId.ToString("N", CultureInfo.InvariantCulture);

    public static void UseCatalogTags(this IApplicationBuilder site)
    {
        site.Use((context, next) =>
        {
            if (!HttpMethods.IsGet(context.Request.Method) && !HttpMethods.IsHead(context.Request.Method))
                return next(context);
            var file = context.RequestServices.GetRequiredService<OpenCatalog>().File;
            var tag = Tag($"{file.BuiltAt.Ticks} {file.Stamp.Length} {file.Stamp.Written.Ticks} {context.RequestServices.GetRequiredService<PackageLibrary>().Stamp} {Program}", context.Request.GetEncodedPathAndQuery());
            if (context.Request.GetTypedHeaders().IfNoneMatch.Any(known => known.Compare(tag, useStrongComparison: false)))
            {
                context.Response.GetTypedHeaders().ETag = tag;
                context.Response.StatusCode = StatusCodes.Status304NotModified;
                return Task.CompletedTask;
            }

            context.Response.OnStarting(() =>
            {
                if (context.Response.StatusCode == StatusCodes.Status200OK)
                    context.Response.GetTypedHeaders().ETag = tag;
                if (context.Response.Headers.CacheControl.Count == 0)
                    context.Response.Headers.CacheControl = context.Response.StatusCode == StatusCodes.Status200OK ? "no-cache" : "no-store";
                return Task.CompletedTask;
            });
            return next(context);
        });
    }

    // Weak, because compression changes the bytes and not the content.
    static EntityTagHeaderValue Tag(FormattableString state, string address)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{state.ToString(CultureInfo.InvariantCulture)} {address}"));
        return new($"\"{Convert.ToHexStringLower(hash.AsSpan(0, 12))}\"", isWeak: true);
    }
}
