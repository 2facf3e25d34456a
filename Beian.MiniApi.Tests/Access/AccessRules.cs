namespace Beian.MiniApi.Tests.Access;

/// <summary>Who may call a route.</summary>
public enum Access
{
    /// <summary>Anybody; a token is not looked at.</summary>
    Anybody = 1,

    /// <summary>Applicants, about themselves.</summary>
    Applicant = 2,

    /// <summary>Applicants, about a thing the path names; somebody else's is as if it were not there.</summary>
    Owner = 3,

    /// <summary>Reviewers and admins.</summary>
    Staff = 4,

    /// <summary>Admins.</summary>
    Admin = 5,

    /// <summary>Whoever is logged in, about themselves.</summary>
    Everybody = 6,
}

/// <summary>Every route of the API with its rule. Whoever adds a route adds a row; a test insists.</summary>
internal static class AccessRules
{
    public static readonly IReadOnlyDictionary<string, Access> Of = Rules().ToDictionary(r => r.Route, r => r.Access, StringComparer.Ordinal);

    /// <summary>GETs behind a login that show no personal data, each with why; all others leave an entry in the audit trail.</summary>
    public static readonly IReadOnlyDictionary<string, string> Impersonal = new Dictionary<string, string>(StringComparer.Ordinal)
    {
    };

    private static IEnumerable<(string Route, Access Access)> Rules() => [];
}
