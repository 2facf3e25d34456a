using Beian.MiniApi.Domain.AuthCodes;
using Beian.MiniApi.Domain.Resources;
using Beian.MiniApi.Storage;

namespace Beian.MiniApi.Checks;

/// <summary>
/// Judges the resource or code that a site is to be filed with. Changes nothing but the count of failures: taking the reservation is part of saving
/// the filing.
/// </summary>
public sealed class ResourceChecks(
    IResourceStore resources, IAuthCodeStore codes, IHoldReader holds, IAccountStore accounts, ResourceTypes types, CodeAttempts attempts)
{
    /// <summary>Judges a choice as typed. A code that is unknown or made out to somebody else counts as a failure.</summary>
    /// <param name="choice">What the applicant named.</param>
    /// <param name="accountId">The account that files.</param>
    /// <param name="filingId">The filing whose own reservations do not stand in the way; null outside a filing.</param>
    /// <param name="now">Business time.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<ResourceVerdict> JudgeAsync(ResourceChoice choice, string accountId, string? filingId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (!choice.IsComplete())
        {
            return ResourceVerdict.No(ResourceErrors.ChoiceIncomplete());
        }

        if (choice.Kind == ResourceChoice.ResourceKind)
        {
            return await JudgeOwnAsync(choice.ResourceId!, accountId, filingId, now, cancellationToken);
        }

        var found = await attempts.TryAsync(accountId, token => FindCodeAsync(choice.AuthCode, accountId, token), cancellationToken);
        return found.TryGet(out var code, out var refusal)
            ? await JudgeCodeAsync(code, filingId, now, cancellationToken)
            : ResourceVerdict.No(refusal);
    }

    /// <summary>Judges again what a filing already holds, at submission and before approval; never counts as an attempt.</summary>
    /// <param name="codeId">The redeemed code, or null for an own resource.</param>
    /// <param name="resourceId">The resource of the earlier verdict.</param>
    /// <param name="accountId">The account that files.</param>
    /// <param name="filingId">The filing.</param>
    /// <param name="now">Business time.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    public async Task<ResourceVerdict> JudgeHeldAsync(
        string? codeId, string resourceId, string accountId, string filingId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (codeId is null)
        {
            return await JudgeOwnAsync(resourceId, accountId, filingId, now, cancellationToken);
        }

        return await codes.FindAsync(codeId, cancellationToken) is { } code && code.TargetAccountId == accountId
            ? await JudgeCodeAsync(code, filingId, now, cancellationToken)
            : ResourceVerdict.No(AuthCodeErrors.Invalid());
    }

    private async Task<AuthCode?> FindCodeAsync(string? typed, string accountId, CancellationToken cancellationToken)
    {
        var code = AuthCodeText.Normalise(typed) is { } text ? await codes.FindByHashAsync(AuthCodeText.HashOf(text), cancellationToken) : null;
        return code?.TargetAccountId == accountId ? code : null;
    }

    private async Task<ResourceVerdict> JudgeCodeAsync(AuthCode code, string? filingId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var held = await holds.FindAsync([code.HoldKey], cancellationToken);
        if (held.TryGetValue(code.HoldKey, out var hold) && hold.FilingId != filingId)
        {
            return ResourceVerdict.No(hold.Used ? AuthCodeErrors.Used() : AuthCodeErrors.HeldByAnother());
        }

        var resource = await resources.FindAsync(code.ResourceId, cancellationToken);
        if (resource is null || resource.OwnerAccountId != code.IssuerAccountId)
        {
            // The server is gone or has another owner, who never made this code out.
            return ResourceVerdict.No(AuthCodeErrors.Invalid());
        }

        if (Eligibility.IsExpired(resource, now))
        {
            return ResourceVerdict.No(AuthCodeErrors.Expired());
        }

        var issuer = await accounts.FindAsync(code.IssuerAccountId, cancellationToken);
        if (!AuthCode.MayIssue(issuer))
        {
            return ResourceVerdict.No(AuthCodeErrors.IssuerNotOrganisation());
        }

        var reasons = Eligibility.ForCodes(resource, types.Find(resource.Type), now);
        return reasons.Count > 0
            ? ResourceVerdict.No(ResourceErrors.NotEligible(reasons, string.Empty))
            : Yes(resource, code.Id, [code.HoldKey]);
    }

    private async Task<ResourceVerdict> JudgeOwnAsync(string resourceId, string accountId, string? filingId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var resource = await resources.FindAsync(resourceId, cancellationToken);
        if (resource is null || resource.OwnerAccountId != accountId)
        {
            return ResourceVerdict.No(ResourceErrors.Unknown(string.Empty));
        }

        if (types.Find(resource.Type) is not { } profile)
        {
            return ResourceVerdict.No(ResourceErrors.NotEligible(Eligibility.OfItself(resource, null, now), string.Empty));
        }

        var slots = ResourceSlots.KeysOf(resourceId, profile);
        var held = await holds.FindAsync([.. slots], cancellationToken);
        var free = slots.Where(s => !held.TryGetValue(s, out var hold) || hold.FilingId == filingId).ToList();
        var issued = await codes.CountByResourceAsync([resourceId], cancellationToken);
        var use = new ResourceUse(slots.Count - free.Count + resource.SlotsUsedElsewhere, issued.GetValueOrDefault(resourceId));
        var reasons = Eligibility.Of(resource, profile, now, use);
        return reasons.Count > 0
            ? ResourceVerdict.No(ResourceErrors.NotEligible(reasons, string.Empty))
            : Yes(resource, null, [.. free.OrderByDescending(held.ContainsKey).Take(Eligibility.SlotsLeft(profile, use))]);
    }

    private ResourceVerdict Yes(CloudResource resource, string? codeId, IReadOnlyList<string> holdKeys) => new()
    {
        ResourceId = resource.Id,
        CodeId = codeId,
        ResourceType = resource.Type,
        Region = resource.Region,
        ExpiresAt = resource.ExpiresAt,
        MinRemainingDays = types.Find(resource.Type)?.MinRemainingDays ?? 0,
        PublicIps = resource.PublicIps,
        HoldKeys = holdKeys,
    };
}
