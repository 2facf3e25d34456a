using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.FaceChecks;
using Beian.MiniApi.FaceChecks;
using Beian.MiniApi.Sandbox.WeChat;
using Beian.MiniApi.Tests.Fixtures;
using Beian.MiniApi.Tests.WeChat;

namespace Beian.MiniApi.Tests.FaceChecks;

/// <summary>
/// What every provider of face checks promises, held against the played service over real HTTP. A provider adds how a person does the check there, and how
/// its service would lie; no tests.
/// </summary>
public abstract class FaceCheckProviderContract
{
    private const string Other = "00000019000102000X";

    private static readonly CancellationToken None = CancellationToken.None;

    /// <summary>As in the settings.</summary>
    protected abstract string Provider { get; }

    /// <summary>Path below <c>/sandbox</c> for faults.</summary>
    protected abstract string Service { get; }

    /// <summary>Answers of a service that confirms something else than what was asked, with what it confirms instead; a passed check must not come of any.</summary>
    protected abstract IEnumerable<string> Lies(FaceCheckRequest asked, string otherNumber);

    /// <summary>The same service telling the truth, to show that the lies fail for what they say.</summary>
    protected abstract string Truth(FaceCheckRequest asked);

    /// <summary>A server of the test that answers every call so.</summary>
    private protected virtual WireRecorder Telling(string answer) => new(WireRecorder.Http(answer));

    [Fact]
    public async Task Read_PersonWhoDidIt_Passes()
    {
        await using var app = Start();
        var asked = Asked("测试甲");

        var (started, check) = await BeginAsync(app, asked);
        await DoAsync(app, started);
        var result = (await ReadAsync(app, started, asked)).Value;

        Assert.Equal(FaceCheckOutcome.Passed, result.Status);
        Assert.Equal(FaceCheckStatus.Passed, check.Pass(result.CheckId, result.PersonDigest, DateTimeOffset.UtcNow).Status);
        Assert.True(started.Url is not null || started.Token is not null);
        Assert.InRange(started.ValidFor, TimeSpan.FromMinutes(9), TimeSpan.FromHours(24));
    }

    [Fact]
    public async Task Read_SomebodyElsesFace_Fails()
    {
        await using var app = Start();
        var asked = Asked("测试拒");

        var (started, _) = await BeginAsync(app, asked);
        await DoAsync(app, started);
        var result = (await ReadAsync(app, started, asked)).Value;

        Assert.Equal((FaceCheckOutcome.Failed, FaceCheckReasons.FaceMismatch), (result.Status, result.Reason));
    }

    [Fact]
    public async Task Read_NotFinished_IsPending()
    {
        await using var app = Start();
        var asked = Asked("测试待");

        var (started, _) = await BeginAsync(app, asked);

        Assert.Equal(FaceCheckOutcome.Pending, (await ReadAsync(app, started, asked)).Value.Status);
        await DoAsync(app, started);
        Assert.Equal(FaceCheckOutcome.Pending, (await ReadAsync(app, started, asked)).Value.Status);
    }

    [Fact]
    public async Task Read_ReferenceThatIsUnknownOrOver_IsExpired()
    {
        await using var app = Start();

        var result = (await app.Get<IFaceCheckProvider>().ReadAsync(new FaceCheckQuery("unknown", Asked("测试甲")), None)).Value;

        Assert.Equal((FaceCheckOutcome.Expired, FaceCheckReasons.Expired), (result.Status, result.Reason));
    }

    [Fact]
    public async Task Read_ServiceThatLies_NeverPasses()
    {
        var asked = Asked("测试甲");
        Assert.Equal(FaceCheckStatus.Passed, await JudgedAsync(asked, Truth(asked)));
        foreach (var lie in Lies(asked, Other))
        {
            Assert.Equal(FaceCheckStatus.Failed, await JudgedAsync(asked, lie));
        }
    }

    [Theory]
    [InlineData("http5xx")]
    [InlineData("malformedJson")]
    [InlineData("dropped")]
    public async Task Call_ServiceInTrouble_IsUnavailableAndRecovers(string kind)
    {
        await using var app = Start();
        var asked = Asked("测试甲");
        var (started, _) = await BeginAsync(app, asked);
        await app.FaultAsync(new { endpoint = Service, kind });

        Refused((await app.Get<IFaceCheckProvider>().StartAsync(asked with { CheckId = NewId() }, None)).Error);
        Refused((await ReadAsync(app, started, asked)).Error);

        await app.Client.DeleteAsync("/sandbox/faults");
        await DoAsync(app, started);
        Assert.Equal(FaceCheckOutcome.Passed, (await ReadAsync(app, started, asked)).Value.Status);
    }

    [Fact]
    public async Task Call_ServiceSlow_IsUnavailableWithinFiveSeconds()
    {
        await using var app = Start();
        var asked = Asked("测试甲");
        var (started, _) = await BeginAsync(app, asked);
        await app.FaultAsync(new { endpoint = Service, kind = "slow", delayMilliseconds = 20_000 });
        var watch = Stopwatch.StartNew();

        Refused((await ReadAsync(app, started, asked)).Error);

        // Half a second for the test's own machine.
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(5.5));
    }

    [Fact]
    public async Task Call_NobodyThere_IsUnavailable()
    {
        await using var rig = new FaceRig(Provider, "http://127.0.0.1:9");

        Refused((await rig.Provider.StartAsync(FaceRig.Asked, None)).Error);
        Refused((await rig.Provider.ReadAsync(FaceRig.Query, None)).Error);
    }

    [Fact]
    public async Task Start_CertificateItCannotLookUp_IsRefused()
    {
        await using var app = Start();

        var started = await app.Get<IFaceCheckProvider>().StartAsync(Asked("测试甲") with { CertificateType = 11 }, None);

        Assert.False(app.Get<IFaceCheckProvider>().Supports(11));
        Assert.True(app.Get<IFaceCheckProvider>().Supports(2));
        Assert.Equal("faceCheck.notSupported", started.Error?.Code);
    }

    [Fact]
    public async Task Call_AnyOutcome_LogsNothingOfThePerson()
    {
        foreach (var answer in Lies(FaceRig.Asked, Other).Prepend(Truth(FaceRig.Asked)).Append("测试甲 {").Append("{}"))
        {
            await using var wire = Telling(answer);
            await using var rig = new FaceRig(Provider, wire.Address);
            await rig.Provider.StartAsync(FaceRig.Asked, None);
            await rig.Provider.ReadAsync(FaceRig.Query, None);

            string[] secrets = [FaceRig.Name, FaceRig.Number, Other, FaceRig.Asked.OpenId!, FaceRig.SecretKey];
            Assert.All(secrets, s => Assert.DoesNotContain(rig.Logged, l => l.Contains(s, StringComparison.OrdinalIgnoreCase)));
        }

        Assert.DoesNotContain(FaceRig.Name, FaceRig.Asked.ToString() + FaceRig.Query, StringComparison.Ordinal);
    }

    protected static string NewId() => Guid.CreateVersion7().ToString("N");

    protected static FaceCheckRequest Asked(string name) => new(NewId(), name, 2, FaceRig.Number, SandboxLogins.OpenId("wx-of-the-tests", "lin"));

    private TestApp Start() => TestApp.Start(("FaceCheck:Provider", Provider));

    /// <summary>The check as a filing would keep it.</summary>
    private static async Task<(FaceCheckStart Started, FaceCheck Check)> BeginAsync(TestApp app, FaceCheckRequest asked)
    {
        var started = (await app.Get<IFaceCheckProvider>().StartAsync(asked, None)).Value;
        return (started, CheckOf(asked, started.ProviderRef));
    }

    private static FaceCheck CheckOf(FaceCheckRequest asked, string reference) => FaceCheck.Started(
        asked.CheckId, reference, PersonDigest.Of(asked.Name, asked.CertificateType, asked.CertificateNumber), null, DateTimeOffset.UtcNow, TimeSpan.FromHours(1));

    private static Task<Result<FaceCheckResult>> ReadAsync(TestApp app, FaceCheckStart started, FaceCheckRequest asked) =>
        app.Get<IFaceCheckProvider>().ReadAsync(new FaceCheckQuery(started.ProviderRef, asked), None);

    /// <summary>The person does it, where there is a page.</summary>
    private static async Task DoAsync(TestApp app, FaceCheckStart started)
    {
        if (started.Url is not null)
        {
            Assert.True((await app.Client.GetAsync(started.Url)).IsSuccessStatusCode);
        }
    }

    private async Task<FaceCheckStatus> JudgedAsync(FaceCheckRequest asked, string answer)
    {
        await using var wire = Telling(answer);
        await using var rig = new FaceRig(Provider, wire.Address);
        var result = (await rig.Provider.ReadAsync(new FaceCheckQuery("TOKEN", asked), None)).Value;
        var check = CheckOf(asked, "TOKEN");
        return (result.Status == FaceCheckOutcome.Passed ? check.Pass(result.CheckId, result.PersonDigest, DateTimeOffset.UtcNow) : check.Fail(result.Reason!, DateTimeOffset.UtcNow)).Status;
    }

    private static void Refused(DomainError? error)
    {
        Assert.Equal(("faceCheck.unavailable", ErrorKind.Unavailable), (error?.Code, error?.Kind));
        Assert.NotNull(error!.RetryAfter);
    }
}

public sealed class SandboxFaceCheckTests : FaceCheckProviderContract
{
    protected override string Provider => "sandbox";

    protected override string Service => "face";

    protected override IEnumerable<string> Lies(FaceCheckRequest asked, string otherNumber) =>
        [Told(asked with { Name = "测试乙" }), Told(asked with { CertificateNumber = otherNumber }), Told(asked with { CertificateType = 41 }), Told(asked with { CheckId = "another" })];

    protected override string Truth(FaceCheckRequest asked) => Told(asked);

    private static string Told(FaceCheckRequest r) =>
        $$"""{"status":"passed","reason":null,"checkId":"{{r.CheckId}}","name":"{{r.Name}}","certificateType":{{r.CertificateType}},"certificateNumber":"{{r.CertificateNumber}}","score":99.0,"at":null}""";
}

public sealed class FaceIdFaceCheckTests : FaceCheckProviderContract
{
    protected override string Provider => "tencentFaceId";

    protected override string Service => "tencent";

    protected override IEnumerable<string> Lies(FaceCheckRequest asked, string otherNumber) =>
    [
        Told("测试乙", asked.CertificateNumber, asked.CheckId), Told(asked.Name, otherNumber, asked.CheckId), Told(asked.Name, asked.CertificateNumber, "another"),
        Told(null, asked.CertificateNumber, asked.CheckId), Told(asked.Name, null, asked.CheckId), Told(asked.Name, "", asked.CheckId), Told(asked.Name, asked.CertificateNumber, null),
    ];

    protected override string Truth(FaceCheckRequest asked) => Told(asked.Name, asked.CertificateNumber, asked.CheckId);

    private static string Told(string? name, string? number, string? extra) => JsonSerializer.Serialize(
        new { Response = new { Text = new { ErrCode = 0, Name = name, IdCard = number, Extra = extra, Sim = "99.00" }, RequestId = "r" } });
}

public sealed class EidFaceCheckTests : FaceCheckProviderContract
{
    protected override string Provider => "tencentEid";

    protected override string Service => "tencent";

    /// <summary>Name and number may be absent here, as the service keeps them; never wrong, and our own id must be there.</summary>
    protected override IEnumerable<string> Lies(FaceCheckRequest asked, string otherNumber) =>
    [
        Told("测试乙", asked.CertificateNumber, asked.CheckId), Told(asked.Name, otherNumber, asked.CheckId), Told(null, otherNumber, asked.CheckId), Told("测试乙", null, asked.CheckId),
        Told(asked.Name, asked.CertificateNumber, "another"), Told(null, null, "another"), Told(null, null, null), Told(null, null, string.Empty),
    ];

    protected override string Truth(FaceCheckRequest asked) => Told(null, null, asked.CheckId);

    private static string Told(string? name, string? number, string? extra) => JsonSerializer.Serialize(
        new { Response = new { Status = "finished", Text = new { ErrCode = 0, Name = name, IdCard = number, Extra = extra, Sim = "99.00" }, RequestId = "r" } });
}

public sealed class WeChatFaceCheckTests : FaceCheckProviderContract
{
    protected override string Provider => "wechat";

    protected override string Service => "wechat/cityservice";

    /// <summary>WeChat names nobody; it compares the person's digest, the serial and the user itself.</summary>
    protected override IEnumerable<string> Lies(FaceCheckRequest asked, string otherNumber) =>
        ["""{"errcode":84017,"errmsg":"x"}""", """{"errcode":84018,"errmsg":"x"}""", """{"errcode":84020,"errmsg":"x"}""", """{"errcode":0,"errmsg":"ok","verify_ret":10003}"""];

    protected override string Truth(FaceCheckRequest asked) => """{"errcode":0,"errmsg":"ok","verify_ret":10000}""";

    private protected override WireRecorder Telling(string answer) => WireRecorder.Scripted(Encoding.UTF8.GetBytes(WireRecorder.Http(answer)));
}
