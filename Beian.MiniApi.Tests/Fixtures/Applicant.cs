namespace Beian.MiniApi.Tests.Fixtures;

/// <summary>A made-up principal.</summary>
public sealed record Principal(string Name, string CertificateNumber, string Mobile)
{
    /// <summary>Code of the certificate types; 2 is the resident identity card.</summary>
    public int CertificateType { get; init; } = 2;

    public string EmergencyPhone { get; init; } = MadeUp.Mobile(9_999);

    public required string Email { get; init; }

    public static Principal Number(int n, string name = "测试甲") => new(name, MadeUp.IdentityNumber(n), MadeUp.Mobile(n)) { Email = $"person{n}@example.cn" };

    /// <summary>The body of a principal's step.</summary>
    public object Body => new { Name, CertificateType, CertificateNumber, validFrom = "2020-01-01", validTo = "longTerm", Mobile, EmergencyPhone, Email };
}

/// <summary>Who files what: all that a journey types. Two with different numbers never meet.</summary>
public sealed record Applicant
{
    /// <summary>Name of the sandbox login; no hyphens.</summary>
    public required string Login { get; init; }

    public required bool IsOrganisation { get; init; }

    /// <summary>Name of the subject and of the account.</summary>
    public required string Name { get; init; }

    public string Province { get; init; } = "330000";

    public string City { get; init; } = "330100";

    public string District { get; init; } = "330106";

    /// <summary>Code of the subject natures: 4 enterprise, 5 individual.</summary>
    public required int Nature { get; init; }

    public required int CertificateType { get; init; }

    public required string CertificateNumber { get; init; }

    public required string Domain { get; init; }

    /// <summary>Files with this auth code; null for the server that the journey feeds.</summary>
    public string? AuthCode { get; init; }

    public string SiteName { get; init; } = "示例科技产品展示";

    public required Principal Principal { get; init; }

    /// <summary>The site's own principal; null for the subject's.</summary>
    public Principal? SitePrincipal { get; init; }

    public string AccountId => "acc-" + Login;

    public string ResourceId => "cvm-" + Login;

    public static Applicant Organisation(string login, int n) => new()
    {
        Login = login,
        IsOrganisation = true,
        Name = $"示例{login}科技有限公司",
        Nature = 4,
        CertificateType = 1,
        CertificateNumber = MadeUp.CreditCode(n, "330106"),
        Domain = $"{login.ToLowerInvariant()}-example.cn",
        Principal = Principal.Number(n),
    };

    public static Applicant Individual(string login, int n) => new()
    {
        Login = login,
        IsOrganisation = false,
        Name = "测试甲",
        Nature = 5,
        CertificateType = 2,
        CertificateNumber = MadeUp.IdentityNumber(n),
        Domain = $"{login.ToLowerInvariant()}-example.cn",
        SiteName = "甲的读书笔记",
        Principal = Principal.Number(n),
    };
}
