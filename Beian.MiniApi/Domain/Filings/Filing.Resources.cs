namespace Beian.MiniApi.Domain.Filings;

/// <content>How long the resources behind the sites last.</content>
public sealed partial class Filing
{
    /// <summary>Terms of the resources and codes that an open filing is bound to, the nearest end first; none once it is over.</summary>
    public IEnumerable<ResourceTerm> ResourceTerms() => Array.IndexOf(FilingTransitions.Open, State) < 0
        ? []
        : _s.Sites.Select(s => s.Checks.Binding?.Term).OfType<ResourceTerm>().DistinctBy(t => t.EndsAt).OrderBy(t => t.EndsAt);

    /// <summary>Those to tell the applicant as dates: the end comes near while the present state may still last, or was reminded of.</summary>
    public IEnumerable<ResourceTerm> NearResourceTerms() => ResourceTerms().Where(t => t.ShortFrom() < LastAct() + FilingTimes.ResourceShownWithin || IsTold(t.Reminder()));

    /// <summary>The inventory said something new about a resource. Leaves state and version alone.</summary>
    /// <param name="resourceId">The resource.</param>
    /// <param name="endsAt">Its end, or null for none.</param>
    /// <param name="minDays">Days that its type must have left; 0 for none.</param>
    /// <param name="now">Business time.</param>
    /// <returns>Null when the filing knows that already, or is not bound to it.</returns>
    public Filing? RecordTerm(string resourceId, DateTimeOffset? endsAt, int minDays, DateTimeOffset now)
    {
        DomainChecks Known(DomainChecks checks)
        {
            var term = ResourceTerm.Of(checks.Binding?.Term, endsAt, minDays, now);
            return checks.Binding is { } binding && binding.ResourceId == resourceId && binding.Term != term ? checks with { Binding = binding with { Term = term } } : checks;
        }

        var sites = _s.Sites.Select(s => Known(s.Checks) is var checks && ReferenceEquals(checks, s.Checks) ? s : s with { Checks = checks }).ToArray();
        var verified = Known(_s.Verification.DomainChecks);
        return ReferenceEquals(verified, _s.Verification.DomainChecks) && sites.SequenceEqual(_s.Sites, ReferenceEqualityComparer.Instance)
            ? null
            : new Filing(_s with { Sites = sites, Verification = _s.Verification with { DomainChecks = verified } });
    }

    /// <summary>The same binding with the end that was learned last; checks that ran meanwhile may have seen an older one.</summary>
    private static Binding? Newer(Binding? known, Binding? seen) =>
        known is not null && seen?.Term is { } term && (known.Term is null || term.KnownAt > known.Term.KnownAt) ? known with { Term = term } : known;

    /// <summary>History is kept for ever: what was reminded of once stays so through saves and moves.</summary>
    private IEnumerable<DueTimer> ResourceReminders() => ResourceTerms().Select(t => t.Reminder()).DistinctBy(t => t.Code).Where(t => !IsTold(t));

    private bool IsTold(DueTimer reminder) => _s.History.Any(e => e.Action == FilingAction.Remind && e.Code == reminder.Code);
}
