using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using Rulescope.Engine.Events;

namespace Rulescope.Engine.Evaluation;

/// <summary>What Python's <c>ipaddress</c> says of an address (Python 3.11 library reference, by the IANA special-purpose registries it names).</summary>
static class PythonAddresses
{
    static readonly ImmutableArray<string> PrivateNetworks =
    [
        "0.0.0.0/8", "10.0.0.0/8", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/29", "192.0.0.170/31", "192.0.2.0/24", "192.168.0.0/16", "198.18.0.0/15",
        "198.51.100.0/24", "203.0.113.0/24", "240.0.0.0/4", "255.255.255.255/32", "::1/128", "::/128", "::ffff:0:0/96", "100::/64", "2001::/23", "2001:db8::/32", "fc00::/7", "fe80::/10",
    ];

    static readonly ImmutableArray<Network> Private = [.. PrivateNetworks.Select(Networks.Parse).OfType<Network>()];
    static readonly ImmutableArray<Network> Shared = [.. new[] { "100.64.0.0/10" }.Select(Networks.Parse).OfType<Network>()];

    public static IEnumerable<KeyValuePair<string, PythonFunction>> Known { get; } = new Dictionary<string, PythonFunction>(StringComparer.Ordinal)
    {
        ["ip_address"] = a => Address(a) is { } ip ? new EventValue.Text(ip.ToString()) : Evaluated.Failed,
        ["ip_is_private"] = Asking(IsPrivate),
        ["ip_is_global"] = Asking(ip => !IsPrivate(ip) && !Shared.Any(n => n.Contains(ip))),
        ["ip_is_loopback"] = Asking(IPAddress.IsLoopback),
        ["ip_is_multicast"] = Asking(ip => ip.IsIPv6Multicast || (ip.AddressFamily == AddressFamily.InterNetwork && ip.GetAddressBytes()[0] is >= 224 and < 240)),
        ["ip_is_link_local"] = Asking(ip => ip.IsIPv6LinkLocal || (ip.AddressFamily == AddressFamily.InterNetwork && ip.GetAddressBytes() is [169, 254, ..])),
        ["ip_version"] = a => Address(a) is { } ip ? new EventValue.Integer(ip.AddressFamily == AddressFamily.InterNetwork ? 4 : 6) : Evaluated.Failed,
        ["ip_is_reserved"] = Asking(ip => ip.AddressFamily == AddressFamily.InterNetwork && ip.GetAddressBytes()[0] >= 240),
        ["network_is_private"] = OfNetwork((first, last) => IsPrivate(first) && IsPrivate(last)),
        ["network_is_global"] = OfNetwork((first, last) => !(Shared.Any(n => n.Contains(first)) && Shared.Any(n => n.Contains(last))) && !(IsPrivate(first) && IsPrivate(last))),
        ["ip_is_unspecified"] = Asking(ip => ip.Equals(IPAddress.Any) || ip.Equals(IPAddress.IPv6Any)),
    };

    static PythonFunction Asking(Func<IPAddress, bool> ask) => a => Address(a) is { } ip ? new EventValue.Bool(ask(ip)) : Evaluated.Failed;

    // Without bits behind the prefix, as ip_network wants it; the edges of a network decide about it.
    static PythonFunction OfNetwork(Func<IPAddress, IPAddress, bool> ask) => a =>
    {
        if (a is not [EventValue.Text { Value: var text }] || Networks.Parse(text) is not { HasHostBits: false } network)
            return Evaluated.Failed;
        var last = network.Address.GetAddressBytes();
        for (var i = 0; i < last.Length; i++)
            last[i] |= (byte)(0xFF >> Math.Clamp(network.Prefix - (8 * i), 0, 8));
        return new EventValue.Bool(ask(network.Address, new IPAddress(last)));
    };

    // .NET also reads "10.1" and "0x7f.1"; Python wants four decimal parts without leading zeros.
    static IPAddress? Address(ImmutableArray<EventValue> a) =>
        a is [EventValue.Text { Value: var text }] && IPAddress.TryParse(text, out var ip)
        && (ip.AddressFamily == AddressFamily.InterNetworkV6 ? !text.StartsWith('[') : string.Equals(ip.ToString(), text, StringComparison.Ordinal)) ? ip : null;

    static bool IsPrivate(IPAddress ip) => Private.Any(n => n.Contains(ip));
}
