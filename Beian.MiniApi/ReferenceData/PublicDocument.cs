using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.Json;
using Beian.MiniApi.Platform;

namespace Beian.MiniApi.ReferenceData;

/// <summary>One way of sending a document.</summary>
/// <param name="Coding">Its name in <c>Content-Encoding</c>; null for the bare bytes.</param>
/// <param name="Bytes">As they are sent.</param>
/// <param name="ETag">Quoted; changes exactly when the bytes do.</param>
public sealed record DocumentVariant(string? Coding, ReadOnlyMemory<byte> Bytes, string ETag);

/// <summary>A document that callers may keep: finished bytes, bare and compressed once, each with the strong tag that names them.</summary>
/// <param name="Variants">The smallest first, the bare bytes last.</param>
public sealed record PublicDocument(IReadOnlyList<DocumentVariant> Variants)
{
    /// <summary>Bytes below which compressing saves no packet.</summary>
    public const int MinCompressed = 1024;

    private const int BrotliQuality = 9;
    private const int BrotliWindow = 22;

    /// <summary>Tag of the bare bytes.</summary>
    public string ETag => Variants[^1].ETag;

    public static PublicDocument Of<T>(T value)
    {
        var bytes = BareJson.Unescape(JsonSerializer.SerializeToUtf8Bytes(value, ApiJson.Data));
        var tag = Convert.ToHexStringLower(SHA256.HashData(bytes))[..32];
        var bare = new DocumentVariant(null, bytes, $"\"{tag}\"");
        return bytes.Length < MinCompressed
            ? new PublicDocument([bare])
            : new PublicDocument([new DocumentVariant("br", Brotli(bytes), $"\"{tag}-br\""), new DocumentVariant("gzip", Gzip(bytes), $"\"{tag}-gz\""), bare]);
    }

    private static byte[] Brotli(byte[] bytes)
    {
        var compressed = new byte[BrotliEncoder.GetMaxCompressedLength(bytes.Length)];
        return BrotliEncoder.TryCompress(bytes, compressed, out var length, BrotliQuality, BrotliWindow)
            ? compressed[..length]
            : throw new InvalidOperationException("A document is longer compressed than it can be.");
    }

    private static byte[] Gzip(byte[] bytes)
    {
        using var compressed = new MemoryStream();
        using (var gzip = new GZipStream(compressed, CompressionLevel.SmallestSize))
        {
            gzip.Write(bytes);
        }

        return compressed.ToArray();
    }
}
