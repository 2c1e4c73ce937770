using System.Security.Cryptography;

namespace Rulescope.Web.Site;

/// <summary>A file of the site's own, embedded in the assembly.</summary>
/// <param name="Url">Holds a hash of the content, so that it may be kept forever.</param>
sealed record SiteAsset(string Url, string ContentType, byte[] Content);

/// <summary>The files of the site: one stylesheet and one icon.</summary>
static class SiteAssets
{
    public static SiteAsset Stylesheet { get; } = Load("site.css", "text/css; charset=utf-8");

    public static SiteAsset Icon { get; } = Load("icon.svg", "image/svg+xml");

    public static IReadOnlyList<SiteAsset> All { get; } = [Stylesheet, Icon];

    static SiteAsset Load(string name, string contentType)
    {
        using var stream = typeof(SiteAssets).Assembly.GetManifestResourceStream($"assets/{name}")
            ?? throw new InvalidOperationException($"{name} is not part of the assembly");
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        var hash = Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 6));
        return new($"/assets/{Path.GetFileNameWithoutExtension(name)}.{hash}{Path.GetExtension(name)}", contentType, content);
    }
}
