using System.Text.Json;
using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Storage;

namespace Beian.MiniApi.Tests.Storage;

/// <summary>What a store of filings promises about one filing: ownership, revisions, reservations, and one write for everything.</summary>
public abstract class FilingStoreContract(IStores stores) : StoreContract(stores)
{
    private IFilingStore Filings => Stores.Filings;

    [Fact]
    public async Task Add_ThenFind_GivesEveryValueBack()
    {
        var filing = StoredFilings.Draft(1, "a").Verified("one.cn", "slot:r:1").InReview(StoredFilings.Noon.AddDays(3)).ClaimedBy("reviewer-1");

        var saved = (await Filings.AddAsync(filing, null, default)).Saved!;

        var found = await Filings.FindAsync(filing.Id, default);
        Assert.Equal(Text(saved), Text(found!));
        Assert.Equal((1, saved.Revision), (found!.Revision, found.Revision));
        Assert.Equal(Text(found), Text((await Filings.FindByNumberAsync(filing.Snapshot.Number, default))!));
    }

    [Fact]
    public async Task Find_OfAnotherAccount_IsLikeNone()
    {
        var filing = await AddedAsync(StoredFilings.Draft(1, "a"));

        Assert.NotNull(await Filings.FindAsync(filing.Id, "a", default));
        Assert.Null(await Filings.FindAsync(filing.Id, "b", default));
        Assert.Null(await Filings.FindAsync(StoredFilings.Id(2), "a", default));
        Assert.Null(await Filings.FindAsync(StoredFilings.Id(2), default));
        Assert.Null(await Filings.FindByNumberAsync("00000000000000", default));
    }

    [Fact]
    public async Task Add_NumberInUse_SaysSoAndWritesNothing()
    {
        await AddedAsync(StoredFilings.Draft(1, "a"));
        var sameNumber = Filing.Start(StoredFilings.Id(2), StoredFilings.Draft(1, "a").Snapshot.Number, "b", new Actor(Role.Applicant, "u"), StoredFilings.Noon);

        var outcome = await Filings.AddAsync(sameNumber, Record("k"), default);

        Assert.Equal(SaveOutcome.NumberTaken, outcome);
        Assert.Null(await Filings.FindAsync(sameNumber.Id, default));
        Assert.Null(await KnownAsync("k"));
        Assert.Empty(await Stores.Holds.FindAsync(["open:b"], default));
    }

    [Fact]
    public async Task Replace_OfAnOlderRevision_IsChangedAndWritesNothing()
    {
        var first = await AddedAsync(StoredFilings.Draft(1, "a"));
        var second = (await Filings.ReplaceAsync(first.Renamed("甲"), null, default)).Saved!;

        var late = await Filings.ReplaceAsync(first.Verified("late.cn", "slot:r:1"), Record("k"), default);

        Assert.Equal(SaveOutcome.Changed, late);
        Assert.Equal(2, second.Revision);
        Assert.Equal("甲", (await Filings.FindAsync(first.Id, default))!.Snapshot.Subject.Name);
        Assert.Null(await KnownAsync("k"));
        Assert.Empty(await Stores.Holds.FindAsync(["domain:late.cn"], default));
    }

    [Fact]
    public async Task Replace_OfWhatWasNeverAdded_IsChanged() =>
        Assert.Equal(SaveOutcome.Changed, await Filings.ReplaceAsync(StoredFilings.Draft(1, "a"), null, default));

    [Fact]
    public async Task Replace_RacedFromOneRevision_LetsOneThrough()
    {
        var filing = await AddedAsync(StoredFilings.Draft(1, "a"));

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(() => Filings.ReplaceAsync(filing.Renamed("n" + i), null, default))));

        var winner = Assert.Single(outcomes, o => o.IsSaved).Saved!;
        Assert.All(outcomes.Where(o => !o.IsSaved), o => Assert.Equal(SaveOutcome.Changed, o));
        Assert.Equal(winner.Snapshot.Subject.Name, (await Filings.FindAsync(filing.Id, default))!.Snapshot.Subject.Name);
    }

    [Fact]
    public async Task Add_WhatAnotherFilingHolds_NamesItAndWritesNothing()
    {
        await AddedAsync(StoredFilings.Draft(1, "a").Verified("one.cn", "slot:r:1"));

        var sameAccount = await Filings.AddAsync(StoredFilings.Draft(2, "a"), Record("k"), default);
        var sameDomain = await Filings.AddAsync(StoredFilings.Draft(3, "b").Verified("one.cn", "slot:r:2"), null, default);
        var sameSlot = await Filings.AddAsync(StoredFilings.Draft(4, "b").Verified("two.cn", "slot:r:1"), null, default);

        Assert.Equal(["open:a", "domain:one.cn", "slot:r:1"], new[] { sameAccount, sameDomain, sameSlot }.Select(o => o.TakenHold));
        Assert.All([2, 3, 4], n => Assert.Null(Filings.FindAsync(StoredFilings.Id(n), default).Result));
        Assert.Null(await KnownAsync("k"));
        Assert.Empty(await Stores.Holds.FindAsync(["open:b", "domain:two.cn", "slot:r:2"], default));
    }

    [Fact]
    public async Task Replace_WithOtherHolds_SwapsThemInOneWrite()
    {
        var filing = await AddedAsync(StoredFilings.Draft(1, "a").Verified("one.cn", "slot:r:1"));

        var moved = (await Filings.ReplaceAsync(filing.Verified("two.cn", "slot:r:2"), null, default)).Saved!;

        var holds = await Stores.Holds.FindAsync(["domain:one.cn", "slot:r:1", "domain:two.cn", "slot:r:2", "open:a", "subject:key-of-a"], default);
        Assert.Equal(["domain:two.cn", "open:a", "slot:r:2", "subject:key-of-a"], holds.Keys.Order(StringComparer.Ordinal));
        Assert.All(holds.Values, h => Assert.Equal((moved.Id, "a", false), (h.FilingId, h.AccountId, h.Used)));
        Assert.True((await Filings.AddAsync(StoredFilings.Draft(2, "b").Verified("one.cn", "slot:r:1"), null, default)).IsSaved);
    }

    [Fact]
    public async Task Replace_TowardsATakenHold_KeepsTheOldHoldsAndTheOldValues()
    {
        await AddedAsync(StoredFilings.Draft(1, "a").Verified("one.cn", "slot:r:1"));
        var filing = await AddedAsync(StoredFilings.Draft(2, "b").Verified("two.cn", "slot:r:2"));

        var outcome = await Filings.ReplaceAsync(filing.Verified("three.cn", "slot:r:1"), Record("k"), default);

        Assert.Equal("slot:r:1", outcome.TakenHold);
        Assert.Equal(["domain:two.cn", "slot:r:2"], (await Stores.Holds.FindAsync(["domain:two.cn", "slot:r:2", "domain:three.cn"], default)).Keys.Order(StringComparer.Ordinal));
        Assert.Equal("two.cn", (await Filings.FindAsync(filing.Id, default))!.Snapshot.Verification.Domain);
        Assert.Null(await KnownAsync("k"));
    }

    [Fact]
    public async Task Replace_Abandoned_FreesEverything_AndApproved_UsesItUp()
    {
        var given = await AddedAsync(StoredFilings.Draft(1, "a").Verified("one.cn", "slot:r:1"));
        var kept = await AddedAsync(StoredFilings.Draft(2, "b").Verified("two.cn", "slot:r:2").InReview(StoredFilings.Noon));

        await Filings.ReplaceAsync(given.Abandoned(), null, default);
        await Filings.ReplaceAsync(kept.Approved(), null, default);

        Assert.Empty(await Stores.Holds.FindAsync(["open:a", "subject:key-of-a", "domain:one.cn", "slot:r:1"], default));
        var used = await Stores.Holds.FindAsync(["open:b", "subject:key-of-b", "domain:two.cn", "slot:r:2"], default);
        Assert.Equal(["domain:two.cn", "slot:r:2"], used.Keys.Order(StringComparer.Ordinal));
        Assert.All(used.Values, h => Assert.True(h.Used));
    }

    [Fact]
    public async Task Holds_Raced_GoToOne()
    {
        var outcomes = await Task.WhenAll(Enumerable.Range(1, 20).Select(n => Task.Run(() => Filings.AddAsync(StoredFilings.Draft(n, "a" + n).Verified("one.cn", "slot:r:" + n), null, default))));

        Assert.Single(outcomes, o => o.IsSaved);
        Assert.All(outcomes.Where(o => !o.IsSaved), o => Assert.Equal("domain:one.cn", o.TakenHold));
    }

    [Fact]
    public async Task FindByPrefix_GivesTheHoldsOfOneResourceOnly()
    {
        await AddedAsync(StoredFilings.Draft(1, "a").Verified("one.cn", "slot:r:1"));
        await AddedAsync(StoredFilings.Draft(2, "b").Verified("two.cn", "slot:r2:1"));

        Assert.Equal(["slot:r:1"], (await Stores.Holds.FindByPrefixAsync("slot:r:", default)).Select(h => h.Key));
    }

    [Fact]
    public async Task Save_WithARecord_KeepsBothOrNeither()
    {
        var filing = await AddedAsync(StoredFilings.Draft(1, "a"));
        await Filings.ReplaceAsync(filing.Renamed("甲"), Record("k", "first"), default);
        var current = (await Filings.FindAsync(filing.Id, default))!;

        await Assert.ThrowsAsync<IdempotencyKeyTakenException>(() => Filings.ReplaceAsync(current.Renamed("乙"), Record("k", "second"), default));

        Assert.Equal("first", (await KnownAsync("k"))!.RequestHash);
        Assert.Equal("甲", (await Filings.FindAsync(filing.Id, default))!.Snapshot.Subject.Name);
    }

    private async Task<Filing> AddedAsync(Filing filing) => (await Filings.AddAsync(filing, null, default)).Saved ?? throw new InvalidOperationException("Not added.");

    /// <summary>Records compare lists by reference, so filings are compared as they are stored.</summary>
    private static string Text(Filing filing) => JsonSerializer.Serialize(filing.Snapshot, StoredJson.Options);
}
