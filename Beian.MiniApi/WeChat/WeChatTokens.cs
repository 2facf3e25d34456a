using Beian.MiniApi.Coordination;
using Beian.MiniApi.Domain;
using Microsoft.Extensions.Options;

namespace Beian.MiniApi.WeChat;

/// <summary>
/// Keeps one good access token: one refresh in flight, over all instances while the lease can be had, renewed in the background when fewer than 300 s are left, and what is to be done
/// when an endpoint refuses a token. The forced refresh, which voids the old token for everyone, is the guarded last resort and never used on start-up.
/// </summary>
internal sealed class WeChatTokens(
    WeChatGateway gateway, IWeChatTokenCache cache, ILeases leases, WeChatMetrics metrics, IOptions<WeChatOptions> options, TimeProvider time, ILogger<WeChatTokens> logger)
{
    /// <summary>WeChat hands out the next token from here on, and both work meanwhile.</summary>
    public static readonly TimeSpan RenewBefore = TimeSpan.FromSeconds(300);

    /// <summary>WeChat does not refresh on forced calls closer than this.</summary>
    public static readonly TimeSpan ForcedGap = TimeSpan.FromSeconds(30);

    /// <summary>Time a fresh token may need until every endpoint knows it.</summary>
    private static readonly TimeSpan SpreadPause = TimeSpan.FromSeconds(1);

    /// <summary>How long an instance may take to refresh before another one does, 10 s; and how long the others wait for it.</summary>
    private static readonly TimeSpan RefreshLife = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    private readonly string _me = Guid.NewGuid().ToString("N");
    private readonly Lock _gate = new();
    private Task<Result<WeChatToken>>? _refresh;

    private string AppId => options.Value.AppId;

    private string LeaseName => "wechat-token:" + AppId;

    public async Task<Result<WeChatToken>> GetAsync(CancellationToken cancellationToken)
    {
        var token = await cache.FindAsync(AppId, cancellationToken);
        var left = token is null ? TimeSpan.Zero : token.ExpiresAt - time.GetUtcNow();
        if (token is null || left <= TimeSpan.Zero)
        {
            return await RefreshAsync(token).WaitAsync(cancellationToken);
        }

        if (left < RenewBefore)
        {
            // Not awaited: the present token still works, and the shared refresh reports its own failure.
            _ = RefreshAsync(token);
        }

        return token;
    }

    /// <summary>Renews a token that is still good but has fewer than 300 s left, so that nobody has to wait for it; does nothing where none is kept.</summary>
    public async Task RenewIfDueAsync(CancellationToken cancellationToken)
    {
        if (await cache.FindAsync(AppId, cancellationToken) is { } token && token.ExpiresAt - time.GetUtcNow() is var left && left > TimeSpan.Zero && left < RenewBefore)
        {
            await RefreshAsync(token).WaitAsync(cancellationToken);
        }
    }

    /// <summary>
    /// Makes a call that carries a token. Where the token is refused: again with the cached one if another process replaced it, else with the one
    /// WeChat now names (after a second, if it names the same), and at last with a forced one. At most four calls, never a loop.
    /// </summary>
    public async Task<Result<WeChatReply>> UseAsync(Func<WeChatToken, CancellationToken, Task<WeChatReply>> call, CancellationToken cancellationToken)
    {
        var first = await GetAsync(cancellationToken);
        if (!first.TryGet(out var token, out var refusal))
        {
            return refusal;
        }

        var reply = await call(token, cancellationToken);
        if (gateway.IsTokenRefused(reply) && await cache.FindAsync(AppId, cancellationToken) is { } newer && newer.Value != token.Value)
        {
            token = newer;
            reply = await call(token, cancellationToken);
        }

        foreach (var way in (Func<WeChatToken, CancellationToken, Task<Result<WeChatToken>>>[])[ReplaceAsync, ForceAsync])
        {
            if (!gateway.IsTokenRefused(reply))
            {
                return reply;
            }

            var next = await way(token, cancellationToken);
            if (!next.TryGet(out var replacement, out refusal))
            {
                return refusal;
            }

            token = replacement;
            reply = await call(token, cancellationToken);
        }

        return reply;
    }

    /// <summary>Asks in normal mode. The same token again means that it has not spread yet: it is returned after a pause.</summary>
    private async Task<Result<WeChatToken>> ReplaceAsync(WeChatToken refused, CancellationToken cancellationToken)
    {
        var fresh = await RefreshAsync(refused).WaitAsync(cancellationToken);
        if (fresh.Error is null && fresh.Value.Value == refused.Value)
        {
            await Task.Delay(SpreadPause, time, cancellationToken);
        }

        return fresh;
    }

    private async Task<Result<WeChatToken>> ForceAsync(WeChatToken refused, CancellationToken cancellationToken)
    {
        if (!await cache.TryTakeForcedRefreshAsync(AppId, time.GetUtcNow(), ForcedGap, options.Value.ForcedRefreshesPerDay, cancellationToken))
        {
            return await cache.FindAsync(AppId, cancellationToken) is { } newer && newer.Value != refused.Value ? newer : WeChatErrors.Credential(ForcedGap);
        }

        logger.LogWarning("Forcing a new access token: the current one is refused again and again");
        return await FetchLeasedAsync(force: true);
    }

    /// <summary>The refresh in flight, or a new one. Belongs to no single caller, so nobody's leaving cancels it.</summary>
    /// <param name="seen">The token that is no longer good enough; null when there was none.</param>
    private Task<Result<WeChatToken>> RefreshAsync(WeChatToken? seen)
    {
        lock (_gate)
        {
            if (_refresh is null or { IsCompleted: true })
            {
                _refresh = Task.Run(() => FetchUnlessReplacedAsync(seen));
            }

            return _refresh;
        }
    }

    /// <summary>Another caller or process may have finished a refresh since the cache was looked at.</summary>
    private async Task<Result<WeChatToken>> FetchUnlessReplacedAsync(WeChatToken? seen)
    {
        var began = time.GetTimestamp();
        while (true)
        {
            var cached = await cache.FindAsync(AppId, CancellationToken.None);
            if (cached is not null && cached.Value != seen?.Value && cached.ExpiresAt - time.GetUtcNow() >= RenewBefore)
            {
                return cached;
            }

            // Asking twice at once does no harm, WeChat names the same token; so that nobody waits for ever for an instance that has stopped in the middle.
            if (time.GetElapsedTime(began) >= RefreshLife || (await LeaseAsync()) is not { State: LeaseState.Held })
            {
                return await FetchLeasedAsync(force: false);
            }

            await Task.Delay(Pause, CancellationToken.None);
        }
    }

    private ValueTask<LeaseAnswer> LeaseAsync() => leases.TakeAsync(LeaseName, _me, RefreshLife, CancellationToken.None);

    private async Task<Result<WeChatToken>> FetchLeasedAsync(bool force)
    {
        var began = time.GetTimestamp();
        var lease = await LeaseAsync();
        while (lease.State == LeaseState.Held && time.GetElapsedTime(began) < RefreshLife)
        {
            await Task.Delay(Pause, CancellationToken.None);
            lease = await LeaseAsync();
        }

        try
        {
            return await FetchAsync(force, lease.Fence);
        }
        finally
        {
            await leases.ReleaseAsync(LeaseName, _me, CancellationToken.None);
        }
    }

    private async Task<Result<WeChatToken>> FetchAsync(bool force, long fence)
    {
        var body = WeChatBody.Json(new StableTokenRequest("client_credential", AppId, options.Value.AppSecret, force));
        var askedAt = time.GetUtcNow();
        var reply = await gateway.SendAsync(WeChatCall.StableToken, [], body, CancellationToken.None);
        if (gateway.Judge(WeChatCall.StableToken, reply) is { } refusal)
        {
            return refusal;
        }

        if (reply.Text("access_token") is not { } value || reply.Number("expires_in") is not (> 0 and var seconds))
        {
            return gateway.Incomplete(WeChatCall.StableToken);
        }

        // Counted from the question, so that the token is never believed to live longer than it does.
        var token = new WeChatToken(value, askedAt, askedAt.AddSeconds(seconds));
        await cache.StoreAsync(AppId, token, fence, CancellationToken.None);
        metrics.Refreshed(force);
        return token;
    }

    private sealed record StableTokenRequest(string GrantType, string Appid, string Secret, bool ForceRefresh);
}
