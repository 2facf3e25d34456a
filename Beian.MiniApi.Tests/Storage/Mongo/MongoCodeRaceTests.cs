#if CLUSTER
using Beian.MiniApi.Domain.AuthCodes;
using Beian.MiniApi.Domain.Resources;
using Beian.MiniApi.Storage;
using Beian.MiniApi.Storage.Mongo;
using Beian.MiniApi.Tests.Fixtures;
using MongoDB.Bson;

namespace Beian.MiniApi.Tests.Storage.Mongo;

/// <summary>Codes, resources, addresses of letters and hand-overs with several instances at once, and after one was killed in the middle.</summary>
#pragma warning disable CA1001 // xunit disposes through IAsyncLifetime.
public sealed class MongoCodeRaceTests : IAsyncLifetime
#pragma warning restore CA1001
{
    private static readonly DateTimeOffset Noon = StoredFilings.Noon;

    private static readonly ResourceProfile Server = AResource.Types.Find("cvm")!;

    private readonly TwoMongos _both = new();

    private MongoAuthCodeStore Codes => new(_both.One);

    private MongoResourceStore Resources => new(_both.One);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _both.DisposeAsync();

    [Fact]
    public async Task Add_ByTwoInstances_NeverExceedsTheQuota()
    {
        var outcomes = await _both.ManyAsync(20, (database, n) => new MongoAuthCodeStore(database).AddAsync(n % 3 == 0 ? [ACode(), ACode()] : [ACode()], Server, null, default));

        var kept = await Codes.PageAsync("r", null, 100, default);
        Assert.Equal([1, 2, 3, 4, 5], kept.Select(c => c.Number).Order());
        Assert.Equal(5, outcomes.Select((o, n) => o == AuthCodeChange.Done ? n % 3 == 0 ? 2 : 1 : 0).Sum());
        Assert.Equal(kept.Select(c => (AuditActs.Created, c.Id)).Order(), (await _both.TrailAsync("auth_codes")).Order());
    }

    [Fact]
    public async Task Add_AfterAKillBeforeTheLastOfABatch_ShowsNoneAndFreesTheirNumbers()
    {
        await HideAsync(ACode(), number: 1, "never-came", TimeProvider.System.GetUtcNow());
        var late = ACode();
        await HideAsync(late, number: 2, "never-came", TimeProvider.System.GetUtcNow().AddHours(-1));

        Assert.Empty(await Codes.PageAsync("r", null, 10, default));
        Assert.Empty(await Codes.CountByResourceAsync(["r"], default));
        Assert.Null(await Codes.FindAsync(late.Id, default));
        Assert.Equal(AuthCodeChange.NotFound, await Codes.DeleteAsync(late.Id, "issuer", default));
        Assert.Equal(AuthCodeChange.Done, await Codes.AddAsync([ACode(), ACode(), ACode(), ACode()], Server, null, default));
        Assert.Equal([2, 3, 4, 5], (await Codes.PageAsync("r", null, 10, default)).Select(c => c.Number).Order());
    }

    [Fact]
    public async Task Add_AfterAKillBehindTheLastOfABatch_ShowsAll()
    {
        var (first, last) = (ACode(), ACode());
        await Codes.AddAsync([last], Server, null, default);
        await HideAsync(first, number: 2, last.Id, TimeProvider.System.GetUtcNow());
        var step = new BsonDocument
        {
            ["c"] = "auth_codes",
            ["f"] = new BsonDocument("batch", last.Id),
            ["u"] = new BsonDocument("$unset", new BsonDocument { ["batch"] = "", ["batch_at"] = "" }),
            ["m"] = true,
            ["s"] = false,
        };
        await _both.TrailAsync("auth_codes");
        await _both.One["auth_codes"].ChangeAsync(new BsonDocument("_id", last.Id), new BsonDocument("$set", new BsonDocument("todo", new BsonArray { ATodo.Of(step) })), default);
        Assert.Single(await Codes.PageAsync("r", null, 10, default));

        await _both.Two.FinishAllAsync(TimeSpan.Zero, default);

        Assert.Equal(2, (await Codes.PageAsync("r", null, 10, default)).Count);
    }

    [Theory]
    [InlineData(30, AuthCodeChange.InUse)]
    [InlineData(-1, AuthCodeChange.Done)]
    public async Task DeleteAndReplace_WhileAFilingIsAboutToTakeIt_AreRefused(int seconds, AuthCodeChange expected)
    {
        var code = ACode();
        await Codes.AddAsync([code], Server, null, default);
        await WantAsync(_both.Two, code.Id, seconds);

        Assert.Equal(expected, await Codes.ReplaceAsync(code with { Note = "other" }, Server, default));
        Assert.Equal(expected, await Codes.DeleteAsync(code.Id, "issuer", default));
    }

    [Fact]
    public async Task Delete_BesideAFilingThatTakesIt_LeavesOneOfBoth()
    {
        for (var round = 0; round < 20; round++)
        {
            var code = ACode();
            await Codes.AddAsync([code], Server, null, default);

            var wants = Task.Run(() => WantAsync(_both.Two, code.Id, 60));
            var deletes = Task.Run(() => Codes.DeleteAsync(code.Id, "issuer", default));
            var (wanted, deleted) = (await wants, await deletes);

            Assert.True(wanted != (deleted == AuthCodeChange.Done), $"wanted {wanted}, {deleted}");
            if (wanted)
            {
                await WantAsync(_both.Two, code.Id, -1);
                await Codes.DeleteAsync(code.Id, "issuer", default);
            }
        }
    }

    [Fact]
    public async Task Save_KilledBeforeTheFilingsWereToBeTold_IsToldAllTheSame()
    {
        await AHold.PutAsync(_both.One, "slot:r:1", "f", false);
        await Resources.SaveAsync([AResource.Server("r")], null, default);
        await Resources.ToldAsync(Assert.Single(await Resources.ChangedAsync(10, default)).Sequence, default);
        await _both.TrailAsync("resources");
        var step = new BsonDocument { ["c"] = "resource_changes", ["i"] = new BsonDocument { ["_id"] = 77L, ["resource_id"] = "r", ["v"] = 1 } };
        await _both.One["resources"].ChangeAsync(new BsonDocument("id", "r"), new BsonDocument("$set", new BsonDocument("todo", new BsonArray { ATodo.Of(step) })), default);

        Assert.Equal(1, await _both.Two.FinishAllAsync(TimeSpan.Zero, default));

        var change = Assert.Single(await new MongoResourceStore(_both.Two).ChangedAsync(10, default));
        Assert.Equal((77L, "r", "f"), (change.Sequence, change.ResourceId, Assert.Single(change.FilingIds)));
    }

    [Fact]
    public async Task Save_ByTwoInstances_IsOneResourceAndTellsItsFilings()
    {
        await AHold.PutAsync(_both.One, "slot:r:1", "f", false);

        await _both.ManyAsync(20, async (database, n) =>
        {
            await new MongoResourceStore(database).SaveAsync([AResource.Server("r") with { BandwidthMbps = n }], null, default);
            return true;
        });

        Assert.Single(await Resources.PageAsync(null, 10, default));
        Assert.NotEmpty(await Resources.ChangedAsync(100, default));
        Assert.Equal(20, (await _both.TrailAsync("resources")).Count(e => e.Thing == "r"));
    }

    [Fact]
    public async Task TakeLetter_ByTwoInstances_GivesItToOne()
    {
        await new MongoLetterLinkStore(_both.One).AddAsync(new LetterLink([1], "f", "a", "kind", null, Noon.AddMinutes(1)), default);

        var taken = await _both.ManyAsync(20, (database, _) => new MongoLetterLinkStore(database).TakeAsync([1], Noon, default));

        Assert.Single(taken, t => t is not null);
        Assert.Equal([(AuditActs.Created, "01"), (AuditActs.Deleted, "01")], await _both.TrailAsync("letter_links"));
    }

    [Fact]
    public async Task HandOver_ByTwoInstances_IsOneForTheSite_AndOneUsers()
    {
        await AHold.PutAsync(_both.One, "domain:example.com", "f", false);
        await _both.ManyAsync(20, async (database, n) =>
        {
            await new MongoFaceHandoverStore(database).PutAsync(new FaceHandover($"h{n}", [(byte)n], "f", "s", "p", Noon.AddMinutes(1), null), default);
            return true;
        });
        var only = Assert.Single(await _both.One["face_handovers"].ListAsync([], null, 0, default));

        var bound = await _both.ManyAsync(
            20, (database, n) => new MongoFaceHandoverStore(database).RedeemAsync(only["code_hash"].AsByteArray, $"user {n}", Noon, Noon.AddHours(1), default));

        var user = Assert.Single(bound, b => b is not null)!.RedeemedBy;
        var former = Assert.Single(await _both.One["former_members"].ListAsync([], null, 0, default));
        Assert.Equal((user, "target"), (former["user_id"].AsString, former["account_id"].AsString));
    }

    [Fact]
    public async Task Add_ForAnErasedAccount_LeavesNothing()
    {
        await _both.Two["erased_accounts"].Collection.InsertOneAsync(new BsonDocument { ["_id"] = "a", ["erased_at"] = 1L });

        Assert.Equal(AuthCodeChange.NotFound, await Codes.AddAsync([ACode() with { IssuerAccountId = "a" }], Server, null, default));
        Assert.False(await new MongoDeliveryStore(_both.One).AddAsync(Notify.ADelivery.Of("f", 1) with { AccountId = "a" }, default));
        await new MongoNotificationStore(_both.One).AddAsync(new Notification("1", "a", "f", "code", Noon, null), default);
        await new MongoLetterLinkStore(_both.One).AddAsync(new LetterLink([1], "f", "a", "kind", null, Noon.AddMinutes(1)), default);

        foreach (var name in (string[])["auth_codes", "deliveries", "notifications", "letter_links"])
        {
            Assert.Equal(0, await _both.One[name].CountAsync([], default));
        }
    }

    /// <summary>As a filing's save does that is about to reserve the code.</summary>
    private static async Task<bool> WantAsync(MongoDatabase database, string id, int seconds) => await database["auth_codes"].ChangeAsync(
        new BsonDocument("_id", id),
        new BsonDocument
        {
            ["$set"] = new BsonDocument("wanted_until", TimeProvider.System.GetUtcNow().AddSeconds(seconds).ToUnixTimeMilliseconds()),
            ["$inc"] = new BsonDocument("rev", 1L),
        },
        default) is not null;

    private async Task HideAsync(AuthCode code, int number, string batch, DateTimeOffset at)
    {
        await Codes.AddAsync([code with { ResourceId = "elsewhere" }], Server, null, default);
        await _both.TrailAsync("auth_codes");
        await _both.One["auth_codes"].ChangeAsync(
            new BsonDocument("_id", code.Id),
            new BsonDocument("$set", new BsonDocument { ["resource_id"] = "r", ["number"] = (long)number, ["batch"] = batch, ["batch_at"] = at.ToUnixTimeMilliseconds() }),
            default);
    }

    private static AuthCode ACode()
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
            ResourceId = "r",
            CreatedAt = Noon,
        };
    }
}
#endif
