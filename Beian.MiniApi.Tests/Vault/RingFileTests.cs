using Beian.MiniApi.Platform;
using Beian.MiniApi.Storage;
using Beian.MiniApi.Tests.Fixtures;
using Beian.MiniApi.Vault;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Beian.MiniApi.Tests.Vault;

public sealed class RingFileTests : IDisposable
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), "beian-ring-" + Guid.NewGuid().ToString("N"));

    public RingFileTests() => Directory.CreateDirectory(_folder);

    private string Ring => Path.Combine(_folder, "ring.json");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Ring_ChangedWhileRunning_IsTakenAndABadOneIsNot()
    {
        await File.WriteAllTextAsync(Ring, ARing.File("a", "a"));
        using var book = new LogBook();
        await using var app = TestApp.Start("Development", null, s => s.AddSingleton<ILoggerProvider>(book), ("Keys:RingFile", Ring));
        var (ring, work) = (app.Get<KeyRing>(), app.Get<KeyWork>());
        var login = await app.LogInAsync("alice");
        foreach (var bad in new[] { "{", "{}", ARing.File("b", "a"), ARing.File("a", "a", "a"), ARing.File("b", "b"), ARing.File("a", "a").Replace(ARing.KeyOf("a"), "c2hvcnQ=", StringComparison.Ordinal) })
        {
            await File.WriteAllTextAsync(Ring, bad);
            work.TakeRing();
            Assert.Equal("a", ring.ActiveId);
            Assert.Contains("The changed key ring is not used", book.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("c2hvcnQ", book.Text, StringComparison.Ordinal);
        }

        await File.WriteAllTextAsync(Ring, ARing.File("b", "a", "b"));
        work.TakeRing();
        Assert.Equal("b", ring.ActiveId);
        await app.Get<IDataKeyStore>().KeepAsync(default);
        await File.WriteAllTextAsync(Ring, ARing.File("b", "b"));
        work.TakeRing();

        Assert.Equal(["b"], ring.Keys.Ids);
        Assert.Equal(System.Net.HttpStatusCode.OK, (await app.ClientOf(login).GetAsync("/api/v1/me")).StatusCode);
        Assert.DoesNotContain(ARing.KeyOf("a"), book.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_WithARingThatLacksAKeyOrIsNone_IsRefusedWithItsReason()
    {
        var data = Path.Combine(_folder, "data");
        await File.WriteAllTextAsync(Ring, ARing.File("a", "a"));
        await using (TestApp.Start("Development", data, ("Keys:RingFile", Ring)))
        {
        }

        await File.WriteAllTextAsync(Ring, ARing.File("b", "b"));
        var lacking = await ChildProgram.RefuseAsync(data, ("Keys:RingFile", Ring));
        await File.WriteAllTextAsync(Ring, ARing.File("b", "a"));
        var none = await ChildProgram.RefuseAsync(data, ("Keys:RingFile", Ring));
        await File.WriteAllTextAsync(Ring, ARing.File("a", "a").Replace(ARing.KeyOf("a"), ARing.KeyOf("b"), StringComparison.Ordinal));
        var other = await ChildProgram.RefuseAsync(data, ("Keys:RingFile", Ring));
        File.Delete(Ring);
        var gone = await ChildProgram.RefuseAsync(data, ("Keys:RingFile", Ring));
        await File.WriteAllTextAsync(Ring, ARing.File("a", "a"));
        var both = await ChildProgram.RefuseAsync(data, [("Keys:RingFile", Ring), .. ARing.Settings("a", "a")]);

        Assert.Equal((1, 1, 1, 1, 1), (lacking.ExitCode, none.ExitCode, other.ExitCode, gone.ExitCode, both.ExitCode));
        Assert.Contains("Refusing to start: The key ring does not open the data keys: a key of it has the id of another one", other.Output, StringComparison.Ordinal);
        Assert.Contains("Refusing to start: The key ring cannot be read:", gone.Output, StringComparison.Ordinal);
        Assert.Contains("Refusing to start: The key ring has no key 'a', by which data key 1 is wrapped.", lacking.Output, StringComparison.Ordinal);
        Assert.Contains($"Refusing to start: {Ring} is no key ring: the active key is not named, or is none of the keys.", none.Output, StringComparison.Ordinal);
        Assert.Contains("Keys:Ring and Keys:RingFile are both set", both.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Keys_OfDataProtection_AreWrappedAlsoThoseOfAnOlderVersion()
    {
        var keys = Path.Combine(_folder, "data", "keys");
        Directory.CreateDirectory(keys);
        var services = new ServiceCollection();
        services.AddDataProtection().SetApplicationName("beian-miniapi").PersistKeysToFileSystem(new DirectoryInfo(keys));
        await using (var old = services.BuildServiceProvider())
        {
            var value = old.GetRequiredService<IDataProtectionProvider>().CreateProtector("storage.user").Protect([1, 2, 3]);
            Assert.Single(Directory.GetFiles(keys, "*.xml"));

            await using var app = TestApp.Start("Development", Path.Combine(_folder, "data"));

            Assert.Equal([1, 2, 3], app.Get<Sealer>().Open("users.payload", "1", value, "storage.user"));
            Assert.Empty(Directory.GetFiles(keys, "*.xml"));
            Assert.All(Directory.GetFiles(keys, "*.wrapped"), f => Assert.True(KeyRing.IsWrapped(File.ReadAllBytes(f))));
            Assert.NotEmpty(Directory.GetFiles(keys, "*.wrapped"));
        }
    }
}
