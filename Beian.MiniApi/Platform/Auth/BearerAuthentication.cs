using Beian.MiniApi.Domain;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Beian.MiniApi.Platform.Auth;

/// <summary>How access tokens are judged, and what a refused caller is told. The version of JwtBearer is the subject of docs/adr/0001-jwtbearer-8.md.</summary>
internal sealed class BearerAuthentication(SigningKeys keys, IOptions<AuthOptions> options) : IConfigureNamedOptions<JwtBearerOptions>
{
    /// <summary>Longest token looked at, in characters. Ours have about 400.</summary>
    private const int MaxTokenLength = 4096;

    public void Configure(JwtBearerOptions bearer) => Configure(JwtBearerDefaults.AuthenticationScheme, bearer);

    public void Configure(string? name, JwtBearerOptions bearer)
    {
        bearer.MapInboundClaims = false;
        bearer.IncludeErrorDetails = false;
        bearer.SaveToken = false;
        bearer.TokenValidationParameters = new TokenValidationParameters
        {
            ValidIssuer = options.Value.Issuer,
            ValidAudience = options.Value.Audience,
            IssuerSigningKeyResolver = (_, _, id, _) => keys.Find(id),
            TryAllIssuerSigningKeys = false,
            ValidateIssuerSigningKey = true,
            ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
            ValidTypes = ["JWT"],
            ClockSkew = TimeSpan.Zero,
            NameClaimType = "sub",
            RoleClaimType = AccessTokens.RoleClaim,
        };
        bearer.Events = new JwtBearerEvents
        {
            OnMessageReceived = RefuseLongAsync,
            OnTokenValidated = CheckSessionAsync,
            OnChallenge = ChallengeAsync,
            OnForbidden = c => Answer.Refuse(AuthErrors.Forbidden()).ExecuteAsync(c.HttpContext),
        };
    }

    private static Task RefuseLongAsync(MessageReceivedContext context)
    {
        if (context.Request.Headers.Authorization.ToString().Length > MaxTokenLength)
        {
            context.Fail("Too long.");
        }

        return Task.CompletedTask;
    }

    /// <summary>The token speaks for a session; whether that still lives, and for which account, only the store knows.</summary>
    private static async Task CheckSessionAsync(TokenValidatedContext context)
    {
        var http = context.HttpContext;
        var now = http.RequestServices.GetRequiredService<TimeProvider>().GetUtcNow();
        if (context.SecurityToken is not JsonWebToken token || !AccessTokens.IsOurs(token, now)
            || !token.TryGetPayloadValue<string>(AccessTokens.SessionClaim, out var sessionId))
        {
            context.Fail("Not one of ours.");
            return;
        }

        if (await SessionAdmission.AdmitAsync(http, sessionId, token.Subject, context.Principal?.FindFirst(AccessTokens.RoleClaim)?.Value, now) is null)
        {
            context.Fail("No such session, or no such member of staff.");
        }
    }

    private static Task ChallengeAsync(JwtBearerChallengeContext context)
    {
        context.HandleResponse();
        return Answer.Refuse(Why(context)).ExecuteAsync(context.HttpContext);
    }

    private static DomainError Why(JwtBearerChallengeContext context) => context switch
    {
        _ when context.HttpContext.Features.Get<EndedSession>() is not null => AuthErrors.SessionEnded(),
        { AuthenticateFailure: SecurityTokenExpiredException } => AuthErrors.TokenExpired(),
        { AuthenticateFailure: not null } => AuthErrors.TokenInvalid(),
        _ => AuthErrors.TokenMissing(),
    };
}
