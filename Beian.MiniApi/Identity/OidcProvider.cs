using System.Buffers.Text;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Beian.MiniApi.Domain;
using Beian.MiniApi.Platform;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Options;
using Polly;
using Polly.CircuitBreaker;
using Polly.Timeout;

namespace Beian.MiniApi.Identity;

/// <summary>Authorization code flow with PKCE, state and nonce (OpenID Connect Core; RFC 7636; RFC 9700).</summary>
public sealed partial class OidcProvider : IIdentityProvider
{
    /// <summary>Longest code passed on, in characters.</summary>
    private const int MaxCode = 4096;

    private readonly OidcDocuments _documents;
    private readonly OidcWire _wire;
    private readonly IdTokens _tokens;
    private readonly OidcOptions _options;
    private readonly ILogger<OidcProvider> _log;
    private readonly ResiliencePipeline _pipeline;

    public OidcProvider(OidcDocuments documents, OidcWire wire, IdTokens tokens, IOptions<OidcOptions> options, TimeProvider time, ILogger<OidcProvider> log)
    {
        (_documents, _wire, _tokens, _options, _log) = (documents, wire, tokens, options.Value, log);
        _pipeline = OutsideLimits.For(time, _options.Timeout, _options.Break, new PredicateBuilder().Handle<InvalidDataException>()).Build();
    }

    public Task<Result<ProviderLoginBegun>> BeginAsync(CancellationToken cancellationToken) => GuardedAsync<ProviderLoginBegun>(
        async token =>
        {
            var documents = await _documents.GetAsync(null, token);
            var (state, nonce, verifier) = (Secret(), Secret(), Secret());
            var url = QueryHelpers.AddQueryString(documents.About.AuthorizationEndpoint, new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["response_type"] = "code",
                ["client_id"] = _options.ClientId,
                ["redirect_uri"] = _options.RedirectUri,
                ["scope"] = _options.Scope,
                ["state"] = state,
                ["nonce"] = nonce,
                ["code_challenge"] = Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(verifier))),
                ["code_challenge_method"] = "S256",
            });
            return new ProviderLoginBegun(new Uri(url), state, nonce, verifier);
        },
        cancellationToken);

    public async Task<Result<ProviderIdentity>> FinishAsync(string code, string nonce, string verifier, CancellationToken cancellationToken) =>
        code.Length is 0 or > MaxCode ? IdentityErrors.Refused() : await GuardedAsync(token => FinishOnceAsync(code, nonce, verifier, token), cancellationToken);

    private static string Secret() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    private async Task<Result<ProviderIdentity>> FinishOnceAsync(string code, string nonce, string verifier, CancellationToken cancellationToken)
    {
        var documents = await _documents.GetAsync(null, cancellationToken);
        var form = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["grant_type"] = "authorization_code",
            ["code"] = code,
            ["redirect_uri"] = _options.RedirectUri!,
            ["client_id"] = _options.ClientId!,
            ["code_verifier"] = verifier,
        };
        if (await _wire.ExchangeAsync(_documents.Trusted(documents.About.TokenEndpoint), documents.About.TokenEndpointAuthMethodsSupported, form, cancellationToken) is not { } answer)
        {
            return IdentityErrors.Refused();
        }

        var idToken = OidcWire.TextOf(answer, "id_token") ?? throw new InvalidDataException("The provider gave no ID token.");
        var accessToken = OidcWire.TextOf(answer, "access_token");
        var judged = await _tokens.JudgeAsync(idToken, accessToken, nonce, documents);
        if (judged.Verdict == IdTokenVerdict.UnknownKey)
        {
            // The provider may have changed its keys since they were read.
            documents = await _documents.GetAsync(documents, cancellationToken);
            judged = await _tokens.JudgeAsync(idToken, accessToken, nonce, documents);
        }

        return judged switch
        {
            { Verdict: IdTokenVerdict.Good, Identity: { } identity } => identity,
            { Verdict: IdTokenVerdict.OtherLogin } => IdentityErrors.Refused(),
            _ => throw new InvalidDataException("The ID token must not be believed."),
        };
    }

    private async Task<Result<T>> GuardedAsync<T>(Func<CancellationToken, Task<Result<T>>> work, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            return await _pipeline.ExecuteAsync(async token => await work(token), cancellationToken);
        }
        catch (BrokenCircuitException e)
        {
            return IdentityErrors.Unavailable(e.RetryAfter ?? _options.Break);
        }
        catch (HttpRequestException e) when (OutsideLimits.IsRefusal(e))
        {
            LogRefusal((int)e.StatusCode!);
            return IdentityErrors.Misconfigured();
        }
        catch (Exception e) when (e is HttpRequestException or TimeoutRejectedException or InvalidDataException)
        {
            LogFailure(e switch
            {
                InvalidDataException => e.Message,
                HttpRequestException { StatusCode: { } status } => string.Create(CultureInfo.InvariantCulture, $"status {(int)status}"),
                HttpRequestException http => http.HttpRequestError.ToString(),
                _ => "too late",
            });
            return IdentityErrors.Unavailable(_options.Break);
        }
    }

    [LoggerMessage(OperatorAlert.Id, LogLevel.Error, "The identity provider refuses this service with status {Status}: look at the settings Staff:Oidc and at its registration there", EventName = OperatorAlert.Name)]
    private partial void LogRefusal(int status);

    [LoggerMessage(LogLevel.Warning, "The identity provider did not answer as it should: {Reason}")]
    private partial void LogFailure(string reason);
}
