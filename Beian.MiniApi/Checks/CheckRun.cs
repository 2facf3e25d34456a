using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Domain.Verification;

namespace Beian.MiniApi.Checks;

/// <summary>What a run of checks came to.</summary>
/// <param name="SubjectResults">Region, number, conflicts of the subject, and its filed sites.</param>
/// <param name="BySite">Domain and resource of each site that holds them, and whether it is open, by site id.</param>
public sealed record CheckRun(IReadOnlyList<CheckResult> SubjectResults, IReadOnlyDictionary<string, DomainChecks> BySite)
{
    /// <summary>Outcome of a verification that had failed and ran again; null when it had not failed, or could not run.</summary>
    public VerificationOutcome? Verification { get; init; }

    /// <summary>Checks of further sites that had failed and ran again, by site id.</summary>
    public IReadOnlyDictionary<string, DomainChecks> Redone { get; init; } = new Dictionary<string, DomainChecks>();

    /// <summary>The principals' contacts with other subjects; null when there was no verified subject to compare.</summary>
    public ContactOutcome? Contacts { get; init; }

    /// <summary>What the content safety says of the published texts; null when it was not asked.</summary>
    public IReadOnlyList<TextJudgement>? Texts { get; init; }

    /// <summary>True when nothing failed.</summary>
    public bool Passed => SubjectResults.Concat(Contacts?.Results ?? []).Concat(Texts?.Select(t => t.Result) ?? []).Concat(BySite.Values.SelectMany(c => c.Results)).All(r => r.Outcome != CheckOutcome.Failed);

    /// <summary>The filing with what the checks found.</summary>
    /// <param name="filing">As stored; results for what was changed meanwhile are dropped.</param>
    /// <param name="by">Who asked.</param>
    /// <param name="now">Business time.</param>
    public Result<Filing> ApplyTo(Filing filing, Actor by, DateTimeOffset now)
    {
        ArgumentNullException.ThrowIfNull(filing);
        return filing.RedoChecks(Verification, Redone, Guid.CreateVersion7().ToString("N"), by, now).TryGet(out var redone, out var refusal)
            ? redone.RecordChecks(SubjectResults, BySite, by, Contacts, Texts)
            : refusal;
    }
}
