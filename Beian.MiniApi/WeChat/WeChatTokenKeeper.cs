using Microsoft.Extensions.Options;

namespace Beian.MiniApi.WeChat;

/// <summary>Renews the access token before it runs out while nobody calls. Fetches none at the start: the first call does.</summary>
internal sealed class WeChatTokenKeeper(WeChatTokens tokens, IOptions<WeChatOptions> options) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var looks = new PeriodicTimer(TimeSpan.FromSeconds(options.Value.TokenWatchSeconds));
        try
        {
            while (await looks.WaitForNextTickAsync(stoppingToken))
            {
                await tokens.RenewIfDueAsync(stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The program ends.
        }
    }
}
