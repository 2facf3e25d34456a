using Beian.MiniApi.Checks;
using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Filings;

namespace Beian.MiniApi.Features.Sites;

/// <summary>Runs the checks of a further site's own domain and resource before it is saved.</summary>
internal static class OwnDomain
{
    /// <summary>
    /// The site with the checks of what was typed. A value that did not change keeps its checks; a missing one has none. What fails is stored all the
    /// same and shows in the requirements; the refusal is about an account that guessed codes.
    /// </summary>
    public static async Task<Result<Site>> CheckAsync(Filing filing, Site? stored, Site typed, FilingChecks checks, CancellationToken cancellationToken)
    {
        if (stored is { FromVerification: true } || string.IsNullOrWhiteSpace(typed.Domain) || typed.Resource?.IsComplete() != true)
        {
            return typed;
        }

        if (stored is not null && stored.Domain == typed.Domain && stored.Resource == typed.Resource && stored.Checks.Passed)
        {
            return typed with { Checks = stored.Checks };
        }

        var run = await checks.CheckSiteAsync(filing, typed, cancellationToken);
        return run.TryGet(out var result, out var refusal) ? typed with { Checks = result } : refusal;
    }
}
