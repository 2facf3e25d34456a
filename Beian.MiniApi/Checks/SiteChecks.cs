using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Domain.Reference;
using Beian.MiniApi.Domain.Resources;
using Beian.MiniApi.Domain.Rules;
using Beian.MiniApi.Domain.Rules.Packs;
using Beian.MiniApi.Domain.Verification;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Registry;
using Beian.MiniApi.Storage;

namespace Beian.MiniApi.Checks;

/// <summary>One domain with what it is to be served by.</summary>
/// <param name="Filing">The filing it is for.</param>
/// <param name="SiteId">The site, whose own reservations do not stand in its way; null for a site yet to be made.</param>
/// <param name="Domain">As typed.</param>
/// <param name="Resource">As typed, complete.</param>
/// <param name="Holder">Whom the domain must belong to.</param>
/// <param name="Progress">Hears what each source says.</param>
public sealed record SiteQuestion(Filing Filing, string? SiteId, string? Domain, ResourceChoice Resource, RegistrySubject Holder, CheckProgress Progress)
{
    /// <summary>The site under which progress is told; null for the verification, whose site may have another domain yet.</summary>
    public string? ToldAs { get; init; }
}

/// <summary>Checks one domain and its resource or code.</summary>
public sealed class SiteChecks(ReferenceBook book, IRuleSource rules, IRegistry registry, ResourceChecks resources, IHoldReader holds, ISubjectStore subjects, InUseAnswers inUse, BusinessClock clock)
{
    /// <returns>The checks with their evidence, or the refusal of an account that guesses codes.</returns>
    public async Task<Result<DomainChecks>> CheckAsync(SiteQuestion ask, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var verdict = await resources.JudgeAsync(ask.Resource, ask.Filing.Snapshot.AccountId, ask.Filing.Id, now, cancellationToken);
        if (verdict.Refusal is { Kind: ErrorKind.TooMany } refusal)
        {
            return refusal;
        }

        var reading = DomainNames.Read(ask.Domain, book);
        var (result, binding) = Bind(verdict, ask, now);
        await ask.Progress.FollowAsync(ask.ToldAs, CheckNames.Resource, Task.FromResult(result));
        if (reading.Domain is not { } domain)
        {
            var unreadable = await ask.Progress.FollowAsync(ask.ToldAs, CheckNames.DomainName, Task.FromResult(DomainNames.Refused(reading, RulesOf(ask.Holder, now), now)));
            return new DomainChecks { Binding = binding, Results = [unreadable, result] };
        }

        var named = await ask.Progress.FollowAsync(ask.ToldAs, CheckNames.DomainName, Task.FromResult(CheckResult.Passed(CheckNames.DomainName, null, now)));
        var suffix = await ask.Progress.FollowAsync(ask.ToldAs, SuffixChecks.Check, Task.FromResult(SuffixChecks.Judge(domain, Question(ask.Holder), book, RulesOf(ask.Holder, now), now)));
        var about = await AboutAsync(domain.Ascii, ask, now, cancellationToken);
        return new DomainChecks
        {
            Domain = domain.Ascii,
            DisplayDomain = domain.Unicode,
            Binding = binding,
            Notes = reading.Findings,
            HoldsDomain = about.All(r => r.Code != CheckNames.ForReviewer),
            IsHeld = binding is not null && suffix.Outcome != CheckOutcome.Failed && about.All(r => r.Outcome != CheckOutcome.Failed),
            Results = [named, suffix, .. about, result],
        };
    }

    /// <summary>Checks again what a site already has, keeping what it is bound to while that is still good.</summary>
    public async Task<DomainChecks> RecheckAsync(Filing filing, Site site, RegistrySubject holder, CheckProgress progress, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        var named = progress.FollowAsync(site.Id, CheckNames.DomainName, Task.FromResult(CheckResult.Passed(CheckNames.DomainName, null, now)));
        var ask = new SiteQuestion(filing, site.Id, site.Checks.Domain, site.Resource!, holder, progress) { ToldAs = site.Id };
        var about = AboutAsync(site.Checks.Domain!, ask, now, cancellationToken);
        var binding = site.Checks.Binding!;
        var verdict = resources.JudgeHeldAsync(binding.CodeId, binding.ResourceId, filing.Snapshot.AccountId, filing.Id, now, cancellationToken);
        var resource = progress.FollowAsync(site.Id, CheckNames.Resource, HeldAsync(verdict, now));
        var suffix = progress.FollowAsync(site.Id, SuffixChecks.Check, Task.FromResult(SuffixAgain(site.Checks.Domain!, holder, now)));
        return site.Checks with { Binding = Known(binding, await verdict, now), Results = [await named, await suffix, .. await about, await resource] };
    }

    private static async Task<CheckResult> HeldAsync(Task<ResourceVerdict> verdict, DateTimeOffset now) =>
        (await verdict).Refusal is { } refusal ? Failed(refusal, now) : CheckResult.Passed(CheckNames.Resource, null, now);

    /// <summary>A refused resource says nothing about its end.</summary>
    private static Binding Known(Binding binding, ResourceVerdict verdict, DateTimeOffset now) =>
        verdict.Refusal is null ? binding with { Term = ResourceTerm.Of(binding.Term, verdict.ExpiresAt, verdict.MinRemainingDays, now) } : binding;

    private async Task<IReadOnlyList<CheckResult>> AboutAsync(string domain, SiteQuestion ask, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var registered = ask.Progress.FollowAsync(ask.ToldAs, RegistryChecks.All, RegisteredAsync(domain, ask.Holder, now, cancellationToken));
        var conflict = await ask.Progress.FollowAsync(ask.ToldAs, CheckNames.DomainConflict, ConflictAsync(domain, ask.Filing, ask.SiteId, now, cancellationToken));
        return [conflict, .. await registered];
    }

    private async Task<IReadOnlyList<CheckResult>> RegisteredAsync(string domain, RegistrySubject holder, DateTimeOffset now, CancellationToken cancellationToken) =>
        RegistryChecks.Judge(await registry.LookUpAsync(domain, cancellationToken), holder, book, RulesOf(holder, now), now);

    private CheckResult SuffixAgain(string ascii, RegistrySubject holder, DateTimeOffset now) => DomainNames.Read(ascii, book).Domain is { } domain
        ? SuffixChecks.Judge(domain, Question(holder), book, RulesOf(holder, now), now)
        : CheckResult.Failed(SuffixChecks.Check, "domain.suffixNotApproved", null, now) with { Args = Texts.Args(("suffix", ascii)) };

    private static DomainQuestion Question(RegistrySubject holder) => new(holder.Nature == 0 ? null : holder.Nature, holder.Province, holder.Kind);

    private RuleSet RulesOf(RegistrySubject holder, DateTimeOffset now) => rules.Current.For(holder.Province, ChinaTime.DateOf(now));

    private async Task<CheckResult> ConflictAsync(string domain, Filing filing, string? siteId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var account = filing.Snapshot.AccountId;
        if (filing.Snapshot.Sites.Any(s => s.Id != siteId && s.Checks.Domain == domain))
        {
            return CheckResult.Failed(CheckNames.DomainConflict, "site.domainRepeated", null, now);
        }

        if (await subjects.FindByDomainAsync(domain, cancellationToken) is { } filed)
        {
            return filed.AccountId == account
                ? CheckResult.Failed(CheckNames.DomainConflict, "domain.alreadyFiledHere", null, now)
                : await inUse.TellAsync(account, CheckNames.DomainConflict, "domain.inUse", now, cancellationToken);
        }

        var hold = "domain:" + domain;
        var held = await holds.FindAsync([hold], cancellationToken);
        return held.TryGetValue(hold, out var other) && other.FilingId != filing.Id
            ? await inUse.TellAsync(account, CheckNames.DomainConflict, "domain.inUse", now, cancellationToken)
            : CheckResult.Passed(CheckNames.DomainConflict, null, now);
    }

    /// <summary>Takes the first reservation that no other site of the filing has.</summary>
    private static (CheckResult Result, Binding? Binding) Bind(ResourceVerdict verdict, SiteQuestion ask, DateTimeOffset now)
    {
        if (verdict.Refusal is { } refusal)
        {
            return (Failed(refusal, now), null);
        }

        var others = ask.Filing.Snapshot.Sites.Where(s => s.Id != ask.SiteId && s.Checks.Binding is not null).Select(s => s.Checks.Binding!.HoldKey).ToHashSet(StringComparer.Ordinal);
        if (verdict.HoldKeys.FirstOrDefault(k => !others.Contains(k)) is not { } key)
        {
            return (CheckResult.Failed(CheckNames.Resource, verdict.CodeId is null ? "resource.quotaFull" : "authCode.inUse", null, now), null);
        }

        var term = ResourceTerm.Of(null, verdict.ExpiresAt, verdict.MinRemainingDays, now);
        return (CheckResult.Passed(CheckNames.Resource, null, now), new Binding(verdict.ResourceId!, verdict.CodeId, key, verdict.PublicIps) { Term = term });
    }

    /// <summary>The precise reason when there is one, else the refusal itself.</summary>
    private static CheckResult Failed(DomainError refusal, DateTimeOffset now)
    {
        var (code, args) = refusal.Errors.Count > 0 ? (refusal.Errors[0].Code, refusal.Errors[0].Args) : (refusal.Code, refusal.Args);
        return CheckResult.Failed(CheckNames.Resource, code, null, now) with { Args = args };
    }
}
