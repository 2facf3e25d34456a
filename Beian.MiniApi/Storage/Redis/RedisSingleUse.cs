using Beian.MiniApi.Coordination;
using StackExchange.Redis;

namespace Beian.MiniApi.Storage.Redis;

/// <summary>What was used up in any instance; while Redis is away, in this one.</summary>
internal sealed class RedisSingleUse(RedisLink link, TimeProvider time) : ISingleUse
{
    private readonly InProcessSingleUse _own = new(time);

    public async ValueTask<bool> TakeAsync(string what, TimeSpan memory, CancellationToken cancellationToken)
    {
        if (!await _own.TakeAsync(what, memory, cancellationToken))
        {
            return false;
        }

        var asked = await link.AskAsync(redis => redis.StringSetAsync(link.Digest("used", what), "1", memory, When.NotExists), cancellationToken);
        return !asked.IsAnswered || asked.Value;
    }

    public async ValueTask GiveBackAsync(string what, CancellationToken cancellationToken)
    {
        await _own.GiveBackAsync(what, cancellationToken);
        await link.AskAsync(redis => redis.KeyDeleteAsync(link.Digest("used", what)), cancellationToken);
    }
}
