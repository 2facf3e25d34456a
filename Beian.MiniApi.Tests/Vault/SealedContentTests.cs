using System.Security.Cryptography;
using Beian.MiniApi.Tests.Fixtures;
using Beian.MiniApi.Vault;

namespace Beian.MiniApi.Tests.Vault;

public sealed class SealedContentTests
{
    private const string Id = "0123456789abcdef0123456789abcdef";
    private const int Chunk = SealedContent.ChunkBytes;
    private const int SealedChunk = SealedContent.SealedChunkBytes;

    private readonly Sealer _sealer = ARing.SealerWith(1);

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(Chunk - 1)]
    [InlineData(Chunk)]
    [InlineData(Chunk + 1)]
    [InlineData(3 * Chunk)]
    [InlineData((3 * Chunk) + 7)]
    public async Task Read_WhatWasSealed_GivesItBackInAnyPieces(int length)
    {
        var plain = RandomNumberGenerator.GetBytes(length);
        var stored = await SealAsync(plain);

        await using var opened = Open(stored);
        using var whole = new MemoryStream();
        await opened.CopyToAsync(whole);

        Assert.Equal(length, opened.Length);
        Assert.Equal(plain, whole.ToArray());
        var random = new Random(length);
        for (var i = 0; i < 50 && length > 0; i++)
        {
            var from = opened.Seek(random.Next(length), SeekOrigin.Begin);
            var piece = new byte[random.Next(1, 2 * Chunk)];
            var read = i % 2 == 0 ? opened.ReadAtLeast(piece, piece.Length, throwOnEndOfStream: false) : await opened.ReadAtLeastAsync(piece, piece.Length, throwOnEndOfStream: false);
            Assert.Equal(Math.Min(piece.Length, length - from), read);
            Assert.True(plain.AsSpan((int)from, read).SequenceEqual(piece.AsSpan(0, read)));
        }
    }

    [Fact]
    public async Task Read_ContentThatWasTamperedWith_Fails()
    {
        var plain = RandomNumberGenerator.GetBytes((3 * Chunk) + 7);
        var stored = await SealAsync(plain);
        var body = SealedContent.HeaderBytes;
        byte[] Part(int from, int count) => stored[(body + (from * SealedChunk))..(body + ((from + count) * SealedChunk))];
        byte[] header = stored[..body];
        byte[] last = stored[(body + (3 * SealedChunk))..];

        Fails([.. header, .. Part(1, 1), .. Part(0, 1), .. Part(2, 1), .. last], "swapped");
        Fails([.. header, .. Part(0, 2), .. last], "a chunk left out");
        Fails([.. header, .. Part(0, 3)], "cut off at a chunk");
        Fails([.. header, .. Part(0, 1)], "cut off at the first chunk");
        Fails(header, "cut off at the header");
        Fails(stored[..^1], "cut off by a byte");
        Fails([.. stored, 0], "a byte more");
        Fails([.. stored, .. last], "the last chunk twice");
        Fails([.. stored, .. Part(0, 1)], "a chunk more");
        foreach (var place in new[] { body, body + SealedChunk - 1, body + (2 * SealedChunk) + 5, stored.Length - 20, stored.Length - 1 })
        {
            var altered = stored.ToArray();
            altered[place] ^= 0x80;
            Fails(altered, $"byte {place}");
        }
    }

    [Fact]
    public async Task Open_UnderAnotherId_Fails()
    {
        var stored = await SealAsync([1, 2, 3]);

        Assert.ThrowsAny<CryptographicException>(() => SealedContent.KeyOf(_sealer, new string('0', 32), stored.AsSpan(0, SealedContent.HeaderBytes)));
        Assert.ThrowsAny<CryptographicException>(() => SealedContent.KeyOf(_sealer, Id, SealedContent.EmptyHeader()));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(30)]
    [InlineData(66)]
    public void Reseal_KilledAfterSomeBytes_StillOpens(int written)
    {
        var sealer = ARing.Sealer();
        var first = ARing.Row(sealer, 1);
        sealer.Load([first]);
        var key = SealedContent.NewKey();
        var header = SealedContent.Header(sealer, Id, key);
        Assert.Null(SealedContent.Reseal(sealer, Id, header));
        sealer.Load([first, ARing.Row(sealer, 2)]);

        for (var round = 0; round < 2; round++)
        {
            foreach (var (offset, bytes) in SealedContent.Reseal(sealer, Id, header)!)
            {
                var killed = header.ToArray();
                bytes.AsSpan(0, written).CopyTo(killed.AsSpan(offset));
                Assert.Equal(key, SealedContent.KeyOf(sealer, Id, killed));
                bytes.CopyTo(header, offset);
                Assert.Equal(key, SealedContent.KeyOf(sealer, Id, header));
            }

            Assert.Null(SealedContent.Reseal(sealer, Id, header));
            sealer.Load([first, ARing.Row(sealer, 2), ARing.Row(sealer, 3)]);
        }
    }

    private void Fails(byte[] stored, string what)
    {
        var thrown = Record.Exception(() =>
        {
            using var opened = Open(stored);
            opened.CopyTo(Stream.Null);
        });
        Assert.True(thrown is CryptographicException, $"{what}: {thrown?.GetType().Name ?? "opened"}");
    }

    private ContentStream Open(byte[] stored) =>
        ContentStream.Open(new MemoryStream(stored), SealedContent.KeyOf(_sealer, Id, stored.AsSpan(0, SealedContent.HeaderBytes)));

    private async Task<byte[]> SealAsync(byte[] plain)
    {
        using var stored = new MemoryStream();
        var key = SealedContent.NewKey();
        stored.Write(SealedContent.Header(_sealer, Id, key));
        using var target = new ContentSealer(stored.WriteAsync, key);
        for (var at = 0; at < plain.Length;)
        {
            var piece = Math.Min(plain.Length - at, 10_000);
            await target.AppendAsync(plain.AsMemory(at, piece), default);
            at += piece;
        }

        await target.CompleteAsync(default);
        return stored.ToArray();
    }
}
