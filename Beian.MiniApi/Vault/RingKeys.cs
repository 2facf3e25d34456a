using System.Security.Cryptography;

namespace Beian.MiniApi.Vault;

/// <summary>The keys of a ring at one moment, each with its id, and which of them wraps from now on. Never changes.</summary>
public sealed class RingKeys
{
    /// <summary>Bytes of a key: AES-256.</summary>
    public const int KeyBytes = 32;

    /// <summary>Longest id, characters.</summary>
    public const int MaxId = 64;

    private readonly Dictionary<string, byte[]> _keys;

    private RingKeys(string active, Dictionary<string, byte[]> keys) => (Active, _keys) = (active, keys);

    /// <summary>Id of the key that wraps.</summary>
    public string Active { get; }

    /// <summary>Every id.</summary>
    public IReadOnlyCollection<string> Ids => _keys.Keys;

    /// <summary>What is wrong with such a ring, without any key in it; empty when nothing is.</summary>
    /// <param name="active">Id of the key that wraps.</param>
    /// <param name="entries">Ids with their keys in base64.</param>
    public static IReadOnlyList<string> Faults(string? active, IReadOnlyCollection<(string? Id, string? Key)> entries)
    {
        var faults = new List<string>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (id, key) in entries)
        {
            if (string.IsNullOrEmpty(id) || id.Length > MaxId || id.Any(c => c is <= ' ' or > '~'))
            {
                faults.Add($"a key has no id of 1 to {MaxId} printable ASCII characters");
            }
            else if (!seen.Add(id))
            {
                faults.Add($"the id '{id}' is there twice");
            }

            if (Parse(key) is null)
            {
                faults.Add($"the key '{id}' is not base64 of exactly {KeyBytes} bytes");
            }
        }

        if (string.IsNullOrEmpty(active) || !seen.Contains(active))
        {
            faults.Add(entries.Count == 0 ? "there is no key" : "the active key is not named, or is none of the keys");
        }

        return faults;
    }

    /// <summary>The ring with those keys.</summary>
    /// <exception cref="InvalidDataException">It is none; the message says why.</exception>
    public static RingKeys Of(string where, string? active, IReadOnlyCollection<(string? Id, string? Key)> entries)
    {
        var faults = Faults(active, entries);
        return faults.Count > 0
            ? throw new InvalidDataException($"{where} is no key ring: {string.Join("; ", faults)}.")
            : new RingKeys(active!, entries.ToDictionary(e => e.Id!, e => Parse(e.Key)!, StringComparer.Ordinal));
    }

    /// <summary>True when both have the same keys under the same ids and the same active one.</summary>
    public bool IsSameAs(RingKeys other) =>
        Active == other.Active && _keys.Count == other._keys.Count
        && _keys.All(k => other._keys.TryGetValue(k.Key, out var key) && CryptographicOperations.FixedTimeEquals(k.Value, key));

    public override string ToString() => $"{_keys.Count} keys, active {Active}";

    internal byte[]? Find(string id) => _keys.GetValueOrDefault(id);

    private static byte[]? Parse(string? base64)
    {
        var bytes = new byte[(base64?.Length ?? 0) + 4];
        return Convert.TryFromBase64String(base64 ?? string.Empty, bytes, out var length) && length == KeyBytes ? bytes[..length] : null;
    }
}
