using System.Globalization;
using Beian.MiniApi.Domain.Reference;
using Beian.MiniApi.Domain.Rules.Packs;

namespace Beian.MiniApi.Domain.Verification;

/// <summary>Whom the domain must belong to; what is not filled in yet is null.</summary>
/// <param name="Nature">Code of the subject nature.</param>
/// <param name="Name">Full name of the subject.</param>
/// <param name="CertificateNumber">Number of the subject's certificate.</param>
/// <param name="LegalRepresentative">Name of the legal representative; may hold an organisation's domain. Some provinces refuse that.</param>
public sealed record RegistrySubject(int Nature, string? Name, string? CertificateNumber, string? LegalRepresentative)
{
    /// <summary>Where it is filed; null while not chosen.</summary>
    public string? Province { get; init; }

    /// <summary>Kind of filing as the data names it.</summary>
    public string Kind { get; init; } = "FirstFiling";

    /// <summary>Keeps the values out of anything that prints the record.</summary>
    public override string ToString() => "RegistrySubject";
}

/// <summary>Judges registration facts by the rules of the province, and by those that hold everywhere.</summary>
public static class RegistryChecks
{
    public const string Registrar = "domain.registrar";
    public const string Expiry = "domain.expiry";
    public const string RealName = "domain.realName";
    public const string Holder = "domain.holder";

    /// <summary>Said of a domain that the legal representative holds where the province wants a letter with it.</summary>
    public const string HolderNeedsLetter = "domain.holderNeedsLetter";

    /// <summary>All of them, in the order they are judged.</summary>
    public static readonly IReadOnlyList<string> All = [Registrar, Expiry, RealName, Holder];

    /// <summary>Months of registration below which <c>domain.expiringSoon</c> is said; whether it blocks is a province's rule.</summary>
    public const int ExpiringSoonMonths = 3;

    /// <summary>
    /// One result per check. When the domain is not registered there is a single one: <see cref="Registrar"/>, failed as <c>domain.notRegistered</c>.
    /// </summary>
    public static IReadOnlyList<CheckResult> Judge(RegistryFacts facts, RegistrySubject subject, ReferenceBook book, RuleSet rules, DateTimeOffset now) => facts.Outcome switch
    {
        RegistryOutcome.NotRegistered => [CheckResult.Failed(Registrar, "domain.notRegistered", facts.Evidence, facts.CheckedAt) with { Rule = DomainRule(rules) }],
        RegistryOutcome.Found => [OfRegistrar(facts, book.Registrars, rules), OfExpiry(facts, subject, rules, now), OfRealName(facts, rules, now), OfHolder(facts, subject, book, rules)],
        _ => [.. All.Select(c => CheckResult.Unknown(c, facts.Source == RegistryFacts.NoSource ? UnknownReason.NotDisclosed : UnknownReason.Unavailable, facts.Evidence, facts.CheckedAt))],
    };

    /// <summary>How heavy a code of these checks weighs: soon is a warning, everything else must be mended.</summary>
    public static Severity SeverityOf(string code) => code is "domain.expiringSoon" or "domain.realNameTooRecent" ? Severity.Warning : Severity.Error;

    private static CheckResult OfRegistrar(RegistryFacts facts, RegistrarList registrars, RuleSet rules)
    {
        var evidence = $"{facts.Source} registrar: {facts.Registrar ?? "-"} ({facts.RegistrarIanaId ?? "-"})";
        return registrars.IsApproved(facts.Registrar, facts.RegistrarIanaId) switch
        {
            true => CheckResult.Passed(Registrar, evidence, facts.CheckedAt),
            false => CheckResult.Failed(Registrar, "domain.registrarNotApproved", evidence, facts.CheckedAt) with { Rule = DomainRule(rules) },
            null => CheckResult.Unknown(Registrar, UnknownReason.NotDisclosed, evidence, facts.CheckedAt),
        };
    }

    private static CheckResult OfExpiry(RegistryFacts facts, RegistrySubject subject, RuleSet rules, DateTimeOffset now)
    {
        if (facts.ExpiresAt is not { } expires)
        {
            return CheckResult.Unknown(Expiry, UnknownReason.NotDisclosed, facts.Evidence, facts.CheckedAt);
        }

        var evidence = $"{facts.Source} expires {Date(expires)}";
        if (expires <= now)
        {
            return CheckResult.Failed(Expiry, "domain.expired", evidence, facts.CheckedAt) with { Rule = DomainRule(rules) };
        }

        if (rules.Find<int>("domainMinRemainingMonths", subject.Kind) is { } least && ChinaTime.DateOf(expires) < ChinaTime.DateOf(now).AddMonths(least.Value))
        {
            return CheckResult.Failed(Expiry, "domain.expiresTooSoon", evidence, facts.CheckedAt) with { Rule = least.Ref, Args = Texts.Args(("months", least.Value.ToString(CultureInfo.InvariantCulture))) };
        }

        return ChinaTime.DateOf(expires) < ChinaTime.DateOf(now).AddMonths(ExpiringSoonMonths)
            ? CheckResult.Warned(Expiry, "domain.expiringSoon", evidence, facts.CheckedAt)
            : CheckResult.Passed(Expiry, evidence, facts.CheckedAt);
    }

    private static CheckResult OfRealName(RegistryFacts facts, RuleSet rules, DateTimeOffset now)
    {
        var rule = rules.Find<DomainDefaults>("domain");
        if (facts.RealName == RealNameStatus.Missing)
        {
            return CheckResult.Failed(RealName, "domain.realNameMissing", $"{facts.Source} real name: none", facts.CheckedAt) with { Rule = rule?.Ref };
        }

        if (facts.RealName == RealNameStatus.NotDisclosed)
        {
            return CheckResult.Unknown(RealName, UnknownReason.NotDisclosed, facts.Evidence, facts.CheckedAt);
        }

        if (rule is not null && facts.RealNamedAt is { } since && since.AddDays(rule.Value.RealNameMinAge.SameProviderNaturalDays) is var enough && enough > now)
        {
            var evidence = $"{facts.Source} real name since {Date(since)}, enough from {Date(enough)}";
            return CheckResult.Failed(RealName, "domain.realNameTooRecent", evidence, facts.CheckedAt) with { Rule = rule.Ref };
        }

        return CheckResult.Passed(RealName, $"{facts.Source} real name: verified", facts.CheckedAt);
    }

    private static CheckResult OfHolder(RegistryFacts facts, RegistrySubject subject, ReferenceBook book, RuleSet rules)
    {
        var individual = book.FindNature(subject.Nature)?.IsPerson ?? false;
        var rule = rules.FindFor<string>("domainRegistrantMustMatch", individual, subject.Kind);
        if (IsLegalRepresentative(facts.Holder, subject, individual))
        {
            return rule?.Value switch
            {
                "organizationOnly" => CheckResult.Failed(Holder, "domain.holderMustBeOrganisation", $"{facts.Source} holder: legal representative", facts.CheckedAt) with { Rule = rule.Ref },
                "organizationOrLegalPersonWithLetter" => CheckResult.Warned(Holder, HolderNeedsLetter, $"{facts.Source} holder: legal representative", facts.CheckedAt) with { Rule = rule.Ref },
                _ => CheckResult.Passed(Holder, $"{facts.Source} holder: same", facts.CheckedAt),
            };
        }

        return Compare(facts.Holder, subject, book) switch
        {
            true => CheckResult.Passed(Holder, $"{facts.Source} holder: same", facts.CheckedAt),
            false => CheckResult.Failed(Holder, "domain.holderMismatch", $"{facts.Source} holder: another", facts.CheckedAt) with { Rule = rule?.Ref ?? DomainRule(rules) },
            null => CheckResult.Unknown(Holder, UnknownReason.NotDisclosed, facts.Holder is null ? $"{facts.Source} holder: not disclosed" : $"{facts.Source} holder: nothing to compare with yet", facts.CheckedAt),
        };
    }

    /// <summary>What holds for every domain, as a rule to name.</summary>
    private static RuleRef? DomainRule(RuleSet rules) => rules.Find<DomainDefaults>("domain")?.Ref;

    private static bool IsLegalRepresentative(DomainHolder? holder, RegistrySubject subject, bool individual) =>
        !individual && holder?.Name is { } name && subject.LegalRepresentative is { } representative && HolderNames.Same(name, representative);

    /// <summary>Whether the holder is the subject; null while what is disclosed and what is filled in have nothing in common.</summary>
    private static bool? Compare(DomainHolder? holder, RegistrySubject subject, ReferenceBook book)
    {
        var isPerson = book.FindNature(subject.Nature)?.IsPerson ?? false;
        if (holder is null)
        {
            return null;
        }

        // A legal representative shows a person's paper, whose number says nothing about the organisation's.
        var personsPaper = book.FindCertificateType(holder.CertificateType)?.ForPerson ?? false;
        if (!isPerson && personsPaper && subject.LegalRepresentative is null)
        {
            return null;
        }

        bool? sameName = holder.Name is null || subject.Name is null ? null : HolderNames.Same(holder.Name, subject.Name);
        bool? sameNumber = holder.CertificateNumber is null || subject.CertificateNumber is null ? null : SameNumber(holder.CertificateNumber, subject.CertificateNumber);
        var differs = sameName is false || sameNumber is false;
        if (differs && !isPerson && sameNumber is null && subject.LegalRepresentative is null && holder.CertificateType is null && MayBePerson(holder.Name))
        {
            return null;
        }

        return differs ? false : sameName ?? sameNumber;
    }

    /// <summary>Equal, or one is the organisation code inside the other, a unified credit code.</summary>
    private static bool SameNumber(string a, string b)
    {
        var (one, two) = (CertificateNumbers.Normalise(a).Replace("-", string.Empty, StringComparison.Ordinal), CertificateNumbers.Normalise(b).Replace("-", string.Empty, StringComparison.Ordinal));
        return one == two || Inside(one, two) || Inside(two, one);

        static bool Inside(string code, string credit) => code.Length == 9 && credit.Length == 18 && credit[8..17] == code;
    }

    /// <summary>Persons' names are short or carry a middle dot; organisations' are not, in practice.</summary>
    private static bool MayBePerson(string? name) => name is not null && (name.Length <= 4 || name.Contains('·', StringComparison.Ordinal));

    private static string Date(DateTimeOffset instant) => ChinaTime.DateOf(instant).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
