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
            Assert.Equal(at, await pieces.OffsetOfAsync(Id, default));
            at += size;
            Assert.Equal(at, await pieces.AppendAsync(Id, at - size, new MemoryStream(plain, at - size, size), plain.Length, default));
        }

        Assert.Equal(-1, File.ReadAllBytes(Directory.GetFiles(_folder, Id, SearchOption.AllDirectories).Single()).AsSpan().IndexOf("plain"u8));
        await using var read = (await Pieces().OpenReadAsync(Id, default))!;
        using var all = new MemoryStream();
        await read.CopyToAsync(all);
        Assert.Equal(plain, all.ToArray());
    }

    [Fact]
    public async Task OpenRead_WithOneBitAlteredAnywhere_OpensNothingButAShorterWhole()
    {
        var plain = RandomNumberGenerator.GetBytes(1_000);
        await Pieces().AppendAsync(Id, 0, new MemoryStream(plain, 0, 700), plain.Length, default);
        await Pieces().AppendAsync(Id, 700, new MemoryStream(plain, 700, 300), 300, default);
        var file = Directory.GetFiles(_folder, Id, SearchOption.AllDirectories).Single();
        var whole = await File.ReadAllBytesAsync(file);

        // What says how long a piece is may end the whole before its length, which its row knows: then it is asked for again.
        for (var i = SealedContent.HeaderBytes; i < whole.Length; i++)
        {
            var altered = whole.ToArray();
            altered[i] ^= (byte)(1 << (i % 8));
            await File.WriteAllBytesAsync(file, altered);
            Assert.True(await Pieces().OffsetOfAsync(Id, default) < plain.Length || await Record.ExceptionAsync(() => Pieces().OpenReadAsync(Id, default)) is CryptographicException, $"byte {i}");
        }

        byte[] moved = [.. whole[..SealedContent.HeaderBytes], .. whole[(SealedContent.HeaderBytes + 700 + SealedPiece.Overhead)..], .. whole[SealedContent.HeaderBytes..(SealedContent.HeaderBytes + 700 + SealedPiece.Overhead)]];
        await File.WriteAllBytesAsync(file, moved);
        Assert.Equal(plain.Length, await Pieces().OffsetOfAsync(Id, default));
        await Assert.ThrowsAnyAsync<CryptographicException>(() => Pieces().OpenReadAsync(Id, default));
    }

    [Fact]
    public async Task Append_AfterAStopWithinAPiece_GoesOnBehindTheLastWholeOne()
    {
        await Pieces().AppendAsync(Id, 0, new MemoryStream([1, 2, 3]), 9, default);
        await Pieces().AppendAsync(Id, 3, new MemoryStream([4, 5, 6]), 6, default);
        var file = Directory.GetFiles(_folder, Id, SearchOption.AllDirectories).Single();
        await using (var cut = File.OpenWrite(file))
        {
            cut.SetLength(cut.Length - 2);
        }

        Assert.Equal(3, await Pieces().OffsetOfAsync(Id, default));
        Assert.Null(await Pieces().AppendAsync(Id, 6, new MemoryStream([7]), 3, default));
        Assert.Equal(6, await Pieces().AppendAsync(Id, 3, new MemoryStream([7, 8, 9]), 6, default));
        await using var read = (await Pieces().OpenReadAsync(Id, default))!;
        var bytes = new byte[6];
        read.ReadExactly(bytes);
        Assert.Equal([1, 2, 3, 7, 8, 9], bytes);
    }

    [Fact]
    public async Task OffsetOf_WhileAPieceIsBeingWritten_TellsWhatIsThere()
    {
        var pieces = Pieces();
        await pieces.AppendAsync(Id, 0, new MemoryStream([1, 2, 3]), 9, default);
        using var sender = new Waiting();
        var sending = pieces.AppendAsync(Id, 3, sender, 6, default);

        Assert.Equal(3, await pieces.OffsetOfAsync(Id, default));
        Assert.Null(await pieces.AppendAsync(Id, 3, new MemoryStream([9]), 6, default));

        sender.Gone.SetResult(0);
        Assert.Equal(3, await sending);
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

        Assert.Equal(0, await Pieces().OffsetOfAsync(Id, default));
        Assert.Equal(3, await Pieces().AppendAsync(Id, 0, new MemoryStream([4, 5, 6]), 3, default));
        await using var read = (await Pieces().OpenReadAsync(Id, default))!;
        var bytes = new byte[3];
        read.ReadExactly(bytes);
        Assert.Equal([4, 5, 6], bytes);
    }

    private FileUploadPieces Pieces() => new(_folder, Options.Create(new StorageOptions()), _sealer);

    /// <summary>A sender who says nothing for a while.</summary>
    private sealed class Waiting : MemoryStream
    {
        public TaskCompletionSource<int> Gone { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => await Gone.Task;
    }
}
