using System.Security.Cryptography;
using Beian.MiniApi.Storage;
using Beian.MiniApi.Storage.Files;
using Beian.MiniApi.Storage.S3;
using Beian.MiniApi.Tests.Fixtures;
using Beian.MiniApi.Vault;

namespace Beian.MiniApi.Tests.Storage;

/// <summary>What small shared files do, wherever they lie.</summary>
public abstract class SharedFilesContract
{
    protected abstract ISharedFiles Files { get; }

    [Fact]
    public async Task Put_FindDeleteAndNames_GoTogether()
    {
        Assert.Null(await Files.FindAsync("hand-over", "a.json", default));
        await Files.PutAsync("hand-over", "a.json", [1, 2], default);
        await Files.PutAsync("hand-over", "a.json", [3, 4, 5], default);
        await Files.PutAsync("hand-over", "b.json", [6], default);
        await Files.PutAsync("other", "c.json", [7], default);

        Assert.Equal([3, 4, 5], await Files.FindAsync("hand-over", "a.json", default));
        var names = new List<string>();
        await foreach (var name in Files.NamesAsync("hand-over", default))
        {
            names.Add(name);
        }

        Assert.Equal(["a.json", "b.json"], names.Order());
        await Files.DeleteAsync("hand-over", "a.json", default);
        await Files.DeleteAsync("hand-over", "a.json", default);
        Assert.Null(await Files.FindAsync("hand-over", "a.json", default));
    }
}

/// <summary>In a folder.</summary>
public sealed class FolderFilesTests : SharedFilesContract, IDisposable
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), "beian-shared-" + Guid.NewGuid().ToString("N"));

    protected override ISharedFiles Files => new FolderFiles(_folder);

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}

/// <summary>As objects, and uploads in pieces that two instances take turns with.</summary>
public sealed class S3FilesTests : SharedFilesContract, IAsyncLifetime
{
    private const string Id = "0123456789abcdef0123456789abcdef";

    private readonly string _folder = Path.Combine(Path.GetTempPath(), "beian-shared-" + Guid.NewGuid().ToString("N"));
    private readonly Sealer _sealer = ARing.SealerWith(1);
    private S3Server _server = null!;

    protected override ISharedFiles Files => new S3Files(S3Setup.Client(Options), Options);

    private S3Options Options => new() { ServiceUrl = _server.Address, Bucket = S3Server.Bucket, AccessKey = S3Server.AccessKey, SecretKey = S3Server.SecretKey, PathStyle = true };

    public async Task InitializeAsync() => _server = await S3Server.StartAsync();

    public async Task DisposeAsync()
    {
        await _server.DisposeAsync();
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }

    [Fact]
    public async Task Append_ByTwoInstancesInTurn_MakesOneWhole()
    {
        var plain = RandomNumberGenerator.GetBytes(300_000);
        var (one, two) = (Instance("one"), Instance("two"));

        Assert.Equal(100_000, await one.AppendAsync(Id, 0, new MemoryStream(plain, 0, 100_000), plain.Length, default));
        Assert.Equal(100_000, await two.OffsetOfAsync(Id, default));
        Assert.Null(await two.AppendAsync(Id, 99_999, new MemoryStream([1]), 1, default));
        Assert.Equal(300_000, await two.AppendAsync(Id, 100_000, new MemoryStream(plain, 100_000, 200_000), 200_000, default));

        await using var read = (await one.OpenReadAsync(Id, default))!;
        var whole = new byte[plain.Length];
        await read.ReadExactlyAsync(whole);
        Assert.Equal(plain, whole);
        Assert.False(_server.Holds(plain[..32]));
    }

    [Fact]
    public async Task Append_WhoseSenderBreaksOff_KeepsWhatCame()
    {
        var one = Instance("one");

        await Assert.ThrowsAsync<IOException>(() => one.AppendAsync(Id, 0, new BrokenOff([1, 2, 3]), 9, default));

        Assert.Equal(3, await Instance("two").OffsetOfAsync(Id, default));
    }

    [Fact]
    public async Task Delete_LeavesNoObjectAndNoFile()
    {
        var one = Instance("one");
        await one.AppendAsync(Id, 0, new MemoryStream([1, 2, 3]), 3, default);
        await (await one.OpenReadAsync(Id, default))!.DisposeAsync();

        await one.DeleteAsync(Id, default);

        Assert.Equal((0L, 0), (await one.OffsetOfAsync(Id, default), _server.Objects));
        Assert.Null(await one.OpenReadAsync(Id, default));
        Assert.Empty(Directory.EnumerateFiles(_folder, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Open_OfAPieceThatWasAltered_IsRefused()
    {
        var one = Instance("one");
        await one.AppendAsync(Id, 0, new MemoryStream(new byte[5000]), 5000, default);
        _server.Alter(bytes => bytes[^5] ^= 1);

        await Assert.ThrowsAnyAsync<CryptographicException>(() => one.OpenReadAsync(Id, default));
    }

    private S3UploadPieces Instance(string name) => new(
        S3Setup.Client(Options), Options, new FileUploadPieces(Path.Combine(_folder, name), Microsoft.Extensions.Options.Options.Create(new StorageOptions { MinFreeBytes = 0 }), _sealer));

    /// <summary>Some bytes, and then a connection that is gone.</summary>
    private sealed class BrokenOff(byte[] bytes) : MemoryStream(bytes)
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            await base.ReadAsync(buffer, cancellationToken) is > 0 and var read ? read : throw new IOException("gone");
    }
}
