using Beian.MiniApi.Checks;
using Beian.MiniApi.Domain.Accounts;
using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Domain.Reference;
using Beian.MiniApi.Domain.Rules;
using Beian.MiniApi.FaceChecks;
using Beian.MiniApi.Storage;
using Microsoft.Extensions.Options;

namespace Beian.MiniApi.Journey;

/// <summary>Puts together what the rules need to judge a filing: one read, of the account.</summary>
public sealed class RuleContexts(ReferenceBook book, IAccountStore accounts, IFaceCheckProvider faceCheck, IOptions<PolicyOptions> options)
{
    public async Task<RuleContext> ForAsync(Filing filing, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var policy = options.Value.RealNameMustMatch;
        var account = policy ? await accounts.FindAsync(filing.Snapshot.AccountId, cancellationToken) : null;
        return new RuleContext(book, account?.RealName ?? RealName.None, policy, faceCheck.Supports, now);
    }
}
