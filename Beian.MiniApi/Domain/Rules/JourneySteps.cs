using Beian.MiniApi.Domain.Filings;

namespace Beian.MiniApi.Domain.Rules;

/// <summary>How far a step is.</summary>
public enum StepStatus
{
    NotStarted = 1,
    Incomplete = 2,
    Complete = 3,

    /// <summary>Nothing in it can be changed in the present state.</summary>
    Locked = 4,
}

/// <summary>One step of the journey.</summary>
/// <param name="Step">Its name in the contract.</param>
/// <param name="SiteId">The site it is about, or null.</param>
/// <param name="Status">How far it is.</param>
/// <param name="Visitable">True when it is done, or the next one to do; nothing ever stops a save, this only guides.</param>
public sealed record JourneyStep(string Step, string? SiteId, StepStatus Status, bool Visitable);

/// <summary>Computes the steps from the filing and its requirements at each read; never stored.</summary>
public static class JourneySteps
{
    public static IReadOnlyList<JourneyStep> Of(Filing filing, RequirementSet requirements)
    {
        var editable = Array.IndexOf(FilingTransitions.Editable, filing.State) >= 0;
        var steps = new List<JourneyStep>();
        var reached = true;
        foreach (var (step, siteId, begun) in Stops(filing))
        {
            var open = requirements.Open.Any(f => f.Step == step && (siteId is null || f.SiteId == siteId));
            var done = step == "agreements" ? filing.Snapshot.Rounds.Count > 0 && !editable : !open && (begun || step == "faceCheck");
            var status = !editable ? StepStatus.Locked : done ? StepStatus.Complete : begun ? StepStatus.Incomplete : StepStatus.NotStarted;
            steps.Add(new JourneyStep(step, siteId, status, done || reached));
            reached = reached && done;
        }

        return steps;
    }

    private static IEnumerable<(string Step, string? SiteId, bool Begun)> Stops(Filing filing)
    {
        var s = filing.Snapshot;
        var v = s.Verification;
        yield return ("verification", null, v.Domain is not null || v.SubjectNature is not null || v.Region is not null || v.CertificateType is not null || v.CertificateNumber is not null || v.Resource is not null);
        yield return ("subject", null, !s.Subject.IsEmpty);
        yield return ("subjectPrincipal", null, !s.Subject.Principal.IsEmpty);
        foreach (var site in s.Sites)
        {
            yield return ("site", site.Id, site.Name is not null || site.ServiceContents.Count > 0 || !site.FromVerification);
            yield return ("sitePrincipal", site.Id, filing.SharesPrincipal(site) || !site.Principal.IsEmpty);
            yield return ("faceCheck", site.Id, site.FaceCheck is not null);
        }

        yield return ("materials", null, s.Materials.Count > 0);
        yield return ("agreements", null, false);
    }
}
