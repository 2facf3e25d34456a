using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Accounts;
using Beian.MiniApi.Storage;

namespace Beian.MiniApi.Tests.Storage;

/// <summary>What the list of sessions promises; the rest of the store is held by the tests of login and refresh.</summary>
public abstract class SessionStoreContract(IStores stores) : StoreContract(stores)
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private ISessionStore Sessions => Stores.Sessions;

    [Fact]
    public async Task List_ByPages_IsTheOwnersOpenOnesNewestFirst()
    {
        await Stores.LogInAsync("u");
        foreach (var n in Enumerable.Range(1, 5))
        {
            await StartAsync(n, "u");
        }

        await StartAsync(6, "staff", Role.Reviewer);
        await Sessions.EndAsync(StoredFilings.Id(4), default);

        var first = await ListAsync("u", null, 2);
        var second = await ListAsync("u", first[^1].Id, 2);

        Assert.Equal(new[] { 5, 3, 2, 1 }.Select(StoredFilings.Id), first.Concat(second).Select(s => s.Id));
        Assert.Equal([StoredFilings.Id(6)], (await ListAsync("staff", null, 9)).Select(s => s.Id));
        Assert.Empty(await Sessions.ListAsync("u", null, 9, StoredFilings.Noon + Day, default));
    }

    [Fact]
    public async Task List_AfterARefresh_TellsWhenAndWithWhat()
    {
        await Stores.LogInAsync("u");
        await StartAsync(1, "u");

        await Sessions.RotateAsync([1], [99], StoredFilings.Noon.AddHours(2), default);

        Assert.Equal(new SessionRow(StoredFilings.Id(1), StoredFilings.Noon, StoredFilings.Noon.AddHours(2), "WeChat on iOS"), Assert.Single(await ListAsync("u", null, 9)));
    }

    [Fact]
    public async Task Rotate_StartsTheLifetimeAnew_UnlessAProviderVouched()
    {
        await Stores.Staff.SaveAsync(StaffMember.Create("local", "local", Role.Reviewer, "hash"), default);
        await Stores.Staff.SignInAsync(new ProviderLogin("https://login.example.cn", "1", "theirs", null, Role.Reviewer, StoredFilings.Noon), default);
        await StartAsync(1, "local", Role.Reviewer);
        await StartAsync(2, "theirs", Role.Reviewer);

        await Sessions.RotateAsync([1], [11], StoredFilings.Noon.AddHours(23), default);
        await Sessions.RotateAsync([2], [12], StoredFilings.Noon.AddHours(23), default);

        Assert.NotNull(await Sessions.FindLiveAsync(StoredFilings.Id(1), StoredFilings.Noon.AddHours(46), default));
        Assert.NotNull(await Sessions.FindLiveAsync(StoredFilings.Id(2), StoredFilings.Noon.AddHours(23.9), default));
        Assert.Null(await Sessions.FindLiveAsync(StoredFilings.Id(2), StoredFilings.Noon + Day, default));
        Assert.Equal(Rotation.Ended, (await Sessions.RotateAsync([12], [22], StoredFilings.Noon + Day, default)).Rotation);
    }

    [Fact]
    public async Task End_ByItsOwnerAlone_EndsItOnce()
    {
        await Stores.LogInAsync("u");
        await Stores.LogInAsync("v");
        await StartAsync(1, "u");
        await StartAsync(2, "u");

        Assert.False(await Sessions.EndAsync(StoredFilings.Id(1), "v", StoredFilings.Noon, default));
        Assert.NotNull(await Sessions.FindLiveAsync(StoredFilings.Id(1), StoredFilings.Noon, default));
        Assert.True(await Sessions.EndAsync(StoredFilings.Id(1), "u", StoredFilings.Noon, default));
        Assert.False(await Sessions.EndAsync(StoredFilings.Id(1), "u", StoredFilings.Noon, default));
        Assert.False(await Sessions.EndAsync(StoredFilings.Id(2), "u", StoredFilings.Noon + Day, default));

        Assert.Null(await Sessions.FindLiveAsync(StoredFilings.Id(1), StoredFilings.Noon, default));
        Assert.NotNull(await Sessions.FindLiveAsync(StoredFilings.Id(2), StoredFilings.Noon, default));
    }

    [Fact]
    public async Task Start_ForAUserWhoIsGone_KeepsNothing()
    {
        await StartAsync(1, "nobody");

        Assert.Empty(await ListAsync("nobody", null, 9));
        Assert.Equal(Rotation.Unknown, (await Sessions.RotateAsync([1], [2], StoredFilings.Noon, default)).Rotation);
    }

    private Task<IReadOnlyList<SessionRow>> ListAsync(string owner, string? before, int take) => Sessions.ListAsync(owner, before, take, StoredFilings.Noon, default);

    private Task StartAsync(int n, string owner, Role role = Role.Applicant) =>
        Sessions.StartAsync(Session.Start(StoredFilings.Id(n), owner, role, StoredFilings.Noon, Day, "WeChat on iOS"), [(byte)n], default);
}
