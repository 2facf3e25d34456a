using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace Beian.MiniApi.Storage;

/// <summary>
/// The keyed hashes of the audit trail: over its entries, over its heads, over what a row held, and over addresses. Each has a key of its own, made from the one secret,
/// so that no hash of one kind can pass for another.
/// </summary>
public sealed class AuditSecret
{
    private readonly byte[] _chain;
    private readonly byte[] _head;
    private readonly byte[] _digest;
    private readonly byte[] _source;

    /// <param name="secret">At least 32 bytes; whoever has them can write an audit trail that verifies.</param>
    public AuditSecret(byte[] secret)
    {
        ArgumentNullException.ThrowIfNull(secret);
        _chain = Derive(secret, "chain");
        _head = Derive(secret, "head");
        _digest = Derive(secret, "digest");
        _source = Derive(secret, "source");
    }

    /// <summary>HMAC-SHA256 over the hash of the entry before and this entry.</summary>
    public byte[] Chain(ReadOnlySpan<byte> previous, AuditEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        using var mac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _chain);
        mac.AppendData(previous);
        mac.AppendData(entry.Canonical());
        return mac.GetHashAndReset();
    }

    /// <summary>What the first entry of an instance follows.</summary>
    public byte[] Genesis(string instance) => HMACSHA256.HashData(_chain, Encoding.UTF8.GetBytes("genesis\n" + instance));

    /// <summary>The signature of a head or a checkpoint.</summary>
    public byte[] Sign(AuditHead head)
    {
        ArgumentNullException.ThrowIfNull(head);
        return HMACSHA256.HashData(_head, Encoding.UTF8.GetBytes($"{head.Kind}\n{head.Instance}\n{head.Seq}\n{head.At.ToUnixTimeMilliseconds()}\n{Convert.ToHexStringLower(head.Mac)}"));
    }

    public bool IsSigned(AuditHead head)
    {
        ArgumentNullException.ThrowIfNull(head);
        return CryptographicOperations.FixedTimeEquals(Sign(head), head.Signature);
    }

    /// <summary>A digest that says whether two things are the same and nothing else; keyed, so that nobody can try phone numbers out.</summary>
    public IncrementalHash Digest() => IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, _digest);

    /// <summary>
    /// Where somebody called from, as 16 hex characters: an address by itself is personal data, and a truncated one is half of it. Equal addresses (of IPv6 the /64) look
    /// equal, and a suspected one can be compared by whoever has the key.
    /// </summary>
    public string? Source(IPAddress? address)
    {
        if (address is null)
        {
            return null;
        }

        var known = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        var bytes = known.GetAddressBytes();
        var part = known.AddressFamily == AddressFamily.InterNetworkV6 ? bytes.AsSpan(0, 8) : bytes;
        return Convert.ToHexStringLower(HMACSHA256.HashData(_source, part).AsSpan(0, 8));
    }

    private static byte[] Derive(byte[] secret, string purpose) => HKDF.Expand(HashAlgorithmName.SHA256, secret, 32, Encoding.UTF8.GetBytes("beian-audit-" + purpose));
}
