using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.FaceChecks;
using Beian.MiniApi.Platform;
using Microsoft.Extensions.Options;
using Polly;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace Beian.MiniApi.FaceChecks;

/// <summary>
/// Speaks the small protocol of the sandbox over real HTTP: <c>POST checks</c>, <c>GET checks/{ref}</c>. Providers with a contract
/// of their own have adapters beside this one.
/// </summary>
public sealed class SandboxFaceCheckProvider : IFaceCheckProvider
{
    public const string ClientName = "faceCheck";

    /// <summary>Where the sandbox plays the provider.</summary>
    public const string SandboxPath = "/sandbox/face/";

    private readonly IHttpClientFactory _clients;
    private readonly SelfAddress _self;
    private readonly FaceCheckOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<SandboxFaceCheckProvider> _log;
    private readonly ResiliencePipeline _pipeline;

    public SandboxFaceCheckProvider(IHttpClientFactory clients, SelfAddress self, IOptions<FaceCheckOptions> options, TimeProvider time, ILogger<SandboxFaceCheckProvider> log)
    {
        (_clients, _self, _options, _time, _log) = (clients, self, options.Value, time, log);
        _pipeline = OutsideLimits.For(time, _options.Timeout, _options.Break, new PredicateBuilder().Handle<JsonException>()).Build();
    }

    public string Name => "sandbox";

    public string NameCode => "name.faceProvider.sandbox";

    /// <summary>Resident identity cards, and the two permits that carry an 18-digit number of the same register.</summary>
    public bool Supports(int certificateType) => certificateType is 2 or 41 or 42;

    public async Task<Result<FaceCheckStart>> StartAsync(FaceCheckRequest request, CancellationToken cancellationToken)
    {
        if (!Supports(request.CertificateType))
        {
            return FaceCheckErrors.NotSupported();
        }

        var body = ApiJson.Serialize(new StartMessage(request.CheckId, request.Name, request.CertificateType, request.CertificateNumber));
        var answer = await CallAsync<StartedMessage>(() => new HttpRequestMessage(HttpMethod.Post, Address("checks")) { Content = Json(body) }, cancellationToken);
        return answer.Message is { } started
            ? new FaceCheckStart(started.Ref, started.Url, null, started.ExpiresAt, started.ExpiresAt - _time.GetUtcNow())
            : FaceCheckErrors.Unavailable();
    }

    public async Task<Result<FaceCheckResult>> ReadAsync(FaceCheckQuery query, CancellationToken cancellationToken)
    {
        var answer = await CallAsync<ResultMessage>(() => new HttpRequestMessage(HttpMethod.Get, Address("checks/" + Uri.EscapeDataString(query.ProviderRef))), cancellationToken);
        if (answer.Message is not { } result)
        {
            return answer.NotFound ? FaceCheckResult.Expired : FaceCheckErrors.Unavailable();
        }

        var digest = PersonDigest.Of(result.Name, result.CertificateType, result.CertificateNumber);
        return new FaceCheckResult(result.Status, Reason(result), result.CheckId, digest, result.Score, result.At);
    }

    /// <summary>The sandbox's protocol has no pictures.</summary>
    public Task<Result<FaceCheckFrame>> ReadFrameAsync(FaceCheckQuery query, CancellationToken cancellationToken) => Task.FromResult<Result<FaceCheckFrame>>(FaceCheckFrame.None);

    private static string? Reason(ResultMessage result) => result.Status switch
    {
        FaceCheckOutcome.Failed => Word(result.Reason),
        FaceCheckOutcome.Expired => FaceCheckReasons.Expired,
        _ => null,
    };

    /// <summary>The provider's <c>FACE_MISMATCH</c> as our <c>faceMismatch</c>; <c>other</c> for a word we do not know.</summary>
    private static string Word(string? theirs)
    {
        var words = (theirs ?? string.Empty).Split('_', StringSplitOptions.RemoveEmptyEntries);
        var ours = string.Concat(words.Select((w, i) => i == 0 ? w.ToLowerInvariant() : char.ToUpperInvariant(w[0]) + w[1..].ToLowerInvariant()));
        return FaceCheckReasons.All.Contains(ours) ? ours : FaceCheckReasons.Other;
    }

    private static ByteArrayContent Json(byte[] body) => new(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json", "utf-8") } };

    private Uri Address(string path) => new(_self.Resolve(_options.BaseUrl, SandboxPath), path);

    /// <summary>The message, or nothing: with <c>NotFound</c> when the provider said so, without when it could not be asked.</summary>
    private async Task<(T? Message, bool NotFound)> CallAsync<T>(Func<HttpRequestMessage> make, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            return await _pipeline.ExecuteAsync(async token => await SendAsync<T>(make, token), cancellationToken);
        }
        catch (Exception e) when (e is HttpRequestException or TimeoutRejectedException or BrokenCircuitException or JsonException)
        {
            // The type alone: messages of JSON errors may quote what came.
            _log.LogWarning("The provider of face checks did not answer: {Reason}", e.GetType().Name);
            return (null, false);
        }
    }

    private async Task<(T? Message, bool NotFound)> SendAsync<T>(Func<HttpRequestMessage> make, CancellationToken cancellationToken)
        where T : class
    {
        using var request = make();
        using var response = await _clients.CreateClient(ClientName).SendAsync(request, cancellationToken);
        if (response.StatusCode == HttpStatusCode.NotFound && request.Method == HttpMethod.Get)
        {
            return (null, true);
        }

        response.EnsureSuccessStatusCode();
        var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        return (JsonSerializer.Deserialize<T>(body, ApiJson.Api) ?? throw new JsonException("Empty."), false);
    }

    private sealed record StartMessage(string CheckId, string Name, int CertificateType, string CertificateNumber);

    private sealed record StartedMessage(string Ref, string Url, DateTimeOffset ExpiresAt);

    private sealed record ResultMessage(
        FaceCheckOutcome Status,
        string? Reason,
        string CheckId,
        string Name,
        int CertificateType,
        string CertificateNumber,
        double? Score,
        DateTimeOffset? At);
}
