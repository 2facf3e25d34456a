using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Beian.MiniApi.Vault;

/// <summary>
/// The one cipher of stored rows. A sealed value is <c>B5 01 | data key, 4 bytes | nonce, 12 bytes | AES-256-GCM | tag, 16 bytes</c>; what precedes the nonce, the
/// kind of the value and the id of its row are authenticated with it, so that it opens in its own place alone. Values of before there was a sealer are
/// still read.
/// </summary>
/// <param name="ring">Unwraps the data keys.</param>
/// <param name="legacy">Opens values that the framework's data protection wrote: purpose and value.</param>
public class Sealer(KeyRing ring, Func<string, byte[], byte[]>? legacy = null)
{
    /// <summary>
    /// A key makes way for a new one after so many seals. NIST SP 800-38D, section 8.3, allows 2^32 with random nonces of 96 bits; half of it leaves room for those
    /// that were under way.
    /// </summary>
    public const long SealsPerKey = 1L << 31;

    /// <summary>The bound itself: beyond it nothing is sealed.</summary>
    public const long MaxSeals = 1L << 32;

    /// <summary>A key makes way for a new one after so much time, so that one that leaks opens a quarter's values at most.</summary>
    public static readonly TimeSpan LifeOfKey = TimeSpan.FromDays(90);

    /// <summary>Bytes before the nonce: they say by which key a value is sealed.</summary>
    public const int MarkBytes = 6;

    /// <summary>Bytes that sealing adds.</summary>
    public const int Overhead = MarkBytes + Gcm.NonceBytes + Gcm.TagBytes;

    private const byte First = 0xB5;
    private const byte Version = 0x01;
    private const char TextMark = '~';

    /// <summary>How the framework's data protection begins.</summary>
    private static readonly byte[] LegacyMagic = [0x09, 0xF0, 0xC9, 0xF0];

    private readonly Lock _gate = new();
    private volatile Loaded _loaded = new(0, new Dictionary<int, byte[]>(), []);
    private long _seals;

    /// <summary>Reads the stored data keys again, for values sealed by another process; set by the store.</summary>
    public Func<IReadOnlyList<DataKeyRow>> Reload { get; set; } = () => [];

    /// <summary>The ring that wraps the data keys.</summary>
    public KeyRing Ring => ring;

    /// <summary>Id of the data key that seals now; 0 before the first.</summary>
    public int ActiveId => _loaded.Active;

    /// <summary>How often the active key may have sealed.</summary>
    public long Seals => Interlocked.Read(ref _seals);

    /// <summary>Takes the stored data keys; those that are known already are not unwrapped again.</summary>
    /// <exception cref="InvalidDataException">One is wrapped by a key that the ring has not.</exception>
    /// <exception cref="CryptographicException">One was altered.</exception>
    public void Load(IReadOnlyList<DataKeyRow> rows)
    {
        lock (_gate)
        {
            var before = _loaded;
            if (rows.Count == 0 || rows.Max(r => r.Id) < before.Active)
            {
                // Read before another thread made a new key.
                return;
            }

            var keys = rows.ToDictionary(r => r.Id, r => before.Keys.GetValueOrDefault(r.Id) ?? ring.Unwrap(DataKeyRow.PurposeOf(r.Id), r.Wrapped));
            var last = rows.MaxBy(r => r.Id)!;
            if (last.Id != before.Active)
            {
                Interlocked.Exchange(ref _seals, last.Seals);
            }

            _loaded = new Loaded(last.Id, keys, [.. rows.Select(r => KeyRing.IdOf(r.Wrapped)).Distinct(StringComparer.Ordinal)]);
        }

        ring.Needed = () => _loaded.WrappedBy;
    }

    /// <summary>A new data key, wrapped for that id.</summary>
    public byte[] NewKey(int id)
    {
        var key = RandomNumberGenerator.GetBytes(RingKeys.KeyBytes);
        var wrapped = ring.Wrap(DataKeyRow.PurposeOf(id), key);
        CryptographicOperations.ZeroMemory(key);
        return wrapped;
    }

    /// <summary>The same key, wrapped by the ring's active key; null when it is already.</summary>
    public byte[]? Rewrap(DataKeyRow row) =>
        KeyRing.IdOf(row.Wrapped) == ring.ActiveId ? null : ring.Wrap(DataKeyRow.PurposeOf(row.Id), ring.Unwrap(DataKeyRow.PurposeOf(row.Id), row.Wrapped));

    /// <summary>Seals a value with the active data key.</summary>
    /// <param name="kind">What it is, such as table and column; a constant without line breaks.</param>
    /// <param name="id">Id of its row.</param>
    /// <param name="plain">Any length.</param>
    public virtual byte[] Seal(string kind, string id, ReadOnlySpan<byte> plain)
    {
        var loaded = _loaded;
        if (Interlocked.Increment(ref _seals) > MaxSeals)
        {
            throw new InvalidOperationException("The data key has sealed as often as it may; a new one is not there yet.");
        }

        var value = new byte[plain.Length + Overhead];
        Mark(loaded.Active, value);
        Gcm.Encrypt(loaded.Keys[loaded.Active], plain, value.AsSpan(MarkBytes), Authenticated(value, kind, id));
        return value;
    }

    /// <summary>The value in the clear. One that was never sealed is given back as it is.</summary>
    /// <param name="kind">As it was sealed.</param>
    /// <param name="id">As it was sealed.</param>
    /// <param name="stored">As stored.</param>
    /// <param name="purpose">Purpose by which data protection wrote such values formerly; null when it never did.</param>
    /// <exception cref="CryptographicException">Altered, from another place, or by a key that is not there.</exception>
    public byte[] Open(string kind, string id, byte[] stored, string? purpose = null)
    {
        if (!IsSealed(stored))
        {
            return purpose is not null && legacy is not null && stored.AsSpan().StartsWith(LegacyMagic) ? legacy(purpose, stored) : stored;
        }

        var key = KeyOf(BinaryPrimitives.ReadInt32BigEndian(stored.AsSpan(2)));
        return Gcm.Decrypt(key, stored.AsSpan(MarkBytes), Authenticated(stored, kind, id));
    }

    /// <summary>A value sealed as text, for columns of text.</summary>
    public string SealText(string kind, string id, string plain) => TextMark + Base64Url.EncodeToString(Seal(kind, id, Encoding.UTF8.GetBytes(plain)));

    /// <summary>As <see cref="Open"/>.</summary>
    public string OpenText(string kind, string id, string stored, string? purpose = null)
    {
        if (stored.Length > 0 && stored[0] == TextMark && Base64Url.IsValid(stored.AsSpan(1)))
        {
            return Encoding.UTF8.GetString(Open(kind, id, Base64Url.DecodeFromChars(stored.AsSpan(1))));
        }

        return purpose is not null && legacy is not null && stored.StartsWith("CfDJ8", StringComparison.Ordinal) && Base64Url.IsValid(stored)
            ? Encoding.UTF8.GetString(legacy(purpose, Base64Url.DecodeFromChars(stored)))
            : stored;
    }

    /// <summary>True for what was sealed, by whichever key.</summary>
    public static bool IsSealed(ReadOnlySpan<byte> stored) => stored.Length >= Overhead && stored[0] == First && stored[1] == Version;

    /// <summary>How values begin that the active key seals.</summary>
    public byte[] CurrentMark() => MarkOf(ActiveId);

    /// <summary>How texts begin that the active key seals.</summary>
    public string CurrentTextMark() => TextMarkOf(ActiveId);

    /// <summary>How values begin that this data key seals.</summary>
    public static byte[] MarkOf(int dataKey)
    {
        var mark = new byte[MarkBytes];
        Mark(dataKey, mark);
        return mark;
    }

    /// <summary>How texts begin that this data key seals: six bytes are eight characters of base64.</summary>
    public static string TextMarkOf(int dataKey) => TextMark + Base64Url.EncodeToString(MarkOf(dataKey));

    private static void Mark(int keyId, Span<byte> target)
    {
        (target[0], target[1]) = (First, Version);
        BinaryPrimitives.WriteInt32BigEndian(target[2..], keyId);
    }

    private static byte[] Authenticated(ReadOnlySpan<byte> value, string kind, string id) => [.. value[..MarkBytes], .. Encoding.UTF8.GetBytes($"{kind}\n{id}")];

    private byte[] KeyOf(int id)
    {
        if (_loaded.Keys.TryGetValue(id, out var key))
        {
            return key;
        }

        Load(Reload());
        return _loaded.Keys.TryGetValue(id, out key) ? key : throw new CryptographicException($"There is no data key {id}.");
    }

    private sealed record Loaded(int Active, Dictionary<int, byte[]> Keys, IReadOnlyList<string> WrappedBy);
}
