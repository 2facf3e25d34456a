using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.Durability;

/// <summary>
/// An outside service that is dead, slow or lying takes no page down with it but its own. Every case puts load on the routes that do not need the service
/// while those that do are called as well, then mends it and waits until they answer again. <c>BEIAN_OUTAGE_SECONDS=60</c> makes every outage a minute long.
/// </summary>
public sealed class OutageTests
{
    /// <summary>Longest anybody waits for an answer: five seconds for a check, and what a busy machine adds.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(9);

    /// <summary>How long a mended service may take to be served again: the breakers of these settings try it after two seconds, the registry's after ten.</summary>
    private static readonly TimeSpan Recovery = TimeSpan.FromSeconds(25);

    private static readonly TimeSpan Length =
        TimeSpan.FromSeconds(double.Parse(Environment.GetEnvironmentVariable("BEIAN_OUTAGE_SECONDS") ?? "3", CultureInfo.InvariantCulture));

    private static readonly (string Key, string Value)[] Settings =
    [
        .. TestApp.NoLimits, ("WeChat:BreakerPauseMilliseconds", "2000"),
        ("FaceCheck:Break", "00:00:02"), ("Registry:CacheSeconds", "0"),
    ];

    [Theory]
    [InlineData("wechat", "http5xx")]
    [InlineData("wechat", "dropped")]
    [InlineData("wechat", "slow")]
    [InlineData("wechat", "malformedJson")]
    [InlineData("rdap", "http5xx")]
    [InlineData("rdap", "slow")]
    [InlineData("rdap", "malformedJson")]
    [InlineData("dns", "dropped")]
    [InlineData("dns", "slow")]
    [InlineData("dns", "malformedJson")]
    [InlineData("face", "http5xx")]
    [InlineData("face", "slow")]
    [InlineData("face", "malformedJson")]
    [InlineData("tencent", "dropped")]
    [InlineData("tencent", "slow")]
    [InlineData("tencent", "malformedJson")]
    public async Task Outage_OfOneService_LeavesEverythingElseAlone(string service, string kind)
    {
        await using var app = TestApp.Start(service == "tencent" ? [.. Settings, ("FaceCheck:Provider", "tencentEid")] : Settings);
        using var journey = await ApplicantJourney.FilledAsync(app.Address, Applicant.Organisation($"out{service}{kind.ToLowerInvariant()}", 4_000 + (service + kind).Length));
        var needy = Needing(app, service);
        Assert.True(Served(await needy()), "The service is there, yet its own route does not answer.");

        (await app.Client.PutAsJsonAsync("/sandbox/faults", new { endpoint = service, kind, delayMilliseconds = kind == "slow" ? 10_000 : 0 })).EnsureSuccessStatusCode();
        using var over = new CancellationTokenSource(Length);
        var others = Enumerable.Range(0, 3).Select(n => LoadAsync(Others(app, journey, n), over.Token)).ToArray();
        var own = LoadAsync([needy], over.Token);
        var answered = (await Task.WhenAll(others)).SelectMany(a => a).ToList();
        var affected = await own;

        (await app.Client.DeleteAsync("/sandbox/faults")).EnsureSuccessStatusCode();
        var mended = Stopwatch.StartNew();
        while (!Served(await needy()))
        {
            Assert.True(mended.Elapsed < Recovery, $"Not served again {mended.Elapsed} after the service was.");
            await Task.Delay(200);
        }

        Assert.True(answered.Count > 20, $"Only {answered.Count} calls were made.");
        Assert.All(answered, a => Assert.True((int)a.Status is >= 200 and < 300, $"{a.Route} answered {(int)a.Status} while {service} was {kind}"));
        Assert.All(answered, a => Assert.True(a.Took < Patience, $"{a.Route} took {a.Took} while {service} was {kind}"));
        Assert.All(affected, a => Assert.True((int)a.Status < 500 || (a.Status == HttpStatusCode.ServiceUnavailable && a.RetryAfter), $"{a.Route} answered {(int)a.Status}"));
        Assert.All(affected, a => Assert.True(a.Took < Patience, $"{a.Route} took {a.Took}"));
    }

    /// <summary>Served means: not refused because of the service.</summary>
    private static bool Served(Answered answer) => (int)answer.Status < 400;

    /// <summary>A call that cannot do without the service, or goes on without it where that is promised.</summary>
    private static Func<Task<Answered>> Needing(TestApp app, string service)
    {
        var n = 0;
        if (service == "wechat")
        {
            return () => CallAsync("log in", () => app.Client.PostAsJsonAsync("/api/v1/auth/wechat", new { code = $"sandbox-outage-{Interlocked.Increment(ref n)}" }));
        }

        var who = Applicant.Organisation("needy" + service, 4_500 + service.Length);
        var other = new Lazy<Task<ApplicantJourney>>(() => service is "face" or "tencent" ? ApplicantJourney.FilledAsync(app.Address, who) : OpenedAsync(app.Address, who));
        return async () =>
        {
            var journey = await other.Value;
            if (service is not ("face" or "tencent"))
            {
                return await CallAsync("check", () => journey.Client.PostAsync($"{journey.Path}/check", null));
            }

            // Another number is another person: a check passed before does not serve, and none has been started five times.
            await journey.PutAsync("/subject/principal", Principal.Number(5_000 + Interlocked.Increment(ref n)).Body);
            return await CallAsync("start the face check", () => journey.Client.PostAsync($"{journey.Path}/sites/{journey.SiteId}/face-check", null));
        };
    }

    private static async Task<ApplicantJourney> OpenedAsync(Uri address, Applicant who)
    {
        var journey = await ApplicantJourney.OpenAsync(address, who);
        await journey.StartAsync();
        await journey.VerifyAsync();
        return journey;
    }

    /// <summary>What other people do meanwhile: read, save, upload; each caller begins somewhere else.</summary>
    private static List<Func<Task<Answered>>> Others(TestApp app, ApplicantJourney journey, int first)
    {
        var n = 0;
        List<Func<Task<Answered>>> all =
        [
            () => CallAsync("read the filing", () => journey.Client.GetAsync(journey.Path)),
            () => CallAsync("save the subject", () => journey.Client.PutAsJsonAsync($"{journey.Path}/subject", journey.SubjectBody($"made up {n++}"))),
            () => CallAsync("read the profile", () => journey.Client.GetAsync("/api/v1/me")),
            () => CallAsync("list filings", () => journey.Client.GetAsync("/api/v1/filings")),
            () => CallAsync("list resources", () => journey.Client.GetAsync("/api/v1/resources")),
            () => CallAsync("read the inbox", () => journey.Client.GetAsync("/api/v1/notifications")),
            () => CallAsync("read reference data", () => app.Client.GetAsync("/api/v1/reference/requirements?province=330000&nature=4&kind=firstFiling")),
            () => CallAsync("log staff in", () => app.Client.PostAsJsonAsync("/api/v1/staff/login", new { userName = "reviewer", password = "sandbox-reviewer" })),
            () => CallAsync("health", () => app.Client.GetAsync("/health/live")),
            () => CallAsync("the start page", () => app.Client.GetAsync("/")),
        ];
        return [.. all.Skip(first * 3), .. all.Take(first * 3)];
    }

    private static async Task<List<Answered>> LoadAsync(List<Func<Task<Answered>>> calls, CancellationToken until)
    {
        var answered = new List<Answered>();
        while (!until.IsCancellationRequested)
        {
            foreach (var call in calls)
            {
                answered.Add(await call());
            }

            await Task.Delay(20, CancellationToken.None);
        }

        return answered;
    }

    private static async Task<Answered> CallAsync(string route, Func<Task<HttpResponseMessage>> call)
    {
        var watch = Stopwatch.StartNew();
        using var answer = await call();
        return new Answered(route, answer.StatusCode, watch.Elapsed, answer.Headers.RetryAfter is not null);
    }

    private sealed record Answered(string Route, HttpStatusCode Status, TimeSpan Took, bool RetryAfter);
}
