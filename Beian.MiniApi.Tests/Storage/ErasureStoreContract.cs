using Beian.MiniApi.Domain.Accounts;
using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Storage;
using Beian.MiniApi.Tests.Notify;

namespace Beian.MiniApi.Tests.Storage;

/// <summary>What erasing promises; that no table is forgotten is held by the tests of the routes.</summary>
public abstract class ErasureStoreContract(IStores stores) : StoreContract(stores)
{
    private const string Account = "account-of-user";

    private IErasureStore Erasures => Stores.Erasures;

    [Fact]
    public async Task Erase_LastUserWithADraft_LeavesNothingAndReleasesHolds()
    {
        await Stores.LogInAsync("user");
        var draft = StoredFilings.Draft(1, Account).Verified("a.cn", "slot:r:1");
        await Stores.Filings.AddAsync(draft, null, default);
        await Stores.Idempotency.SaveAsync(Record("k") with { OwnerId = "user" }, default);

        var erased = await EraseAsync("user");

        Assert.Null(erased.Error);
        Assert.Contains(new ErasedItem(ErasedThings.Filings, 1), erased.Value.Items);
        Assert.Empty(erased.Value.Kept);
        Assert.Null(await Stores.Users.FindAsync("user", default));
        Assert.Null(await Stores.Accounts.FindAsync(Account, default));
        Assert.Null(await Stores.Filings.FindAsync(draft.Id, default));
        Assert.Empty(await Stores.Holds.FindByPrefixAsync(string.Empty, default));
        Assert.Null(await KnownAsync("k"));
        Assert.Equal("account.notFound", (await EraseAsync("user")).Error?.Code);
    }

    [Fact]
    public async Task Erase_OfTheAccount_TakesItsDeliveriesAndWebhooks_AndQueuesNoMore()
    {
        await Stores.LogInAsync("user");
        await Stores.Deliveries.AddAsync(ADelivery.Of("f", 1) with { AccountId = Account }, default);
        await Stores.Deliveries.AddAsync(ADelivery.Of("g", 1), default);
        await Stores.Webhooks.AddAsync(new Webhook("w", new Uri("https://partner.example/"), Account, [], true, StoredFilings.Noon, null), [1], default);

        Assert.Null((await EraseAsync("user")).Error);

        Assert.Equal("g-1", Assert.Single(await Stores.Deliveries.PageAsync(new DeliveryFilter(), null, 10, default)).Key);
        Assert.Empty(await Stores.Webhooks.ListAsync(default));
        Assert.False(await Stores.Deliveries.AddAsync(ADelivery.Of("f", 2) with { AccountId = Account }, default));
    }

    [Fact]
    public async Task Erase_InEveryState_IsRefusedExactlyWhileOthersAreAtWork()
    {
        await Stores.LogInAsync("user");
        var filing = StoredFilings.Draft(1, Account).Verified("a.cn", "slot:r:1").InReview(StoredFilings.Noon);
        await Stores.Filings.AddAsync(filing, null, default);

        var refused = await EraseAsync("user");

        Assert.Equal(("account.filingInProgress", "providerReview"), (refused.Error?.Code, refused.Error?.State));
        Assert.NotNull(await Stores.Users.FindAsync("user", default));
        Assert.NotNull(await Stores.Filings.FindAsync(filing.Id, default));
        Assert.Equal(
            ["authorityReview", "checking", "pendingAuthority", "providerReview", "smsVerification"], Filing.WithOthers.Select(FilingTransitions.NameOf).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Erase_WithAnApprovedFiling_KeepsItUntilItsTime()
    {
        await Stores.LogInAsync("user");
        var filing = StoredFilings.Draft(1, Account).Verified("a.cn", "slot:r:1").InReview(StoredFilings.Noon).Approved();
        await Stores.Filings.AddAsync(filing, null, default);
        var until = StoredFilings.Noon.AddDays(10);

        var erased = (await Erasures.EraseAsync("user", until, StoredFilings.Noon, default)).Value;

        Assert.Equal([new KeptItem(ErasedThings.Filings, filing.Snapshot.Number, "retention.approvedFiling", until)], erased.Kept);
        var kept = (await Stores.Filings.FindAsync(filing.Id, default))!;
        Assert.Equal(Filing.ErasedUser, kept.Snapshot.CreatedBy);
        Assert.DoesNotContain(kept.Snapshot.History, h => h.ActorId == "user");
        Assert.Equal(0, await Erasures.EndRetentionAsync(until.AddMilliseconds(-1), default));
        Assert.Equal(1, await Erasures.EndRetentionAsync(until, default));
        Assert.Null(await Stores.Filings.FindAsync(filing.Id, default));
        Assert.Contains(new ErasedFile(ErasedFileKind.HandOver, filing.Snapshot.Number + "-1"), await Erasures.FilesAsync(9, default));
    }

    [Fact]
    public async Task EndRetention_OfAnAccountThatSomebodyWorksForAgain_KeepsIt()
    {
        await Stores.LogInAsync("user");
        var filing = StoredFilings.Draft(1, Account).Verified("a.cn", "slot:r:1").InReview(StoredFilings.Noon).Approved();
        await Stores.Filings.AddAsync(filing, null, default);
        await Erasures.EraseAsync("user", StoredFilings.Noon.AddDays(1), StoredFilings.Noon, default);
        await Stores.LogInAsync("next");
        await Stores.FeedAsync(Account, null, "next");

        Assert.Equal(0, await Erasures.EndRetentionAsync(StoredFilings.Noon.AddDays(2), default));

        Assert.NotNull(await Stores.Filings.FindAsync(filing.Id, default));
    }

    [Fact]
    public async Task Add_ToAnAccountWhoseUserIsErased_IsRefusedUntilSomebodyComes()
    {
        await Stores.LogInAsync("user");
        await EraseAsync("user");

        Assert.Equal(SaveOutcome.AccountErased, await Stores.Filings.AddAsync(StoredFilings.Draft(1, Account), null, default));
        await Stores.Notifications.AddAsync(new Notification("n", Account, "f", "notification.approve", StoredFilings.Noon, null), default);
        await Stores.LetterLinks.AddAsync(new LetterLink([1], "f", Account, "k", null, StoredFilings.Noon.AddMinutes(1)), default);
        Assert.Empty(await Stores.Notifications.ListAsync(Account, null, 9, default));
        Assert.False(await Stores.LetterLinks.IsOpenAsync([1], StoredFilings.Noon, default));

        await Stores.LogInAsync("next");
        await Stores.FeedAsync(Account, null, "next");
        Assert.True((await Stores.Filings.AddAsync(StoredFilings.Draft(1, Account), null, default)).IsSaved);
    }

    [Fact]
    public async Task Erase_OneOfTwo_LeavesTheAccountAsItIs()
    {
        await Stores.LogInAsync("user");
        await Stores.LogInAsync("other");
        await Stores.FeedAsync(Account, RealName.Verified(RealNameKind.Individual, "测试甲", null, null, StoredFilings.Noon).Value, "user", "other");
        var filing = StoredFilings.Draft(1, Account);
        await Stores.Filings.AddAsync(filing, null, default);

        var erased = (await EraseAsync("user")).Value;

        Assert.Equal([new KeptItem(ErasedThings.Account, null, "retention.sharedAccount", null)], erased.Kept);
        Assert.Equal(RealNameStatus.Verified, (await Stores.Accounts.FindAsync(Account, default))!.RealName.Status);
        var kept = (await Stores.Filings.FindAsync(filing.Id, Account, default))!;
        Assert.Equal((Filing.ErasedUser, 2), (kept.Snapshot.CreatedBy, kept.Revision));
        Assert.Equal(SaveOutcome.Changed, await Stores.Filings.ReplaceAsync(filing.Saved(1).Renamed("x"), null, default));
    }

    [Fact]
    public async Task Erase_AFormerMember_ForgetsThemWhereTheyWere()
    {
        await Stores.LogInAsync("user");
        await Stores.LogInAsync("other");
        await Stores.FeedAsync("shop", null, "user", "other");
        var filing = StoredFilings.Draft(1, "shop");
        await Stores.Filings.AddAsync(filing, null, default);
        await Stores.FeedAsync("shop", null, "other");

        await EraseAsync("user");

        Assert.Equal(Filing.ErasedUser, (await Stores.Filings.FindAsync(filing.Id, default))!.Snapshot.CreatedBy);
    }

    [Fact]
    public async Task FileGone_AndTidy_LeaveNothingToDo()
    {
        await Stores.LogInAsync("user");
        await Stores.Filings.AddAsync(StoredFilings.Draft(1, Account).Verified("a.cn", "slot:r:1").InReview(StoredFilings.Noon).SentBack(), null, default);
        await EraseAsync("user");

        var file = Assert.Single(await Erasures.FilesAsync(9, default));
        await Erasures.FileGoneAsync(file, default);

        Assert.Empty(await Erasures.FilesAsync(9, default));
        Assert.True(await Erasures.TidyAsync(default));
    }

    private Task<Beian.MiniApi.Domain.Result<Erased>> EraseAsync(string user) => Erasures.EraseAsync(user, null, StoredFilings.Noon, default);
}
