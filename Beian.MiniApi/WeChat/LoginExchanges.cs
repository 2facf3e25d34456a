using Beian.MiniApi.Coordination;
using Beian.MiniApi.Domain;

namespace Beian.MiniApi.WeChat;

/// <summary>
/// Sees to it that a login code is exchanged once: calls that arrive while its exchange is in flight share it, later ones, and those that come to another instance, are
/// told that it was used. Phones and proxies do send a login twice. Only codes that WeChat accepted stay used; a failed exchange may be tried again.
/// </summary>
internal sealed class LoginExchanges(ISingleUse codes)
{
    /// <summary>How long a used code is remembered; WeChat's codes live 5 minutes, after which it refuses them itself.</summary>
    private static readonly TimeSpan Memory = TimeSpan.FromMinutes(10);

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Task<Result<WeChatSession>>> _inFlight = new(StringComparer.Ordinal);
    /// <param name="code">The login code.</param>
    /// <param name="exchange">Asks WeChat; not bound to any one caller.</param>
    public Task<Result<WeChatSession>> ShareAsync(string code, Func<string, Task<Result<WeChatSession>>> exchange)
    {
        lock (_gate)
        {
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
        var what = "login-code:" + code;
        var accepted = false;
        var taken = false;
        try
        {
            if (!(taken = await codes.TakeAsync(what, Memory, CancellationToken.None)))
            {
                return WeChatErrors.CodeUsed();
            }

            var answer = await exchange(code);
            accepted = answer.Error is null;
            return answer;
        }
        finally
        {
            if (taken && !accepted)
            {
                await codes.GiveBackAsync(what, CancellationToken.None);
            }

            lock (_gate)
            {
                _inFlight.Remove(code);
            }
        }
    }
}
