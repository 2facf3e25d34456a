using System.ComponentModel.DataAnnotations;

namespace Beian.MiniApi.Platform.Auth;

/// <summary>One key that signs access tokens.</summary>
public sealed class SigningKeyOptions
{
    /// <summary>Travels as <c>kid</c> in every token; unique.</summary>
    [Required]
    public string Id { get; set; } = string.Empty;

    /// <summary>Base64 of at least 32 bytes.</summary>
    [Required]
    public string Key { get; set; } = string.Empty;
}

/// <summary>Tokens and sessions.</summary>
public sealed class AuthOptions
{
    public const string Section = "Auth";

    /// <summary>Longest life an access token can be given.</summary>
    internal static readonly TimeSpan MaxAccessLifetime = TimeSpan.FromHours(1);

    /// <summary>Who issues the tokens; default <c>beian-miniapi</c>.</summary>
    [Required]
    public string Issuer { get; set; } = "beian-miniapi";

    /// <summary>Whom they are for; default <c>beian-miniapi</c>.</summary>
    [Required]
    public string Audience { get; set; } = "beian-miniapi";

    /// <summary>
    /// The first signs, all verify: put a new key in front, and drop the old one once its tokens have run out, after <c>Auth:AccessLifetime</c>. Read again when the file they
    /// stand in changes; keys from the environment need a restart. No default outside Development.
    /// </summary>
    public IList<SigningKeyOptions> SigningKeys { get; } = [];

    /// <summary>Life of an access token; default 15 minutes.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan AccessLifetime { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>Life of an applicant's session after its last refresh; default 30 days.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "365.00:00:00")]
    public TimeSpan RefreshLifetime { get; set; } = TimeSpan.FromDays(30);

    /// <summary>Life of a session of staff after its last refresh, or after its login where <c>Staff:Login</c> is <c>oidc</c>; default 12 hours, a working day.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "30.00:00:00")]
    public TimeSpan StaffRefreshLifetime { get; set; } = TimeSpan.FromHours(12);
}
