using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Storage;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.Letters;

/// <summary>Addresses that open a letter once, on a computer that is not logged in.</summary>
public sealed class LetterLinkTests
{
    private const string Kind = "principalAuthorization";

    [Fact]
    public async Task Open_TheFirstTime_ShowsTheLetterOfTheFilingAsItIsThen()
    {
        await using var app = TestApp.Start();
        using var journey = await StartedAsync(app.Address, "linkonce", 411);

        var before = DateTimeOffset.UtcNow;
        var (url, expiresAt) = await MakeAsync(journey);
        await journey.PutSubjectAsync();
        var answer = await app.Client.GetAsync(url);
        var html = await answer.Content.ReadAsStringAsync();

        Assert.StartsWith(app.Address + "api/v1/letters/", url, StringComparison.Ordinal);
        Assert.Equal(22, TicketOf(url).Length);
        Assert.InRange(expiresAt, before.AddMinutes(9.9), DateTimeOffset.UtcNow.AddMinutes(10.1));
        Assert.Equal((HttpStatusCode.OK, "no-store"), (answer.StatusCode, answer.Headers.CacheControl!.ToString()));
        Assert.Contains(journey.Who.Name, html, StringComparison.Ordinal);
        Assert.DoesNotContain(TicketOf(url), html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_UsedExpiredOrUnknown_IsOneAndTheSameRefusal()
    {
        await using var app = TestApp.Start();
        using var journey = await StartedAsync(app.Address, "linkgone", 412);
        var (used, _) = await MakeAsync(journey);
        Assert.Equal(HttpStatusCode.OK, (await app.Client.GetAsync(used)).StatusCode);
        const string Old = "AAAAAAAAAAAAAAAAAAAAAA";
        await app.Get<ILetterLinkStore>().AddAsync(new LetterLink(OneTimeCode.HashOf(Old)!, journey.FilingId, journey.Who.AccountId, Kind, null, DateTimeOffset.UtcNow), default);

        var refusals = new List<string>();
        foreach (var ticket in new[] { TicketOf(used), Old, "BBBBBBBBBBBBBBBBBBBBBB", "ticket", "a%2Fb", "x/y", TicketOf(used) + "/" })
        {
            var answer = await app.Client.GetAsync($"/api/v1/letters/{ticket}");
            Assert.Equal((HttpStatusCode.NotFound, "application/problem+json"), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
            var problem = (await answer.Content.ReadFromJsonAsync<JsonElement>()).EnumerateObject().Where(m => m.Name != "traceId");
            refusals.Add(string.Join('\n', problem.Select(m => $"{m.Name} {m.Value}")));
        }

        Assert.Contains("letter.linkGone", Assert.Single(refusals.Distinct()), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_AGoneAddressInABrowser_SaysOnAPageHowToMakeANewOne()
    {
        await using var app = TestApp.Start();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/letters/BBBBBBBBBBBBBBBBBBBBBB");
        request.Headers.Accept.ParseAdd("text/html,application/xhtml+xml,*/*;q=0.8");

        var answer = await app.Client.SendAsync(request);

        Assert.Equal((HttpStatusCode.NotFound, "text/html"), (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
        Assert.Contains("重新生成打印地址", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Open_ByManyAtOnce_OneWins()
    {
        await using var app = TestApp.Start();
        using var journey = await StartedAsync(app.Address, "linkrace", 413);
        for (var round = 0; round < 5; round++)
        {
            var (url, _) = await MakeAsync(journey);

            var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => app.Client.GetAsync(url)));

            Assert.Equal([HttpStatusCode.OK, .. Enumerable.Repeat(HttpStatusCode.NotFound, 7)], answers.Select(a => a.StatusCode).Order());
        }
    }

    [Fact]
    public async Task Head_AnyNumberOfTimes_DoesNotUseItUp()
    {
        await using var app = TestApp.Start();
        using var journey = await StartedAsync(app.Address, "linkhead", 414);
        var (url, _) = await MakeAsync(journey);

        Assert.Equal([HttpStatusCode.OK, HttpStatusCode.OK], [await HeadAsync(app, url), await HeadAsync(app, url)]);
        Assert.Equal(HttpStatusCode.OK, (await app.Client.GetAsync(url)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, await HeadAsync(app, url));
    }

    [Fact]
    public async Task Make_Twice_GivesTwoAddressesAndOpeningOneLeavesTheOther()
    {
        await using var app = TestApp.Start();
        using var journey = await StartedAsync(app.Address, "linktwo", 415);
        journey.Client.DefaultRequestHeaders.Add("Idempotency-Key", "once");

        var (first, _) = await MakeAsync(journey);
        var (second, _) = await MakeAsync(journey);

        Assert.NotEqual(first, second);
        Assert.Equal(HttpStatusCode.OK, (await app.Client.GetAsync(first)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await app.Client.GetAsync(second)).StatusCode);
    }

    [Fact]
    public async Task Open_TooOften_IsLimitedByAddressWithoutEchoingTheTicket()
    {
        await using var app = TestApp.Start(("RateLimits:AddressPerMinute", "1"));
        const string Ticket = "CCCCCCCCCCCCCCCCCCCCCC";
        await app.Client.GetAsync($"/api/v1/letters/{Ticket}");

        var limited = await app.Client.GetAsync($"/API/v1/Letters/{Ticket}");

        Assert.Equal(HttpStatusCode.TooManyRequests, limited.StatusCode);
        Assert.DoesNotContain(Ticket, await limited.Content.ReadAsStringAsync(), StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>At the most talkative level, with scopes, and in what is kept on disk.</summary>
    [Fact]
    public async Task Ticket_OfAnAddress_StandsInNoLogAndInNoFile()
    {
        var folder = Path.Combine(Path.GetTempPath(), "beian-test-" + Guid.NewGuid().ToString("N"));
        try
        {
            await using var program = await ChildProgram.StartAsync(
                folder,
                ChildProgram.FreePort(),
                ("Logging:LogLevel:Default", "Trace"),
                ("Logging:LogLevel:Microsoft.AspNetCore", "Trace"),
                ("Logging:Console:FormatterName", "json"),
                ("Logging:Console:FormatterOptions:IncludeScopes", "true"));
            using var journey = await StartedAsync(program.Address, "linkcanary", 416);
            using var computer = new HttpClient();
            var (opened, _) = await MakeAsync(journey);
            var (unopened, _) = await MakeAsync(journey);

            Assert.Equal(HttpStatusCode.OK, (await computer.GetAsync(opened)).StatusCode);
            Assert.Equal(HttpStatusCode.NotFound, (await computer.GetAsync(opened)).StatusCode);
            var wrongMethod = await computer.PostAsync(unopened, null);
            var withQuery = await computer.GetAsync(unopened + "/further?x=1");

            Assert.Equal((HttpStatusCode.MethodNotAllowed, HttpStatusCode.NotFound), (wrongMethod.StatusCode, withQuery.StatusCode));
            Assert.Contains("/api/v1/letters/ticket", program.Output, StringComparison.Ordinal);
            foreach (var ticket in new[] { TicketOf(opened), TicketOf(unopened) })
            {
                Assert.DoesNotContain(ticket, program.Output, StringComparison.Ordinal);
                Assert.DoesNotContain(ticket, await wrongMethod.Content.ReadAsStringAsync(), StringComparison.Ordinal);
                Assert.All(Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories), f => Assert.DoesNotContain(ticket, Text(f), StringComparison.Ordinal));
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static string Text(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        using var reader = new StreamReader(file, Encoding.Latin1);
        return reader.ReadToEnd();
    }

    private static async Task<HttpStatusCode> HeadAsync(TestApp app, string url)
    {
        using var request = new HttpRequestMessage(HttpMethod.Head, url);
        return (await app.Client.SendAsync(request)).StatusCode;
    }

    private static string TicketOf(string url) => url[(url.LastIndexOf('/') + 1)..];

    private static async Task<(string Url, DateTimeOffset ExpiresAt)> MakeAsync(ApplicantJourney journey)
    {
        var made = await (await journey.Client.PostAsync($"{journey.Path}/letters/{Kind}/link", null)).JsonAsync(201);
        return (made.GetProperty("url").GetString()!, made.GetProperty("expiresAt").GetDateTimeOffset());
    }

    private static async Task<ApplicantJourney> StartedAsync(Uri address, string login, int n)
    {
        var journey = await ApplicantJourney.OpenAsync(address, Applicant.Organisation(login, n));
        await journey.StartAsync();
        await journey.VerifyAsync();
        return journey;
    }
}
