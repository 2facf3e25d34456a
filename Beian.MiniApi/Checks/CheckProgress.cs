using Beian.MiniApi.Domain.Verification;

namespace Beian.MiniApi.Checks;

/// <summary>One check and the site it is about; null for the subject, or for a domain that has no site yet.</summary>
public sealed record CheckKey(string? SiteId, string Check);

/// <summary>How far a run of checks is: what each source said, as soon as it said it, and what is still awaited. For any number of threads.</summary>
public sealed class CheckProgress
{
    private readonly Lock _lock = new();
    private readonly List<(string? SiteId, CheckResult Result)> _found = [];
    private readonly List<CheckKey> _awaited = [];

    /// <summary>What is known and what is awaited, at one moment.</summary>
    public (IReadOnlyList<(string? SiteId, CheckResult Result)> Found, IReadOnlyList<CheckKey> Awaited) Now
    {
        get
        {
            lock (_lock)
            {
                return ([.. _found], [.. _awaited]);
            }
        }
    }

    /// <summary>Awaits what one source says about some checks.</summary>
    /// <param name="siteId">The site, or null.</param>
    /// <param name="checks">The checks it is asked for; it may answer with fewer, such as one when a domain does not exist.</param>
    /// <param name="asking">The question, already under way.</param>
    public async Task<IReadOnlyList<CheckResult>> FollowAsync(string? siteId, IReadOnlyList<string> checks, Task<IReadOnlyList<CheckResult>> asking)
    {
        var keys = checks.Select(c => new CheckKey(siteId, c)).ToArray();
        lock (_lock)
        {
            _awaited.AddRange(keys);
        }

        var results = await asking;
        lock (_lock)
        {
            foreach (var key in keys)
            {
                _awaited.Remove(key);
            }

            _found.AddRange(results.Select(r => (siteId, r)));
        }

        return results;
    }

    /// <inheritdoc cref="FollowAsync(string?, IReadOnlyList{string}, Task{IReadOnlyList{CheckResult}})"/>
    public async Task<CheckResult> FollowAsync(string? siteId, string check, Task<CheckResult> asking) => (await FollowAsync(siteId, [check], Listed(asking)))[0];

    private static async Task<IReadOnlyList<CheckResult>> Listed(Task<CheckResult> asking) => [await asking];
}
