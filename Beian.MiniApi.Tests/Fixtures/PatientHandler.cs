using System.Net;

namespace Beian.MiniApi.Tests.Fixtures;

/// <summary>
/// Does what a mini program does with an answer that says "later", or with none: waits a little and sends the same again, under the same Idempotency-Key.
/// The eighth time is the last.
/// </summary>
internal sealed class PatientHandler() : DelegatingHandler(new HttpClientHandler())
{
    private const int MaxTries = 8;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(150);

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (request.Content is not null)
        {
            await request.Content.LoadIntoBufferAsync(cancellationToken);
        }

        if (request.Method == HttpMethod.Post && !request.Headers.Contains("Idempotency-Key"))
        {
            request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString("N"));
        }

        for (var tries = 1; ; tries++)
        {
            try
            {
                var answer = await base.SendAsync(request, cancellationToken);
                if (!IsLater(answer.StatusCode) || tries == MaxTries)
                {
                    return answer;
                }

                answer.Dispose();
            }
            catch (HttpRequestException) when (tries < MaxTries)
            {
                // Hung up on: sent again below.
            }

            await Task.Delay(Pause * tries, cancellationToken);
        }
    }

    private static bool IsLater(HttpStatusCode status) =>
        status is HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout;
}
