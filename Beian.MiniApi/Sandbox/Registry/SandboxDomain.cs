using System.Text.Json.Serialization;

namespace Beian.MiniApi.Sandbox.Registry;

/// <summary>How the played registry behaves for a domain.</summary>
public enum SandboxBehaviour
{
    Ok = 1,

    /// <summary>Answers after ten seconds, later than anybody waits.</summary>
    Slow = 2,

    /// <summary>RDAP and DNS answer 503, WHOIS drops the connection.</summary>
    Down = 3,
}

/// <summary>What is played under a domain that resolves.</summary>
public enum SandboxSite
{
    /// <summary>A home page.</summary>
    Open = 1,

    /// <summary>An address where nobody answers.</summary>
    Silent = 2,

    /// <summary>A server that answers 500.</summary>
    Error = 3,
}

/// <summary>The played holder of a domain.</summary>
public sealed record SandboxHolder(string? Name = null, int? CertificateType = null, string? CertificateNumber = null);

/// <summary>One played domain; as a request, every absent member gets the value of an ordinary domain.</summary>
public sealed record SandboxDomain
{
    /// <summary>Registrar's name; absent or null picks one that fits <see cref="RegistrarApproved"/>.</summary>
    public string? Registrar { get; init; }

    /// <summary>Whether the registrar is an approved one; default true.</summary>
    public bool RegistrarApproved { get; init; } = true;

    /// <summary>Default two years ago.</summary>
    public DateTimeOffset? RegisteredAt { get; init; }

    /// <summary>Default a year from now.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>When the holder passed the real-name check; null for never, absent for a year ago.</summary>
    public DateTimeOffset? RealNamedAt { get; init; } = DateTimeOffset.MinValue;

    /// <summary>Null or absent: not disclosed.</summary>
    public SandboxHolder? Holder { get; init; }

    /// <summary>Whether the domain and its <c>www.</c> have an address; default false.</summary>
    public bool Resolves { get; init; }

    /// <summary>What is at that address; default a home page.</summary>
    public SandboxSite Site { get; init; } = SandboxSite.Open;

    /// <summary>The filing number at the foot of the home page, linked to the authority; null or absent for none.</summary>
    public string? FooterNumber { get; init; }

    public SandboxBehaviour Behaviour { get; init; } = SandboxBehaviour.Ok;

    /// <summary>IANA keeps 9994 and 9995 for tests; <c>approved-registrars.json</c> lists the first as approved and the second as not.</summary>
    [JsonIgnore]
    public string RegistrarIanaId => RegistrarApproved ? "9994" : "9995";

    /// <summary>The same domain with every default filled in.</summary>
    public SandboxDomain Complete(DateTimeOffset now) => this with
    {
        Registrar = Registrar ?? (RegistrarApproved ? "沙箱域名注册有限公司" : "Sandbox Overseas Registrar Inc."),
        RegisteredAt = RegisteredAt ?? now.AddYears(-2),
        ExpiresAt = ExpiresAt ?? now.AddYears(1),
        RealNamedAt = RealNamedAt == DateTimeOffset.MinValue ? now.AddYears(-1) : RealNamedAt,
    };
}
