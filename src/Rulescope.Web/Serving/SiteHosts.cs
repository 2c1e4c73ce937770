using System.Collections.Immutable;
using System.Net;

namespace Rulescope.Web.Serving;

/// <summary>The names a site answers to. One that listens on this machine alone takes none but this machine's own, so that no page of another site
/// can have a name of its own lead here and read along (DNS rebinding).</summary>
public static class SiteHosts
{
    static readonly ImmutableArray<string> Own = ["localhost", "127.0.0.1", "[::1]"];

    /// <summary>The names for what is listened on; empty where any will do.</summary>
    public static ImmutableArray<string> Of(IEnumerable<string> urls)
    {
        var hosts = urls.Select(u => BindingAddress.Parse(u).Host).ToArray();
        return hosts.All(IsLoopback) ? [.. Own.Union(hosts, StringComparer.OrdinalIgnoreCase)] : [];
    }

    public static bool IsLoopback(string host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));

    internal static void AddHosts(this IServiceCollection services, IEnumerable<string> urls, SiteSettings settings) => services.AddHostFiltering(filter =>
    {
        var hosts = settings.Hosts.IsEmpty ? Of(urls) : settings.Hosts;
        filter.AllowedHosts = hosts.IsEmpty ? ["*"] : [.. hosts];
        filter.AllowEmptyHosts = hosts.IsEmpty;
        filter.IncludeFailureMessage = false;
    });
}
