using System.Net;
using System.Security.Cryptography;
using Beian.MiniApi.Storage;
using Beian.MiniApi.Storage.Files;
using Beian.MiniApi.Tests.Fixtures;
using Beian.MiniApi.Vault;
using Microsoft.Extensions.Options;

namespace Beian.MiniApi.Tests.Storage;

public sealed class FileMaterialStoreTests : IDisposable
{
    private static readonly CancellationToken None = CancellationToken.None;

    private readonly string _folder = Path.Combine(Path.GetTempPath(), "beian-test-" + Guid.NewGuid().ToString("N"));
    private readonly Sealer _sealer = ARing.SealerWith(1);
    private readonly FileMaterialStore _store;

    public FileMaterialStoreTests() => _store = new FileMaterialStore(_folder, Options.Create(new StorageOptions()), _sealer);

    private string[] Files => Directory.GetFiles(_folder, "*", SearchOption.AllDirectories);

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Stage_ThenCommit_LeavesNoPlainByteAndCanBeReadBoth()
    {
        var bytes = System.Text.Encoding.ASCII.GetBytes(string.Concat(Enumerable.Repeat("a plain word ", 10_000)));
        await using var staged = await _store.StageAsync(new MemoryStream(bytes), bytes.Length, None);
        Assert.Equal(-1, File.ReadAllBytes(Assert.Single(Files)).AsSpan().IndexOf("plain word"u8));
        await using (var content = staged!.OpenRead())
        {
            using var copy = new MemoryStream();
            content.CopyTo(copy);
            Assert.Equal(bytes, copy.ToArray());
        }

        var id = IMaterialStore.NewId();
        await _store.CommitAsync(staged, id, None);

        Assert.Equal(-1, File.ReadAllBytes(Assert.Single(Files)).AsSpan().IndexOf("plain word"u8));
    }

    [Fact]
    public async Task Open_BytesOfAnotherMaterial_Fails()
    {
        var (one, other) = (await KeepAsync([1]), await KeepAsync([2]));
        string PathOf(string id) => Files.Single(f => Path.GetFileName(f) == id);

        File.Copy(PathOf(one), PathOf(other), overwrite: true);

        await Assert.ThrowsAnyAsync<CryptographicException>(() => _store.OpenAsync(other, None));
    }

    [Fact]
    public async Task Reseal_MaterialInTheClearAndMaterialOfAnOldKey_SealsBothByTheNewOne()
    {
        var bytes = RandomNumberGenerator.GetBytes(200_000);
        var (clear, old) = (await KeepAsync([1]), await KeepAsync(bytes));
        File.WriteAllBytes(Files.Single(f => Path.GetFileName(f) == clear), bytes);
        await using (var before = await _store.OpenAsync(clear, None))
        {
            Assert.Equal(bytes.Length, before!.Length);
        }

        _sealer.Load([ARing.Row(_sealer, 1), ARing.Row(_sealer, 2)]);
        await using var reading = await _store.OpenAsync(old, None);
        var told = new List<ResealProgress>();
        await new FileReseal(_folder, _sealer).ResealAsync(TimeSpan.Zero, new Direct(told.Add), None);

        Assert.Equal((2L, 2L, 0L), (told[^1].Seen, told[^1].Resealed, told[^1].Unreadable));
        using var alone = new MemoryStream();
        await reading!.CopyToAsync(alone);
        Assert.Equal(bytes, alone.ToArray());
        foreach (var id in new[] { clear, old })
        {
            await using var content = await _store.OpenAsync(id, None);
            using var copy = new MemoryStream();
            await content!.CopyToAsync(copy);
            Assert.Equal(bytes, copy.ToArray());
        }

        await new FileReseal(_folder, _sealer).ResealAsync(TimeSpan.Zero, new Direct(told.Add), None);
        Assert.Equal(0L, told[^1].Resealed);
        Assert.Equal(2, Files.Length);
    }

    [Fact]
    public async Task Stage_OneByteTooMany_IsNullAndLeavesNothing()
    {
        Assert.Null(await _store.StageAsync(new MemoryStream(new byte[1001]), 1000, None));
        Assert.Empty(Files);
    }

    [Fact]
    public async Task Stage_SourceThatFails_LeavesNothing()
    {
        await Assert.ThrowsAsync<IOException>(() => _store.StageAsync(new Failing(), 1000, None));
        Assert.Empty(Files);
    }

    [Fact]
    public async Task Dispose_Uncommitted_LeavesNothing()
    {
        var staged = await _store.StageAsync(new MemoryStream(new byte[10]), 1000, None);
        Assert.Single(Files);

        await staged!.DisposeAsync();

        Assert.Empty(Files);
    }

    [Fact]
    public async Task Sweep_StaleAndFresh_RemovesTheStaleOnly()
    {
        await using var stale = await _store.StageAsync(new MemoryStream(new byte[10]), 1000, None);
        File.SetLastWriteTimeUtc(Files[0], DateTime.UnixEpoch);
        await using var fresh = await _store.StageAsync(new MemoryStream(new byte[10]), 1000, None);

        Assert.Equal(1, await _store.SweepStagedAsync(TimeProvider.System.GetUtcNow() - MaterialSweeper.StaleAfter, None));

        Assert.Single(Files);
    }

    [Fact]
    public async Task Start_WithAStaleUpload_RemovesIt()
    {
        await using var app = TestApp.Start("Development", _folder);
        await app.DisposeAsync();
        var stale = Path.Combine(_folder, "materials", "staged", "stale");
        await File.WriteAllBytesAsync(stale, [1]);
        File.SetLastWriteTimeUtc(stale, DateTime.UnixEpoch);

        await using var again = TestApp.Start("Development", _folder);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        while (File.Exists(stale))
        {
            await Task.Delay(10, limit.Token);
        }

        Assert.False(File.Exists(stale));
    }

    [Fact]
    public async Task Upload_NoRoomLeft_Is507AndLeavesNothing()
    {
        await using var host = await UploadHost.StartAsync(("Storage:MinFreeBytes", long.MaxValue.ToString(System.Globalization.CultureInfo.InvariantCulture)));

        using var form = UploadHost.Form(Samples.TinyJpeg());
        var answer = await host.Client.PostAsync("/upload", form);

        Assert.Equal(HttpStatusCode.InsufficientStorage, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        Assert.Contains("storage.full", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        Assert.Empty(host.FilesLeft);
    }

    [Fact]
    public void Means_WritingToAFullDevice_IsFull()
    {
        if (!File.Exists("/dev/full"))
        {
            return; // Only Linux has a device that is always full.
        }

        var full = Assert.ThrowsAny<IOException>(() =>
        {
            using var device = new FileStream("/dev/full", FileMode.Open, FileAccess.Write, FileShare.ReadWrite, bufferSize: 0);
            device.Write([1]);
        });

        Assert.True(StorageFullException.Means(full));
        Assert.False(StorageFullException.Means(new FileNotFoundException()));
    }

    private async Task<string> KeepAsync(byte[] bytes)
    {
        var id = IMaterialStore.NewId();
        await using var staged = await _store.StageAsync(new MemoryStream(bytes), bytes.Length, None);
        await _store.CommitAsync(staged!, id, None);
        return id;
    }

    private sealed class Direct(Action<ResealProgress> tell) : IProgress<ResealProgress>
    {
        public void Report(ResealProgress value) => tell(value);
    }

    /// <summary>Gives ten bytes, then breaks.</summary>
    private sealed class Failing : MemoryStream
    {
        private bool _begun;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_begun)
            {
                throw new IOException("The network went away.");
            }

            _begun = true;
            return ValueTask.FromResult(10);
        }
    }
}
