using System.Diagnostics;
using System.Net;
using System.Text;
using Beian.MiniApi.Domain.FaceChecks;
using Beian.MiniApi.Storage;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.FaceChecks;

public sealed class FaceCheckRouteTests
{
    [Fact]
    public async Task Start_WhileTheProviderIsDown_DoesNotUseUpTheDay()
    {
        await using var app = TestApp.Start(("FaceCheck:BaseUrl", "http://127.0.0.1:9/"));
        using var journey = await HandoverTests.ReadyAsync(app, Applicant.Individual("facedown", 301));

        for (var i = 0; i < 7; i++)
        {
            var answer = await journey.Client.PostAsync(HandoverTests.FaceCheck(journey), null);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        }
    }

    [Fact]
    public async Task Start_KeepsNoBareDigestOfThePerson()
    {
        await using var app = TestApp.Start();
        var who = Applicant.Individual("facekey", 302);
        using var journey = await HandoverTests.ReadyAsync(app, who);

        await (await journey.Client.PostAsync(HandoverTests.FaceCheck(journey), null)).JsonAsync(201);

        var bare = "face:" + PersonDigest.Of(who.Principal.Name, who.Principal.CertificateType, who.Principal.CertificateNumber);
        Assert.Equal(0, (await app.Get<IAttemptStore>().CountAsync(bare, DateTimeOffset.UtcNow.AddDays(-1), default)).Count);
    }

    [Fact]
    public async Task Start_TwiceUnderOneKeyWithAnEmptyForm_IsOneStart()
    {
        await using var app = TestApp.Start();
        using var journey = await HandoverTests.ReadyAsync(app, Applicant.Individual("facetwice", 303));
        journey.Client.DefaultRequestHeaders.Add("Idempotency-Key", "once");
        using var empty = new StringContent(string.Empty, Encoding.UTF8, "application/x-www-form-urlencoded");

        var first = await journey.Client.PostAsync(HandoverTests.FaceCheck(journey), empty);
        var again = await journey.Client.PostAsync(HandoverTests.FaceCheck(journey), empty);

        Assert.True(again.Headers.Contains("Idempotency-Replayed"));
        Assert.Equal(await first.Content.ReadAsStringAsync(), await again.Content.ReadAsStringAsync());
    }

    /// <summary>Each of the two calls of this reading stays below the limit of one call.</summary>
    [Fact]
    public async Task Get_ProviderThatTakesLongForEachCall_IsAnsweredWithinFiveSeconds()
    {
        await using var app = TestApp.Start(("FaceCheck:Provider", "tencentEid"), ("FaceCheck:ReadEvery", "01:00:00"));
        using var journey = await HandoverTests.ReadyAsync(app, Applicant.Individual("faceslow", 304));
        await FaceCheckWorkTests.StartAndOpenAsync(app, journey);
        await app.FaultAsync(new { endpoint = "tencent", kind = "slow", delayMilliseconds = 3_000 });
        var watch = Stopwatch.StartNew();

        var slow = await (await journey.Client.GetAsync(HandoverTests.FaceCheck(journey))).JsonAsync();

        // Half a second for the test's own machine.
        Assert.InRange(watch.Elapsed, TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(5.5));
        Assert.Equal("pending", slow.GetProperty("status").GetString());
        await app.Client.DeleteAsync("/sandbox/faults");
        Assert.Equal("passed", (await (await journey.Client.GetAsync(HandoverTests.FaceCheck(journey))).JsonAsync()).GetProperty("status").GetString());
    }
}
