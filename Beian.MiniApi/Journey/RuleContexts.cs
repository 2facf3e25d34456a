using Beian.MiniApi.Checks;
using Beian.MiniApi.Domain.Accounts;
using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Domain.Reference;
using Beian.MiniApi.Domain.Rules;
using Beian.MiniApi.Domain.Rules.Packs;
using Beian.MiniApi.FaceChecks;
using Beian.MiniApi.Storage;
using Microsoft.Extensions.Options;

namespace Beian.MiniApi.Journey;

/// <summary>Puts together what the rules need to judge a filing: the account, and the filed subject where a site is added.</summary>
public sealed class RuleContexts(ReferenceBook book, IRuleSource rules, IAccountStore accounts, ISubjectStore subjects, IFaceCheckProvider faceCheck, IOptions<PolicyOptions> options)
{
    public async Task<RuleContext> ForAsync(Filing filing, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var policy = options.Value.RealNameMustMatch;
        var account = policy ? await accounts.FindAsync(filing.Snapshot.AccountId, cancellationToken) : null;
        return new RuleContext(book, rules.Current, account?.RealName ?? RealName.None, policy, faceCheck.Supports, now) { Filed = await FiledAsync(filing, cancellationToken) };
    }

    /// <summary>The subject a site is added to; for a first filing nothing is read.</summary>
    private async Task<FiledFacts> FiledAsync(Filing filing, CancellationToken cancellationToken)
    {
        var subject = filing.Snapshot.SubjectId is null ? null : await subjects.FindByAccountAsync(filing.Snapshot.AccountId, cancellationToken);

        // Once approved, the filing's own sites are among those filed.
        return subject is null
            ? FiledFacts.None
            : new FiledFacts(subject.Sites.Count(s => s.FilingId != filing.Id), [.. subject.Sites.Where(s => s.FilingId != filing.Id).Select(s => s.Name).OfType<string>()]);
    }
}
