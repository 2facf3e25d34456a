using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Beian.MiniApi.Tests.Fixtures;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Beian.MiniApi.Tests.Auth;

/// <summary>What staff type and are given is looked for in everything the program logs, at its most talkative.</summary>
public sealed class StaffLogTests
{
    private static readonly (string, string)[] Talkative = [("Logging:LogLevel:Default", "Trace"), ("Logging:LogLevel:Microsoft.AspNetCore", "Debug"), ("Logging:LogLevel:System.Net.Http.HttpClient", "Trace")];

    [Fact]
    public async Task Log_OfPasswordsAndFactors_HoldsNone()
    {
        var (time, log) = (new StillTime(), new LogBook());
        await using var app = TestApp.Start("Development", null, s => s.AddSingleton<TimeProvider>(time).AddSingleton<ILoggerProvider>(log), Talkative);
        var admin = new StaffAtWork(app, time, "admin");
        var client = await admin.LogInAsync();
        await admin.EnrolAsync(client);
        var codes = new[] { admin.CodeAt(-1), admin.CodeAt() };
        await admin.TryAsync(admin.CodeAt());
        await admin.TryAsync(admin.RecoveryCodes[0]);
        await client.PostAsJsonAsync("/api/v1/staff/password", new { current = admin.Password, next = "a canary that sings at dawn" });
        await client.PostAsJsonAsync("/api/v1/staff/password", new { current = "a canary that is wrong", next = "short canary" });
        await StaffAtWork.RemoveAsync(client, "a canary that sings at dawn", admin.RecoveryCodes[1]);

        var text = log.Text;
        Assert.Contains("Request finished", text, StringComparison.Ordinal);
        Assert.All(
            [.. admin.RecoveryCodes, OtpNet.Base32Encoding.ToString(admin.Secret), "canary", admin.Password, client.DefaultRequestHeaders.Authorization!.Parameter!],
            secret => Assert.DoesNotContain(secret, text, StringComparison.OrdinalIgnoreCase));
        Assert.All(codes, c => Assert.DoesNotMatch($"(?<![0-9a-f.]){c}(?![0-9a-f])", text));
    }

    [Fact]
    public async Task Log_OfALoginAtTheProvider_HoldsNeitherCodesNorNames()
    {
        var log = new LogBook();
        await using var app = TestApp.Start("Development", null, s => s.AddSingleton<ILoggerProvider>(log), [.. Talkative, ("Staff:Login", "oidc")]);
        var begun = await (await app.Client.PostAsync(new Uri("/api/v1/staff/oidc/start", UriKind.Relative), null)).Content.ReadFromJsonAsync<JsonElement>();
        var before = log.Text.Length;
        using var browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false });
        var back = (await browser.GetAsync(new Uri($"{begun.GetProperty("url").GetString()}&person=sandbox-1002"))).Headers.Location!;
        var brought = QueryHelpers.ParseQuery(back.Query);

        // The sandbox logs the end of its request after it has answered.
        for (var tries = 0; tries < 100 && !log.Text[before..].Contains("Request finished", StringComparison.Ordinal); tries++)
        {
            await Task.Delay(50);
        }

        var played = log.Text.Length;

        var answer = await app.Client.PostAsJsonAsync("/api/v1/staff/oidc/finish", new { code = brought["code"].ToString(), state = brought["state"].ToString() });

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);

        // The sandbox is another's program: what it logs of its own address line is not ours to judge.
        var ours = log.Text[..before] + log.Text[played..];
        Assert.All(
            [brought["code"].ToString(), brought["state"].ToString(), "管理员乙", "sandbox-client-secret", (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("accessToken").GetString()!],
            secret => Assert.DoesNotContain(secret, ours, StringComparison.OrdinalIgnoreCase));
    }
}
