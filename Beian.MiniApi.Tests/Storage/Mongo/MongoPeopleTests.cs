#if CLUSTER
using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Accounts;
using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Storage;
using Beian.MiniApi.Storage.Mongo;
using MongoDB.Bson;

namespace Beian.MiniApi.Tests.Storage.Mongo;

/// <summary>People through two instances at once, and what an instance that was killed leaves to the other.</summary>
#pragma warning disable CA1001 // xunit disposes through IAsyncLifetime.
public sealed class MongoPeopleTests : IAsyncLifetime
#pragma warning restore CA1001
{
    private const int Many = 20;

    private static readonly DateTimeOffset Now = StoredFilings.Noon;

    private readonly TwoMongos _two = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _two.DisposeAsync();

    [Fact]
    public async Task Rotate_OneTokenManyTimes_IsRotatedOnce_AndTheSessionEnds()
    {
        await LogInAsync("u");
        await StartAsync("s", "u");

        var ends = await _two.ManyAsync(Many, (d, n) => new MongoSessionStore(d).RotateAsync([1], [(byte)(100 + n)], Now, default));

        Assert.Single(ends, e => e.Rotation == Rotation.Rotated);
        Assert.Equal(Many - 1, ends.Count(e => e.Rotation == Rotation.Reused));
        Assert.Null(await new MongoSessionStore(_two.One).FindLiveAsync("s", Now, default));
        Assert.Null(await new MongoSessionStore(_two.Two).FindLiveAsync("s", Now, default));
        Assert.Equal([("created", "s"), ("changed", "s"), ("changed", "s")], await _two.TrailAsync("sessions"));
    }

    [Fact]
    public async Task End_OfOneSessionManyTimes_IsTrueOnce_AndSeenAtOnceByTheOther()
    {
        await LogInAsync("u");
        await StartAsync("s", "u");
        await StartAsync("t", "u", 2);

        Assert.Single(await _two.ManyAsync(Many, (d, _) => new MongoSessionStore(d).EndAsync("s", "u", Now, default)), ended => ended);
        await new MongoSessionStore(_two.One).EndAllAsync("u", default);

        Assert.Null(await new MongoSessionStore(_two.Two).FindLiveAsync("t", Now, default));
    }

    [Fact]
    public async Task Rotate_WhileAllSessionsAreEnded_LeavesNoneOpen()
    {
        await new MongoStaffStore(_two.One).SaveAsync(Member("m"), default);
        for (var round = 0; round < 10; round++)
        {
            var (id, from) = ("s" + round, (byte)(2 * round));
            await new MongoSessionStore(_two.One).StartAsync(Session.Start(id, "m", Role.Reviewer, Now, TimeSpan.FromDays(1)), [from], default);

            await Task.WhenAll(
                Task.Run(() => new MongoSessionStore(_two.One).RotateAsync([from], [(byte)(from + 1)], Now, default)),
                Task.Run(() => new MongoStaffStore(_two.Two).SaveAsync(Member("m"), default)));

            Assert.Null(await new MongoSessionStore(_two.One).FindLiveAsync(id, Now, default));
        }
    }

    [Fact]
    public async Task Join_WithOneCodeManyTimes_LetsOneIn()
    {
        await FeedAsync("shop");
        await new MongoAccountLinkStore(_two.One).AddAsync(new AccountLink([1], "shop", Now.AddMinutes(10)), default);
        foreach (var n in Enumerable.Range(0, Many))
        {
            await LogInAsync("u" + n);
        }

        var ends = await _two.ManyAsync(Many, (d, n) => new MongoAccountLinkStore(d).JoinAsync([1], "u" + n, Now, null, default));

        Assert.Single(ends, AccountJoin.Joined);
        Assert.Equal(Many - 1, ends.Count(e => e == AccountJoin.NotOpen));
        Assert.Single((await new MongoAccountStore(_two.Two).FindWithUsersAsync("shop", default))!.UserIds);
        Assert.Equal(["created", "deleted"], (await _two.TrailAsync("account_links")).Select(e => e.Act));
    }

    [Fact]
    public async Task Join_ByOneUserWithTwoCodes_EndsWhereTheLastJoinSays()
    {
        for (var round = 0; round < 10; round++)
        {
            var user = "u" + round;
            await LogInAsync(user);
            foreach (var shop in new byte[] { 1, 2 })
            {
                await FeedAsync(Shop(shop));
                await new MongoAccountLinkStore(_two.One).AddAsync(new AccountLink([shop], Shop(shop), Now.AddMinutes(10)), default);
            }

            var ends = await _two.ManyAsync(2, (d, n) => new MongoAccountLinkStore(d).JoinAsync([(byte)(n + 1)], user, Now, null, default));

            // The second one leaves the account that the first one led into.
            Assert.Equal([AccountJoin.Joined, AccountJoin.Joined], ends);
            var in1 = await UsersAsync(Shop(1));
            var in2 = await UsersAsync(Shop(2));
            Assert.Single(in1.Concat(in2), user);

            string Shop(int n) => $"shop-{round}-{n}";
        }
    }

    [Fact]
    public async Task LogIn_OfOneOpenIdManyTimes_CreatesOneUserAndOneAccount()
    {
        var ends = await _two.ManyAsync(Many, (d, n) => new MongoUserStore(d).LogInAsync(ALogin("u" + n, "one"), default));

        Assert.Single(ends, e => e.IsNew);
        Assert.Single(ends.Select(e => e.User.Id).Distinct());
        Assert.Equal((1, 1), (await _two.One["users"].CountAsync([], default), await _two.One["accounts"].CountAsync([], default)));
    }

    [Fact]
    public async Task StaffThings_ThatMayHappenOnce_HappenOnce()
    {
        var staff = new MongoStaffStore(_two.One);
        await staff.SaveAsync(Member("m"), default);
        await new MongoSecondFactorStore(_two.One).TryBeginAsync("m", [1], default);
        await new MongoProviderLoginStore(_two.One).AddAsync("d", [1], Now, Now.AddMinutes(1), default);

        var changed = await _two.ManyAsync(Many, (d, n) => new MongoStaffStore(d).TryChangePasswordAsync(new PasswordChange("m", "hash", "hash-" + n, "none", Now), default));
        var confirmed = await _two.ManyAsync(Many, (d, n) => new MongoSecondFactorStore(d).TryConfirmAsync(new FactorConfirmation("m", [1], 5, ["code", "code-" + n], "none", Now), default));
        var steps = await _two.ManyAsync(Many, (d, _) => new MongoSecondFactorStore(d).TryUseStepAsync("m", 6, default));
        var codes = await _two.ManyAsync(Many, (d, _) => new MongoSecondFactorStore(d).TryUseRecoveryCodeAsync("m", "code", Now, default));
        var taken = await _two.ManyAsync(Many, (d, _) => new MongoProviderLoginStore(d).TakeAsync("d", Now, default));
        var attempts = await _two.ManyAsync(Many, (d, _) => new MongoStaffStore(d).BeginAttemptAsync("k", Now, new LockOut(5, TimeSpan.FromMinutes(15)), default));
        var members = await _two.ManyAsync(Many, (d, n) => new MongoStaffStore(d).SignInAsync(new ProviderLogin("https://i.example", "s", "id-" + n, null, Role.Admin, Now), default));

        Assert.Equal((1, 1, 1, 1, 1), (changed.Count(c => c), confirmed.Count(c => c), steps.Count(s => s), codes.Count(c => c), taken.Count(t => t is not null)));
        Assert.Equal(5, attempts.Count(a => a is null));
        Assert.Single(members.Select(m => m!.Id).Distinct());
        Assert.Equal(["hash"], await staff.EarlierPasswordsAsync("m", 9, default));
        Assert.Equal(2, await _two.One["staff_recovery_codes"].CountAsync([], default));
        Assert.Equal(2, (await staff.ListAsync(default)).Count);
    }

    [Fact]
    public async Task Save_OfOneNameByTwoThatStart_KeepsOneMember()
    {
        await _two.ManyAsync(Many, async (d, n) =>
        {
            await new MongoStaffStore(d).SaveAsync(StaffMember.Create("id-" + n, "name", Role.Admin, "hash"), default);
            return n;
        });

        Assert.Single(await new MongoStaffStore(_two.One).ListAsync(default));
    }

    [Fact]
    public async Task Erase_OfBothMembersAtOnceWithAFilingInProgress_LetsOneGo()
    {
        for (var round = 0; round < 15; round++)
        {
            string[] users = ["u" + round, "v" + round];
            var shop = "shop" + round;
            await LogInAsync(users[0]);
            await LogInAsync(users[1]);
            await FeedAsync(shop, users);
            await PutAsync(StoredFilings.Draft(round + 1, shop).Verified($"a{round}.cn", $"slot:r:{round}").InReview(Now));

            var ends = await _two.ManyAsync(2, (d, n) => new MongoErasureStore(d).EraseAsync(users[n], null, Now, default));

            Assert.Single(ends, e => e.Error is null);
            Assert.Single(ends, e => e.Error?.Code == "account.filingInProgress");
            Assert.Single(await UsersAsync(shop));
            Assert.Equal(1, await _two.One["filings"].CountAsync(new BsonDocument("account_id", shop), default));
        }
    }

    [Fact]
    public async Task Erase_OfTheSecondMemberWhenTheFirstWasCutOff_IsTheLast()
    {
        await LogInAsync("u");
        await LogInAsync("v");
        await FeedAsync("shop", "u", "v");
        await PutAsync(StoredFilings.Draft(1, "shop").Verified("a.cn", "slot:r:1").InReview(Now));
        var mark = new BsonDocument { ["since"] = 0L, ["at"] = Now.ToUnixTimeMilliseconds(), ["n"] = "cut off" };
        await LeaveAsync("accounts", "shop", Step("users", "u", new BsonDocument("$set", new BsonDocument("going", mark))));

        var ended = await new MongoErasureStore(_two.Two).EraseAsync("v", null, Now, default);

        Assert.Equal("account.filingInProgress", ended.Error?.Code);
        Assert.Equal(["v"], await UsersAsync("shop"));
    }

    [Fact]
    public async Task Erase_OfBothMembersAtOnce_LeavesNothingOfTheAccount()
    {
        for (var round = 0; round < 5; round++)
        {
            string[] users = ["u" + round, "v" + round];
            var shop = "shop" + round;
            await LogInAsync(users[0]);
            await LogInAsync(users[1]);
            await FeedAsync(shop, users);
            await PutAsync(StoredFilings.Draft(round + 1, shop));

            var ends = await _two.ManyAsync(2, (d, n) => new MongoErasureStore(d).EraseAsync(users[n], null, Now, default));

            Assert.All(ends, e => Assert.Null(e.Error));
            Assert.Null(await _two.One["accounts"].FindAsync(shop, default));
        }

        Assert.Equal((0, 0), (await _two.One["filings"].CountAsync([], default), await _two.One["users"].CountAsync([], default)));
    }

    [Fact]
    public async Task Erase_OfOneUserManyTimes_IsDoneOnce()
    {
        await LogInAsync("u");

        var ends = await _two.ManyAsync(Many, (d, _) => new MongoErasureStore(d).EraseAsync("u", null, Now, default));

        Assert.Single(ends, e => e.Error is null);
        Assert.Contains(new ErasedItem(ErasedThings.Profile, 1), ends.Single(e => e.Error is null).Value.Items);
    }

    [Fact]
    public async Task Erase_OfTheLastUserWhileSomebodyJoins_LeavesNobodyWithoutAnAccount()
    {
        for (var round = 0; round < 10; round++)
        {
            var (last, next, shop) = ("u" + round, "v" + round, "shop" + round);
            await LogInAsync(last);
            await LogInAsync(next);
            await FeedAsync(shop, last);
            await new MongoAccountLinkStore(_two.One).AddAsync(new AccountLink([(byte)round], shop, Now.AddMinutes(10)), default);

            var joining = Task.Run(() => new MongoAccountLinkStore(_two.One).JoinAsync([(byte)round], next, Now, null, default));
            var erasing = Task.Run(() => new MongoErasureStore(_two.Two).EraseAsync(last, null, Now, default));
            var (joined, erased) = (await joining, await erasing);

            Assert.Null(erased.Error);
            var account = (await new MongoUserStore(_two.One).FindAsync(next, default))!.AccountId;
            Assert.Equal(joined == AccountJoin.Joined ? shop : "account-of-" + next, account);
            Assert.NotNull(await _two.One["accounts"].FindAsync(account, default));
            Assert.Null(await _two.One["erased_accounts"].FindAsync(account, default));
        }
    }

    [Fact]
    public async Task Erase_CutOffOnceItWasDecided_IsFinishedByTheOther()
    {
        await LogInAsync("u");
        await StartAsync("s", "u");
        await PutAsync(StoredFilings.Draft(1, "account-of-u"));
        var mark = new BsonDocument { ["since"] = 0L, ["at"] = Now.ToUnixTimeMilliseconds() };

        // As it is decided: in the account, with the mark of the user still to come.
        await LeaveAsync("accounts", "account-of-u", Step("users", "u", new BsonDocument("$set", new BsonDocument("going", mark))));
        await _two.Two.FinishAllAsync(TimeSpan.Zero, default);

        Assert.Null(await new MongoUserStore(_two.One).FindAsync("u", default));
        Assert.Null(await new MongoSessionStore(_two.One).FindLiveAsync("s", Now, default));
        Assert.NotNull(await _two.One["users"].FindAsync("u", default));
        Assert.Equal(0, await new MongoErasureStore(_two.Two).EndRetentionAsync(Now, default));
        foreach (var table in new[] { "users", "accounts", "sessions", "filings" })
        {
            Assert.Equal((table, 0), (table, await _two.One[table].CountAsync([], default)));
        }
    }

    [Fact]
    public async Task LogIn_OfSomebodyWhoseErasureWasCutOff_FinishesItAndBeginsAnew()
    {
        await LogInAsync("u");
        await StartAsync("s", "u");
        await _two.One["users"].ChangeAsync(new BsonDocument("_id", "u"), new BsonDocument("$set", new BsonDocument("going", new BsonDocument { ["since"] = 0L, ["at"] = 0L })), default);

        var again = await new MongoUserStore(_two.Two).LogInAsync(ALogin("w", StoredPeople.IndexOf("u")), default);

        Assert.True(again.IsNew);
        Assert.Equal(("w", "account-of-w"), (again.User.Id, again.User.AccountId));
        Assert.Equal((1, 0), (await _two.One["users"].CountAsync([], default), await _two.One["sessions"].CountAsync([], default)));
    }

    [Fact]
    public async Task EndRetention_TakesWhatCameInWhileTheAccountWasErased_AndNothingElse()
    {
        await LogInAsync("u");
        await PutAsync(StoredFilings.Draft(1, "account-of-u").Verified("a.cn", "slot:r:1").InReview(Now).Approved());
        await new MongoErasureStore(_two.One).EraseAsync("u", null, Now.AddDays(1), default);
        await PutAsync(StoredFilings.Draft(2, "account-of-u"), Now.AddDays(1));

        await new MongoErasureStore(_two.Two).EndRetentionAsync(Now.AddDays(1).AddMinutes(1), default);

        Assert.Equal(StoredFilings.Id(1), Assert.Single(await _two.One["filings"].ListAsync([], null, 0, default))["_id"].AsString);
    }

    [Fact]
    public async Task Feed_CutOffBeforeItsUsersMoved_IsFinishedByTheOther_AndNotAgain()
    {
        await LogInAsync("u");
        await FeedAsync("shop");
        var move = Step("users", "u", new BsonDocument { ["$set"] = new BsonDocument("account_id", "shop"), ["$inc"] = new BsonDocument { ["moves"] = 1L, ["rev"] = 1L } });
        move["f"] = MongoPeople.Unmoved((await _two.One["users"].FindAsync("u", default))!);
        await LeaveAsync("accounts", "shop", move);

        await _two.Two.FinishAllAsync(TimeSpan.Zero, default);
        Assert.Equal(["u"], await UsersAsync("shop"));

        await FeedAsync("other", "u");
        await LeaveAsync("accounts", "shop", move);
        await _two.Two.FinishAllAsync(TimeSpan.Zero, default);
        Assert.Equal(["u"], await UsersAsync("other"));
    }

    [Fact]
    public async Task Remove_OfADocumentThatHasSomethingToDo_DoesItFirst()
    {
        await FeedAsync("shop");
        await LogInAsync("u");
        await LeaveAsync("accounts", "shop", Step("users", "u", new BsonDocument("$set", new BsonDocument("seen", true))));
        var left = (await _two.Two["accounts"].FindAsync("shop", default))!;

        Assert.True(await _two.Two.Write(_two.Two["accounts"]).Remove(left).CommitAsync(default));

        Assert.True((await _two.One["users"].FindAsync("u", default))!.Contains("seen"));
    }

    private static StaffMember Member(string id) => StaffMember.Create(id, "name-" + id, Role.Reviewer, "hash");

    private static UserLogin ALogin(string id, string index) =>
        new(index, [1], User.Create(id, "account-of-" + id, "o", Now), Account.Create("account-of-" + id, Now).Value);

    private static BsonDocument Step(string table, string id, BsonDocument update) =>
        new() { ["c"] = table, ["f"] = new BsonDocument("_id", id), ["u"] = update, ["m"] = false, ["s"] = false };

    /// <summary>What an instance leaves in a document that is killed once the document is saved.</summary>
    private async Task LeaveAsync(string table, string id, params BsonDocument[] steps)
    {
        var work = new BsonDocument { ["a"] = new BsonArray(steps), ["notes"] = new BsonArray() };
        var todo = new BsonDocument { ["n"] = ObjectId.GenerateNewId().ToString(), ["at"] = 0L, ["do"] = work.ToBson() };
        await _two.One[table].ChangeAsync(new BsonDocument("_id", id), new BsonDocument("$push", new BsonDocument(MongoDatabase.Todo, todo)), default);
    }

    /// <summary>A filing as the store of filings keeps it.</summary>
    private async Task PutAsync(Filing filing, DateTimeOffset? createdAt = null)
    {
        var (saved, s) = (filing.Saved(1), filing.Snapshot);
        Assert.True(await _two.One.Write(_two.One["filings"]).Put(null, new BsonDocument
        {
            ["_id"] = s.Id,
            ["account_id"] = s.AccountId,
            ["number"] = s.Number,
            ["state"] = FilingTransitions.NameOf(s.State),
            ["revision"] = 1L,
            ["created_at"] = (createdAt ?? s.CreatedAt).ToUnixTimeMilliseconds(),
            ["state_since"] = s.StateSince.ToUnixTimeMilliseconds(),
            ["submitted"] = 0L,
            ["due_key"] = long.MaxValue,
            ["payload"] = SealedColumns.Filings.Seal(_two.One.Sealer, s.Id, StoredFiling.Payload(saved)),
        }).CommitAsync(default));
    }

    private Task<LoggedIn> LogInAsync(string user) => new MongoUserStore(_two.One).LogInAsync(ALogin(user, StoredPeople.IndexOf(user)), default);

    private Task<Result<AccountFed>> FeedAsync(string account, params string[] users) => new MongoAccountStore(_two.One).FeedAsync(
        new AccountFeed(Account.Create(account, Now).Value, null, users.Length == 0 ? null : users, () => Account.Create("fresh-" + Guid.NewGuid().ToString("N"), Now).Value), default);

    private async Task<IReadOnlyList<string>> UsersAsync(string account) => (await new MongoAccountStore(_two.Two).FindWithUsersAsync(account, default))?.UserIds ?? [];

    private Task StartAsync(string id, string owner, byte token = 1) =>
        new MongoSessionStore(_two.One).StartAsync(Session.Start(id, owner, Role.Applicant, Now, TimeSpan.FromDays(1)), [token], default);
}
#endif
