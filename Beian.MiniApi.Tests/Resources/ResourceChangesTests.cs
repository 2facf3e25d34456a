using Beian.MiniApi.Domain.AuthCodes;
using Beian.MiniApi.Storage.Sqlite;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.Resources;

/// <summary>What the inventory notes for the filings that use a resource.</summary>
#pragma warning disable CA1001 // xunit disposes through IAsyncLifetime.
public sealed class ResourceChangesTests : IAsyncLifetime
#pragma warning restore CA1001
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), "beian-changes-" + Guid.NewGuid().ToString("N"));
    private readonly SqliteDatabase _database;
    private readonly SqliteResourceStore _resources;

    public ResourceChangesTests()
    {
        _database = new SqliteDatabase(Path.Combine(_folder, "beian.db"), ARing.Sealer());
        _resources = new SqliteResourceStore(_database);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _database.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Changed_NamesTheOpenFilingsBySlotAndByCode()
    {
        await HoldAsync("slot:r:1", "by-slot");
        await HoldAsync("slot:r:2", "approved", used: 1);
        await HoldAsync("slot:r-2:1", "of-another");
        await HoldAsync("code:c-1", "by-code");
        await new SqliteAuthCodeStore(_database).AddAsync([ACode("c-1", "r")], AResource.Types.Find("cvm")!, null, default);

        await _resources.SaveAsync([AResource.Server("r"), AResource.Server("unused")], null, default);

        var change = Assert.Single(await _resources.ChangedAsync(10, default));
        Assert.Equal("r", change.ResourceId);
        Assert.Equal(["by-code", "by-slot"], change.FilingIds.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Told_AfterAnotherChange_LeavesThatOne()
    {
        await HoldAsync("slot:r:1", "f");
        await _resources.SaveAsync([AResource.Server("r")], null, default);
        var first = Assert.Single(await _resources.ChangedAsync(10, default));
        await _resources.SaveAsync([AResource.Server("r")], null, default);

        await _resources.ToldAsync(first.Sequence, default);
        var second = Assert.Single(await _resources.ChangedAsync(10, default));
        await _resources.ToldAsync(second.Sequence, default);

        Assert.Empty(await _resources.ChangedAsync(10, default));
    }

    private static AuthCode ACode(string id, string resource) => new()
    {
        Id = id,
        CodeHash = "hash-" + id,
        Last4 = "ABCD",
        ProtectedValue = "protected",
        IssuerAccountId = "issuer",
        TargetAccountId = "target",
        ResourceId = resource,
        CreatedAt = AResource.Noon,
    };

    private Task<int> HoldAsync(string key, string filing, int used = 0) => _database.WriteAsync(
        connection => connection.Run("INSERT INTO holds (key, filing_id, account_id, used) VALUES ($key, $filing, 'a', $used);", ("$key", key), ("$filing", filing), ("$used", used)),
        default);
}
