using System.Security.Cryptography;
using Beian.MiniApi.Storage;
using Beian.MiniApi.Storage.Files;
using Beian.MiniApi.Storage.S3;
using Beian.MiniApi.Tests.Fixtures;
using Beian.MiniApi.Vault;
using Microsoft.Extensions.Options;

namespace Beian.MiniApi.Tests.Storage;

/// <summary>What every engine for the bytes of materials does.</summary>
public abstract class MaterialStoreContract : IAsyncLifetime
{
    private static readonly CancellationToken None = CancellationToken.None;

    protected string Folder { get; } = Path.Combine(Path.GetTempPath(), "beian-test-" + Guid.NewGuid().ToString("N"));

    protected Sealer Sealer { get; } = ARing.SealerWith(1);

    protected IMaterialStore Store { get; private set; } = null!;

    public async Task InitializeAsync() => Store = await OpenAsync(new FileMaterialStore(Folder, Options.Create(new StorageOptions()), Sealer));

    public virtual Task DisposeAsync()
    {
        (Store as IDisposable)?.Dispose();
        Directory.Delete(Folder, recursive: true);
        return Task.CompletedTask;
    }

    protected abstract Task<IMaterialStore> OpenAsync(FileMaterialStore files);

    [Theory]
    [InlineData(1)]
    [InlineData(200_000)]
    [InlineData(20_000_000)]
    public async Task Commit_StagedContent_CanBeOpenedAndDeleted(int size)
    {
        var bytes = RandomNumberGenerator.GetBytes(size);
        var id = await KeepAsync(bytes);

        Assert.Equal(bytes, await ReadAsync(id));
        Assert.True(await Store.DeleteAsync(id, None));
        Assert.False(await Store.DeleteAsync(id, None));
        Assert.Null(await Store.OpenAsync(id, None));
    }

    [Fact]
    public async Task Open_AnyPosition_ReadsFromThere()
    {
        var bytes = RandomNumberGenerator.GetBytes(10_000);
        await using var content = await Store.OpenAsync(await KeepAsync(bytes), None);

        var some = new byte[10];
        content!.Position = 9_000;
        await content.ReadExactlyAsync(some);
        Assert.Equal(bytes[9_000..9_010], some);
        content.Seek(5, SeekOrigin.Begin);
        await content.ReadExactlyAsync(some);
        Assert.Equal(bytes[5..15], some);
        Assert.Equal(10_000, content.Length);
        content.Position = content.Length;
        Assert.Equal(0, await content.ReadAsync(some));
    }

    [Fact]
    public async Task Stage_Content_TellsSizeDigestAndHead()
    {
        var bytes = RandomNumberGenerator.GetBytes(70_000);

        await using var staged = await Store.StageAsync(new MemoryStream(bytes), 70_000, None);

        Assert.Equal((70_000, Convert.ToHexStringLower(SHA256.HashData(bytes))), (staged!.Size, staged.Sha256));
        Assert.Equal(bytes[..StagedMaterial.HeadBytes], staged.Head.ToArray());
        Assert.Null(await Store.StageAsync(new MemoryStream(new byte[1001]), 1000, None));
    }

    [Fact]
    public async Task Commit_ThenDispose_LeavesNothingStaged()
    {
        await KeepAsync([1, 2, 3]);

        Assert.Empty(Directory.GetFiles(Path.Combine(Folder, "materials", "staged")));
    }

    [Theory]
    [InlineData("../../../../tmp/evil")]
    [InlineData("")]
    [InlineData("0123456789ABCDEF0123456789ABCDEF")]
    [InlineData("0123456789abcdef0123456789abcde/")]
    public async Task Open_ForeignId_IsNothing(string id)
    {
        await using var staged = await Store.StageAsync(new MemoryStream(new byte[10]), 1000, None);

        Assert.Null(await Store.OpenAsync(id, None));
        Assert.False(await Store.DeleteAsync(id, None));
        await Assert.ThrowsAsync<ArgumentException>(() => Store.CommitAsync(staged!, id, None));
    }

    [Fact]
    public async Task SweepOrphans_KnownAndUnknown_RemovesTheUnknownOnly()
    {
        var known = await KeepAsync([1]);
        var orphan = await KeepAsync([2]);
        var soon = TimeProvider.System.GetUtcNow().AddMinutes(1);

        Assert.Equal(0, await Store.SweepOrphansAsync(DateTimeOffset.UnixEpoch, (_, _) => Task.FromResult(false), None));
        Assert.Equal(1, await Store.SweepOrphansAsync(soon, (id, _) => Task.FromResult(id == known), None));

        Assert.Equal([1], await ReadAsync(known));
        Assert.Null(await Store.OpenAsync(orphan, None));
        Assert.Equal(0, await Store.SweepStagedAsync(DateTimeOffset.UnixEpoch, None));
    }

    [Fact]
    public async Task Copies_OfADeletedPicture_GoWithIt()
    {
        var store = new CopiesWithTheirPictures(Store);
        var id = IMaterialStore.NewId();
        foreach (var each in new[] { id, MaterialCopyIds.AuthorityOf(id), MaterialCopyIds.WorkingOf(id) })
        {
            await using var staged = await store.StageAsync(new MemoryStream([1]), 1, None);
            await store.CommitAsync(staged!, each, None);
        }

        Assert.Equal(0, await store.SweepOrphansAsync(DateTimeOffset.MaxValue, (named, _) => Task.FromResult(named == id), None));
        Assert.True(await store.DeleteAsync(id, None));

        Assert.Equal(0, await store.SweepOrphansAsync(DateTimeOffset.MaxValue, (_, _) => Task.FromResult(false), None));
    }

    protected async Task<string> KeepAsync(byte[] bytes)
    {
        var id = IMaterialStore.NewId();
        await using var staged = await Store.StageAsync(new MemoryStream(bytes), bytes.Length, None);
        await Store.CommitAsync(staged!, id, None);
        return id;
    }

    protected async Task<byte[]> ReadAsync(string id)
    {
        await using var content = await Store.OpenAsync(id, None);
        using var copy = new MemoryStream();
        await content!.CopyToAsync(copy);
        return copy.ToArray();
    }
}

public sealed class FileMaterialStoreContract : MaterialStoreContract
{
    protected override Task<IMaterialStore> OpenAsync(FileMaterialStore files) => Task.FromResult<IMaterialStore>(files);
}

/// <summary>Against a server of ours that checks signatures and keeps objects in memory; a real service is not to be had here.</summary>
public sealed class S3MaterialStoreContract : MaterialStoreContract
{
    private S3Server _server = null!;

    protected override async Task<IMaterialStore> OpenAsync(FileMaterialStore files)
    {
        _server = await S3Server.StartAsync();
        var options = new S3Options { ServiceUrl = _server.Address, Bucket = S3Server.Bucket, AccessKey = S3Server.AccessKey, SecretKey = S3Server.SecretKey, PathStyle = true };
        return new S3MaterialStore(S3Setup.Client(options), options, files, Sealer);
    }

    public override async Task DisposeAsync()
    {
        await base.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Commit_AnyFile_GivesTheServiceNoPlainByte()
    {
        var id = await KeepAsync([.. Enumerable.Repeat("a plain word "u8.ToArray(), 10_000).SelectMany(b => b)]);

        Assert.Equal(1, _server.Objects);
        Assert.False(_server.Holds("plain"u8.ToArray()));
        Assert.Equal(130_000, (await ReadAsync(id)).Length);
    }

    [Fact]
    public async Task Commit_ALargeFile_IsSentInParts()
    {
        await KeepAsync(new byte[20_000_000]);

        Assert.Equal(3, _server.PartsReceived);
        Assert.Equal(0, _server.BadSignatures);
    }

    [Fact]
    public async Task Commit_WithAWrongSecret_IsRefusedAndNothingIsKept()
    {
        var options = new S3Options { ServiceUrl = _server.Address, Bucket = S3Server.Bucket, AccessKey = S3Server.AccessKey, SecretKey = "wrong", PathStyle = true };
        using var store = new S3MaterialStore(S3Setup.Client(options), options, new FileMaterialStore(Folder, Options.Create(new StorageOptions()), Sealer), Sealer);
        await using var staged = await store.StageAsync(new MemoryStream([1]), 1, default);

        await Assert.ThrowsAsync<StorageFailedException>(() => store.CommitAsync(staged!, IMaterialStore.NewId(), default));

        Assert.True(_server.BadSignatures > 0);
        Assert.Equal(0, _server.Objects);
    }
}
