using Beian.MiniApi.Domain.Accounts;
using Beian.MiniApi.Storage;

namespace Beian.MiniApi.Tests.Storage;

/// <summary>What the history of consents promises.</summary>
public abstract class ConsentStoreContract(IStores stores) : StoreContract(stores)
{
    private IConsentStore Consents => Stores.Consents;

    [Fact]
    public async Task List_ByPages_IsTheUsersNewestFirstWithWhatWeChatTold()
    {
        await Stores.LogInAsync("u");
        await Stores.LogInAsync("v");
        foreach (var n in Enumerable.Range(1, 4))
        {
            await AddAsync("u", AConsent(n));
        }

        await AddAsync("v", AConsent(9));
        await Stores.Revocations.AddAsync(new AuthorizationRevocation(StoredPeople.IndexOf("u"), "301", StoredFilings.Noon.AddMinutes(3).AddSeconds(1)), default);
        await Stores.Revocations.AddAsync(new AuthorizationRevocation(StoredPeople.IndexOf("v"), null, StoredFilings.Noon), default);

        var first = await Consents.ListAsync("u", null, 2, default);
        var second = await Consents.ListAsync("u", first[^1].Id, 9, default);

        Assert.Equal(["text4", Consent.OfWeChat, "text3", "text2", "text1"], first.Concat(second).Select(c => c.TextId));
        Assert.Equal((ConsentAction.Withdrawn, ConsentSource.Wechat, "301"), (first[1].Action, first[1].Source, first[1].Note));
        Assert.Equal(AConsent(4), first[0]);
        Assert.Null((await Consents.ListAsync("v", null, 9, default))[^1].Note);
    }

    [Fact]
    public async Task Follow_ATextsRecords_IsGivenTheNewestAndAddsWhatFollows()
    {
        await Stores.LogInAsync("u");
        await AddAsync("u", AConsent(1) with { TextId = "privacy" });
        await AddAsync("u", AConsent(2) with { TextId = "privacy", Action = ConsentAction.Withdrawn }, Record("k"));

        Assert.Equal(ConsentAction.Withdrawn, (await Consents.FollowAsync("u", "privacy", _ => null, default))?.Action);
        Assert.Null(await Consents.FollowAsync("u", "terms", _ => null, default));
        Assert.NotNull(await KnownAsync("k"));
        Assert.Equal(2, (await Consents.ListAsync("u", null, 9, default)).Count);
    }

    /// <summary>Ids of one millisecond are in no order.</summary>
    [Fact]
    public async Task Follow_RecordsOfOneMoment_IsGivenTheOneWrittenLast()
    {
        await Stores.LogInAsync("u");
        await AddAsync("u", AConsent(2) with { TextId = "privacy" });
        await AddAsync("u", AConsent(1) with { TextId = "privacy", Action = ConsentAction.Withdrawn });

        Assert.Equal(AConsent(1).Id, (await Consents.FollowAsync("u", "privacy", _ => null, default))?.Id);
    }

    [Fact]
    public async Task Follow_ByManyAtOnce_SeesWhatTheOneBeforeWrote()
    {
        await Stores.LogInAsync("u");

        await Task.WhenAll(Enumerable.Range(1, 20).Select(n => Consents.FollowAsync("u", "privacy", last => last is null ? new ConsentAddition(AConsent(n) with { TextId = "privacy" }) : null, default)));

        Assert.Single(await Consents.ListAsync("u", null, 9, default));
    }

    [Fact]
    public async Task Find_ARecord_IsFoundByItsUserAlone()
    {
        await Stores.LogInAsync("u");
        await AddAsync("u", AConsent(1));

        Assert.Equal(AConsent(1), await Consents.FindAsync("u", AConsent(1).Id, default));
        Assert.Null(await Consents.FindAsync("v", AConsent(1).Id, default));
        Assert.Null(await Consents.FindAsync("u", AConsent(2).Id, default));
    }

    [Fact]
    public async Task Add_TwiceOrForNobody_WritesNothingMore()
    {
        await Stores.LogInAsync("u");
        await AddAsync("u", AConsent(1));
        await AddAsync("u", AConsent(1) with { Version = "2" });
        await AddAsync("nobody", AConsent(2));

        Assert.Equal("1", Assert.Single(await Consents.ListAsync("u", null, 9, default)).Version);
        Assert.Empty(await Consents.ListAsync("nobody", null, 9, default));
    }

    [Fact]
    public async Task SaveOfASubmission_RecordsItsConsentsOnceForItsUser()
    {
        await Stores.LogInAsync("user");
        var draft = (await Stores.Filings.AddAsync(StoredFilings.Draft(1, "account-of-user"), null, default)).Saved!;
        var agreement = new Beian.MiniApi.Domain.Filings.AgreementAcceptance("terms", "1", StoredFilings.Noon);
        var applicant = new Beian.MiniApi.Domain.Actor(Beian.MiniApi.Domain.Role.Applicant, "user");

        var submitted = (await Stores.Filings.ReplaceAsync(draft.Submit([], [agreement], [], "rules", applicant, StoredFilings.Noon).Value, null, default)).Saved!;
        await Stores.Filings.ReplaceAsync(submitted.PassChecks(StoredFilings.Noon, StoredFilings.Noon).Value, null, default);

        var record = Assert.Single(await Consents.ListAsync("user", null, 9, default));
        Assert.Equal(("terms", "1", ConsentSource.Submission, draft.Id, StoredFilings.Noon), (record.TextId, record.Version, record.Source, record.FilingId, record.At));
    }

    private Task<Consent?> AddAsync(string userId, Consent consent, IdempotencyRecord? record = null) =>
        Consents.FollowAsync(userId, consent.TextId, _ => new ConsentAddition(consent, record), default);

    private static Consent AConsent(int n)
    {
        var at = StoredFilings.Noon.AddMinutes(n);
        return new Consent($"{at.ToUnixTimeMilliseconds():x12}{n:x20}", "text" + n, "1", ConsentAction.Given, ConsentSource.User, at);
    }
}
