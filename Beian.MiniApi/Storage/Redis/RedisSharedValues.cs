using Beian.MiniApi.Coordination;

namespace Beian.MiniApi.Storage.Redis;

/// <summary>Values in Redis, each with the fence it was written under; while Redis is away, what this instance saw last.</summary>
internal sealed class RedisSharedValues(RedisLink link, TimeProvider time) : ISharedValues
{
    private const string Store =
        """
        if tonumber(redis.call('HGET', KEYS[1], 'fence') or '0') > tonumber(ARGV[2]) then return 0 end
        redis.call('HSET', KEYS[1], 'value', ARGV[1], 'fence', ARGV[2])
        redis.call('PEXPIRE', KEYS[1], ARGV[3])
        return 1
        """;

    /// <summary>How long this instance goes on with what it saw last, 2 h.</summary>
    private static readonly TimeSpan OwnLife = TimeSpan.FromHours(2);

    private readonly InProcessSharedValues _own = new(time);

    public async ValueTask<byte[]?> FindAsync(string name, CancellationToken cancellationToken)
    {
        var asked = await link.AskAsync(async redis => (byte[]?)await redis.HashGetAsync(link.Key("value", name), "value"), cancellationToken);
        if (!asked.IsAnswered)
        {
            return await _own.FindAsync(name, cancellationToken);
        }

        if (asked.Value is { } value)
        {
            await _own.StoreAsync(name, value, OwnLife, 0, cancellationToken);
        }

        return asked.Value;
    }

    public async ValueTask StoreAsync(string name, byte[] value, TimeSpan life, long fence, CancellationToken cancellationToken)
    {
        await _own.StoreAsync(name, value, life < OwnLife ? life : OwnLife, 0, cancellationToken);
        await link.AskAsync(
            async redis => (long)await redis.ScriptEvaluateAsync(Store, [link.Key("value", name)], [value, fence, Math.Max(1, (long)life.TotalMilliseconds)]), cancellationToken);
    }
}
