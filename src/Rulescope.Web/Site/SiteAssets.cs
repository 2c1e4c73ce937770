using System.Security.Cryptography;

namespace Rulescope.Web.Site;

/// <summary>A file of the site's own, embedded in the assembly.</summary>
/// <param name="Url">Holds a hash of the content, so that it may be kept forever.</param>
sealed record SiteAsset(string Url, string ContentType, byte[] Content);

/// <summary>The files of the site. The scripts are bundled by the build; where it could not have their packages there are none, and no page needs them.</summary>
static class SiteAssets
{
    const string Scripts = "text/javascript; charset=utf-8";

    public static SiteAsset Stylesheet { get; } = Load("site.css", "text/css; charset=utf-8");

    public static SiteAsset Icon { get; } = Load("icon.svg", "image/svg+xml");

    /// <summary>The script of all pages.</summary>
    public static SiteAsset? Script { get; } = Find("site.js", Scripts);

    /// <summary>The editor of the compare page, which loads it when somebody is about to write.</summary>
    public static SiteAsset? Editor { get; } = Find("editor.js", Scripts);

    /// <summary>The licences of the packages inside the scripts.</summary>
    public static SiteAsset? Licences { get; } = Find("licences.txt", "text/plain; charset=utf-8");

    public static IReadOnlyList<SiteAsset> All { get; } = [.. new[] { Stylesheet, Icon, Script, Editor, Licences }.OfType<SiteAsset>()];

    static SiteAsset Load(string name, string contentType) => Find(name, contentType) ?? throw new InvalidOperationException($"{name} is not part of the assembly");

    static SiteAsset? Find(string name, string contentType)
    {
        using var stream = typeof(SiteAssets).Assembly.GetManifestResourceStream($"assets/{name}");
        if (stream is null)
            return null;
        var content = new byte[stream.Length];
        stream.ReadExactly(content);
        var hash = Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, 6));
        return new($"/assets/{Path.GetFileNameWithoutExtension(name)}.{hash}{Path.GetExtension(name)}", contentType, content);
    }
}
