using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.AuthCodes;
using Beian.MiniApi.Domain.Resources;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Storage;

namespace Beian.MiniApi.Features.AuthCodes;

/// <summary>Asks for codes.</summary>
public sealed record IssueAuthCodesRequest
{
    /// <summary>An own resource; required.</summary>
    public string? ResourceId { get; init; }

    /// <summary>The only account that may redeem them; required, may be the own one.</summary>
    public string? TargetAccountId { get; init; }

    /// <summary>1 to 5; 1 when absent.</summary>
    public int? Count { get; init; }

    /// <summary>Own words, at most 100 characters; may be absent.</summary>
    public string? Note { get; init; }
}

/// <summary>The new codes.</summary>
public sealed record IssuedView(IReadOnlyList<AuthCodeView> Items);

internal static class IssueAuthCodes
{
    public static async Task<Answer> HandleAsync(
        Body<IssueAuthCodesRequest> body, CurrentUser user, IAuthCodeStore codes, IAccountStore accounts, AuthCodeTermsReader terms, AuthCodeVault vault,
        AuthCodeViewer viewer, BusinessClock time, Idempotency idempotency, CancellationToken cancellationToken)
    {
        if (!AuthCode.MayIssue(await accounts.FindAsync(user.AccountId, cancellationToken)))
        {
            return AuthCodeErrors.OrganisationOnly().ToAnswer();
        }

        var asked = body.Value;
        var count = asked.Count ?? 1;
        Finding[] further = count is < 1 or > AuthCode.MaxCount ? [AuthCodeErrors.CountOutOfRange()] : [];
        var now = time.GetUtcNow();
        var read = await terms.ReadAsync(user.AccountId, asked.ResourceId, asked.TargetAccountId, asked.Note, further, now, cancellationToken);
        if (!read.TryGet(out var agreed, out var refusal))
        {
            return refusal.ToAnswer();
        }

        // Asked before the answer is recorded, so that a refusal is what a repeat gets; the store decides again in its write.
        var left = await LeftAsync(codes, agreed, cancellationToken);
        if (count > left)
        {
            return AuthCodeErrors.QuotaExceeded(agreed.Profile.Codes, left).ToAnswer();
        }

        AuthCode[] made = [.. Enumerable.Range(0, count).Select(_ => vault.Make(user.AccountId, agreed.TargetAccountId, agreed.Resource.Id, agreed.Note, now))];
        var answer = Answer.Created("/api/v1/auth-codes", new IssuedView(await viewer.ShowAsync(made, user.AccountId, cancellationToken)));
        return await codes.AddAsync(made, agreed.Profile, idempotency.Record(answer), cancellationToken) == AuthCodeChange.Done
            ? answer
            : AuthCodeErrors.QuotaExceeded(agreed.Profile.Codes, await LeftAsync(codes, agreed, cancellationToken)).ToAnswer();
    }

    private static async Task<int> LeftAsync(IAuthCodeStore codes, AuthCodeTerms terms, CancellationToken cancellationToken)
    {
        var issued = (await codes.CountByResourceAsync([terms.Resource.Id], cancellationToken)).GetValueOrDefault(terms.Resource.Id);
        return Eligibility.CodesLeft(terms.Profile, new ResourceUse(terms.Resource.SlotsUsedElsewhere, issued));
    }
}
