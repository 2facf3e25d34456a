using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Beian.MiniApi.Domain.Verification;
using Beian.MiniApi.Registry;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.Registry;

/// <summary>The real clients against the played registries: RDAP for .com, WHOIS for .cn.</summary>
public sealed class SandboxRegistryTests : IAsyncLifetime
{
    private static readonly RegistrySubject Company = new(4, "示例科技有限公司", "91330000MA0000007W", null);

    private TestApp _app = null!;

    public Task InitializeAsync()
    {
        _app = TestApp.Start(("Registry:TimeoutSeconds", "6"));
        return Task.CompletedTask;
    }

    public async Task DisposeAsync() => await _app.DisposeAsync();

    [Theory]
    [InlineData("shop.com", "rdap", null, null, null)]
    [InlineData("shop.cn", "whois", null, null, null)]
    [InlineData("xn--fsqu00a.xn--fiqs8s", "whois", null, null, null)]
    [InlineData("expired-shop.com", "rdap", null, "domain.expired", null)]
    [InlineData("expired.cn", "whois", null, "domain.expired", null)]
    [InlineData("unverified1.com", "rdap", null, null, "domain.realNameMissing")]
    [InlineData("unverified.com.cn", "whois", null, null, "domain.realNameMissing")]
    [InlineData("foreign.com", "rdap", "domain.registrarNotApproved", null, null)]
    [InlineData("foreign.cn", "whois", "domain.registrarNotApproved", null, null)]
    public async Task LookUp_ByFirstLabel_IsJudgedAccordingly(string domain, string source, string? registrar, string? expiry, string? realName)
    {
        var facts = await LookUpAsync(domain);

        var checks = Judge(facts, Company).ToDictionary(c => c.Check);
        Assert.Equal(source, facts.Source);
        Assert.Equal(Expected(registrar), Result(checks[RegistryChecks.Registrar]));
        Assert.Equal(Expected(expiry), Result(checks[RegistryChecks.Expiry]));
        Assert.Equal(Expected(realName), Result(checks[RegistryChecks.RealName]));
        Assert.Equal((CheckOutcome.Unknown, UnknownReason.NotDisclosed), (checks[RegistryChecks.Holder].Outcome, checks[RegistryChecks.Holder].Reason));
    }

    [Theory]
    [InlineData("taken.com")]
    [InlineData("taken-shop.cn")]
    public async Task LookUp_TakenDomain_BelongsToSomebodyElse(string domain)
    {
        var facts = await LookUpAsync(domain);

        foreach (var subject in new[] { Company, new RegistrySubject(5, "甲某", "110105199001010002", null), new RegistrySubject(4, null, "91330000MA0000007W", null) })
        {
            var holder = Judge(facts, subject).Single(c => c.Check == RegistryChecks.Holder);
            Assert.Equal((CheckOutcome.Failed, "domain.holderMismatch"), (holder.Outcome, holder.Code));
            Assert.DoesNotContain("沙箱他人", holder.Evidence, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("slow.com")]
    [InlineData("slow.cn")]
    [InlineData("down.com")]
    [InlineData("down.cn")]
    public async Task LookUp_SilentRegistry_IsUnavailableInTime(string domain)
    {
        var watch = Stopwatch.StartNew();

        var facts = await LookUpAsync(domain);

        Assert.Equal(RegistryOutcome.Unavailable, facts.Outcome);
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(9));
        Assert.All(Judge(facts, Company), c => Assert.Equal((CheckOutcome.Unknown, UnknownReason.Unavailable), (c.Outcome, c.Reason)));
    }

    [Theory]
    [InlineData("example.io")]
    [InlineData("-.cn")]
    public async Task LookUp_DomainTheRegistryCannotHave_IsNotRegistered(string domain)
    {
        var facts = await LookUpAsync(domain);

        var check = Assert.Single(Judge(facts, Company));
        Assert.Equal((CheckOutcome.Failed, "domain.notRegistered"), (check.Outcome, check.Code));
    }

    [Theory]
    [InlineData("mine.com")]
    [InlineData("mine.cn")]
    public async Task Put_Domain_IsWhatTheNextLookUpFinds(string domain)
    {
        Assert.Null((await LookUpAsync(domain)).Holder);
        var put = await _app.Client.PutAsJsonAsync($"/sandbox/rdap/{domain}", new
        {
            registrar = "某某注册商",
            registrarApproved = true,
            registeredAt = "2024-01-01T00:00:00Z",
            expiresAt = DateTimeOffset.UtcNow.AddDays(30),
            realNamedAt = DateTimeOffset.UtcNow.AddDays(-1),
            holder = new { name = "示例科技有限公司", certificateType = 1, certificateNumber = "91330000MA0000007W" },
            resolves = true,
            behaviour = "ok",
        });

        var facts = await LookUpAsync(domain);

        Assert.Equal(HttpStatusCode.OK, put.StatusCode);
        Assert.Equal(new DateTimeOffset(2024, 1, 1, 0, 0, 0, TimeSpan.Zero), facts.RegisteredAt);
        Assert.Equal("某某注册商", facts.Registrar);
        var checks = Judge(facts, Company).ToDictionary(c => c.Check);
        Assert.Equal((CheckOutcome.Passed, null), Result(checks[RegistryChecks.Registrar]));
        Assert.Equal((CheckOutcome.Passed, "domain.expiringSoon"), Result(checks[RegistryChecks.Expiry]));
        Assert.Equal((CheckOutcome.Failed, "domain.realNameTooRecent"), Result(checks[RegistryChecks.RealName]));
        Assert.Equal((CheckOutcome.Passed, null), Result(checks[RegistryChecks.Holder]));
    }

    [Theory]
    [InlineData("/sandbox/rdap/mine.com", """{"unknown":1}""", "request.unknownField")]
    [InlineData("/sandbox/rdap/mine.com", """{"behaviour":"quick"}""", "request.invalid")]
    [InlineData("/sandbox/rdap/mine.io", "{}", "sandbox.badDomain")]
    [InlineData("/sandbox/rdap/a.mine.com", "{}", "sandbox.badDomain")]
    public async Task Put_BadDomainOrBody_IsRefused(string path, string body, string code)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");

        var answer = await _app.Client.PutAsync(path, content);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal(code, (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("code").GetString());
    }

    [Fact]
    public async Task LookUp_CancelledByTheCaller_IsUnavailable()
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));

        var facts = await _app.Get<IRegistry>().LookUpAsync("slow-again.cn", deadline.Token);

        Assert.Equal(RegistryOutcome.Unavailable, facts.Outcome);
    }

    [Fact]
    public async Task Whois_ByHand_WritesWhatCnnicWrites()
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, _app.Get<SelfWhois>().Port);
        await using var stream = client.GetStream();
        await stream.WriteAsync("taken.cn\r\n"u8.ToArray());

        var text = await new StreamReader(stream, Encoding.UTF8).ReadToEndAsync();

        Assert.StartsWith("Domain Name: taken.cn\r\n", text, StringComparison.Ordinal);
        Assert.Contains("Registrant: 沙箱他人示例有限公司\r\n", text, StringComparison.Ordinal);
        Assert.Contains("Sponsoring Registrar: ", text, StringComparison.Ordinal);
    }

    private Task<RegistryFacts> LookUpAsync(string domain) => _app.Get<IRegistry>().LookUpAsync(domain, CancellationToken.None);

    private static IReadOnlyList<CheckResult> Judge(RegistryFacts facts, RegistrySubject subject) => RegistryChecks.Judge(facts, subject, TheBook.Shipped, TheBook.Rules.For(null, DateOnly.FromDateTime(DateTime.UtcNow)), DateTimeOffset.UtcNow);

    private static (CheckOutcome Outcome, string? Code) Result(CheckResult check) => (check.Outcome, check.Code);

    private static (CheckOutcome Outcome, string? Code) Expected(string? code) => (code is null ? CheckOutcome.Passed : CheckOutcome.Failed, code);
}
