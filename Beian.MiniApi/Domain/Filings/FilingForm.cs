using Beian.MiniApi.Domain.Resources;
using Beian.MiniApi.Domain.Verification;

namespace Beian.MiniApi.Domain.Filings;

/// <summary>备案地域: three division codes, each as typed or null.</summary>
public sealed record Region(string? Province, string? City, string? District);

/// <summary>How far the verification of the filing type (验证备案类型) is.</summary>
public enum VerificationStatus
{
    /// <summary>Something is missing, or a value changed since the checks ran.</summary>
    Unverified = 1,

    /// <summary>All checks passed or could not run.</summary>
    Verified = 2,

    /// <summary>At least one check failed.</summary>
    Failed = 3,
}

/// <summary>The resource or code that a site is bound to after its checks passed.</summary>
/// <param name="ResourceId">The cloud resource behind the site.</param>
/// <param name="CodeId">The auth code used, or null for a resource of the account.</param>
/// <param name="HoldKey">What the filing reserves: <c>code:id</c> or <c>slot:resource:n</c>.</param>
/// <param name="PublicIps">The addresses that are filed.</param>
public sealed record Binding(string ResourceId, string? CodeId, string HoldKey, IReadOnlyList<string> PublicIps)
{
    /// <summary>How long the resource lasts; null where it has no end.</summary>
    public ResourceTerm? Term { get; init; }
}

/// <summary>What is checked of one domain and its resource: the typed values, what they came to, and the evidence.</summary>
public sealed record DomainChecks
{
    public static readonly DomainChecks None = new();

    /// <summary>Registrable domain as an A-label, or null when the typed one is not a domain we can file.</summary>
    public string? Domain { get; init; }

    /// <summary>The same for people: Chinese labels unescaped.</summary>
    public string? DisplayDomain { get; init; }

    /// <summary>Set once the checks passed.</summary>
    public Binding? Binding { get; init; }

    /// <summary>One result per check, with evidence and time.</summary>
    public IReadOnlyList<CheckResult> Results { get; init; } = [];

    /// <summary>What was changed while reading the typed domain, such as a stripped <c>www</c>.</summary>
    public IReadOnlyList<Finding> Notes { get; init; } = [];

    /// <summary>True from the moment the checks first passed: domain and resource are then reserved, whatever later checks say.</summary>
    public bool IsHeld { get; init; }

    /// <summary>False for a domain that somebody else has and that only the reviewer is told about: it is not reserved.</summary>
    public bool HoldsDomain { get; init; } = true;

    /// <summary>True when the checks ran and none failed. Whether the site is open already is no part of it: that is mended without typing anything.</summary>
    public bool Passed => Binding is not null && Results.All(r => r.Outcome != CheckOutcome.Failed || ProbeChecks.IsOne(r.Check));

    /// <summary>These checks, with what a probe found earlier about the same domain unless it was asked again.</summary>
    public DomainChecks Keeping(DomainChecks before) =>
        Domain is not null && Domain == before.Domain ? this with { Results = ProbeChecks.Keep(Results, before.Results) } : this;
}

/// <summary>The step 验证备案类型, as typed.</summary>
public sealed record Verification
{
    public Region? Region { get; init; }

    /// <summary>主办者性质: code of the subject-natures data.</summary>
    public int? SubjectNature { get; init; }

    /// <summary>Code of the certificate-types data.</summary>
    public int? CertificateType { get; init; }

    public string? CertificateNumber { get; init; }

    public string? Domain { get; init; }

    public ResourceChoice? Resource { get; init; }

    public VerificationStatus Status { get; init; } = VerificationStatus.Unverified;

    public DateTimeOffset? VerifiedAt { get; init; }

    /// <summary>Results that are about the subject rather than its domain: region, number, conflicts.</summary>
    public IReadOnlyList<CheckResult> SubjectResults { get; init; } = [];

    public DomainChecks DomainChecks { get; init; } = DomainChecks.None;

    /// <summary>False for a subject that somebody else has and that only the reviewer is told about: it is not reserved.</summary>
    public bool HoldsSubject { get; init; } = true;

    /// <summary>True when nothing that the checks need is missing.</summary>
    public bool IsComplete =>
        Filled(Region?.Province) && Filled(Region?.City) && Filled(Region?.District) && SubjectNature is not null && CertificateType is not null
        && Filled(CertificateNumber) && Filled(Domain) && Chosen(Resource);

    internal static bool Filled(string? value) => !string.IsNullOrWhiteSpace(value);

    internal static bool Chosen(ResourceChoice? choice) => choice?.IsComplete() == true;
}

/// <summary>法定代表人.</summary>
public sealed record LegalRepresentative(string? Name, int? CertificateType, string? CertificateNumber);

/// <summary>负责人: principal of the subject or of a site. Everything as typed.</summary>
public sealed record Person
{
    public static readonly Person Empty = new();

    /// <summary>What stands for the end of a paper that has none (长期).</summary>
    public const string LongTerm = "longTerm";

    public string? Name { get; init; }

    public int? CertificateType { get; init; }

    public string? CertificateNumber { get; init; }

    /// <summary>First day of validity, <c>YYYY-MM-DD</c>.</summary>
    public string? ValidFrom { get; init; }

    /// <summary>Last day of validity, <c>YYYY-MM-DD</c> or <c>longTerm</c>.</summary>
    public string? ValidTo { get; init; }

    public string? Mobile { get; init; }

    public string? Phone2 { get; init; }

    public string? Landline { get; init; }

    public string? EmergencyPhone { get; init; }

    public string? Email { get; init; }

    /// <summary>True when nothing has been typed yet.</summary>
    public bool IsEmpty => this == Empty;
}

/// <summary>主体信息: who files. Everything as typed.</summary>
public sealed record Subject
{
    public string? Name { get; init; }

    public string? CertificateAddress { get; init; }

    public string? MailingAddress { get; init; }

    /// <summary>投资人或主管单位.</summary>
    public string? Investor { get; init; }

    public LegalRepresentative? LegalRepresentative { get; init; }

    /// <summary>Last day of the certificate, <c>YYYY-MM-DD</c> or <c>longTerm</c>; may be left out.</summary>
    public string? CertificateValidTo { get; init; }

    /// <summary>经营范围 as on the licence; may be left out. Words in it can ask for a permission or a letter.</summary>
    public string? BusinessScope { get; init; }

    public string? Remark { get; init; }

    public Person Principal { get; init; } = Person.Empty;

    /// <summary>True when no field of the subject itself has been typed yet.</summary>
    public bool IsEmpty => this with { Principal = Person.Empty } == new Subject();
}

/// <summary>前置或专项审批 that a site declares.</summary>
public sealed record PreApproval(string? Type, string? Number);

/// <summary>网站信息: one site of the filing. Everything as typed.</summary>
public sealed record Site
{
    public required string Id { get; init; }

    /// <summary>True for the site that the verification made; its domain and resource change there, not here.</summary>
    public bool FromVerification { get; init; }

    /// <summary>Always <c>website</c> for now.</summary>
    public string? Kind { get; init; }

    public string? Name { get; init; }

    public string? Domain { get; init; }

    public ResourceChoice? Resource { get; init; }

    public string? HomeUrl { get; init; }

    public IReadOnlyList<int> ServiceContents { get; init; } = [];

    public IReadOnlyList<int> Languages { get; init; } = [];

    public IReadOnlyList<PreApproval> PreApprovals { get; init; } = [];

    public string? Remark { get; init; }

    /// <summary>同主体负责人: a reference, not a copy; editing one edits both.</summary>
    public bool SameAsSubjectPrincipal { get; init; }

    /// <summary>网站负责人; kept while <see cref="SameAsSubjectPrincipal"/> hides it.</summary>
    public Person Principal { get; init; } = Person.Empty;

    public FaceChecks.FaceCheck? FaceCheck { get; init; }

    public DomainChecks Checks { get; init; } = DomainChecks.None;

    /// <summary>网站备案号, once approved.</summary>
    public string? Number { get; init; }
}
