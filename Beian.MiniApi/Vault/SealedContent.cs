using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Beian.MiniApi.Vault;

/// <summary>
/// How long content is sealed. A header of <see cref="HeaderBytes"/>, <c>B5 42 4D 01</c> and two places for the content's own key as <see cref="Sealer"/> seals it, of
/// which one is empty but while a new one is written; then the content in chunks, each AES-256-GCM with its tag behind it, together 64 KiB. The nonce of a chunk is
/// twice its number, plus one for the last: a chunk that was moved, left out or added behind the last does not open. Every content has a random key of its own, so
/// that counted nonces never meet.
/// </summary>
public static class SealedContent
{
    /// <summary>Bytes of a chunk in the clear; the last is shorter or as long.</summary>
    public const int ChunkBytes = SealedChunkBytes - Gcm.TagBytes;

    /// <summary>Bytes before the first chunk.</summary>
    public const int HeaderBytes = 4 + (Slots * SlotBytes);

    internal const int SealedChunkBytes = 64 * 1024;

    private const int Slots = 2;
    private const int SlotBytes = RingKeys.KeyBytes + Sealer.Overhead;
    private const string Kind = "material";

    private static readonly byte[] Magic = [0xB5, 0x42, 0x4D, 0x01];

    /// <summary>A key for one content.</summary>
    public static byte[] NewKey() => RandomNumberGenerator.GetBytes(RingKeys.KeyBytes);

    /// <summary>True for the beginning of sealed content.</summary>
    public static bool IsSealed(ReadOnlySpan<byte> beginning) => beginning.StartsWith(Magic);

    /// <summary>True when the key in this header is sealed by that data key.</summary>
    public static bool IsBy(int dataKey, ReadOnlySpan<byte> header)
    {
        var isThere = false;
        for (var slot = 0; slot < Slots && header.Length == HeaderBytes && IsSealed(header); slot++)
        {
            isThere |= Slot(header, slot).StartsWith(Sealer.MarkOf(dataKey));
        }

        return isThere;
    }

    /// <summary>The header; the content is written behind it.</summary>
    /// <param name="sealer">Seals the key.</param>
    /// <param name="id">Under which the content is kept.</param>
    /// <param name="key">The content's own.</param>
    public static byte[] Header(Sealer sealer, string id, byte[] key)
    {
        var header = new byte[HeaderBytes];
        Magic.CopyTo(header, 0);
        sealer.Seal(Kind, id, key).CopyTo(header, Magic.Length);
        return header;
    }

    /// <summary>A header that holds no key, for content whose id is not known yet: without it nobody can open the content.</summary>
    public static byte[] EmptyHeader() => [.. Magic, .. new byte[HeaderBytes - Magic.Length]];

    /// <summary>The content's key.</summary>
    /// <exception cref="CryptographicException">No place of the header opens under that id.</exception>
    public static byte[] KeyOf(Sealer sealer, string id, ReadOnlySpan<byte> header) => Find(sealer, id, header).Key;

    /// <summary>The two steps that give a header a new sealed key: each is written in place and flushed before the next. Null when its key is sealed by the active data key.</summary>
    /// <exception cref="CryptographicException">No place of the header opens under that id.</exception>
    public static (int Offset, byte[] Bytes)[]? Reseal(Sealer sealer, string id, ReadOnlySpan<byte> header)
    {
        var (slot, key) = Find(sealer, id, header);
        if (Slot(header, slot).StartsWith(sealer.CurrentMark()))
        {
            return null;
        }

        return [(OffsetOf(1 - slot), sealer.Seal(Kind, id, key)), (OffsetOf(slot), new byte[SlotBytes])];
    }

    internal static void NonceOf(long chunk, bool isLast, Span<byte> nonce)
    {
        nonce.Clear();
        BinaryPrimitives.WriteInt64BigEndian(nonce[4..], (chunk << 1) | (isLast ? 1L : 0L));
    }

    private static int OffsetOf(int slot) => Magic.Length + (slot * SlotBytes);

    private static ReadOnlySpan<byte> Slot(ReadOnlySpan<byte> header, int slot) => header.Slice(OffsetOf(slot), SlotBytes);

    /// <summary>A kill may have left one place half written: the other one opens.</summary>
    private static (int Slot, byte[] Key) Find(Sealer sealer, string id, ReadOnlySpan<byte> header)
    {
        for (var slot = 0; slot < Slots && header.Length == HeaderBytes && IsSealed(header); slot++)
        {
            var place = Slot(header, slot).ToArray();
            if (Sealer.IsSealed(place) && Try(sealer, id, place) is { } key)
            {
                return (slot, key);
            }
        }

        throw new CryptographicException("The header of sealed content does not open: altered, of another id, or by a key that is not there.");
    }

    private static byte[]? Try(Sealer sealer, string id, byte[] place)
    {
        try
        {
            return sealer.Open(Kind, id, place);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
