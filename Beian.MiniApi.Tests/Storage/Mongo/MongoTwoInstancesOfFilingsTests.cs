#if CLUSTER
using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Accounts;
using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Domain.Subjects;
using Beian.MiniApi.Storage;
using Beian.MiniApi.Storage.Mongo;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Beian.MiniApi.Tests.Storage.Mongo;

/// <summary>What holds though several instances write at once, and though one of them ends in between.</summary>
#pragma warning disable CA1001 // xunit disposes through IAsyncLifetime.
public sealed class MongoTwoInstancesOfFilingsTests : IAsyncLifetime
#pragma warning restore CA1001
{
    private const int Tries = 20;

    private static readonly DateTimeOffset Noon = StoredFilings.Noon;

    private static readonly Actor Applicant = new(Role.Applicant, "user");

    private readonly MongoStores _stores = new();
    private readonly MongoDatabase _other;

    public MongoTwoInstancesOfFilingsTests() => _other = _stores.OpenAnother();

    private MongoDatabase One => _stores.Database;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _other.DisposeAsync();
        await _stores.DisposeAsync();
    }

    [Fact]
    public async Task Edits_FromOneRevision_OneIsSavedAndTheOthersAreTold()
    {
        var filing = (await _stores.Filings.AddAsync(StoredFilings.Draft(1, "a"), null, default)).Saved!;

        var outcomes = await RaceAsync((database, n) => new MongoFilingStore(database).ReplaceAsync(filing.Renamed("n" + n), null, default));

        var saved = Assert.Single(outcomes, o => o.IsSaved).Saved!;
        Assert.All(outcomes.Where(o => !o.IsSaved), o => Assert.Equal(SaveOutcome.Changed, o));
        Assert.Equal(saved.Snapshot.Subject.Name, (await _stores.Filings.FindAsync(filing.Id, default))!.Snapshot.Subject.Name);
    }

    [Fact]
    public async Task Edits_EachAgainWhenAnotherWasFirst_AreAllKept()
    {
        await _stores.Filings.AddAsync(StoredFilings.Draft(1, "a"), null, default);

        await RaceAsync(async (database, n) =>
        {
            var store = new MongoFilingStore(database);
            while (true)
            {
                var read = (await store.FindAsync(StoredFilings.Id(1), default))!;
                if ((await store.ReplaceAsync(read.Renamed(read.Snapshot.Subject.Name + $"[{n}]"), null, default)).IsSaved)
                {
                    return n;
                }
            }
        });

        var name = (await _stores.Filings.FindAsync(StoredFilings.Id(1), default))!.Snapshot.Subject.Name!;
        Assert.All(Enumerable.Range(0, Tries), n => Assert.Contains($"[{n}]", name, StringComparison.Ordinal));
        Assert.Equal(Tries + 1, (await _stores.Filings.FindAsync(StoredFilings.Id(1), default))!.Revision);
    }

    [Fact]
    public async Task Holds_AndNumbers_GoToOne()
    {
        var outcomes = await RaceAsync((database, n) => new MongoFilingStore(database).AddAsync(StoredFilings.Draft(n + 1, "a" + n).Verified("one.cn", "slot:r:" + n), null, default));
        var numbers = await RaceAsync((database, n) => new MongoFilingStore(database).AddAsync(Filing.Start(StoredFilings.Id(100 + n), "26112100009999", "b" + n, Applicant, Noon), null, default));

        Assert.Single(outcomes, o => o.IsSaved);
        Assert.All(outcomes.Where(o => !o.IsSaved), o => Assert.Equal("domain:one.cn", o.TakenHold));
        Assert.Single(numbers, o => o.IsSaved);
        Assert.All(numbers.Where(o => !o.IsSaved), o => Assert.Equal(SaveOutcome.NumberTaken, o));
    }

    [Fact]
    public async Task Subjects_OfOneAccountOrOneRevision_GoToOne()
    {
        var saves = await RaceAsync((database, n) => new MongoSubjectStore(database).SaveAsync(ASubject("s" + n, "a", n), default));
        var known = (await _stores.Subjects.FindByAccountAsync("a", default))!;
        var changes = await RaceAsync((database, n) => new MongoSubjectStore(database).SaveAsync(known with { Subject = new Subject { Name = "n" + n } }, default));

        Assert.Single(saves, isSaved => isSaved);
        Assert.Single(changes, isSaved => isSaved);
        Assert.Equal(2, (await _stores.Subjects.FindByAccountAsync("a", default))!.Revision);
    }

    [Fact]
    public async Task Imports_OfTheSameSubjects_EndWithEachOnce()
    {
        var batch = Enumerable.Range(1, 5).Select(n => ASubject("s" + n, "a" + n, n)).ToArray();

        var outcomes = await RaceAsync((database, n) => new MongoSubjectStore(database).ImportAsync([.. batch.Select(s => s with { Id = $"{s.Id}-{n}" })], null, default));

        // At most one wrote all of its own; those that met another one halfway took theirs back.
        Assert.True(outcomes.Count(o => o is null) <= 1);
        var ids = new List<string>();
        foreach (var subject in batch)
        {
            ids.Add((await _stores.Subjects.FindByNumberAsync(subject.Number, default))?.Id.Split('-')[1] ?? "none");
        }

        Assert.Single(ids.Distinct());
        Assert.Equal(outcomes.Any(o => o is null), ids[0] != "none");
    }

    [Fact]
    public async Task Import_ThatMeetsAConflictHalfway_TakesBackWhatItWrote()
    {
        var known = ASubject("s1", "a1", 1);
        await _stores.Subjects.SaveAsync(known, default);
        var before = (await _stores.Subjects.FindByAccountAsync("a1", default))!;

        // The index refuses what the look before the write does not know of.
        One["subjects"].Collection.Indexes.CreateOne(new CreateIndexModel<BsonDocument>(new BsonDocument("only_one", 1), new CreateIndexOptions { Name = "only_one", Unique = true }));
        var index = await _stores.Subjects.ImportAsync([before with { Subject = new Subject { Name = "another" } }, ASubject("s2", "a2", 2)], StoreRecord("k"), default);

        Assert.Equal(1, index);
        var after = (await _stores.Subjects.FindByAccountAsync("a1", default))!;
        Assert.Equal((known.Subject.Name, before.Revision + 2), (after.Subject.Name, after.Revision));
        Assert.Null(await _stores.Subjects.FindByAccountAsync("a2", default));
        Assert.Null(await _stores.Idempotency.FindAsync("k", Noon, default));
    }

    [Fact]
    public async Task Consents_JudgedByTheOneBefore_GoToOne()
    {
        await One["users"].AddAsync(AUser("user"), default);

        await RaceAsync((database, n) => new MongoConsentStore(database).FollowAsync("user", "privacy", last => last is null ? new ConsentAddition(AConsent(n)) : null, default));

        Assert.Single(await _stores.Consents.ListAsync("user", null, Tries, default));
    }

    [Fact]
    public async Task Consent_OfAUserWhoIsBeingErased_IsNotKept()
    {
        var going = AUser("user");
        going["going"] = new BsonDocument("since", 1L);
        await One["users"].AddAsync(going, default);

        await _stores.Consents.FollowAsync("user", "privacy", _ => new ConsentAddition(AConsent(1)), default);

        Assert.Empty(await One["consents"].ListAsync([], null, 0, default));
    }

    [Fact]
    public async Task Uploads_OfOneOwner_GoToSoManyAsThereMayBe()
    {
        var outcomes = await RaceAsync((database, n) => new MongoResumableUploadStore(database).AddAsync(new ResumableUpload("u" + n, "a", 1, null, Noon.AddHours(1)), 3, Noon, default));
        var later = await RaceAsync((database, n) => new MongoResumableUploadStore(database).AddAsync(new ResumableUpload("v" + n, "a", 1, null, Noon.AddHours(3)), 3, Noon.AddHours(1), default));

        Assert.Equal((3, 3), (outcomes.Count(isAdded => isAdded), later.Count(isAdded => isAdded)));
    }

    [Fact]
    public async Task PaperWork_IsTakenByOne()
    {
        await new MongoPaperWorkStore(One).AddAsync("m", "f", Noon, default);

        var taken = await RaceAsync((database, _) => new MongoPaperWorkStore(database).TakeAsync(Noon, Noon.AddMinutes(5), default));

        Assert.Single(taken, work => work is not null);
    }

    [Fact]
    public async Task Counter_GivesNoNumberTwice()
    {
        var numbers = await RaceAsync((database, _) => MongoCounters.NextAsync(database, "made-up", default));

        Assert.Equal(Enumerable.Range(1, Tries).Select(n => (long)n), numbers.Order());
    }

    [Fact]
    public async Task Code_ThatIsGone_IsNotReserved_AndOneThatIsThereIsWantedFirst()
    {
        var filing = StoredFilings.Draft(1, "a").Verified("one.cn", "code:c1");

        Assert.Equal("code:c1", (await _stores.Filings.AddAsync(filing, StoreRecord("k"), default)).TakenHold);
        Assert.Null(await _stores.Filings.FindAsync(filing.Id, default));
        Assert.Null(await _stores.Idempotency.FindAsync("k", Noon, default));

        await One["auth_codes"].AddAsync(ACode("c1"), default);
        var saved = (await _stores.Filings.AddAsync(filing, null, default)).Saved!;

        var code = (await One["auth_codes"].FindAsync("c1", default))!;
        Assert.Equal(8, code["rev"].ToInt64());
        Assert.InRange(code["wanted_until"].ToInt64(), DateTimeOffset.UtcNow.AddSeconds(50).ToUnixTimeMilliseconds(), DateTimeOffset.UtcNow.AddSeconds(60).ToUnixTimeMilliseconds());

        // What is reserved needs no asking again.
        Assert.True((await _stores.Filings.ReplaceAsync(saved.Renamed("甲"), null, default)).IsSaved);
        Assert.Equal(8, (await One["auth_codes"].FindAsync("c1", default))!["rev"].ToInt64());
    }

    [Fact]
    public async Task Filing_OfAnErasedAccount_IsNotAdded()
    {
        await One["erased_accounts"].AddAsync(new BsonDocument { ["_id"] = "a", ["erased_at"] = 1L }, default);

        Assert.Equal(SaveOutcome.AccountErased, await _stores.Filings.AddAsync(StoredFilings.Draft(1, "a"), null, default));
        Assert.Null(await _stores.Filings.FindAsync(StoredFilings.Id(1), default));
    }

    /// <summary>What follows of a save is refused here once, as if the instance had ended before it: another one does it.</summary>
    [Fact]
    public async Task Submission_OfAnInstanceThatEndsRightAfter_IsFinishedByAnother()
    {
        await One["users"].AddAsync(AUser("user"), default);
        var draft = (await _stores.Filings.AddAsync(StoredFilings.Draft(1, "a").Verified("one.cn", "slot:r:1"), null, default)).Saved!;
        var facts = One["review_facts"].Collection;
        await facts.Indexes.CreateOneAsync(new CreateIndexModel<BsonDocument>(new BsonDocument("action", 1), new CreateIndexOptions { Name = "in_the_way", Unique = true }));
        await facts.InsertOneAsync(new BsonDocument { ["_id"] = "in the way", ["filing_id"] = "other", ["seq"] = 1L, ["at"] = 1L, ["action"] = "submit", ["since_ms"] = 1L });

        var submitted = draft.Submit([], [new AgreementAcceptance("terms", "1", Noon)], [], "rules", Applicant, Noon).Value;
        Assert.True((await _stores.Filings.ReplaceAsync(submitted, StoreRecord("k"), default)).IsSaved);

        Assert.True((await One["filings"].FindAsync(draft.Id, default))!.Contains(MongoDatabase.Todo));
        Assert.Equal(0, await One["review_facts"].CountAsync(new BsonDocument("filing_id", draft.Id), default));
        await facts.Indexes.DropOneAsync("in_the_way");
        await facts.DeleteOneAsync(new BsonDocument("_id", "in the way"));

        // Saved again meanwhile: what was left to do stays to be done.
        Assert.True((await _stores.Filings.ReplaceAsync((await _stores.Filings.FindAsync(draft.Id, default))!.PassChecks(Noon, Noon).Value, null, default)).IsSaved);
        Assert.True(await _other.FinishAllAsync(TimeSpan.Zero, default) > 0);

        Assert.False((await One["filings"].FindAsync(draft.Id, default))!.Contains(MongoDatabase.Todo));
        Assert.Equal(["submit", "passChecks"], (await One["review_facts"].ListAsync(new BsonDocument("filing_id", draft.Id), new BsonDocument("seq", 1), 0, default)).Select(f => f["action"].AsString));
        Assert.Equal("terms", Assert.Single(await _stores.Consents.ListAsync("user", null, 9, default)).TextId);
        Assert.Equal("hash", (await _stores.Idempotency.FindAsync("k", Noon, default))!.RequestHash);
    }

    private static IdempotencyRecord StoreRecord(string key) => new(key, "hash", [1, 2, 3], Noon.AddHours(24));

    private static BsonDocument AUser(string id) => new() { ["_id"] = id, ["account_id"] = "account-of-" + id, ["openid_index"] = "openid-of-" + id, ["session_key"] = new byte[] { 1 }, ["payload"] = new byte[] { 1 }, ["rev"] = 1L };

    private static BsonDocument ACode(string id) => new()
    {
        ["_id"] = id,
        ["code_hash"] = "hash-of-" + id,
        ["issuer_id"] = "issuer",
        ["target_id"] = "a",
        ["resource_id"] = "r",
        ["number"] = 1L,
        ["payload"] = new byte[] { 1 },
        ["rev"] = 7L,
    };

    private static Consent AConsent(int n) => new($"{Noon.ToUnixTimeMilliseconds():x12}{n:x20}", "privacy", "1", ConsentAction.Given, ConsentSource.User, Noon);

    private static FiledSubject ASubject(string id, string account, int n) => new()
    {
        Id = id,
        AccountId = account,
        Number = $"京ICP备20260000{n:D2}号",
        SubjectKey = "key" + n,
        Identity = new Verification { SubjectNature = 4 },
        Subject = new Subject { Name = "示例" + n },
        Source = "import",
        FiledAt = Noon,
    };

    /// <summary>So many at once, through the two instances by turns.</summary>
    private Task<T[]> RaceAsync<T>(Func<MongoDatabase, int, Task<T>> act) => Task.WhenAll(Enumerable.Range(0, Tries).Select(n => Task.Run(() => act(n % 2 == 0 ? One : _other, n))));
}
#endif
