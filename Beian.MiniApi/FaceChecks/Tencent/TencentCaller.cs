using System.Text.Json;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Platform.Tencent;
using Microsoft.Extensions.Options;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;

namespace Beian.MiniApi.FaceChecks.Tencent;

/// <summary>What came of a call.</summary>
/// <param name="Response">The answer; null when there is none.</param>
/// <param name="Refused">Why there is none; null when there is one.</param>
internal sealed record TencentReply<T>(T? Response, FaceCheckMeaning? Refused)
    where T : class;

/// <summary>
/// Makes signed calls of <c>faceid</c> and turns every way they can end into a value. What is signed are the very bytes that are sent. Only calls that change
/// nothing are repeated, and only when Tencent Cloud says that it was busy.
/// </summary>
internal sealed partial class TencentCaller(
    IHttpClientFactory clients, SelfAddress self, IOptions<FaceCheckOptions> options, IOptions<TencentFaceOptions> account, FaceCheckAnswers answers, TimeProvider time,
    ILogger<TencentCaller> log)
{
    /// <summary>Name of the HTTP client. It has no loggers: headers carry the signature.</summary>
    public const string ClientName = "tencentFace";

    private const string Service = "faceid";
    private const string Version = "2018-03-01";
    private const string Busy = "face.busy";
    private const int MaxRepeats = 2;

    private readonly ResiliencePipeline _once = Build(options.Value, time, repeat: false);
    private readonly ResiliencePipeline _again = Build(options.Value, time, repeat: true);

    /// <summary>Never throws but for the caller's own cancellation.</summary>
    /// <param name="action">Such as <c>GetEidResult</c>.</param>
    /// <param name="body">Written with its members as they are named; absent ones are left out.</param>
    /// <param name="mayRepeat">True for what changes nothing and costs nothing.</param>
    /// <param name="cancellationToken">The caller's.</param>
    public async Task<TencentReply<T>> AskAsync<T>(string action, object body, bool mayRepeat, CancellationToken cancellationToken)
        where T : class
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(body, body.GetType(), TencentWire.Json);
        try
        {
            var raw = await (mayRepeat ? _again : _once).ExecuteAsync(async ct => await SendAsync(action, bytes, ct), cancellationToken);
            return raw.Error is { } error ? Refuse<T>(action, error) : new TencentReply<T>(Read<T>(raw.Response), null);
        }
        catch (Exception e) when (e is HttpRequestException or TimeoutRejectedException or BrokenCircuitException or JsonException)
        {
            // The type alone: messages of JSON errors may quote what came.
            NotAnswered(log, action, e.GetType().Name);
            return new TencentReply<T>(null, answers.Of(Busy));
        }
    }

    private TencentReply<T> Refuse<T>(string action, TencentCode error)
        where T : class
    {
        if (error.Alert)
        {
            Refused(log, action, error.Code, error.Meaning);
        }
        else
        {
            Declined(log, action, error.Code);
        }

        return new TencentReply<T>(null, answers.Of(error.Told));
    }

    private async Task<Raw> SendAsync(string action, byte[] body, CancellationToken cancellationToken)
    {
        using var request = Signed(action, body);
        using var response = await clients.CreateClient(ClientName).SendAsync(request, cancellationToken);
        var answer = await TencentWire.ReadAsync(response, cancellationToken);
        return answer.Code is { } code ? new Raw(default, answers.FindCode(code) with { Code = code }) : new Raw(answer.Response, null);
    }

    private HttpRequestMessage Signed(string action, byte[] body)
    {
        var o = account.Value;
        return TencentWire.Sign(
            self.Resolve(o.Endpoint, TencentFaceOptions.SandboxPath), new TencentAction(Service, Version, action), new TencentAccount(o.SecretId!, o.SecretKey!, o.Region), body, time.GetUtcNow());
    }

    private static T Read<T>(JsonElement response) => response.Deserialize<T>(TencentWire.Json) ?? throw new JsonException("Empty.");

    private static ResiliencePipeline Build(FaceCheckOptions limits, TimeProvider time, bool repeat)
    {
        var pipeline = OutsideLimits.For(time, limits.Timeout, limits.Break, Busied().Handle<JsonException>());
        if (repeat)
        {
            pipeline.AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = MaxRepeats,
                Delay = TimeSpan.FromMilliseconds(200),
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                ShouldHandle = Busied(),
            });
        }

        return pipeline.Build();
    }

    /// <summary>Tencent Cloud said that the same call may work in a moment.</summary>
    private static PredicateBuilder<object> Busied() => new PredicateBuilder().HandleResult(r => r is Raw { Error.Retry: true });

    [LoggerMessage(Level = LogLevel.Warning, Message = "Tencent Cloud did not answer {Action}: {Reason}")]
    private static partial void NotAnswered(ILogger log, string action, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Tencent Cloud declined {Action} with {Code}")]
    private static partial void Declined(ILogger log, string action, string code);

    [LoggerMessage(OperatorAlert.Id, LogLevel.Error, "Tencent Cloud refuses {Action} with {Code} ({Meaning}): look at the settings FaceCheck:Tencent and at its console", EventName = OperatorAlert.Name)]
    private static partial void Refused(ILogger log, string action, string code, string meaning);

    /// <summary>An answer as it came, or the row of its error.</summary>
    private sealed record Raw(JsonElement Response, TencentCode? Error);
}
