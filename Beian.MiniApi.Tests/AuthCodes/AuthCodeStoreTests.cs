using System.Globalization;
using Beian.MiniApi.Domain.AuthCodes;
using Beian.MiniApi.Storage;
using Beian.MiniApi.Storage.Sqlite;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.AuthCodes;

#pragma warning disable CA1001 // xunit disposes through IAsyncLifetime.
public sealed class AuthCodeStoreTests : IAsyncLifetime
#pragma warning restore CA1001
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), "beian-codes-" + Guid.NewGuid().ToString("N"));
    private readonly SqliteDatabase _database;
    private readonly SqliteAuthCodeStore _codes;

    public AuthCodeStoreTests()
    {
        _database = new SqliteDatabase(Path.Combine(_folder, "beian.db"), ARing.Sealer());
        _codes = new SqliteAuthCodeStore(_database);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _database.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Add_FiftyAtOnce_NeverExceedsFive()
    {
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => Task.Run(() => AddAsync(ACode("r")))));

        Assert.Equal(5, outcomes.Count(o => o == AuthCodeChange.Done));
        Assert.Equal(45, outcomes.Count(o => o == AuthCodeChange.QuotaExceeded));
        Assert.Equal([1, 2, 3, 4, 5], (await _codes.FindByIssuerAsync("issuer", null, 100, default)).Select(c => c.Number).Order());
    }

    [Fact]
    public async Task Add_MoreThanAreLeft_AddsNone()
    {
        await AddAsync(ACode("r"), ACode("r"), ACode("r"));

        var outcome = await AddAsync(ACode("r"), ACode("r"), ACode("r"));

        Assert.Equal(AuthCodeChange.QuotaExceeded, outcome);
        Assert.Equal(3, (await _codes.CountByResourceAsync(["r"], default))["r"]);
    }

    [Fact]
    public async Task Add_WithAKeyThatIsTaken_AddsNothing()
    {
        var record = new IdempotencyRecord("key", "hash", [1], DateTimeOffset.UnixEpoch.AddDays(1));
        await _codes.AddAsync([ACode("r")], AResource.Types.Find("cvm")!, record, default);

        await Assert.ThrowsAsync<IdempotencyKeyTakenException>(() => _codes.AddAsync([ACode("r")], AResource.Types.Find("cvm")!, record, default));

        Assert.Equal(1, (await _codes.CountByResourceAsync(["r"], default))["r"]);
    }

    [Fact]
    public async Task Add_OnlySlotHeldByAFiling_IsRefusedWhereCodesShareSlots()
    {
        await HoldAsync("slot:b:1", used: false);

        Assert.Equal(AuthCodeChange.QuotaExceeded, await _codes.AddAsync([ACode("b")], AResource.Types.Find("siteBuilder")!, null, default));
    }

    [Fact]
    public async Task Delete_Unused_FreesItsNumber()
    {
        var code = ACode("r");
        await AddAsync(code, ACode("r"), ACode("r"), ACode("r"), ACode("r"));

        Assert.Equal(AuthCodeChange.NotFound, await _codes.DeleteAsync(code.Id, "somebody-else", default));
        Assert.Equal(AuthCodeChange.Done, await _codes.DeleteAsync(code.Id, "issuer", default));

        Assert.Null(await _codes.FindByHashAsync(code.CodeHash, default));
        Assert.Equal(AuthCodeChange.Done, await AddAsync(ACode("r")));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Change_HeldByAFiling_IsRefused(bool used)
    {
        var code = ACode("r");
        await AddAsync(code);
        await HoldAsync(code.HoldKey, used);

        Assert.Equal(AuthCodeChange.InUse, await _codes.DeleteAsync(code.Id, "issuer", default));
        Assert.Equal(AuthCodeChange.InUse, await _codes.ReplaceAsync(code with { TargetAccountId = "other" }, AResource.Types.Find("cvm")!, default));
        Assert.Equal("target", (await _codes.FindAsync(code.Id, default))!.TargetAccountId);
    }

    [Fact]
    public async Task Replace_ToAFullResource_IsRefusedAndStays()
    {
        var code = ACode("r");
        await AddAsync(code);
        await AddAsync(ACode("full"), ACode("full"), ACode("full"), ACode("full"), ACode("full"));

        Assert.Equal(AuthCodeChange.QuotaExceeded, await _codes.ReplaceAsync(code with { ResourceId = "full" }, AResource.Types.Find("cvm")!, default));
        Assert.Equal(AuthCodeChange.Done, await _codes.ReplaceAsync(code with { ResourceId = "empty", Note = "moved" }, AResource.Types.Find("cvm")!, default));

        var moved = await _codes.FindAsync(code.Id, "issuer", default);
        Assert.Equal(("empty", 1, "moved"), (moved!.ResourceId, moved.Number, moved.Note));
    }

    [Fact]
    public async Task FindByIssuer_PageByPage_IsNewestFirstWithoutGapsOrRepeats()
    {
        var all = Enumerable.Range(0, 4).Select(_ => ACode("r")).ToArray();
        await AddAsync(all);

        var first = await _codes.FindByIssuerAsync("issuer", null, 3, default);
        var second = await _codes.FindByIssuerAsync("issuer", first[^1].Id, 3, default);

        Assert.Equal(all.Select(c => c.Id).OrderDescending(StringComparer.Ordinal), first.Concat(second).Select(c => c.Id));
        Assert.Empty(await _codes.FindByIssuerAsync("somebody-else", null, 3, default));
    }

    [Fact]
    public async Task TryAdd_FiftyAttemptsAtOnce_LetsTheLimitThrough()
    {
        var attempts = new SqliteAttemptStore(_database);
        var now = AResource.Noon;

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Task.Run(() => attempts.TryAddAsync("k", 10, now.AddDays(-1), now, default))));

        Assert.Equal(10, outcomes.Count(added => added));
        Assert.Equal(10, (await attempts.CountAsync("k", now.AddDays(-1), default)).Count);
        Assert.Equal(0, (await attempts.CountAsync("k", now, default)).Count);
        Assert.Equal(0, (await attempts.CountAsync("other", now.AddDays(-1), default)).Count);
    }

    private Task<AuthCodeChange> AddAsync(params AuthCode[] codes) => _codes.AddAsync(codes, AResource.Types.Find("cvm")!, null, default);

    private Task<int> HoldAsync(string key, bool used) => _database.WriteAsync(
        connection =>
        {
            using var command = connection.CreateCommand();
            command.CommandText = "INSERT INTO holds (key, filing_id, account_id, used) VALUES ($key, 'filing-1', 'target', $used);";
            command.Parameters.AddWithValue("$key", key);
            command.Parameters.AddWithValue("$used", used ? 1 : 0);
            return command.ExecuteNonQuery();
        },
        default);

    private static AuthCode ACode(string resourceId)
    {
        var id = Guid.CreateVersion7().ToString("N");
        return new AuthCode
        {
            Id = id,
            CodeHash = "hash-" + id,
            Last4 = "ABCD",
            ProtectedValue = "protected",
            IssuerAccountId = "issuer",
            TargetAccountId = "target",
            ResourceId = resourceId,
            CreatedAt = AResource.Noon,
            Note = string.Create(CultureInfo.InvariantCulture, $"note {id[^4..]}"),
        };
    }
}
