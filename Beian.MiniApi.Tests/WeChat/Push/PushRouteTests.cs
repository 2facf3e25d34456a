using System.Net;
using System.Text;
using Beian.MiniApi.Storage;
using Beian.MiniApi.Tests.Fixtures;
using Beian.MiniApi.WeChat.Push;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Beian.MiniApi.Tests.WeChat.Push;

/// <summary>What is let in at <c>/wechat/callback</c> over HTTP, and that every refusal looks alike.</summary>
public sealed class PushRouteTests
{
    private static readonly (string Key, string Value) AnyTime = ("TimestampWindow", "00:00:00");

    /// <summary>A text that is no event, though well encrypted.</summary>
    private static readonly string[] NoEvents = ["push-aes-demo-chinese"];

    [Fact]
    public async Task Post_EveryVector_IsTakenWithItsOwnSettings()
    {
        foreach (var same in PushVectors.Encrypted.GroupBy(v => (v.Token, v.EncodingAesKey, v.Appid)))
        {
            await using var rig = PushRig.Start(("AppId", same.Key.Appid), ("Token", same.Key.Token), ("EncodingAesKey", same.Key.EncodingAesKey), AnyTime);
            foreach (var v in same)
            {
                var answer = await rig.PostAsync(v.Query ?? $"timestamp={v.Timestamp}&nonce={v.Nonce}&msg_signature={v.MsgSignature}", v.Body ?? $$"""{"Encrypt":"{{v.Encrypt}}"}""");

                await (NoEvents.Contains(v.Id) ? rig.RefusedAsync(answer, "malformed") : PushRig.TakenAsync(answer));
            }
        }
    }

    [Theory]
    [InlineData("push-neg-bad-msg-signature", "signature")]
    [InlineData("push-neg-tampered-ciphertext", "signature")]
    [InlineData("push-neg-plain-signature-used", "signature")]
    [InlineData("push-neg-wrong-appid-inside", "foreignAppId")]
    [InlineData("push-neg-length-overrun", "undecryptable")]
    public async Task Post_NegativeVector_IsRefused(string id, string reason)
    {
        var v = PushVectors.Of(id);
        foreach (var mode in new[] { "secure", "compatible" })
        {
            await using var rig = PushRig.Start(("Token", v.Token), ("EncodingAesKey", v.EncodingAesKey), ("Mode", mode), AnyTime);
            foreach (var body in new[] { $$"""{"ToUserName":"gh","Encrypt":"{{v.Encrypt}}"}""", $"<xml><ToUserName>gh</ToUserName><Encrypt><![CDATA[{v.Encrypt}]]></Encrypt></xml>" })
            {
                await rig.RefusedAsync(await rig.PostAsync($"signature={PushVectors.Encrypted[4].Signature}&timestamp={v.Timestamp}&nonce={v.Nonce}&encrypt_type=aes&msg_signature={v.MsgSignature}", body), reason);
            }
        }
    }

    [Fact]
    public async Task Get_EchoOfEveryPlainVector_IsGivenBackBare()
    {
        foreach (var same in PushVectors.Plain.GroupBy(v => v.Token))
        {
            await using var rig = PushRig.Start(("Token", same.Key), AnyTime);
            foreach (var v in same)
            {
                await EchoAsync(rig, v);
            }
        }
    }

    [Fact]
    public async Task Post_PlainVectorInPlainMode_IsTakenAndWithAForgedBodyRefused()
    {
        var v = PushVectors.Of("push-plain-post-official");
        await using var rig = PushRig.Start(("Token", v.Token), ("Mode", "plain"), AnyTime);
        var query = $"signature={v.Signature}&timestamp={v.Timestamp}&nonce={v.Nonce}";

        await PushRig.TakenAsync(await rig.PostAsync(query, v.Body!));
        await PushRig.TakenAsync(await rig.PostAsync(query, PushRig.Accepted(1)));
        await rig.RefusedAsync(await rig.PostAsync(query, PushRig.Accepted(2)), "replayed");
        await PushRig.TakenAsync(await rig.PostAsync(query, PushRig.Accepted(1)));

        await Wait.UntilAsync(async () => await rig.App.Get<IMessageCredits>().CountAsync(rig.Index, PushRig.Template, default) == 1);
        await rig.RefusedAsync(await rig.PostAsync(query + "&encrypt_type=aes", v.Body!), "wrongMode");
        await rig.RefusedAsync(await rig.PostAsync(PushRig.PlainQuery(token: v.Token), """{"Encrypt":"AAAA"}"""), "wrongMode");
        await rig.RefusedAsync(await rig.PostAsync(PushRig.PlainQuery(token: v.Token), PushRig.Verdict("t").Replace(PushRig.AppId, "wxffffffffffffffff", StringComparison.Ordinal)), "foreignAppId");
        await rig.RefusedAsync(await rig.PostAsync(PushRig.PlainQuery(token: "other"), v.Body!), "signature");
        await rig.RefusedAsync(await rig.PostAsync(PushRig.PlainQuery(token: v.Token), v.Body![..^1]), "malformed");
    }

    [Fact]
    public async Task Post_PlainBodyWhereItShouldBeEncrypted_IsRefusedThoughTheAddressIsSigned()
    {
        foreach (var mode in new[] { "secure", "compatible" })
        {
            await using var rig = PushRig.Start(("Mode", mode));

            await rig.RefusedAsync(await rig.PostAsync(PushRig.PlainQuery(), PushRig.Accepted(1)), "wrongMode");
            var (query, body) = PushRig.Secure(PushRig.Accepted(1));
            await rig.RefusedAsync(await rig.PostAsync(query[..query.IndexOf("&msg_signature", StringComparison.Ordinal)], body), "signature");
        }
    }

    [Fact]
    public async Task Post_BodyThatIsBothPlainAndEncrypted_CountsByItsEncryptedPartInCompatibleModeOnly()
    {
        var (query, body) = PushRig.Secure(PushRig.Verdict("encrypted"));
        var both = PushRig.Verdict("plain")[..^1] + "," + body[1..].Replace("\"ToUserName\":\"gh_0123456789ab\",", string.Empty, StringComparison.Ordinal);

        await using (var secure = PushRig.Start())
        {
            await secure.RefusedAsync(await secure.PostAsync(query, both), "wrongMode");
        }

        await using var compatible = PushRig.Start(("Mode", "compatible"));
        await PushRig.TakenAsync(await compatible.PostAsync(query, both));
        await PushRig.TakenAsync(await compatible.PostAsync(PushRig.Secure(PushRig.Verdict("secure"))));
        var verdicts = compatible.App.Get<IMediaVerdictStore>();
        await Wait.UntilAsync(async () => await verdicts.FindAsync("encrypted", default) is not null && await verdicts.FindAsync("secure", default) is not null);
        Assert.Null(await verdicts.FindAsync("plain", default));
    }

    [Fact]
    public async Task Post_SignedAtAnotherTime_IsTakenWithinTheWindowOnly()
    {
        await using var rig = PushRig.Start();
        foreach (var minutes in new[] { -9, 0, 9 })
        {
            await PushRig.TakenAsync(await rig.PostAsync(PushRig.Secure(PushRig.Verdict("t"), PushRig.Now(TimeSpan.FromMinutes(minutes)))));
        }

        foreach (var minutes in new[] { -11, 11, -600_000 })
        {
            await rig.RefusedAsync(await rig.PostAsync(PushRig.Secure(PushRig.Verdict("t"), PushRig.Now(TimeSpan.FromMinutes(minutes)))), "stale");
        }

        await rig.RefusedAsync(await rig.PostAsync(PushRig.Secure(PushRig.Verdict("t"), "soon")), "malformed");
    }

    [Fact]
    public async Task Post_BodiesThatAreNone_AreRefusedAlike()
    {
        await using var rig = PushRig.Start();
        var (query, body) = PushRig.Secure(PushRig.Verdict("t"), isXml: true);
        const string bomb = "<!DOCTYPE xml [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;\">]><xml><Encrypt>&b;</Encrypt></xml>";

        foreach (var none in new[] { "", "{", body[..^1], body[..(body.Length / 2)], bomb, "\u0000" })
        {
            await rig.RefusedAsync(await rig.PostAsync(query, none), "malformed");
        }

        await rig.RefusedAsync(await rig.PostAsync(PushRig.Secure(bomb)), "malformed");
        await rig.RefusedAsync(await rig.PostAsync(PushRig.Secure("""{"Encrypt":"AAAA"}""")), "malformed");
        await rig.RefusedAsync(await rig.PostAsync(query + "&nonce=1", body), "malformed");
        await rig.RefusedAsync(await rig.PostAsync(query + "&x=" + new string('x', 2048), body), "malformed");
        await PushRig.TakenAsync(await rig.PostAsync(query, body));
    }

    [Fact]
    public async Task Post_HugeBody_IsRefusedUnread()
    {
        await using var rig = PushRig.Start();
        foreach (var (chunked, bytes) in new[] { (false, (64 * 1024) + 1), (true, (64 * 1024) + 1), (false, 20_000_000), (true, 20_000_000) })
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/wechat/callback?" + PushRig.PlainQuery()) { Content = new ByteArrayContent(new byte[bytes]) };
            request.Headers.TransferEncodingChunked = chunked;

            await rig.RefusedAsync(await rig.App.Client.SendAsync(request), "tooLarge");
        }
    }

    [Fact]
    public async Task Post_WithTheFormerTokenAndKey_IsTakenWhileTheyAreConfigured()
    {
        const string newKey = "sandboxKeyForMessagePushNotARealOne0000000A";
        var old = PushRig.Secure(PushRig.Verdict("old"));
        await using (var before = PushRig.Start(("Token", "newToken"), ("EncodingAesKey", newKey)))
        {
            await before.RefusedAsync(await before.PostAsync(old), "signature");
            await before.RefusedAsync(await before.PostAsync(PushRig.Secure(PushRig.Verdict("x"), token: "newToken")), "undecryptable");
        }

        await using var rig = PushRig.Start(("Token", "newToken"), ("EncodingAesKey", newKey), ("PreviousToken", PushRig.Token), ("PreviousEncodingAesKey", PushRig.Key));

        await PushRig.TakenAsync(await rig.PostAsync(old));
        await PushRig.TakenAsync(await rig.PostAsync(PushRig.Secure(PushRig.Verdict("new"), token: "newToken", key: newKey)));
        await PushRig.TakenAsync(await rig.PostAsync(PushRig.Secure(PushRig.Verdict("half"), token: "newToken")));
        await rig.RefusedAsync(await rig.PostAsync(PushRig.Secure(PushRig.Verdict("none"), appId: "wxffffffffffffffff")), "foreignAppId");
    }

    [Fact]
    public async Task AnyMethod_WithoutAToken_IsNotFound()
    {
        await using var rig = PushRig.Start(("Token", ""), ("EncodingAesKey", ""));
        using var body = new StringContent("{}", Encoding.UTF8, "application/json");

        Assert.Equal("request.routeNotFound", await (await rig.App.Client.GetAsync("/wechat/callback?echostr=1")).CodeAsync());
        var posted = await rig.App.Client.PostAsync("/wechat/callback", body);
        Assert.Equal((HttpStatusCode.NotFound, "request.routeNotFound"), (posted.StatusCode, await posted.CodeAsync()));
        Assert.Empty(rig.Counted);
    }

    [Theory]
    [InlineData("Token", "icpFilingPush2026", "EncodingAesKey is needed")]
    [InlineData("EncodingAesKey", PushRig.Key, "Token is needed")]
    [InlineData("EncodingAesKey", "short", "43 letters")]
    [InlineData("Token", "a b", "3 to 32")]
    [InlineData("Mode", "plain", "AllowPlain")]
    [InlineData("Mode", "open", "Mode")]
    [InlineData("TimestampWindow", "2.00:00:00", "TimestampWindow")]
    public void Start_SettingsThatCannotBe_IsRefusedInProduction(string key, string value, string named)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.Configuration["WeChat:Push:" + key] = value;
        builder.AddWeChatPush();
        using var app = builder.Build() as IDisposable;

        var refusal = Assert.Throws<OptionsValidationException>(() => ((WebApplication)app).Services.GetRequiredService<IStartupValidator>().Validate());

        Assert.Contains(named, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_PlainModeThatIsAllowed_RunsInProduction()
    {
        await using var app = TestApp.Start(
            "Production", null, [.. Logins.ProductionSettings, ("WeChat:Push:Mode", "plain"), ("WeChat:Push:AllowPlain", "true"), ("WeChat:Push:Token", PushRig.Token)]);

        var echo = await app.Client.GetStringAsync($"/wechat/callback?{PushRig.PlainQuery()}&echostr=42");

        Assert.Equal("42", echo);
    }

    private static async Task EchoAsync(PushRig rig, PushVector v)
    {
        var answer = await rig.App.Client.GetAsync($"/wechat/callback?signature={v.Signature}&timestamp={v.Timestamp}&nonce={v.Nonce}&echostr={v.Echostr ?? "<b>1</b>"}");

        Assert.Equal(v.Echostr ?? "<b>1</b>", await answer.Content.ReadAsStringAsync());
        Assert.Equal(("text/plain", "nosniff"), (answer.Content.Headers.ContentType?.MediaType, answer.Headers.GetValues("X-Content-Type-Options").Single()));
        foreach (var query in new[]
        {
            $"signature={v.MsgSignature}&timestamp={v.Timestamp}&nonce={v.Nonce}&echostr=1",
            $"signature={v.Signature}&timestamp={v.Timestamp}1&nonce={v.Nonce}&echostr=1",
            $"signature={v.Signature}&timestamp={v.Timestamp}&nonce={v.Nonce}1&echostr=1",
        })
        {
            await rig.RefusedAsync(await rig.App.Client.GetAsync("/wechat/callback?" + query), "signature");
        }

        await rig.RefusedAsync(await rig.App.Client.GetAsync($"/wechat/callback?signature={v.Signature}&timestamp={v.Timestamp}&nonce={v.Nonce}"), "malformed");
        await rig.RefusedAsync(await rig.App.Client.GetAsync("/wechat/callback"), "malformed");
    }
}
