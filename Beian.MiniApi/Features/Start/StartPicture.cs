using Beian.MiniApi.Platform;
using Beian.MiniApi.WeChat;
using Beian.MiniApi.WeChat.Models;
using Microsoft.Extensions.Options;

namespace Beian.MiniApi.Features.Start;

/// <summary>What the start page has to scan.</summary>
/// <param name="Source">A data URI.</param>
/// <param name="Link">The address in a QR code of ours; null for a Mini Program code.</param>
/// <param name="MadeAt">When its link was made at WeChat, which does not live for ever; null for what does.</param>
internal sealed record Scannable(string Source, string? Link, DateTimeOffset? MadeAt);

/// <summary>
/// Keeps the picture of the start page: WeChat's Mini Program code, else a QR code of the configured link or of one made at WeChat. Asked for in the
/// background, so that the page never waits; a code once drawn stays, since WeChat's codes do not expire.
/// </summary>
internal sealed class StartPicture(
    IWeChatClient client, MiniProgramCodes codes, IOptions<StartPageOptions> options, TimeProvider time, IHostApplicationLifetime lifetime) : BackgroundService
{
    /// <summary>What the Mini Program's home page gets as <c>scene</c>.</summary>
    private const string Scene = "from=start";

    /// <summary>Days a link lives, the most that WeChat allows.</summary>
    private const int LinkDays = 30;

    private static readonly TimeSpan Refresh = TimeSpan.FromDays(1);
    private static readonly TimeSpan Retry = TimeSpan.FromMinutes(1);

    private volatile Scannable? _code;
    private volatile Scannable? _link = options.Value.Link is { } link ? new Scannable(QrPicture.Of(link), link, null) : null;

    /// <summary>What there is now; null before the first answer of WeChat, and while it gives none and no link is configured.</summary>
    public Scannable? Current => _code ?? (IsYounger(_link, TimeSpan.FromDays(LinkDays - 1)) ? _link : null);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!options.Value.MiniProgramCode)
        {
            return;
        }

        // The sandbox is this very server, which must listen first.
        await lifetime.StartedAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(await RefreshAsync(stoppingToken) ? Refresh : Retry, time, stoppingToken);
        }
    }

    /// <returns>False when WeChat gave no code and is asked again soon.</returns>
    private async Task<bool> RefreshAsync(CancellationToken cancellationToken)
    {
        if ((await codes.DrawAsync(Scene, null, cancellationToken)).TryGet(out var drawn, out _))
        {
            _code = new Scannable(drawn, null, null);
            return true;
        }

        if (_code is null && !IsYounger(_link, Refresh) && (await client.GenerateUrlLinkAsync(new WeChatLinkRequest(null, null, LinkDays), cancellationToken)).TryGet(out var made, out _))
        {
            var address = made.Address.ToString();
            _link = new Scannable(QrPicture.Of(address), address, time.GetUtcNow());
        }

        return false;
    }

    private bool IsYounger(Scannable? link, TimeSpan age) => link is not null && (link.MadeAt is not { } made || made + age > time.GetUtcNow());
}
