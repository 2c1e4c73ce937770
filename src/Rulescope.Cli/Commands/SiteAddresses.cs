using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;
using Rulescope.Web.Serving;

namespace Rulescope.Cli.Commands;

/// <summary>Where the site shall listen, as given with <c>--urls</c>.</summary>
/// <param name="Urls">Each of them <c>http://host:port</c>.</param>
/// <param name="Open">Those that other machines may reach.</param>
sealed record SiteAddresses(ImmutableArray<string> Urls, ImmutableArray<string> Open)
{
    /// <summary>Reads a list parted by <c>;</c>; null with a message where one is no address.</summary>
    public static SiteAddresses? Parse(string text, out string message)
    {
        message = "";
        var urls = text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        var open = ImmutableArray.CreateBuilder<string>();
        foreach (var url in urls)
        {
            if (Host(url) is not { } host)
            {
                message = $"'{url}' is no address to listen on: write http://HOST:PORT, such as {CommonOptions.Address}";
                return null;
            }

            if (!SiteHosts.IsLoopback(host))
                open.Add(url);
        }

        if (urls.Length > 0)
            return new([.. urls], open.ToImmutable());
        message = $"--urls names no address: write http://HOST:PORT, such as {CommonOptions.Address}";
        return null;
    }

    /// <summary>Why one of the addresses cannot be listened on, or null. Asked first, because the server tells it in forty lines.</summary>
    public string? Fault()
    {
        foreach (var url in Urls)
        {
            var address = BindingAddress.Parse(url);
            try
            {
                using var listener = new TcpListener(Interface(address.Host), address.Port);
                listener.Start();
            }
            catch (SocketException e)
            {
                return $"{url} cannot be listened on: {e.Message.ToLowerInvariant()}; name another address with --urls";
            }
        }

        return null;
    }

    // A name that is none of ours means all interfaces to the server.
    static IPAddress Interface(string host) =>
        string.Equals(host, "localhost", StringComparison.OrdinalIgnoreCase) ? IPAddress.Loopback
        : IPAddress.TryParse(host.Trim('[', ']'), out var address) ? address : IPAddress.Any;

    static string? Host(string url)
    {
        try
        {
            var address = BindingAddress.Parse(url);
            var isPlain = string.Equals(address.Scheme, "http", StringComparison.OrdinalIgnoreCase) && address is { IsUnixPipe: false, IsNamedPipe: false, PathBase.Length: 0 };
            return isPlain && address.Host.Length > 0 && address.Port is >= 0 and <= ushort.MaxValue ? address.Host : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
