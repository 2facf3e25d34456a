using System.Net;
using System.Text;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.WeChat.Push;

/// <summary>WeChat writes openids and signatures into the address; they are not written down even when everything is logged.</summary>
public sealed class PushLogTests
{
    [Fact]
    public async Task Log_OfPushesTakenAndRefused_TellsNothingOfThem()
    {
        var folder = Path.Combine(Path.GetTempPath(), "beian-test-" + Guid.NewGuid().ToString("N"));
        try
        {
            await using var program = await ChildProgram.StartAsync(
                folder,
                ChildProgram.FreePort(),
                ("Logging:LogLevel:Default", "Trace"),
                ("Logging:LogLevel:Microsoft.AspNetCore", "Trace"),
                ("WeChat:AppId", PushRig.AppId),
                ("WeChat:Push:Token", PushRig.Token),
                ("WeChat:Push:EncodingAesKey", PushRig.Key));
            using var client = new HttpClient { BaseAddress = program.Address };
            var (query, body) = PushRig.Secure(PushRig.Verdict("canary-trace"));
            Assert.Equal(HttpStatusCode.OK, await PostAsync(client, query, body));
            Assert.Equal(HttpStatusCode.Forbidden, await PostAsync(client, query, body[..^9] + "canaryx\"}"));
            await Wait.UntilAsync(() => Task.FromResult(program.Output.Contains("was refused: signature", StringComparison.Ordinal)));

            // Silence would prove nothing.
            Assert.Contains("/wechat/callback", program.Output, StringComparison.Ordinal);
            string[] secrets = [PushRig.OpenId, PushRig.Token, PushRig.Key, "canary", "msg_signature", "echostr", query.Split('=')[1][..40], query[^40..]];
            Assert.All(secrets, s => Assert.DoesNotContain(s, program.Output, StringComparison.Ordinal));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<HttpStatusCode> PostAsync(HttpClient client, string query, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        return (await client.PostAsync("/wechat/callback?" + query, content)).StatusCode;
    }
}
