using Beian.MiniApi.Domain.Accounts;
using Beian.MiniApi.Domain.AuthCodes;
using Beian.MiniApi.Domain.Resources;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Storage;

namespace Beian.MiniApi.Features.AuthCodes;

/// <summary>A code as its issuer sees it.</summary>
public sealed record AuthCodeView
{
    public required string Id { get; init; }

    /// <summary>The whole code, in groups of four; a secret between issuer and target.</summary>
    public required string Code { get; init; }

    public required string ResourceId { get; init; }

    public required string TargetAccountId { get; init; }

    public required string? Note { get; init; }

    public required AuthCodeStatus Status { get; init; }

    /// <summary>Whether resource and issuer qualify now; also told of a code that is in use.</summary>
    public required bool Valid { get; init; }

    /// <summary>Why not valid; empty exactly when valid.</summary>
    public required IReadOnlyList<AuthCodeReasonView> Reasons { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the resource, and the code with it, runs out; null when the resource is gone.</summary>
    public required DateTimeOffset? ExpiresAt { get; init; }
}

/// <summary>Why a code does not count at present.</summary>
/// <param name="Code">Stable code.</param>
/// <param name="Message">The reason for people, in the caller's language.</param>
/// <param name="Remedy">What to do about it, or null.</param>
public sealed record AuthCodeReasonView(string Code, string Message, string? Remedy);

/// <summary>Shows codes to their issuer, with the status that follows from reservations, resource and issuer.</summary>
internal sealed class AuthCodeViewer(
    IResourceStore resources, IHoldReader holds, IAccountStore accounts, ResourceTypes types, AuthCodeVault vault, TextCatalogue texts, BusinessClock time,
    IHttpContextAccessor http)
{
    /// <summary>Views of codes of one issuer, in their order.</summary>
    public async Task<IReadOnlyList<AuthCodeView>> ShowAsync(IReadOnlyList<AuthCode> codes, string issuerAccountId, CancellationToken cancellationToken)
    {
        var found = await resources.FindAllAsync([.. codes.Select(c => c.ResourceId).Distinct(StringComparer.Ordinal)], cancellationToken);
        var held = await holds.FindAsync([.. codes.Select(c => c.HoldKey)], cancellationToken);
        var issuer = await accounts.FindAsync(issuerAccountId, cancellationToken);
        var now = time.GetUtcNow();
        var english = http.HttpContext is { } context && Problems.WantsEnglish(context);
        return [.. codes.Select(code => Show(code, found.GetValueOrDefault(code.ResourceId), held.GetValueOrDefault(code.HoldKey), issuer, now, english))];
    }

    private AuthCodeView Show(AuthCode code, CloudResource? resource, Hold? hold, Account? issuer, DateTimeOffset now, bool english)
    {
        var own = resource?.OwnerAccountId == code.IssuerAccountId ? resource : null;
        var reasons = new List<AuthCodeReasonView>();
        if (!AuthCode.MayIssue(issuer))
        {
            Add("authCode.issuerNotOrganisation", Domain.Texts.NoArgs);
        }

        if (own is null)
        {
            Add("resource.notFound", Domain.Texts.NoArgs);
        }
        else
        {
            foreach (var reason in Eligibility.ForCodes(own, types.Find(own.Type), now))
            {
                Add(reason.Code, reason.Args);
            }
        }

        return new AuthCodeView
        {
            Id = code.Id,
            Code = vault.Open(code),
            ResourceId = code.ResourceId,
            TargetAccountId = code.TargetAccountId,
            Note = code.Note,
            Status = AuthCode.StatusOf(hold is not null, hold is { Used: true }, reasons.Count == 0),
            Valid = reasons.Count == 0,
            Reasons = reasons,
            CreatedAt = code.CreatedAt,
            ExpiresAt = own?.ExpiresAt,
        };

        void Add(string reason, IReadOnlyDictionary<string, string> args)
        {
            var text = texts.Find(reason, english, args);
            reasons.Add(new AuthCodeReasonView(reason, text.Detail, text.Remedy));
        }
    }
}
