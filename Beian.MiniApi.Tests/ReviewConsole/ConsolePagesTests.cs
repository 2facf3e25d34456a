using System.Net;
using System.Text.RegularExpressions;
using Beian.MiniApi.Storage;
using Beian.MiniApi.Tests.Fixtures;
using Beian.MiniApi.Tests.Notify;
using Microsoft.Extensions.DependencyInjection;

namespace Beian.MiniApi.Tests.ReviewConsole;

/// <summary>The smaller pages, and a page that fails.</summary>
public sealed class ConsolePagesTests
{
    [Fact]
    public async Task Deliveries_ShowsDeadLettersFirst_RetriesAndGivesUp()
    {
        await using var app = TestApp.Start();
        var queue = app.Get<IDeliveryStore>();
        var now = TimeProvider.System.GetUtcNow();

        // Not due before the test is over: nobody but the test attempts it.
        await queue.AddAsync(ADelivery.Of("filing-a", 1) with { QueuedAt = now.AddHours(1), ExpiresAt = now.AddDays(3) }, default);
        var id = Assert.Single(await queue.PageAsync(new DeliveryFilter(), null, 10, default)).Id;
        using var browser = await ABrowser.LoggedInAsync(app, "reviewer");

        Assert.DoesNotContain($"#{id}<", await browser.OpenAsync("/console/deliveries"), StringComparison.Ordinal);
        Assert.Contains($"#{id}<", await browser.OpenAsync("/console/deliveries?state=queued&channel=webhook&filing=filing-a"), StringComparison.Ordinal);
        await browser.SendAsync($"/console/deliveries/{id}/drop", ("to", "/console/deliveries?state=dropped"));
        Assert.Equal("/console/deliveries?state=dropped", browser.Location);
        Assert.Contains("已放弃这条消息", await browser.FollowAsync(), StringComparison.Ordinal);
        Assert.Contains($"#{id}<", browser.Page, StringComparison.Ordinal);
        await browser.SendAsync($"/console/deliveries/{id}/retry", ("to", "/console/deliveries"));

        Assert.Contains("role=\"alert\"", await browser.FollowAsync(), StringComparison.Ordinal);
        Assert.Equal(DeliveryState.Dropped, (await queue.FindAsync(id, default))!.State);
    }

    [Theory]
    [InlineData("drop")]
    [InlineData("retry")]
    public async Task Deliveries_WhatStaffDo_IsInTheAuditTrail_OnceAndWithWhoDidIt(string act)
    {
        await using var app = TestApp.Start();
        var queue = app.Get<IDeliveryStore>();
        var now = TimeProvider.System.GetUtcNow();
        await queue.AddAsync(ADelivery.Of("filing-a", 1) with { QueuedAt = now.AddHours(1), ExpiresAt = now.AddDays(3) }, default);
        var id = Assert.Single(await queue.PageAsync(new DeliveryFilter(), null, 10, default)).Id;
        using var browser = await ABrowser.LoggedInAsync(app, "reviewer");
        await browser.OpenAsync("/console/deliveries?state=queued");

        await browser.SendAsync($"/console/deliveries/{id}/{act}", ("to", "/console/deliveries"));
        await browser.FollowAsync();
        await browser.SendAsync($"/console/deliveries/{id + 1}/{act}", ("to", "/console/deliveries"));

        var who = (await app.Get<IStaffStore>().FindByNameAsync("reviewer", default))!;
        using var admin = await ABrowser.LoggedInAsync(app, "admin");
        var page = await admin.OpenAsync($"/console/audit?thing={id}&actor={who.Id}");
        Assert.Single(Regex.Matches(page, $"""<td>{who.DisplayName ?? who.UserName} <small>审核员</small></td>\s*<td>改动</td>\s*<td>外发消息 <small class="mono">{id}</small></td>"""));
        Assert.DoesNotContain(">外发消息 <", await admin.OpenAsync($"/console/audit?thing={id + 1}"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Deliveries_TextMessageThatMayHaveArrived_SaysSo()
    {
        await using var app = TestApp.Start();
        var queue = app.Get<IDeliveryStore>();
        var later = TimeProvider.System.GetUtcNow().AddHours(1);
        await queue.AddAsync(ADelivery.Of("filing-a", 1) with { Channel = "sms", QueuedAt = later, ExpiresAt = later.AddDays(3) }, default);
        var leased = Assert.Single(await queue.LeaseAsync(new DeliveryLease("one", later, later.AddMinutes(1), 1, 1, new Dictionary<string, int>(), false), default));
        await queue.SettleAsync(leased.Id, "one", DeliveryEnd.Dead, "mayHaveArrived", null, null, later, default);
        using var browser = await ABrowser.LoggedInAsync(app, "reviewer");

        Assert.Contains("可能已经送达", await browser.OpenAsync("/console/deliveries"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Staff_ResetOfASecondFactor_EndsTheMembersConsole()
    {
        var time = new StillTime();
        await using var app = StaffAtWork.Start(time);
        var staff = new StaffAtWork(app, time, "reviewer");
        await staff.EnrolAsync(await staff.LogInAsync());
        using var reviewer = new ABrowser(app);
        await reviewer.LogInAsync("reviewer", staff.Password);
        await reviewer.SendAsync("/console/login/code", ("ticket", reviewer.Field("ticket")), ("code", staff.CodeAt()));
        Assert.Equal(HttpStatusCode.SeeOther, reviewer.Status);
        using var admin = await ABrowser.LoggedInAsync(app, "admin");
        var id = (await app.Get<IStaffStore>().FindByNameAsync("reviewer", default))!.Id;
        Assert.Contains("清除两步验证：reviewer", await admin.OpenAsync("/console/staff"), StringComparison.Ordinal);

        await admin.SendAsync($"/console/staff/{id}/factor-removal");

        Assert.Contains("两步验证已清除", await admin.FollowAsync(), StringComparison.Ordinal);
        await reviewer.OpenAsync("/console/queue");
        Assert.StartsWith("/console/login", reviewer.Location, StringComparison.Ordinal);
        Assert.Contains("登录已结束", await reviewer.FollowAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Account_EndsAnotherOfOnesOwnSessions()
    {
        await using var app = TestApp.Start();
        using var here = await ABrowser.LoggedInAsync(app, "reviewer");
        using var there = await ABrowser.LoggedInAsync(app, "reviewer");
        await here.OpenAsync("/console/account");
        var path = Regex.Match(here.Page, "/console/account/sessions/[0-9a-f]+/end").Value;

        await here.SendAsync(path);

        Assert.Contains("会话已结束", await here.FollowAsync(), StringComparison.Ordinal);
        await there.OpenAsync("/console/queue");
        Assert.StartsWith("/console/login", there.Location, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Failure_InsideAPage_IsAPageThatTellsNothingOfIt()
    {
        await using var app = TestApp.Start("Development", null, services => services.AddSingleton<IHoldReader, BrokenHolds>());
        using var admin = await ABrowser.LoggedInAsync(app, "admin");

        await admin.OpenAsync("/console/codes");

        Assert.Equal((HttpStatusCode.InternalServerError, "text/html"), (admin.Status, admin.Last.Content.Headers.ContentType?.MediaType));
        Assert.Contains("role=\"alert\"", admin.Page, StringComparison.Ordinal);
        Assert.DoesNotContain("made up to fail", admin.Page, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", admin.Last.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        Assert.True(admin.Last.Headers.CacheControl?.NoStore);
    }

    private sealed class BrokenHolds : IHoldReader
    {
        public Task<IReadOnlyDictionary<string, Hold>> FindAsync(IReadOnlyCollection<string> keys, CancellationToken cancellationToken) => throw new InvalidOperationException("made up to fail");

        public Task<IReadOnlyList<Hold>> FindByPrefixAsync(string prefix, CancellationToken cancellationToken) => throw new InvalidOperationException("made up to fail");
    }
}
