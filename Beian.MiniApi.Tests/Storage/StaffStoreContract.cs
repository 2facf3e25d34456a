using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Accounts;
using Beian.MiniApi.Storage;

namespace Beian.MiniApi.Tests.Storage;

/// <summary>What the stores of staff promise: members, passwords, second factors, logins at the identity provider.</summary>
public abstract class StaffStoreContract(IStores stores) : StoreContract(stores)
{
    private static readonly DateTimeOffset Now = StoredFilings.Noon;

    private static readonly LockOut FiveTries = new(5, TimeSpan.FromMinutes(15));

    [Fact]
    public async Task Save_ThenFind_GivesEverythingBack()
    {
        var member = Member("a", "hash-1") with { DisplayName = "名" };

        await Stores.Staff.SaveAsync(member, default);
        await Stores.Staff.NoteLoginAsync("a", Now.AddHours(1), default);

        var expected = member with { LastLoginAt = Now.AddHours(1) };
        Assert.Equal(expected, await Stores.Staff.FindAsync("a", default));
        Assert.Equal(expected, await Stores.Staff.FindByNameAsync("name-a", default));
        Assert.Null(await Stores.Staff.FindAsync("b", default));
        await Stores.Staff.SaveAsync(member.Closed(), default);
        Assert.Null(await Stores.Staff.FindByNameAsync("name-a", default));
        Assert.False((await Stores.Staff.FindAsync("a", default))!.Active);
    }

    [Fact]
    public async Task Page_ByKeys_IsNewestFirst()
    {
        foreach (var id in new[] { "a", "c", "b" })
        {
            await Stores.Staff.SaveAsync(Member(id, "hash"), default);
        }

        var first = await Stores.Staff.PageAsync(null, 2, default);
        var second = await Stores.Staff.PageAsync(first[^1].Id, 2, default);

        Assert.Equal(["c", "b", "a"], first.Concat(second).Select(m => m.Id));
    }

    [Fact]
    public async Task ChangePassword_FromTheStoredHashAlone_KeepsTheOldOnes()
    {
        await Stores.Staff.SaveAsync(Member("a", "hash-1"), default);
        await StartAsync("a", "keep");
        await StartAsync("a", "end");

        Assert.False(await Stores.Staff.TryChangePasswordAsync(new PasswordChange("a", "hash-0", "hash-2", "keep", Now.AddDays(1)), default));
        Assert.NotNull(await Stores.Sessions.FindLiveAsync("end", Now, default));
        Assert.True(await Stores.Staff.TryChangePasswordAsync(new PasswordChange("a", "hash-1", "hash-2", "keep", Now.AddDays(1)), default));
        Assert.False(await Stores.Staff.TryChangePasswordAsync(new PasswordChange("a", "hash-1", "hash-3", "keep", Now.AddDays(2)), default));
        Assert.NotNull(await Stores.Sessions.FindLiveAsync("keep", Now, default));
        Assert.Null(await Stores.Sessions.FindLiveAsync("end", Now, default));

        await Stores.Staff.SaveAsync(Member("a", "hash-3"), default);
        Assert.Equal(["hash-2", "hash-1"], await Stores.Staff.EarlierPasswordsAsync("a", 10, default));
        Assert.Equal(["hash-2"], await Stores.Staff.EarlierPasswordsAsync("a", 1, default));
        Assert.Empty(await Stores.Staff.EarlierPasswordsAsync("b", 10, default));
        Assert.False(await Stores.Staff.TryChangePasswordAsync(new PasswordChange("b", "hash", "hash", "keep", Now), default));
    }

    [Fact]
    public async Task Save_SamePassword_IsNoHistory()
    {
        await Stores.Staff.SaveAsync(Member("a", "hash-1"), default);
        await Stores.Staff.SaveAsync(Member("a", "hash-1").Opened(Role.Admin), default);

        Assert.Empty(await Stores.Staff.EarlierPasswordsAsync("a", 10, default));
        Assert.Equal(Role.Admin, (await Stores.Staff.FindAsync("a", default))!.Role);
    }

    [Fact]
    public async Task Attempts_TakenBack_AreNotCounted()
    {
        for (var i = 0; i < 20; i++)
        {
            Assert.Null(await Stores.Staff.BeginAttemptAsync("k", Now, FiveTries, default));
            await Stores.Staff.TakeBackAttemptAsync("k", FiveTries, default);
        }

        for (var i = 0; i < 5; i++)
        {
            Assert.Null(await Stores.Staff.BeginAttemptAsync("k", Now, FiveTries, default));
        }

        Assert.Equal(Now.AddMinutes(15), await Stores.Staff.BeginAttemptAsync("k", Now, FiveTries, default));
        await Stores.Staff.TakeBackAttemptAsync("other", FiveTries, default);
    }

    [Fact]
    public async Task Factor_BegunConfirmedUsedAndRemoved_CountsOnlyInBetween()
    {
        await Stores.Staff.SaveAsync(Member("a", "hash"), default);
        Assert.Null(await Stores.Factors.FindAsync("a", default));
        Assert.True(await Stores.Factors.TryBeginAsync("a", [1], default));
        Assert.True(await Stores.Factors.TryBeginAsync("a", [2], default));
        Assert.False(await Stores.Factors.TryUseStepAsync("a", 5, default));
        Assert.False((await Stores.Staff.FindAsync("a", default))!.HasSecondFactor);

        Assert.False(await Stores.Factors.TryConfirmAsync(Confirmation([1], 5), default));
        Assert.True(await Stores.Factors.TryConfirmAsync(Confirmation([2], 5), default));
        Assert.False(await Stores.Factors.TryConfirmAsync(Confirmation([2], 6), default));
        Assert.False(await Stores.Factors.TryBeginAsync("a", [3], default));
        Assert.True((await Stores.Factors.FindAsync("a", default)) is { Confirmed: true, Secret: [2] });
        Assert.True((await Stores.Staff.FindAsync("a", default))!.HasSecondFactor);

        Assert.False(await Stores.Factors.TryUseStepAsync("a", 5, default));
        Assert.True(await Stores.Factors.TryUseStepAsync("a", 7, default));
        Assert.False(await Stores.Factors.TryUseStepAsync("a", 6, default));
        Assert.False(await Stores.Factors.TryUseStepAsync("b", 8, default));
        Assert.True(await Stores.Factors.TryUseRecoveryCodeAsync("a", "code-1", Now, default));
        Assert.False(await Stores.Factors.TryUseRecoveryCodeAsync("a", "code-1", Now, default));
        Assert.False(await Stores.Factors.TryUseRecoveryCodeAsync("b", "code-2", Now, default));

        Assert.True(await Stores.Factors.RemoveAsync("a", null, default));
        Assert.False(await Stores.Factors.RemoveAsync("a", null, default));
        Assert.False(await Stores.Factors.TryUseRecoveryCodeAsync("a", "code-2", Now, default));
        Assert.False((await Stores.Staff.FindAsync("a", default))!.HasSecondFactor);
    }

    [Fact]
    public async Task Factor_UsedByManyAtOnce_IsUsedOnce()
    {
        await Stores.Factors.TryBeginAsync("a", [1], default);
        await Stores.Factors.TryConfirmAsync(Confirmation([1], 5), default);

        var steps = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Stores.Factors.TryUseStepAsync("a", 9, default)));
        var codes = await Task.WhenAll(Enumerable.Range(0, 16).Select(_ => Stores.Factors.TryUseRecoveryCodeAsync("a", "code-1", Now, default)));

        Assert.Equal((1, 1), (steps.Count(s => s), codes.Count(c => c)));
    }

    [Fact]
    public async Task SignIn_ByIssuerAndSubject_IsOneMember()
    {
        var first = await Stores.Staff.SignInAsync(SignIn("s", "id-1", Role.Reviewer), default);
        await StartAsync(first!.Id, "session");
        var same = await Stores.Staff.SignInAsync(SignIn("s", "id-2", Role.Reviewer), default);
        var other = await Stores.Staff.SignInAsync(SignIn("s", "id-3", Role.Reviewer) with { Issuer = "https://other" }, default);

        Assert.Equal(("id-1", "id-1", "id-3"), (first.Id, same!.Id, other!.Id));
        Assert.False(first.IsLocal);
        Assert.NotNull(await Stores.Sessions.FindLiveAsync("session", Now, default));

        var promoted = await Stores.Staff.SignInAsync(SignIn("s", "id-4", Role.Admin), default);
        Assert.Equal(("id-1", Role.Admin), (promoted!.Id, promoted.Role));
        Assert.Null(await Stores.Sessions.FindLiveAsync("session", Now, default));
    }

    [Fact]
    public async Task SignIn_WithoutRole_CreatesNobodyAndClosesTheKnown()
    {
        Assert.Null(await Stores.Staff.SignInAsync(SignIn("stranger", "id-1", null), default));
        Assert.Empty(await Stores.Staff.ListAsync(default));
        await Stores.Staff.SignInAsync(SignIn("s", "id-2", Role.Admin), default);
        await StartAsync("id-2", "session");

        Assert.Null(await Stores.Staff.SignInAsync(SignIn("s", "id-3", null), default));
        Assert.False((await Stores.Staff.FindAsync("id-2", default))!.Active);
        Assert.Null(await Stores.Sessions.FindLiveAsync("session", Now, default));
        Assert.True((await Stores.Staff.SignInAsync(SignIn("s", "id-4", Role.Admin), default))!.Active);
    }

    [Fact]
    public async Task ProviderLogin_Taken_IsGivenOutOnceAndInTime()
    {
        await Stores.ProviderLogins.AddAsync("a", [1], Now, Now.AddMinutes(10), default);
        await Stores.ProviderLogins.AddAsync("b", [2], Now, Now.AddMinutes(10), default);

        Assert.Equal([1], await Stores.ProviderLogins.TakeAsync("a", Now.AddMinutes(9), default));
        Assert.Null(await Stores.ProviderLogins.TakeAsync("a", Now.AddMinutes(9), default));
        Assert.Null(await Stores.ProviderLogins.TakeAsync("b", Now.AddMinutes(10), default));
        Assert.Null(await Stores.ProviderLogins.TakeAsync("c", Now, default));
    }

    private static StaffMember Member(string id, string hash) => StaffMember.Create(id, "name-" + id, Role.Reviewer, string.Empty).Configured(hash, Now);

    private static FactorConfirmation Confirmation(byte[] secret, long step) => new("a", secret, step, ["code-1", "code-2"], "none", Now);

    private static ProviderLogin SignIn(string subject, string newId, Role? role) => new("https://issuer", subject, newId, "名", role, Now);

    private Task StartAsync(string owner, string id) => Stores.Sessions.StartAsync(Session.Start(id, owner, Role.Reviewer, Now, TimeSpan.FromHours(1)), [.. System.Text.Encoding.ASCII.GetBytes(id)], default);
}
