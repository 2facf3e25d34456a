using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.Durability;

/// <summary>Two phones, one filing: who is told what, and what is kept.</summary>
public sealed class RaceTests : IAsyncLifetime
{
    private const int Rounds = 1_000;

    private readonly TestApp _app = TestApp.Start(TestApp.NoLimits);

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _app.DisposeAsync();

    [Fact]
    public async Task Save_RacedWithIfMatchAThousandTimes_LosesNothing()
    {
        using var journey = await ApplicantJourney.OpenAsync(_app.Address, Applicant.Organisation("ifmatch", 11));
        await journey.StartAsync();
        using var other = journey.NewClient();
        var version = journey.Version;
        for (var round = 0; round < Rounds; round++)
        {
            var seen = version;
            var tries = await Task.WhenAll(
                SaveAsync(journey, journey.Client, $"left {round}", seen),
                SaveAsync(journey, other, $"right {round}", seen));

            var won = Assert.Single(tries, t => t.Status == HttpStatusCode.OK);
            var lost = Assert.Single(tries, t => t.Status == HttpStatusCode.PreconditionFailed);
            version = seen + 1;
            Assert.Equal((version, won.Remark), (won.Body.GetProperty("version").GetInt32(), won.Body.GetProperty("subject").GetProperty("remark").GetString()));
            Assert.Equal("filing.versionConflict", lost.Body.GetProperty("code").GetString());
            Assert.Equal((version, won.Remark), (lost.Body.GetProperty("currentVersion").GetInt32(), lost.Body.GetProperty("current").GetProperty("remark").GetString()));
        }

        var stored = await journey.ReadAsync();
        Assert.Equal(version, stored.GetProperty("version").GetInt32());
    }

    [Fact]
    public async Task Save_RacedWithoutIfMatch_KeepsTheLastAndRefusesNobody()
    {
        using var journey = await ApplicantJourney.OpenAsync(_app.Address, Applicant.Organisation("lastwins", 12));
        await journey.StartAsync();
        using var other = journey.NewClient();
        var start = journey.Version;
        for (var round = 0; round < 200; round++)
        {
            var tries = await Task.WhenAll(SaveAsync(journey, journey.Client, $"left {round}", null), SaveAsync(journey, other, $"right {round}", null));

            Assert.All(tries, t => Assert.Equal(HttpStatusCode.OK, t.Status));
            var last = tries.MaxBy(t => t.Body.GetProperty("version").GetInt32())!;
            Assert.Equal([start + (2 * round) + 1, start + (2 * round) + 2], tries.Select(t => t.Body.GetProperty("version").GetInt32()).Order());
            var stored = await journey.ReadAsync();
            Assert.Equal(last.Remark, stored.GetProperty("subject").GetProperty("remark").GetString());
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Submit_Raced_SubmitsOnce(bool sameKey)
    {
        var who = sameKey ? Applicant.Organisation("samekey", 13) : Applicant.Individual("otherkeys", 14);
        using var journey = await ApplicantJourney.FilledAsync(_app.Address, who);
        for (var race = 0; race < 10; race++)
        {
            var answers = await Task.WhenAll(Enumerable.Range(0, 6).Select(i => journey.SubmitAsync(journey.Client, sameKey ? $"race-{race}" : $"race-{race}-{i}")));

            Assert.All(answers, a => Assert.True(a.StatusCode is HttpStatusCode.Accepted or HttpStatusCode.Conflict, a.StatusCode.ToString()));
            var taken = answers.Where(a => a.StatusCode == HttpStatusCode.Accepted).ToArray();
            Assert.Single(taken, a => !a.Headers.Contains("Idempotency-Replayed"));
            Assert.True(sameKey || taken.Length == 1, "Different keys, yet more than one was taken.");
            var refused = await Task.WhenAll(answers.Where(a => a.StatusCode == HttpStatusCode.Conflict).Select(a => a.CodeAsync()));
            Assert.All(refused, code => Assert.Equal(sameKey ? "idempotency.inProgress" : "filing.stateConflict", code));
            Assert.Equal(race + 1, await SubmissionsAsync(journey));
            await journey.WithdrawAsync();
        }
    }

    [Fact]
    public async Task Start_RepeatedAndRacedWithOneKey_StartsOneFilingAndRepeatsTheAnswer()
    {
        using var journey = await ApplicantJourney.OpenAsync(_app.Address, Applicant.Organisation("onekey", 15));

        var raced = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => StartAsync(journey.Client, "the-key", new { })));
        var repeated = await StartAsync(journey.Client, "the-key", new { });
        var otherBody = await StartAsync(journey.Client, "the-key", new { copyFrom = "0198" });

        Assert.All(raced, a => Assert.True(a.StatusCode is HttpStatusCode.Created or HttpStatusCode.Conflict, a.StatusCode.ToString()));
        var first = Assert.Single(raced, a => a.StatusCode == HttpStatusCode.Created && !a.Headers.Contains("Idempotency-Replayed"));
        Assert.All(await Task.WhenAll(raced.Where(a => a.StatusCode == HttpStatusCode.Conflict).Select(a => a.CodeAsync())), code => Assert.Equal("idempotency.inProgress", code));
        Assert.Equal(HttpStatusCode.Created, repeated.StatusCode);
        Assert.Equal(["true"], repeated.Headers.GetValues("Idempotency-Replayed"));
        Assert.Equal(await first.Content.ReadAsStringAsync(), await repeated.Content.ReadAsStringAsync());
        Assert.Equal((HttpStatusCode.UnprocessableEntity, "idempotency.keyReused"), (otherBody.StatusCode, await otherBody.CodeAsync()));
        Assert.Equal(1, await FilingsAsync(journey));
    }

    [Fact]
    public async Task Start_RacedWithoutKey_OpensOneFiling()
    {
        using var journey = await ApplicantJourney.OpenAsync(_app.Address, Applicant.Organisation("nokey", 16));

        var raced = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => StartAsync(journey.Client, null, new { })));

        Assert.Single(raced, a => a.StatusCode == HttpStatusCode.Created);
        var refused = await Task.WhenAll(raced.Where(a => a.StatusCode != HttpStatusCode.Created).Select(a => a.CodeAsync()));
        Assert.Equal(49, refused.Length);
        Assert.All(refused, code => Assert.Equal("filing.anotherOpen", code));
        Assert.Equal(1, await FilingsAsync(journey));
    }

    private static async Task<Saved> SaveAsync(ApplicantJourney journey, HttpClient client, string remark, int? ifMatch)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, journey.Path + "/subject") { Content = JsonContent.Create(journey.SubjectBody(remark)) };
        if (ifMatch is { } version)
        {
            request.Headers.TryAddWithoutValidation("If-Match", $"\"{version}\"");
        }

        using var answer = await client.SendAsync(request);
        return new Saved(answer.StatusCode, remark, await answer.Content.ReadFromJsonAsync<JsonElement>());
    }

    private static async Task<HttpResponseMessage> StartAsync(HttpClient client, string? key, object body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/filings") { Content = JsonContent.Create(body) };
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        return await client.SendAsync(request);
    }

    private static async Task<int> SubmissionsAsync(ApplicantJourney journey)
    {
        var timeline = await (await journey.Client.GetAsync(journey.Path + "/timeline")).JsonAsync();
        return timeline.GetProperty("items").EnumerateArray().Count(i => i.GetProperty("action").GetString() == "submit");
    }

    private static async Task<int> FilingsAsync(ApplicantJourney journey) =>
        (await (await journey.Client.GetAsync("/api/v1/filings?limit=100")).JsonAsync()).GetProperty("items").GetArrayLength();

    private sealed record Saved(HttpStatusCode Status, string Remark, JsonElement Body);
}
