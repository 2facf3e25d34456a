using System.Net;
using System.Net.Sockets;

namespace Beian.MiniApi.Probe;

/// <summary>
/// Which addresses are somebody's on the public internet. Everything in the IANA special-purpose registries is left out, also where a router would
/// forward it: nobody's site is filed there, and some of it leads to our own machines.
/// Sources: https://www.iana.org/assignments/iana-ipv4-special-registry, https://www.iana.org/assignments/iana-ipv6-special-registry,
/// as copies of the registries of 2024-10 and 2025-10 have them, RFC 5771, RFC 4291; compared 2026-11-26.
/// </summary>
public static class PublicAddresses
{
    private static readonly IPNetwork[] Special4 = Read(
        "0.0.0.0/8", // this network
        "10.0.0.0/8", // private
        "100.64.0.0/10", // carrier-grade NAT
        "127.0.0.0/8", // loopback
        "168.63.129.16/32", // Azure's wire server: public by its number, reached from inside only
        "169.254.0.0/16", // link-local, clouds' metadata services
        "172.16.0.0/12", // private
        "192.0.0.0/24", // protocol assignments
        "192.0.2.0/24", // documentation
        "192.31.196.0/24", // AS112
        "192.52.193.0/24", // AMT
        "192.88.99.0/24", // 6to4 relays
        "192.168.0.0/16", // private
        "192.175.48.0/24", // AS112
        "198.18.0.0/15", // benchmarks
        "198.51.100.0/24", // documentation
        "203.0.113.0/24", // documentation
        "224.0.0.0/4", // multicast
        "240.0.0.0/4"); // reserved, broadcast

    /// <summary>Only this is given out as global unicast; loopback, mapped, translated, unique local, link-local and multicast addresses lie outside it.</summary>
    private static readonly IPNetwork Global6 = IPNetwork.Parse("2000::/3");

    private static readonly IPNetwork[] Special6 = Read(
        "2001::/23", // protocol assignments, Teredo, benchmarks, ORCHID
        "2001:db8::/32", // documentation
        "2002::/16", // 6to4: an IPv4 address in disguise
        "2620:4f:8000::/48", // AS112
        "3fff::/20"); // documentation

    /// <summary>The address itself: an IPv4 address that is written as an IPv6 one is the IPv4 address, and a zone is no part of it.</summary>
    public static IPAddress Plain(IPAddress address)
    {
        ArgumentNullException.ThrowIfNull(address);
        return address.IsIPv4MappedToIPv6 ? address.MapToIPv4()
            : address.AddressFamily == AddressFamily.InterNetworkV6 && address.ScopeId != 0 ? new IPAddress(address.GetAddressBytes())
            : address;
    }

    /// <summary>True for an address that may be anybody's site.</summary>
    public static bool IsPublic(IPAddress address)
    {
        var plain = Plain(address);
        return plain.AddressFamily == AddressFamily.InterNetwork
            ? !Array.Exists(Special4, n => n.Contains(plain))
            : Global6.Contains(plain) && !Array.Exists(Special6, n => n.Contains(plain));
    }

    private static IPNetwork[] Read(params string[] networks) => [.. networks.Select(n => IPNetwork.Parse(n))];
}
