namespace Beian.MiniApi.WeChat;

/// <summary>Where the access token of an appid is kept; shared by all processes that use the appid.</summary>
public interface IWeChatTokenCache
{
    /// <summary>The token last stored; null when none was. It may have expired.</summary>
    Task<WeChatToken?> FindAsync(string appId, CancellationToken cancellationToken);

    /// <summary>Keeps a token, unless one was kept under a larger fence.</summary>
    /// <param name="appId">Whose it is.</param>
    /// <param name="token">The token.</param>
    /// <param name="fence">Of the lease under which it was asked for; 0 for none.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task StoreAsync(string appId, WeChatToken token, long fence, CancellationToken cancellationToken);

    /// <summary>
    /// Takes one forced refresh out of the budget, in one step for all processes: false, with nothing taken, when the last one is less than
    /// <paramref name="minimumGap"/> ago or <paramref name="perDay"/> were taken on this day of Asia/Shanghai.
    /// </summary>
    Task<bool> TryTakeForcedRefreshAsync(string appId, DateTimeOffset now, TimeSpan minimumGap, int perDay, CancellationToken cancellationToken);
}

/// <summary>The cache of a single process.</summary>
internal sealed class InProcessWeChatTokenCache : IWeChatTokenCache
{
    private static readonly TimeSpan ChinaOffset = TimeSpan.FromHours(8);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, (WeChatToken Token, long Fence)> _tokens = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (DateTimeOffset Last, DateOnly Day, int Taken)> _forced = new(StringComparer.Ordinal);

    public Task<WeChatToken?> FindAsync(string appId, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            return Task.FromResult(_tokens.TryGetValue(appId, out var kept) ? kept.Token : null);
        }
    }

    public Task StoreAsync(string appId, WeChatToken token, long fence, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            if (!_tokens.TryGetValue(appId, out var kept) || kept.Fence <= fence)
            {
                _tokens[appId] = (token, fence);
            }
        }

        return Task.CompletedTask;
    }

    public Task<bool> TryTakeForcedRefreshAsync(string appId, DateTimeOffset now, TimeSpan minimumGap, int perDay, CancellationToken cancellationToken)
    {
        var today = DateOnly.FromDateTime(now.ToOffset(ChinaOffset).DateTime);
        lock (_gate)
        {
            var known = _forced.TryGetValue(appId, out var forced);
            var takenToday = known && forced.Day == today ? forced.Taken : 0;
            if (takenToday >= perDay || (known && now - forced.Last < minimumGap))
            {
                return Task.FromResult(false);
            }

            _forced[appId] = (now, today, takenToday + 1);
            return Task.FromResult(true);
        }
    }
}
