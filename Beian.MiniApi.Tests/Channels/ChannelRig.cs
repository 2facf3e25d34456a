using System.Collections.Concurrent;
using System.Net;
using Beian.MiniApi.Channels;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Probe;
using Beian.MiniApi.Storage;
using Beian.MiniApi.Tests.Fixtures;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Beian.MiniApi.Tests.Channels;

/// <summary>The room of channels as the program registers it, with settings, names and webhooks of a test, and everything it logs kept.</summary>
internal sealed class ChannelRig : IAsyncDisposable, INameResolver
{
    /// <summary>Nobody's: the prefix 199 with zeroes.</summary>
    public const string Mobile = "19900000000";

    public const string Address = "ce.shi@example.com";

    private readonly WebApplication _app;
    private readonly LogBook _logs = new();
    private readonly ConcurrentDictionary<string, Func<int, IReadOnlyList<IPAddress>?>> _names = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> _asked = new(StringComparer.Ordinal);

    /// <param name="environment">Development calls http and any port.</param>
    /// <param name="settings">Configuration over nothing.</param>
    public ChannelRig(string environment, params (string Key, string Value)[] settings)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = environment });
        builder.Configuration.Sources.Clear();
        builder.Configuration.AddInMemoryCollection(settings.Select(s => KeyValuePair.Create(s.Key, (string?)s.Value)));
        builder.Logging.ClearProviders().AddProvider(_logs).SetMinimumLevel(LogLevel.Trace);
        builder.Services.AddSingleton<SelfAddress>();
        builder.Services.AddSingleton<INameResolver>(this);
        builder.Services.AddSingleton<PublicHttp>();
        builder.Services.AddSingleton<IWebhookStore>(Webhooks);
        builder.AddChannels();
        _app = builder.Build();
    }

    public FewWebhooks Webhooks { get; } = new();

    public IReadOnlyList<string> Logged => _logs.Lines;

    public IWebhookAddresses Addresses => _app.Services.GetRequiredService<IWebhookAddresses>();

    public IChannel Channel(ChannelKind kind) => _app.Services.GetServices<IChannel>().Single(c => c.Kind == kind);

    public Task<ParcelOutcome> SendAsync(ChannelKind kind, Parcel parcel) => Channel(kind).SendAsync(parcel, default);

    /// <summary>A message as the queue makes it.</summary>
    public static Parcel AParcel(string address, string happened = "approve", string? subject = "初审已通过", string key = "n1:sms:t1", string payload = "") => new(
        key, happened, address, subject, "您的备案已通过初审。", new Dictionary<string, string> { ["state"] = "待提交管局", ["hint"] = "初审已通过，将提交管局" }, System.Text.Encoding.UTF8.GetBytes(payload), 1);

    /// <param name="host">The name.</param>
    /// <param name="answer">What the resolver says the first, second … time; null for no answer.</param>
    public void Name(string host, Func<int, IReadOnlyList<IPAddress>?> answer) => _names[host] = answer;

    public void Name(string host, params string[] addresses) => Name(host, _ => [.. addresses.Select(IPAddress.Parse)]);

    public int Asked(string host) => _asked.GetValueOrDefault(host);

    public Task<IReadOnlyList<IPAddress>?> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        var times = _asked.AddOrUpdate(host, 1, (_, n) => n + 1);
        return Task.FromResult(_names.TryGetValue(host, out var answer) ? answer(times) : []);
    }

    /// <summary>Nothing that was logged tells who was written to.</summary>
    public void AssertNobodyNamed() => Assert.All(Logged, line =>
    {
        Assert.DoesNotContain(Mobile, line, StringComparison.Ordinal);
        Assert.DoesNotContain(Address, line, StringComparison.OrdinalIgnoreCase);
    });

    /// <summary>What the program does before it listens.</summary>
    public void Validate() => _app.Services.GetRequiredService<Microsoft.Extensions.Options.IStartupValidator>().Validate();

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    /// <summary>Webhooks without a database: what a channel reads of them.</summary>
    internal sealed class FewWebhooks : IWebhookStore
    {
        private readonly ConcurrentDictionary<string, WebhookTarget> _all = new(StringComparer.Ordinal);

        public void Set(string url, bool active, params byte[][] secrets) => _all["w1"] = new WebhookTarget("w1", new Uri(url), secrets, active);

        public Task<WebhookTarget?> FindAsync(string id, CancellationToken cancellationToken) => Task.FromResult(_all.GetValueOrDefault(id));

        public Task AddAsync(Webhook webhook, byte[] secret, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<Webhook?> GetAsync(string id, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<IReadOnlyList<Webhook>> ListAsync(CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<IReadOnlyList<Webhook>> ListForAsync(string accountId, string eventCode, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<bool> ChangeAsync(Webhook webhook, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<bool> RotateAsync(string id, byte[] secret, DateTimeOffset oldUntil, CancellationToken cancellationToken) => throw new NotSupportedException();

        public Task<bool> RemoveAsync(string id, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
