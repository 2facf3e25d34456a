using Beian.MiniApi.Domain;
using Beian.MiniApi.WeChat.Models;
using Microsoft.Extensions.Options;

namespace Beian.MiniApi.WeChat;

/// <summary>Mini Program codes as data URIs, drawn the way the settings say.</summary>
public sealed class MiniProgramCodes(IWeChatClient client, IOptions<WeChatCodeOptions> options)
{
    /// <summary>The code as <c>data:image/jpeg;base64,…</c> (or png, as WeChat drew it), or null when WeChat does not give one within the patience of the settings.</summary>
    /// <param name="scene">At most 32 of WeChat's characters.</param>
    /// <param name="page">Null for the home page.</param>
    /// <param name="cancellationToken">Of the caller.</param>
    public async Task<string?> TryDrawAsync(string scene, string? page, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(options.Value.PatienceMilliseconds);
        try
        {
            return (await DrawAsync(scene, page, patience.Token)).TryGet(out var drawn, out _) ? drawn : null;
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <summary>The code as a data URI, or why WeChat refuses; takes as long as WeChat takes.</summary>
    /// <inheritdoc cref="TryDrawAsync"/>
    public async Task<Result<string>> DrawAsync(string scene, string? page, CancellationToken cancellationToken)
    {
        var o = options.Value;
        var drawn = await client.GetUnlimitedCodeAsync(
            new WeChatCodeRequest(scene, page) { CheckPath = o.CheckPath, Edition = o.Edition, Width = o.Width }, cancellationToken);
        return drawn.TryGet(out var picture, out var refusal) ? $"data:{picture.ContentType};base64,{Convert.ToBase64String(picture.Bytes)}" : refusal;
    }
}
