using Beian.MiniApi.Coordination;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Tests.Fixtures;
using Beian.MiniApi.WeChat;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Beian.MiniApi.Tests.WeChat;

/// <summary>The WeChat room as the program registers it, pointed at an address of the test, with everything it logs kept.</summary>
internal sealed class WeChatRig : IAsyncDisposable
{
    public const string AppId = "wx0123456789abcdef";
    public const string AppSecret = "made-up-secret-of-a-test";

    private readonly WebApplication _app;
    private readonly LogBook _logs = new();

    public WeChatRig(string baseUrl, params (string Key, string Value)[] settings)
        : this(baseUrl, _ => { }, settings)
    {
    }

    /// <param name="baseUrl">Where WeChat is played.</param>
    /// <param name="services">Registers what is to be used instead of the program's own.</param>
    /// <param name="settings">Settings of WeChat.</param>
    public WeChatRig(string baseUrl, Action<IServiceCollection> services, params (string Key, string Value)[] settings)
    {
        var builder = WebApplication.CreateSlimBuilder();

        // More patience than the program has: a busy machine is not what is tested.
        (string Key, string Value)[] defaults =
        [
            ("BaseUrl", baseUrl), ("AppId", AppId), ("AppSecret", AppSecret), ("AttemptTimeoutMilliseconds", "15000"), ("CallTimeoutMilliseconds", "30000"),
            ("PictureAttemptTimeoutMilliseconds", "15000"), ("PictureCallTimeoutMilliseconds", "30000"),
        ];
        builder.Configuration.AddInMemoryCollection(settings.UnionBy(defaults, s => s.Key).Select(s => KeyValuePair.Create("WeChat:" + s.Key, (string?)s.Value)));
        builder.Logging.ClearProviders().AddProvider(_logs).SetMinimumLevel(LogLevel.Trace);
        builder.Services.AddSingleton<TimeProvider>(Clock);
        builder.Services.AddSingleton<SelfAddress>();
        builder.AddCoordination();
        builder.AddWeChat();
        services(builder.Services);
        _app = builder.Build();
    }

    public MovableClock Clock { get; } = new();

    public IWeChatClient Client => _app.Services.GetRequiredService<IWeChatClient>();

    public WeChatTokens Tokens => _app.Services.GetRequiredService<WeChatTokens>();

    public WeChatGateway Gateway => _app.Services.GetRequiredService<WeChatGateway>();

    public IServiceProvider Services => _app.Services;

    public IReadOnlyList<string> Logged => _logs.Lines;

    /// <summary>Starts what runs by itself, on a port of its own.</summary>
    public Task StartAsync()
    {
        _app.Urls.Add("http://127.0.0.1:0");
        return _app.StartAsync();
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    /// <summary>Tells the real time plus what the test added; its timers run in real time.</summary>
    internal sealed class MovableClock : TimeProvider
    {
        private TimeSpan _ahead;

        public override DateTimeOffset GetUtcNow() => System.GetUtcNow() + _ahead;

        public void Advance(TimeSpan by) => _ahead += by;
    }
}
