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
        using var journey = await ReadyAsync(app, Applicant.Individual("facedown", 301));

        for (var i = 0; i < 7; i++)
        {
            var answer = await journey.Client.PostAsync(FaceCheck(journey), null);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        }
    }

    [Fact]
    public async Task Start_KeepsNoBareDigestOfThePerson()
    {
        await using var app = TestApp.Start();
        var who = Applicant.Individual("facekey", 302);
        using var journey = await ReadyAsync(app, who);

        await (await journey.Client.PostAsync(FaceCheck(journey), null)).JsonAsync(201);

        var bare = "face:" + PersonDigest.Of(who.Principal.Name, who.Principal.CertificateType, who.Principal.CertificateNumber);
        Assert.Equal(0, (await app.Get<IAttemptStore>().CountAsync(bare, DateTimeOffset.UtcNow.AddDays(-1), default)).Count);
    }

    [Fact]
    public async Task Start_TwiceUnderOneKeyWithAnEmptyForm_IsOneStart()
    {
        await using var app = TestApp.Start();
        using var journey = await ReadyAsync(app, Applicant.Individual("facetwice", 303));
        journey.Client.DefaultRequestHeaders.Add("Idempotency-Key", "once");
        using var empty = new StringContent(string.Empty, Encoding.UTF8, "application/x-www-form-urlencoded");

        var first = await journey.Client.PostAsync(FaceCheck(journey), empty);
        var again = await journey.Client.PostAsync(FaceCheck(journey), empty);

        Assert.True(again.Headers.Contains("Idempotency-Replayed"));
        Assert.Equal(await first.Content.ReadAsStringAsync(), await again.Content.ReadAsStringAsync());
    }

    private static string FaceCheck(ApplicantJourney journey) => $"{journey.Path}/sites/{journey.SiteId}/face-check";

    private static async Task<ApplicantJourney> ReadyAsync(TestApp app, Applicant who)
    {
        var journey = await ApplicantJourney.OpenAsync(app.Address, who);
        await journey.StartAsync();
        await journey.VerifyAsync();
        await journey.PutSubjectAsync();
        await journey.PutPrincipalAsync();
        await journey.PutSiteAsync();
        await journey.PutSitePrincipalAsync();
        return journey;
    }
}
