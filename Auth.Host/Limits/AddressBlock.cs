using System.Net;
using System.Net.Sockets;

namespace Auth.Host.Limits;

/// <summary>Who counts as one: for requests an IPv4 address or an IPv6 /64, for texts an IPv4 /24 or an IPv6 /48 (R54).</summary>
public static class AddressBlock
{
    public static string Of(LimitKind kind, IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        var length = (address.AddressFamily, kind) switch
        {
            (AddressFamily.InterNetwork, LimitKind.Text) => 24,
            (AddressFamily.InterNetwork, _) => 32,
            (_, LimitKind.Text) => 48,
            _ => 64,
        };
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(length / 8).Clear();
        return $"{new IPAddress(bytes)}/{length}";
    }
}
