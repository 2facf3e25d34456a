using Beian.MiniApi.Domain;
using Beian.MiniApi.Probe;
using Microsoft.Extensions.Options;

namespace Beian.MiniApi.Channels.Webhooks;

/// <summary>Which addresses may be called: https on the permitted ports, no credentials, nothing but public addresses behind the name. Development calls http too.</summary>
internal sealed class WebhookAddresses(PublicHttp http, IOptions<WebhookOptions> options, IHostEnvironment environment) : IWebhookAddresses
{
    private const int MaxLength = 2_000;

    private static readonly int[] StandardPorts = [443, 8443];

    public async Task<DomainError?> CheckAsync(Uri url, CancellationToken cancellationToken)
    {
        if (JudgeForm(url) is { } refused)
        {
            return refused;
        }

        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(options.Value.Timeout);
        try
        {
            return await http.JudgeAsync(url, options.Value.Networks(), deadline.Token) switch
            {
                null => null,
                PublicFailure.NotPublic => new DomainError("webhookUrl.notPublic", ErrorKind.Unprocessable),
                _ => new DomainError("webhookUrl.unknownHost", ErrorKind.Unprocessable),
            };
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return new DomainError("webhookUrl.unknownHost", ErrorKind.Unprocessable);
        }
    }

    /// <summary>What can be told without looking anything up.</summary>
    public DomainError? JudgeForm(Uri url)
    {
        var isWeb = url.IsAbsoluteUri && (url.Scheme == Uri.UriSchemeHttps || (url.Scheme == Uri.UriSchemeHttp && environment.IsDevelopment()));
        if (!isWeb || url.AbsoluteUri.Length > MaxLength || url.UserInfo.Length > 0 || url.Fragment.Length > 0)
        {
            return new DomainError("webhookUrl.bad", ErrorKind.Unprocessable);
        }

        var ports = options.Value.Ports.Count > 0 ? options.Value.Ports : StandardPorts;
        return environment.IsDevelopment() || ports.Contains(url.Port) ? null : new DomainError("webhookUrl.port", ErrorKind.Unprocessable);
    }
}
