using Beian.MiniApi.Platform;
using Microsoft.Extensions.Options;

namespace Beian.MiniApi.WeChat;

/// <summary>Makes one attempt over HTTP, exactly as WeChat's gateway wants it, and turns every way it can end into a value.</summary>
/// <remarks>
/// SocketsHttpHandler itself repeats a GET, up to three times, on a connection that is closed before the first byte of an answer, and has no switch for
/// it. A login code may so be sent again; if the first sending had used it up, WeChat says so and the phone logs in anew.
/// </remarks>
internal sealed class WeChatTransport(IHttpClientFactory clients, SelfAddress self, IOptions<WeChatOptions> options)
{
    /// <summary>Name of the HTTP client. It has no loggers: addresses carry the AppSecret and tokens.</summary>
    public const string ClientName = "WeChat";

    /// <param name="call">Which endpoint.</param>
    /// <param name="query">Parameters, in order.</param>
    /// <param name="body">The body of a POST; null for a GET.</param>
    /// <param name="cancellationToken">The attempt's timeout or the caller's leave-taking; both are thrown.</param>
    public async Task<WeChatReply> AttemptAsync(
        WeChatCall call, IReadOnlyList<KeyValuePair<string, string>> query, WeChatBody? body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(body is null ? HttpMethod.Get : HttpMethod.Post, Address(call, query));
        if (body is not null)
        {
            // Not parsed, so that nothing is put into quotes again.
            request.Content = new ByteArrayContent(body.Bytes);
            request.Content.Headers.TryAddWithoutValidation("Content-Type", body.ContentType);
        }

        try
        {
            using var client = clients.CreateClient(ClientName);
            using var response = await client.SendAsync(request, HttpCompletionOption.ResponseContentRead, cancellationToken);
            return Of((int)response.StatusCode, await response.Content.ReadAsByteArrayAsync(cancellationToken));
        }
        catch (HttpRequestException e)
        {
            return Of(e);
        }
    }

    /// <summary>What an answer comes to.</summary>
    public static WeChatReply Of(int status, byte[] body) => status switch
    {
        >= 200 and < 300 => WeChatReply.Read(body),

        // A gateway that gave up waiting had passed the call on.
        StatusCodes.Status504GatewayTimeout => new WeChatReply(WeChatReplyKind.Lost, Detail: $"HTTP {status}"),
        StatusCodes.Status413PayloadTooLarge => new WeChatReply(WeChatReplyKind.TooLarge, Detail: $"HTTP {status}"),
        >= 500 => new WeChatReply(WeChatReplyKind.GatewayFault, Detail: $"HTTP {status}"),
        _ => new WeChatReply(WeChatReplyKind.GatewayRefusal, Detail: $"HTTP {status}"),
    };

    /// <summary>What a failure of the connection comes to.</summary>
    public static WeChatReply Of(HttpRequestException failure) => new(KindOf(failure.HttpRequestError), Detail: failure.HttpRequestError.ToString());

    /// <summary>The address that an endpoint's path is added to, without a slash at the end.</summary>
    public string Root() => self.Resolve(options.Value.BaseUrl, WeChatOptions.SandboxPath).AbsoluteUri.TrimEnd('/');

    private static WeChatReplyKind KindOf(HttpRequestError error) => error switch
    {
        HttpRequestError.ConnectionError or HttpRequestError.NameResolutionError or HttpRequestError.SecureConnectionError or HttpRequestError.ProxyTunnelError => WeChatReplyKind.NotSent,
        HttpRequestError.ConfigurationLimitExceeded => WeChatReplyKind.Unreadable,
        _ => WeChatReplyKind.Lost,
    };

    private Uri Address(WeChatCall call, IReadOnlyList<KeyValuePair<string, string>> query)
    {
        var parameters = string.Join('&', query.Select(p => $"{p.Key}={Uri.EscapeDataString(p.Value)}"));
        return new Uri($"{Root()}/{call.Path}{(parameters.Length == 0 ? string.Empty : "?" + parameters)}", UriKind.Absolute);
    }
}
