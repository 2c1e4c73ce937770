using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Rulescope.Engine.Evaluation;

/// <summary>A network written as address and prefix length; an address alone is a network of one.</summary>
public sealed record Network(IPAddress Address, int Prefix)
{
    /// <summary>True when bits behind the prefix are set.</summary>
    public bool HasHostBits => Address.GetAddressBytes().Select((octet, i) => octet & ~Mask(i)).Any(rest => rest != 0);

    /// <summary>True when the address is of the same family and its leading bits are the network's; IPv4 inside IPv6 counts as IPv4.</summary>
    public bool Contains(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6 && Address.AddressFamily == AddressFamily.InterNetwork)
            address = address.MapToIPv4();
        if (address.AddressFamily != Address.AddressFamily)
            return false;
        var own = Address.GetAddressBytes();
        var other = address.GetAddressBytes();
        return own.Index().All(o => (o.Item & Mask(o.Index)) == (other[o.Index] & Mask(o.Index)));
    }

    // The bits of one octet that belong to the prefix.
    int Mask(int octet) => (0xFF00 >> Math.Clamp(Prefix - (8 * octet), 0, 8)) & 0xFF;
}

/// <summary>Reads networks.</summary>
public static class Networks
{
    /// <summary>The network of <c>10.0.0.0/8</c> or <c>10.1.2.3</c>, or null when it is none.</summary>
    public static Network? Parse(string written)
    {
        var slash = written.IndexOf('/', StringComparison.Ordinal);
        if (!IPAddress.TryParse(slash < 0 ? written : written[..slash], out var address))
            return null;
        var bits = 8 * address.GetAddressBytes().Length;
        if (slash < 0)
            return new(address, bits);
        return int.TryParse(written.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var prefix) && prefix <= bits ? new(address, prefix) : null;
    }
}
