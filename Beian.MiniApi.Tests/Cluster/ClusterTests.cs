#if CLUSTER
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Beian.MiniApi.Tests.Fixtures;
using Xunit.Abstractions;

namespace Beian.MiniApi.Tests.Cluster;

/// <summary>The primary steps down and connections are cut here: nobody else may use the servers meanwhile.</summary>
[CollectionDefinition(nameof(ClusterTests), DisableParallelization = true)]
public sealed class AloneOnTheServers;

/// <summary>Several instances are one service.</summary>
[Collection(nameof(ClusterTests))]
public sealed class ClusterTests(ITestOutputHelper output)
{
    private const int Edits = 1_000;
    private const string SubjectNumber = "浙ICP备2026088001号";

    [Fact]
    public async Task Journeys_ThroughTwoInstances_GoToTheirEnd()
    {
        await using var cluster = await TheCluster.StartAsync();
        using var journey = await ApplicantJourney.FilledAsync(cluster.Address, Applicant.Organisation("clustered", 880));
        await journey.SubmitAsync();
        using var review = await Reviewing.OpenAsync(cluster.Address);
        await review.ApproveAllTheWayAsync(journey, SubjectNumber);
        Assert.Equal("approved", (await journey.ReadAsync()).GetProperty("state").GetString());

        // 新增网站: the subject is known to both.
        var subjects = await (await journey.Client.GetAsync("/api/v1/subjects")).JsonAsync();
        var subjectId = Assert.Single(subjects.GetProperty("items").EnumerateArray()).GetProperty("id").GetString()!;
        await journey.StartAsync(new { subjectId });
        await FillAddedSiteAsync(journey, "clustered-two.com");
        await journey.SubmitAsync();
        await review.PassAsync(journey);
        await review.SmsAsync(journey, "subjectPrincipal");
        await review.AuthorityApprovesAsync(journey, null, SubjectNumber, 2);

        var subject = await (await journey.Client.GetAsync($"/api/v1/subjects/{subjectId}")).JsonAsync();
        Assert.Equal([SubjectNumber + "-1", SubjectNumber + "-2"], subject.GetProperty("sites").EnumerateArray().Select(s => s.GetProperty("number").GetString()!));
        var inbox = await (await journey.Client.GetAsync("/api/v1/notifications?limit=100")).JsonAsync();
        Assert.Equal(2, inbox.GetProperty("items").EnumerateArray().Count(i => i.GetProperty("code").GetString() == "notification.recordAuthorityApproval"));
        output.WriteLine($"connections: {cluster.Proxy.Given[0]} and {cluster.Proxy.Given[1]}");
        Assert.All(cluster.Proxy.Given, given => Assert.True(given > 0));
    }

    [Fact]
    public async Task Edits_RacedThroughTwoInstances_LoseNothing()
    {
        await using var cluster = await TheCluster.StartAsync();
        using var journey = await ApplicantJourney.OpenAsync(cluster.Address, Applicant.Organisation("raced", 881));
        await journey.StartAsync();
        using var one = At(journey, cluster[0]);
        using var two = At(journey, cluster[1]);
        var watch = Stopwatch.StartNew();
        var version = journey.Version;
        for (var round = 0; round < Edits / 2; round++)
        {
            var tries = await Task.WhenAll(SaveAsync(journey, one, $"left {round}", version), SaveAsync(journey, two, $"right {round}", version));

            var won = Assert.Single(tries, t => t.Status == HttpStatusCode.OK);
            var lost = Assert.Single(tries, t => t.Status == HttpStatusCode.PreconditionFailed);
            Assert.Equal(++version, won.Body.GetProperty("version").GetInt32());
            Assert.Equal((version, won.Remark), (lost.Body.GetProperty("currentVersion").GetInt32(), lost.Body.GetProperty("current").GetProperty("remark").GetString()));
        }

        // Without a condition nobody is refused, and every edit is a version of its own.
        var before = version;
        var all = new List<Saved>();
        for (var round = 0; round < Edits / 20; round++)
        {
            all.AddRange(await Task.WhenAll(Enumerable.Range(0, 10).Select(i => SaveAsync(journey, i % 2 == 0 ? one : two, $"free {round}-{i}", null))));
        }

        Assert.All(all, s => Assert.Equal(HttpStatusCode.OK, s.Status));
        Assert.Equal(Enumerable.Range(before + 1, all.Count), all.Select(s => s.Body.GetProperty("version").GetInt32()).Order());
        var stored = await journey.ReadAsync();
        Assert.Equal(all.MaxBy(s => s.Body.GetProperty("version").GetInt32())!.Remark, stored.GetProperty("subject").GetProperty("remark").GetString());
        Assert.Empty(cluster.AuditFaults());
        output.WriteLine($"{Edits + all.Count} edits in {watch.Elapsed.TotalSeconds:F1} s");
    }

    [Fact]
    public async Task Kill_OfOneInstanceUnderLoad_LosesNoAcknowledgedWrite()
    {
        const int Kills = 4;
        await using var cluster = await TheCluster.StartAsync();
        var writers = new List<Writer>();
        for (var i = 0; i < 4; i++)
        {
            var journey = await ApplicantJourney.OpenAsync(cluster.Address, Applicant.Organisation("ckill" + i, 890 + i));
            await journey.StartAsync();
            writers.Add(new Writer(journey, cluster.Address));
        }

        for (var kill = 0; kill < Kills; kill++)
        {
            using var ending = new CancellationTokenSource();
            var writing = writers.Select(w => w.SaveUntilAsync(ending.Token)).ToArray();
            await Task.Delay(600 + (kill * 171));
            await cluster.KillAsync(kill % 2);
            await Task.Delay(500);
            await cluster.StartInstanceAsync(kill % 2);
            await Task.Delay(400);
            await ending.CancelAsync();
            await Task.WhenAll(writing);
            foreach (var writer in writers)
            {
                await writer.CompareAsync();
            }
        }

        Assert.Empty(cluster.AuditFaults());
        output.WriteLine($"{Kills} kills, {writers.Sum(w => w.Acknowledged)} acknowledged, {writers.Sum(w => w.CutOff)} cut off");
        Assert.True(writers.Sum(w => w.Acknowledged) > Kills * 20);
        writers.ForEach(w => w.Dispose());
    }

    [Fact]
    public async Task SignOut_AtOneInstance_IsKnownToTheOtherWithinASecond()
    {
        await using var cluster = await TheCluster.StartAsync();
        using var journey = await ApplicantJourney.OpenAsync(cluster.Address, Applicant.Organisation("leaver", 882));
        using var one = At(journey, cluster[0]);
        using var two = At(journey, cluster[1]);
        Assert.Equal(HttpStatusCode.OK, (await one.GetAsync("/api/v1/me")).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await two.GetAsync("/api/v1/me")).StatusCode);

        var watch = Stopwatch.StartNew();
        Assert.True((await one.PostAsync("/api/v1/auth/logout", null)).IsSuccessStatusCode);
        while ((await two.GetAsync("/api/v1/me")).StatusCode != HttpStatusCode.Unauthorized)
        {
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(1), "The other instance still lets in after a second.");
            await Task.Delay(10);
        }

        output.WriteLine($"{watch.ElapsedMilliseconds} ms");
    }

    [Fact]
    public async Task Start_WithOneKeyAtBothInstances_StartsOneFiling()
    {
        await using var cluster = await TheCluster.StartAsync();
        using var journey = await ApplicantJourney.OpenAsync(cluster.Address, Applicant.Organisation("ckey", 883));
        using var one = At(journey, cluster[0]);
        using var two = At(journey, cluster[1]);

        var raced = await Task.WhenAll(Enumerable.Range(0, 20).Select(i => PostAsync(i % 2 == 0 ? one : two, "the-key")));

        Assert.All(raced, a => Assert.True(a.StatusCode is HttpStatusCode.Created or HttpStatusCode.Conflict, a.StatusCode.ToString()));
        Assert.Single(raced, a => a.StatusCode == HttpStatusCode.Created && !a.Headers.Contains("Idempotency-Replayed"));
        var again = await PostAsync(two, "the-key");
        Assert.Equal(HttpStatusCode.Created, again.StatusCode);
        var list = await (await one.GetAsync("/api/v1/filings?limit=100")).JsonAsync();
        Assert.Equal(1, list.GetProperty("items").GetArrayLength());
    }

    /// <summary>Each edit at the instance that is next, whose clock is two seconds ahead or behind; both log in, hand over and fire timers.</summary>
    [Fact]
    public async Task Clocks_TwoSecondsApart_DoNoHarm()
    {
        await using var cluster = await TheCluster.StartAsync([], await ShiftedClock.AheadByAsync(2));
        using (var client = new HttpClient())
        {
            var ahead = (await client.GetAsync(new Uri(cluster[1].Address, "/health/live"))).Headers.Date - (await client.GetAsync(new Uri(cluster[0].Address, "/health/live"))).Headers.Date;
            Assert.InRange(ahead!.Value.TotalSeconds, 1, 3);
        }

        for (var i = 0; i < 2; i++)
        {
            using var journey = await ApplicantJourney.FilledAsync(cluster.Address, Applicant.Organisation("askew" + i, 900 + i));
            using var one = At(journey, cluster[0]);
            using var two = At(journey, cluster[1]);
            var version = (await journey.ReadAsync()).GetProperty("version").GetInt32();
            for (var round = 0; round < 100; round++)
            {
                var saved = await SaveAsync(journey, round % 2 == 0 ? one : two, $"edit {round}", version);
                Assert.Equal((HttpStatusCode.OK, ++version), (saved.Status, saved.Body.GetProperty("version").GetInt32()));
            }

            await journey.SubmitAsync();
            using var review = await Reviewing.OpenAsync(cluster.Address);
            var number = string.Create(CultureInfo.InvariantCulture, $"浙ICP备202608810{i}号");
            await review.ApproveAllTheWayAsync(journey, number);
            Assert.Equal("approved", (await journey.ReadAsync()).GetProperty("state").GetString());
            var inbox = await (await journey.Client.GetAsync("/api/v1/notifications?limit=100")).JsonAsync();
            Assert.Equal(1, inbox.GetProperty("items").EnumerateArray().Count(n => n.GetProperty("code").GetString() == "notification.recordAuthorityApproval"));
        }

        Assert.Empty(cluster.AuditFaults());
    }

    [Fact]
    public async Task Restart_OfBothInTurnUnderLoad_FailsNoRequest()
    {
        await using var cluster = await TheCluster.StartAsync(("Shutdown:DrainSeconds", "2"));
        await using var proxy = await TinyProxy.StartAsync(cluster[0].Address, cluster[1].Address);
        await Task.WhenAll(proxy.WhenAsync(0, true), proxy.WhenAsync(1, true));
        var journeys = new List<ApplicantJourney>();
        for (var i = 0; i < 4; i++)
        {
            journeys.Add(await ApplicantJourney.OpenAsync(proxy.Address, Applicant.Organisation("rolling" + i, 910 + i)));
            await journeys[i].StartAsync();
        }

        using var ending = new CancellationTokenSource();
        var working = journeys.Select(j => EditAsync(j, ending.Token)).ToArray();
        for (var i = 0; i < 2; i++)
        {
            await Task.Delay(400);
            Assert.Equal(0, await cluster.TerminateAsync(i));
            await cluster.StartInstanceAsync(i, ("Shutdown:DrainSeconds", "2"));
            await proxy.WhenAsync(i, true);
        }

        await ending.CancelAsync();
        var edits = await Task.WhenAll(working);
        Assert.All(edits, e => Assert.True(e > 20, $"only {e} edits"));
        Assert.Empty(cluster.AuditFaults());
        output.WriteLine($"{edits.Sum()} edits, none failed");
        journeys.ForEach(j => j.Dispose());
    }

    /// <summary>The primary steps down: writes wait for the next one, or are refused with 503 and nothing kept. Needs a replica set, of one member at least.</summary>
    [Fact]
    public async Task StepDown_OfThePrimary_LosesNoAcknowledgedEdit()
    {
        await using var cluster = await TheCluster.StartAsync();
        using var journey = await ApplicantJourney.OpenAsync(cluster.Address, Applicant.Organisation("elected", 920));
        await journey.StartAsync();
        using var ending = new CancellationTokenSource();
        var editing = EditAsync(journey, ending.Token, mayBeUnavailable: true);

        await Task.Delay(500);
        await TheCluster.CommandAsync(new MongoDB.Bson.BsonDocument { ["replSetStepDown"] = 2, ["force"] = true });
        await Task.Delay(4000);
        await ending.CancelAsync();

        Assert.True(await editing > 20);
        Assert.Empty(cluster.AuditFaults());
    }

    /// <summary>The server applies a write and the connection is gone before its answer: whoever repeats with the same key gets the one effect.</summary>
    [Fact]
    public async Task Write_WhoseAnswerIsLost_HappensOnce()
    {
        await using var cluster = await TheCluster.StartAsync();
        for (var i = 0; i < 6; i++)
        {
            using var journey = await ApplicantJourney.OpenAsync(cluster.Address, Applicant.Organisation("lost" + i, 930 + i));
            using var client = At(journey, cluster[i % 2]);
            await TheCluster.CommandAsync(new MongoDB.Bson.BsonDocument
            {
                ["configureFailPoint"] = "failCommand",
                ["mode"] = new MongoDB.Bson.BsonDocument("times", 1 + (i % 3)),
                ["data"] = new MongoDB.Bson.BsonDocument { ["failCommands"] = new MongoDB.Bson.BsonArray { "insert", "update", "findAndModify" }, ["closeConnection"] = true, ["appName"] = "beian-miniapi" },
            });

            HttpResponseMessage answer;
            for (var attempt = 0; ; attempt++)
            {
                answer = await PostAsync(client, "lost-" + i);
                if (answer.IsSuccessStatusCode || attempt == 20)
                {
                    break;
                }

                Assert.True(answer.StatusCode is HttpStatusCode.ServiceUnavailable or HttpStatusCode.Conflict, $"{(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
                await Task.Delay(200);
            }

            Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
            var list = await (await client.GetAsync("/api/v1/filings?limit=100")).JsonAsync();
            Assert.Equal(1, list.GetProperty("items").GetArrayLength());
        }

        await TheCluster.CommandAsync(new MongoDB.Bson.BsonDocument { ["configureFailPoint"] = "failCommand", ["mode"] = "off" });
        Assert.Empty(cluster.AuditFaults());
    }

    /// <summary>Edits one after the other, each against the version before; returns how many.</summary>
    private static async Task<int> EditAsync(ApplicantJourney journey, CancellationToken ending, bool mayBeUnavailable = false)
    {
        using var client = journey.NewClient();
        var (version, edits) = ((await journey.ReadAsync()).GetProperty("version").GetInt32(), 0);
        while (!ending.IsCancellationRequested)
        {
            var saved = await SaveAsync(journey, client, $"edit {edits}", version);
            if (mayBeUnavailable && saved.Status == HttpStatusCode.ServiceUnavailable)
            {
                // It is there or not; the next edit goes by what is.
                version = (await journey.ReadAsync()).GetProperty("version").GetInt32();
                continue;
            }

            Assert.Equal((HttpStatusCode.OK, ++version), (saved.Status, saved.Body.GetProperty("version").GetInt32()));
            edits++;
        }

        var stored = await journey.ReadAsync();
        Assert.Equal(version, stored.GetProperty("version").GetInt32());
        return edits;
    }

    private static Task<HttpResponseMessage> PostAsync(HttpClient client, string key)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/filings") { Content = JsonContent.Create(new { }) };
        request.Headers.Add("Idempotency-Key", key);
        return client.SendAsync(request);
    }

    private static HttpClient At(ApplicantJourney journey, ChildProgram instance)
    {
        var client = new HttpClient { BaseAddress = instance.Address };
        client.DefaultRequestHeaders.Authorization = journey.Client.DefaultRequestHeaders.Authorization;
        return client;
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

    private static async Task FillAddedSiteAsync(ApplicantJourney journey, string domain)
    {
        await (await journey.Client.PostAsJsonAsync($"{journey.Path}/subject/confirmation", new { unchanged = true })).JsonAsync();
        var verified = await (await journey.Client.PutAsJsonAsync($"{journey.Path}/verification", new { domain, resource = new { kind = "resource", resourceId = journey.Who.ResourceId } })).JsonAsync();
        var siteId = verified.GetProperty("sites")[0].GetProperty("id").GetString();
        var site = new { name = "示例第二网站", serviceContents = new[] { 1 }, preApprovals = new[] { new { type = "none" } } };
        await (await journey.Client.PutAsJsonAsync($"{journey.Path}/sites/{siteId}", site)).JsonAsync();
        await (await journey.Client.PutAsJsonAsync($"{journey.Path}/sites/{siteId}/principal", new { sameAsSubjectPrincipal = true })).JsonAsync();
        await (await journey.Client.PostAsync($"{journey.Path}/sites/{siteId}/face-check", null)).JsonAsync(201);
        await (await journey.Client.GetAsync($"{journey.Path}/sites/{siteId}/face-check")).JsonAsync();
        await journey.UploadAsync();
    }

    private sealed record Saved(HttpStatusCode Status, string Remark, JsonElement Body);

    /// <summary>One client, one filing: saves a growing number by new connections through the proxy and remembers what was acknowledged.</summary>
    private sealed class Writer(ApplicantJourney journey, Uri address) : IDisposable
    {
        private int _number;
        private int _acknowledged;

        public int Acknowledged { get; private set; }

        public int CutOff { get; private set; }

        public async Task SaveUntilAsync(CancellationToken ending)
        {
            using var client = new HttpClient(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.Zero }) { BaseAddress = address, Timeout = TimeSpan.FromSeconds(30) };
            client.DefaultRequestHeaders.Authorization = journey.Client.DefaultRequestHeaders.Authorization;
            while (!ending.IsCancellationRequested)
            {
                var number = ++_number;
                try
                {
                    using var answer = await client.PutAsJsonAsync(journey.Path + "/subject", journey.SubjectBody(number.ToString(CultureInfo.InvariantCulture)), CancellationToken.None);
                    Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
                    (_acknowledged, Acknowledged) = (number, Acknowledged + 1);
                }
                catch (Exception e) when (e is HttpRequestException or IOException)
                {
                    CutOff++;
                }
            }
        }

        public async Task CompareAsync()
        {
            using var client = new HttpClient { BaseAddress = address };
            client.DefaultRequestHeaders.Authorization = journey.Client.DefaultRequestHeaders.Authorization;
            var filing = await (await client.GetAsync(journey.Path)).JsonAsync();
            var found = int.Parse(filing.GetProperty("subject").GetProperty("remark").GetString() ?? "0", CultureInfo.InvariantCulture);
            Assert.InRange(found, _acknowledged, _number);
            _acknowledged = found;
        }

        public void Dispose() => journey.Dispose();
    }
}
#endif
