using Beian.MiniApi.Domain;

namespace Beian.MiniApi.WeChat;

/// <summary>
/// Sees to it that a login code is exchanged once: calls that arrive while its exchange is in flight share it, later ones are told that it was used.
/// Phones and proxies do send a login twice. Only codes that WeChat accepted are remembered; a failed exchange may be tried again.
/// </summary>
internal sealed class LoginExchanges(TimeProvider time)
{
    /// <summary>How long a used code is remembered; WeChat's codes live 5 minutes, after which it refuses them itself.</summary>
    private static readonly TimeSpan Memory = TimeSpan.FromMinutes(10);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Task<Result<WeChatSession>>> _inFlight = new(StringComparer.Ordinal);
    private readonly HashSet<string> _used = new(StringComparer.Ordinal);
    private readonly Queue<(string Code, DateTimeOffset Forget)> _forgetting = new();

    /// <param name="code">The login code.</param>
    /// <param name="exchange">Asks WeChat; not bound to any one caller.</param>
    public Task<Result<WeChatSession>> ShareAsync(string code, Func<string, Task<Result<WeChatSession>>> exchange)
    {
        lock (_gate)
        {
            Forget();
            if (_used.Contains(code))
            {
                return Task.FromResult<Result<WeChatSession>>(WeChatErrors.CodeUsed());
            }

            if (!_inFlight.TryGetValue(code, out var running))
            {
                // Task.Run: the exchange must not finish, and so try to leave the table, before it has entered it.
                running = Task.Run(() => RunAsync(code, exchange));
                _inFlight.Add(code, running);
            }

            return running;
        }
    }

    private async Task<Result<WeChatSession>> RunAsync(string code, Func<string, Task<Result<WeChatSession>>> exchange)
    {
        var accepted = false;
        try
        {
            var answer = await exchange(code);
            accepted = answer.Error is null;
            return answer;
        }
        finally
        {
            lock (_gate)
            {
                _inFlight.Remove(code);
                if (accepted && _used.Add(code))
                {
                    _forgetting.Enqueue((code, time.GetUtcNow() + Memory));
                }
            }
        }
    }

    private void Forget()
    {
        var now = time.GetUtcNow();
        while (_forgetting.TryPeek(out var oldest) && oldest.Forget <= now)
        {
            _used.Remove(_forgetting.Dequeue().Code);
        }
    }
}
