using Microsoft.Extensions.Options;
using SKIT.FlurlHttpClient;
using SKIT.FlurlHttpClient.Wechat.Api;

namespace Beian.MiniApi.WeChat.Skit;

/// <summary>
/// Makes one attempt by SKIT over the connections of the built-in client, and turns every way it can end into the same values. SKIT writes the requests; the
/// answers are read from their bytes: SKIT takes a page of HTML with status 200 for a success, and loses what does not fit its models.
/// </summary>
internal sealed class SkitSender(IHttpMessageHandlerFactory handlers, WeChatTransport transport, IOptions<WeChatOptions> options)
{
    /// <summary>An answer of the endpoints in use is far below this.</summary>
    private const int MaxAnswerBytes = 1024 * 1024;

    private static readonly SkitJson Json = new();

    /// <summary>Always a reply; throws only when it is asked to stop.</summary>
    /// <param name="execute">Makes the call.</param>
    /// <param name="cancellationToken">The attempt's time limit or the caller's leave-taking.</param>
    public async Task<WeChatReply> AttemptAsync<T>(Func<WechatApiClient, CancellationToken, Task<T>> execute, CancellationToken cancellationToken)
        where T : WechatApiResponse
    {
        // Handlers come from the factory and go back to it; the rest is thrown away with each attempt.
        using var http = new HttpClient(new SkitAnswers(handlers.CreateHandler(WeChatTransport.ClientName)), disposeHandler: false)
        {
            Timeout = Timeout.InfiniteTimeSpan,
            MaxResponseContentBufferSize = MaxAnswerBytes,
        };
        using var client = Build(http);
        try
        {
            var answer = await execute(client, cancellationToken);
            return WeChatTransport.Of(answer.GetRawStatus(), answer.GetRawBytes());
        }
        catch (Exception e) when (cancellationToken.IsCancellationRequested)
        {
            // SKIT wraps it in one of its own.
            throw new OperationCanceledException("Stopped while WeChat was asked.", e, cancellationToken);
        }
        catch (CommonSerializationException)
        {
            return new WeChatReply(WeChatReplyKind.Unreadable, Detail: "not read by SKIT");
        }
        catch (CommonException e)
        {
            return Failure(e) is { } failure ? WeChatTransport.Of(failure) : new WeChatReply(WeChatReplyKind.Lost, Detail: e.GetType().Name);
        }
    }

    private static HttpRequestException? Failure(Exception? e) => e switch
    {
        null => null,
        HttpRequestException failure => failure,
        _ => Failure(e.InnerException),
    };

    private WechatApiClient Build(HttpClient http) => WechatApiClientBuilder
        .Create(new WechatApiClientOptions { AppId = options.Value.AppId, AppSecret = options.Value.AppSecret, Endpoint = transport.Root(), Timeout = 0 })
        .UseHttpClient(http, disposeClient: false)
        .ConfigureSettings(s => s.JsonSerializer = Json)
        .Build();
}

/// <summary>
/// Takes out of a request the second name of a file, <c>filename*</c>, which WeChat's documents do not have and whoever reads parts by a pattern takes for a part without a file. Takes out of an answer what the libraries would act on: where a redirect points, since they follow it by themselves and would carry AppSecret and token
/// along; and the type, whose charset they believe.
/// </summary>
internal sealed class SkitAnswers(HttpMessageHandler inner) : DelegatingHandler(inner)
{
    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        foreach (var part in request.Content as MultipartContent ?? Enumerable.Empty<HttpContent>())
        {
            if (part.Headers.ContentDisposition is { } disposition)
            {
                disposition.FileNameStar = null;
            }
        }

        var response = await base.SendAsync(request, cancellationToken);
        response.Headers.Location = null;
        response.Content.Headers.ContentType = null;
        return response;
    }
}
