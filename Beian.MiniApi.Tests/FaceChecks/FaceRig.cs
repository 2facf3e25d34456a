using Beian.MiniApi.Coordination;
using Beian.MiniApi.FaceChecks;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Tests.Fixtures;
using Beian.MiniApi.WeChat;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Beian.MiniApi.Tests.FaceChecks;

/// <summary>The room of face checks as the program registers it, pointed at an address of the test, with everything it logs kept.</summary>
internal sealed class FaceRig : IAsyncDisposable
{
    public const string SecretId = "AKIDexampleexampleexampleexample0001";
    public const string SecretKey = "exampleSecretKeyexampleSecretKe1";

    /// <summary>No region has this code, so nobody has this number.</summary>
    public const string Number = "00000019000101000X";

    public const string Name = "测试甲";

    public const string CheckId = "0123456789abcdef0123456789abcdef";

    public static readonly FaceCheckRequest Asked = new(CheckId, Name, 2, Number, "oIcpF0TestUser0000000000001A");

    public static readonly FaceCheckQuery Query = new("TOKEN", Asked);

    private readonly WebApplication _app;
    private readonly LogBook _logs = new();

    /// <param name="provider">As in the settings.</param>
    /// <param name="address">Of the test's server, without a slash at its end.</param>
    /// <param name="settings">Over those of <c>FaceCheck</c>, without that prefix.</param>
    public FaceRig(string provider, string address, params (string Key, string Value)[] settings)
    {
        var builder = WebApplication.CreateSlimBuilder();

        // More patience than the program has: a busy machine is not what is tested.
        (string Key, string Value)[] defaults =
        [
            ("Provider", provider), ("BaseUrl", address + "/"), ("Timeout", "00:00:30"), ("Tencent:Endpoint", address + "/"), ("Tencent:SecretId", SecretId),
            ("Tencent:SecretKey", SecretKey), ("Tencent:MerchantId", "M1"), ("Tencent:RuleId", "1"),
        ];
        builder.Configuration.AddInMemoryCollection(settings.UnionBy(defaults, s => s.Key).Select(s => KeyValuePair.Create("FaceCheck:" + s.Key, (string?)s.Value)));
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["WeChat:BaseUrl"] = address,
            ["WeChat:AppId"] = "wx0123456789abcdef",
            ["WeChat:AppSecret"] = "made-up-secret-of-a-test",
        });
        builder.Logging.ClearProviders().AddProvider(_logs).SetMinimumLevel(LogLevel.Trace);
        builder.Services.AddSingleton<TimeProvider>(Clock);
        builder.Services.AddSingleton<SelfAddress>();
        builder.AddCoordination();
        builder.AddWeChat();
        builder.AddFaceChecks();
        _app = builder.Build();
    }

    public FixedTime Clock { get; } = new();

    public IFaceCheckProvider Provider => _app.Services.GetRequiredService<IFaceCheckProvider>();

    public IReadOnlyList<string> Logged => _logs.Lines;

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    /// <summary>Stands still unless the test says otherwise; its timers run in real time.</summary>
    internal sealed class FixedTime : TimeProvider
    {
        /// <summary>The time of the computed vectors.</summary>
        public DateTimeOffset? Now { get; set; }

        public override DateTimeOffset GetUtcNow() => Now ?? System.GetUtcNow();
    }
}
