using Beian.MiniApi.Coordination;

namespace Beian.MiniApi.Storage.Redis;

/// <summary>Counts over all instances, in one step and by Redis's clock; while it is away each instance counts its own calls.</summary>
internal sealed class RedisCallCounts(RedisLink link, TimeProvider time) : ICallCounts
{
    /// <summary>As <see cref="InProcessCallCounts"/>: sixty parts, the oldest counts whole. Parts of the future are from a clock that was set back.</summary>
    private const string Count =
        """
        local t = redis.call('TIME')
        local now = t[1] * 1000 + math.floor(t[2] / 1000)
        local part = tonumber(ARGV[2])
        local current = math.floor(now / part)
        local total, oldest = 0, current
        local all = redis.call('HGETALL', KEYS[1])
        for i = 1, #all, 2 do
          local p = tonumber(all[i])
          if p < current - 60 or p > current + 60 then
            redis.call('HDEL', KEYS[1], all[i])
          else
            total = total + tonumber(all[i + 1])
            if p < oldest then oldest = p end
          end
        end
        if total >= tonumber(ARGV[1]) then return math.max(1, (oldest + 61) * part - now) end
        redis.call('HINCRBY', KEYS[1], string.format('%.0f', current), 1)
        redis.call('PEXPIRE', KEYS[1], 62 * part)
        return 0
        """;

    private readonly InProcessCallCounts _own = new(time);

    public async ValueTask<TimeSpan?> CountAsync(string key, int permits, TimeSpan window, CancellationToken cancellationToken)
    {
        var part = Math.Max(1, (long)(window / InProcessCallCounts.Parts).TotalMilliseconds);
        var asked = await link.AskAsync(async redis => (long)await redis.ScriptEvaluateAsync(Count, [link.Digest("count", key)], [permits, part]), cancellationToken);
        if (!asked.IsAnswered)
        {
            return await _own.CountAsync(key, permits, window, cancellationToken);
        }

        return asked.Value == 0 ? null : TimeSpan.FromMilliseconds(asked.Value);
    }
}
