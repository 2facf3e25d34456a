using System.Globalization;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Beian.MiniApi.Tests.Fixtures;
using Microsoft.Data.Sqlite;

namespace Beian.MiniApi.Tests.Channels;

/// <summary>
/// The program as a process that trusts one authority, which the test made: a webhook and a mail over TLS, with login, reach the servers of those names, and nothing at all reaches
/// servers whose certificates the same authority gave to somebody else.
/// </summary>
public sealed class TrustedTlsTests
{
    private const string Login = "beian";
    private const string Password = "made-up-password";

    [Theory]
    [InlineData("127.0.0.1", "localhost")]
    [InlineData("somebody-else.example", "somebody-else.example")]
    public async Task Send_OverTls_ReachesTheServerOfThatNameAlone(string partnerName, string mailName)
    {
        var folder = Path.Combine(Path.GetTempPath(), "beian-tls-" + Guid.NewGuid().ToString("N"));
        using var authority = new TestAuthority();
        await using var partner = RawServer.Start((stream, _, stop) => RawServer.WriteAsync(stream, RawServer.Http("204 No Content"), stop), certificate: authority.Issue(partnerName));
        await using var post = new SmtpScript(authority.Issue(mailName));
        try
        {
            await using var program = await StartAsync(folder, authority, post.Port);
            var secret = await HookAsync(program.Address, new Uri($"https://127.0.0.1:{partner.Port}/hook"));
            using var journey = await SentBackAsync(program.Address);

            if (partnerName == "127.0.0.1")
            {
                await Wait.UntilAsync(() => Task.FromResult(partner.Requests.Count == 1 && post.Lines.Contains("QUIT")));
                AssertSigned(partner.Requests[0], Convert.FromBase64String(secret), journey.FilingId);
                AssertMail(post, journey);
            }
            else
            {
                await Wait.UntilAsync(async () => (await UntrustedAsync(program.Address, journey)).SetEquals(["mail", "webhook"]));
                Assert.All(partner.Requests, Assert.Empty);
                Assert.DoesNotContain(post.Lines, l => l.StartsWith("AUTH", StringComparison.OrdinalIgnoreCase) || l.StartsWith("MAIL", StringComparison.Ordinal));
            }
        }
        finally
        {
            SqliteConnection.ClearAllPools();
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<ChildProgram> StartAsync(string folder, TestAuthority authority, int mailPort)
    {
        var bundle = Path.Combine(Directory.CreateDirectory(Path.Combine(folder, "trusted")).FullName, "bundle.pem");
        await File.WriteAllTextAsync(bundle, authority.Pem);
        return await ChildProgram.StartAsync(
            folder, ChildProgram.FreePort(), ("SSL_CERT_FILE", bundle), ("SSL_CERT_DIR", Path.GetDirectoryName(bundle)!), ("Notify:QuietFrom", "00:00"), ("Notify:QuietTo", "00:00"), ("Sms:Provider", "none"),
            ("Mail:Host", "localhost"), ("Mail:Port", mailPort.ToString(CultureInfo.InvariantCulture)), ("Mail:Tls", "startTls"), ("Mail:UserName", Login), ("Mail:Password", Password));
    }

    /// <returns>The webhook's secret.</returns>
    private static async Task<string> HookAsync(Uri program, Uri partner)
    {
        using var admin = await ApplicantJourney.StaffAsync(program, "admin");
        var made = await (await admin.PostAsJsonAsync("/api/v1/admin/webhooks", new { url = partner, events = new[] { "requestModification" } })).JsonAsync(201);
        return made.GetProperty("secret").GetString()!;
    }

    /// <summary>What happens to it is told by mail and webhook.</summary>
    private static async Task<ApplicantJourney> SentBackAsync(Uri program)
    {
        var journey = await ApplicantJourney.FilledAsync(program, Applicant.Organisation("trusted", 73));
        await journey.SubmitAsync();
        await Wait.UntilAsync(async () => (await journey.ReadAsync()).GetProperty("state").GetString() == "providerReview");
        using var reviewer = await Reviewing.OpenAsync(program);
        await reviewer.ClaimAsync(journey);
        await reviewer.CallAsync(journey, "reached");
        await reviewer.RejectAsync(journey, "modification", new { pointer = "/subject/name", reason = "名称与证件不一致", suggestion = "请按营业执照填写" });
        return journey;
    }

    private static void AssertSigned(string request, byte[] secret, string filingId)
    {
        var (head, body) = request.Split("\r\n\r\n", 2) is [var h, var b] ? (h, b) : (request, string.Empty);
        string Header(string name) => head.Split("\r\n").Single(l => l.StartsWith(name + ": ", StringComparison.OrdinalIgnoreCase))[(name.Length + 2)..];
        var signed = Encoding.UTF8.GetBytes($"{Header("Webhook-Id")}.{Header("Webhook-Timestamp")}.{body}");
        Assert.Equal("v1=" + Convert.ToHexStringLower(HMACSHA256.HashData(secret, signed)), Header("Webhook-Signature"));
        Assert.Equal(filingId, JsonDocument.Parse(body).RootElement.GetProperty("filing").GetProperty("id").GetString());
    }

    /// <summary>The login came after STARTTLS, and the mail after the login.</summary>
    private static void AssertMail(SmtpScript post, ApplicantJourney journey)
    {
        static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));
        string[] spoken = ["STARTTLS", "AUTH login " + Base64(Login), Base64(Password), "MAIL FROM:<beian@sandbox.example>", $"RCPT TO:<{journey.Who.Principal.Email}>", "DATA"];
        Assert.Equal(spoken, post.Lines.Where(spoken.Contains).Take(spoken.Length));
        Assert.Contains(post.Mail, l => l.StartsWith("X-Message-Key: ", StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The channels that wait because they do not trust the other side.</summary>
    private static async Task<HashSet<string>> UntrustedAsync(Uri program, ApplicantJourney journey)
    {
        using var reviewer = await ApplicantJourney.StaffAsync(program, "reviewer");
        var page = await (await reviewer.GetAsync($"/api/v1/review/deliveries?filingId={journey.FilingId}&state=queued")).JsonAsync();
        return [.. page.GetProperty("items").EnumerateArray().Where(i => i.GetProperty("reason").GetString() == "badCertificate").Select(i => i.GetProperty("channel").GetString()!)];
    }
}
