using Beian.MiniApi.Coordination;

namespace Beian.MiniApi.Storage.Redis;

/// <summary>Leases in Redis, by its clock.</summary>
internal sealed class RedisLeases(RedisLink link) : ILeases
{
    /// <summary>
    /// The fence is the server's time in microseconds, and more than the last one: it grows even where the last one was flushed. Below 2^53 until the year 2255, so
    /// that a script's numbers hold it.
    /// </summary>
    private const string Take =
        """
        local held = redis.call('GET', KEYS[1])
        if held then
          local fence, holder = string.match(held, '^(%d+) (.*)$')
          if holder ~= ARGV[1] then return -1 end
          redis.call('PEXPIRE', KEYS[1], ARGV[2])
          return tonumber(fence)
        end
        local t = redis.call('TIME')
        local fence = t[1] * 1000000 + t[2]
        local last = tonumber(redis.call('GET', KEYS[2]) or '0')
        if fence <= last then fence = last + 1 end
        local text = string.format('%.0f', fence)
        redis.call('SET', KEYS[2], text, 'PX', 604800000)
        redis.call('SET', KEYS[1], text .. ' ' .. ARGV[1], 'PX', ARGV[2])
        return fence
        """;

    private const string Release =
        """
        local held = redis.call('GET', KEYS[1])
        if held and string.match(held, '^%d+ (.*)$') == ARGV[1] then return redis.call('DEL', KEYS[1]) end
        return 0
        """;

    public async ValueTask<LeaseAnswer> TakeAsync(string name, string holder, TimeSpan life, CancellationToken cancellationToken)
    {
        var asked = await link.AskAsync(
            async redis => (long)await redis.ScriptEvaluateAsync(Take, [Lease(name), link.Key("fence", Tag(name))], [holder, Math.Max(1, (long)life.TotalMilliseconds)]), cancellationToken);
        return asked switch
        {
            { IsAnswered: false } => LeaseAnswer.Unknown,
            { Value: < 0 } => LeaseAnswer.Held,
            _ => LeaseAnswer.Taken(asked.Value),
        };
    }

    public async ValueTask ReleaseAsync(string name, string holder, CancellationToken cancellationToken) =>
        await link.AskAsync(async redis => (long)await redis.ScriptEvaluateAsync(Release, [Lease(name)], [holder]), cancellationToken);

    private string Lease(string name) => link.Key("lease", Tag(name));

    /// <summary>In braces, so that a Redis cluster keeps a lease and its fence on one node.</summary>
    private static string Tag(string name) => "{" + name + "}";
}
