using Beian.MiniApi.Coordination;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Beian.MiniApi.Storage.Redis;

/// <summary>Tells the other instances over one channel.</summary>
internal sealed class RedisBroadcast : IBroadcast
{
    private readonly InProcessBroadcast _own = new();
    private readonly string _me = Guid.NewGuid().ToString("N");
    private readonly RedisLink _link;
    private readonly RedisChannel _channel;
    private readonly Lock _gate = new();
    private IConnectionMultiplexer? _heard;

    public RedisBroadcast(RedisLink link, IOptions<CacheOptions> options)
    {
        (_link, _channel) = (link, RedisChannel.Literal(options.Value.Prefix + "broadcast"));
        link.WhenConnected(SubscribeAsync);
    }

    public void Listen(string topic, Action<string> hear) => _own.Listen(topic, hear);

    public async ValueTask TellAsync(string topic, string text)
    {
        await _own.TellAsync(topic, text);
        await _link.AskAsync(redis => redis.PublishAsync(_channel, $"{_me}\n{topic}\n{text}"), CancellationToken.None);
    }

    /// <summary>Once for a connection: it subscribes again by itself after each break.</summary>
    private async Task SubscribeAsync(IConnectionMultiplexer redis)
    {
        lock (_gate)
        {
            if (ReferenceEquals(_heard, redis))
            {
                return;
            }

            _heard = redis;
        }

        try
        {
            (await redis.GetSubscriber().SubscribeAsync(_channel)).OnMessage(said => HearAsync(said.Message.ToString()));
        }
        catch
        {
            lock (_gate)
            {
                _heard = null;
            }

            throw;
        }
    }

    private async Task HearAsync(string message)
    {
        if (message.Split('\n', 3) is [var from, var topic, var text] && from != _me)
        {
            await _own.TellAsync(topic, text);
        }
    }
}
