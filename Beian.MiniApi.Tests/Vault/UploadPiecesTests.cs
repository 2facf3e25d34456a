using System.Security.Cryptography;
using System.Text;
using Beian.MiniApi.Storage;
using Beian.MiniApi.Storage.Files;
using Beian.MiniApi.Tests.Fixtures;
using Beian.MiniApi.Vault;
using Microsoft.Extensions.Options;

namespace Beian.MiniApi.Tests.Vault;

public sealed class UploadPiecesTests : IDisposable
{
    private const string Id = "0123456789abcdef0123456789abcdef";

    private readonly string _folder = Path.Combine(Path.GetTempPath(), "beian-pieces-" + Guid.NewGuid().ToString("N"));
    private readonly Sealer _sealer = ARing.SealerWith(1);

    public UploadPiecesTests() => Directory.CreateDirectory(_folder);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Append_PiecesOfAnySize_AreReadBackAndNeverOnTheDiskInTheClear()
    {
        var plain = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("a plain word ", 20_000)));
        var random = new Random(7);
        for (var at = 0; at < plain.Length;)
        {
            // Each by another program, as after a restart.
            var pieces = Pieces();
            var size = Math.Min(plain.Length - at, random.Next(1, 40_000));
            Assert.Equal(at, pieces.OffsetOf(Id));
            at += size;
            Assert.Equal(at, await pieces.AppendAsync(Id, at - size, new MemoryStream(plain, at - size, size), plain.Length, default));
        }

        Assert.Equal(-1, File.ReadAllBytes(Directory.GetFiles(_folder, Id, SearchOption.AllDirectories).Single()).AsSpan().IndexOf("plain"u8));
        await using var read = Pieces().OpenRead(Id)!;
        using var all = new MemoryStream();
        await read.CopyToAsync(all);
        Assert.Equal(plain, all.ToArray());
        read.Position = 100_003;
        var piece = new byte[1_000];
        read.ReadExactly(piece);
        Assert.Equal(plain[100_003..101_003], piece);
    }

    [Fact]
    public async Task Append_AfterAStopWithinTheFirstHeader_BeginsAnew()
    {
        await Pieces().AppendAsync(Id, 0, new MemoryStream([1, 2, 3]), 3, default);
        var file = Directory.GetFiles(_folder, Id, SearchOption.AllDirectories).Single();
        await using (var cut = File.OpenWrite(file))
        {
            cut.SetLength(50);
        }

        Assert.Equal(0, Pieces().OffsetOf(Id));
        Assert.Equal(3, await Pieces().AppendAsync(Id, 0, new MemoryStream([4, 5, 6]), 3, default));
        await using var read = Pieces().OpenRead(Id)!;
        var bytes = new byte[3];
        read.ReadExactly(bytes);
        Assert.Equal([4, 5, 6], bytes);
    }

    [Fact]
    public void Apply_InCounterMode_IsAesOverTheCounter()
    {
        var key = RandomNumberGenerator.GetBytes(32);
        using var cipher = new PieceCipher(key);
        using var aes = Aes.Create();
        aes.Key = key;
        var bytes = new byte[16 * 300];

        cipher.Apply(16 * 5, bytes);

        var counter = new byte[16];
        counter[15] = 5;
        Assert.Equal(aes.EncryptEcb(counter, PaddingMode.None), bytes[..16]);
        (counter[14], counter[15]) = ((5 + 299) >> 8, (5 + 299) & 0xFF);
        Assert.Equal(aes.EncryptEcb(counter, PaddingMode.None), bytes[^16..]);
    }

    private FileUploadPieces Pieces() => new(_folder, Options.Create(new StorageOptions()), _sealer);
}
