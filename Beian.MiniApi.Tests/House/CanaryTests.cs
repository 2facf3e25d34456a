using System.Net.Http.Json;
using Beian.MiniApi.Sandbox.WeChat;
using Beian.MiniApi.Tests.Fixtures;
using Beian.MiniApi.WeChat;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Beian.MiniApi.Tests.House;

/// <summary>What people type, and every secret, is looked for in what the program writes about itself.</summary>
public sealed class CanaryTests
{
    [Theory]
    [InlineData("sandbox")]
    [InlineData("tencentEid")]
    [InlineData("tencentFaceId")]
    [InlineData("wechat")]
    public async Task Log_OfAWholeJourney_TellsNothingAboutAnybody(string faceCheck)
    {
        var folder = Path.Combine(Path.GetTempPath(), "beian-test-" + Guid.NewGuid().ToString("N"));
        try
        {
            await using var program = await ChildProgram.StartAsync(folder, ChildProgram.FreePort(), ("Logging:LogLevel:Default", "Debug"), ("FaceCheck:Provider", faceCheck));
            var who = Applicant.Organisation("canary", 270) with
            {
                Name = "金丝雀示例有限公司",
                Principal = Principal.Number(270, "金丝雀甲") with { Email = "canary.mail@example.cn" },
                SitePrincipal = Principal.Number(271, "金丝雀乙") with { Email = "second.canary@example.cn" },
            };
            using var journey = await ApplicantJourney.FilledAsync(program.Address, who);
            await (await journey.Client.PostAsJsonAsync("/api/v1/me/phone", new { code = "sandbox-phone-13911112277" })).JsonAsync();
            var printed = OcrCalls.Picture("""sandbox-ocr {"type":"Front","name":"金丝雀丙","id":"110101199003070003","addr":"金丝雀路"}""");
            await (await journey.Client.ReadAsync(OcrCalls.IdCard, printed, "canary-file.jpg")).JsonAsync();
            await (await journey.Client.ReadAsync($"{OcrCalls.IdCard}?filingId={journey.FilingId}&part=front", printed, "canary-file.jpg")).JsonAsync();
            await journey.PutSubjectAsync("金丝雀的备注");
            await journey.SubmitAsync();
            using var review = await Reviewing.OpenAsync(program.Address);
            await review.ApproveAllTheWayAsync(journey, "浙ICP备2026027001号");
            var guessed = await journey.Client.PostAsJsonAsync("/api/v1/auth-codes/check", new { code = "CANA-RYCO-DEXX-XXXX-XXXX" });
            var refused = await journey.Client.PutAsJsonAsync($"{journey.Path}/subject", new { name = "金丝雀之二", unknown = "canary-unknown" });
            Assert.Equal((422, 400), ((int)guessed.StatusCode, (int)refused.StatusCode));

            var handed = await HandOverAsync(program.Address);

            // Silence would prove nothing.
            Assert.Contains("Now listening", program.Output, StringComparison.Ordinal);
            string[] secrets =
            [
                "金丝雀", "13911112277", "110101199003070003", "canary-file", "canary.mail", "second.canary", "canary-unknown", "CANARYCODE", "CANA-RYCO", who.CertificateNumber, who.Principal.CertificateNumber, who.Principal.Mobile,
                who.SitePrincipal.CertificateNumber, who.SitePrincipal.Mobile, journey.Client.DefaultRequestHeaders.Authorization!.Parameter!, "sandbox-reviewer", "sandbox-admin",
                "sandboxKeyNotARealOne", .. handed,
            ];
            Assert.All(secrets, s => Assert.DoesNotContain(s, program.Output, StringComparison.OrdinalIgnoreCase));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Every program of every test is watched; here the watch itself is.</summary>
    [Fact]
    public async Task Watch_OfALogLineOrAnAnswerThatTells_FindsIt()
    {
        var app = TestApp.Start();
        await app.LogInAsync("bird");
        var watch = app.Get<Canaries>();
        var openId = SandboxLogins.OpenId(app.Get<IOptions<WeChatOptions>>().Value.AppId, "bird");
        Assert.Equal((2, 0), (watch.Known, watch.Found.Count));

        await app.Client.GetAsync("/api/v1/nothing/" + openId);
        var log = app.Get<ILoggerFactory>().CreateLogger("test");
        log.LogInformation("user {OpenId}", openId);
        log.LogInformation("phone {Phone}", MadeUp.Mobile(1));
        log.LogWarning(new InvalidOperationException("number " + MadeUp.IdentityNumber(1)), "failed");
        log.LogInformation("filing 01a21a4354c07c02b7391cb5928e94c9 at 20261126233717");

        Assert.Equal(4, watch.Found.Count);
        await Assert.ThrowsAnyAsync<Xunit.Sdk.XunitException>(async () => await app.DisposeAsync());
    }

    /// <summary>Hands a face check over and does it on the other phone, with the browser coming back.</summary>
    /// <returns>What nobody may write down.</returns>
    private static async Task<IReadOnlyList<string>> HandOverAsync(Uri address)
    {
        using var journey = await ApplicantJourney.OpenAsync(address, Applicant.Individual("canarytwo", 272) with { Principal = Principal.Number(272, "金丝雀丙") });
        await journey.StartAsync();
        await journey.VerifyAsync();
        await journey.PutPrincipalAsync();
        var made = await (await journey.Client.PostAsync($"{journey.Path}/sites/{journey.SiteId}/face-check/handover", null)).JsonAsync(201);
        using var phone = await ApplicantJourney.OpenAsync(address, Applicant.Individual("canaryphone", 273));
        var code = made.GetProperty("code").GetString()!;
        var redeemed = await (await phone.Client.PostAsJsonAsync("/api/v1/face-checks/handover", new { code })).JsonAsync();
        var path = "/api/v1/face-checks/handover/" + redeemed.GetProperty("handoverId").GetString();
        var started = await (await phone.Client.PostAsync(path + "/start", null)).JsonAsync(201);
        var token = started.GetProperty("token").GetString() ?? "canary-no-token";
        await phone.Client.GetStringAsync($"/api/v1/face-checks/return?EidToken={token}&BizToken={token}");
        await (await phone.Client.GetAsync(path)).JsonAsync();
        return [code, token, journey.Who.Principal.CertificateNumber];
    }
}
