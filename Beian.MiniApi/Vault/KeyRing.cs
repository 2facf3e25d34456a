using System.Security.Cryptography;
using System.Text;

namespace Beian.MiniApi.Vault;

/// <summary>
/// The outermost keys, which come from outside the data folder and wrap the data keys. What they wrap is
/// <c>B5 52 01 | length of the id | id | nonce, 12 bytes | AES-256-GCM of the secret | tag, 16 bytes</c>; the part before the nonce and what the secret is for are
/// authenticated with it. The keys may be replaced while the program runs.
/// </summary>
public sealed class KeyRing(RingKeys keys)
{
    private static readonly byte[] Magic = [0xB5, 0x52, 0x01];

    private volatile RingKeys _keys = keys;

    /// <summary>Id of the key that wraps now.</summary>
    public string ActiveId => _keys.Active;

    /// <summary>The keys of now.</summary>
    public RingKeys Keys => _keys;

    /// <summary>Ids of keys that something stored is wrapped by; a ring without one of them is not taken. Set by the store.</summary>
    public Func<IEnumerable<string>> Needed { get; set; } = () => [];

    /// <summary>Takes other keys from now on.</summary>
    /// <exception cref="InvalidDataException">A key that something stored is wrapped by is not among them; the keys of before stay.</exception>
    public void Replace(RingKeys next)
    {
        var missing = Needed().Where(id => next.Find(id) is null).Distinct(StringComparer.Ordinal).ToArray();
        if (missing.Length > 0)
        {
            throw new InvalidDataException($"The key ring lacks '{string.Join("', '", missing)}', by which data keys are wrapped.");
        }

        _keys = next;
    }

    /// <summary>The secret, wrapped by the active key.</summary>
    /// <param name="purpose">What it is for; has to be the same to unwrap it.</param>
    /// <param name="secret">A key, or something of its size.</param>
    public byte[] Wrap(string purpose, ReadOnlySpan<byte> secret)
    {
        var ring = _keys;
        var head = Head(ring.Active);
        var wrapped = new byte[head.Length + Gcm.NonceBytes + secret.Length + Gcm.TagBytes];
        head.CopyTo(wrapped, 0);
        Gcm.Encrypt(ring.Find(ring.Active)!, secret, wrapped.AsSpan(head.Length), [.. head, .. Encoding.UTF8.GetBytes(purpose)]);
        return wrapped;
    }

    /// <summary>What <see cref="Wrap"/> wrapped.</summary>
    /// <exception cref="InvalidDataException">Its key is not in the ring.</exception>
    /// <exception cref="CryptographicException">It was altered, or is for another purpose, or the key of that id is another one.</exception>
    public byte[] Unwrap(string purpose, ReadOnlySpan<byte> wrapped)
    {
        var id = IdOf(wrapped);
        var key = _keys.Find(id) ?? throw new InvalidDataException($"The key ring has no key '{id}', by which {purpose} is wrapped.");
        var head = Head(id);
        return Gcm.Decrypt(key, wrapped[head.Length..], [.. head, .. Encoding.UTF8.GetBytes(purpose)]);
    }

    /// <summary>Id of the key that it is wrapped by.</summary>
    /// <exception cref="CryptographicException">It is nothing that was wrapped here.</exception>
    public static string IdOf(ReadOnlySpan<byte> wrapped)
    {
        var isOurs = wrapped.Length > Magic.Length && wrapped.StartsWith(Magic) && wrapped.Length > Magic.Length + 1 + wrapped[Magic.Length];
        return isOurs ? Encoding.UTF8.GetString(wrapped.Slice(Magic.Length + 1, wrapped[Magic.Length])) : throw new CryptographicException("Nothing that this key ring wrapped.");
    }

    /// <summary>True for what <see cref="Wrap"/> made.</summary>
    public static bool IsWrapped(ReadOnlySpan<byte> bytes) => bytes.StartsWith(Magic);

    private static byte[] Head(string id)
    {
        var text = Encoding.UTF8.GetBytes(id);
        return [.. Magic, (byte)text.Length, .. text];
    }
}
