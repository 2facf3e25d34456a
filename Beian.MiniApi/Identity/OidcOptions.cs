using System.ComponentModel.DataAnnotations;

namespace Beian.MiniApi.Identity;

/// <summary>The identity provider of staff (OpenID Connect), used where <c>Staff:Login</c> is <c>oidc</c>.</summary>
public sealed class OidcOptions
{
    public const string Section = "Staff:Oidc";

    /// <summary>Its address as it names itself (issuer), https unless on this machine; <c>self</c> is the sandbox of this server, in Development only. No default.</summary>
    [RegularExpression("self|https?://.+", ErrorMessage = "Staff:Oidc:Authority must be 'self' or an absolute https address.")]
    public string? Authority { get; set; }

    /// <summary>The id under which this service is registered there. No default.</summary>
    public string? ClientId { get; set; }

    /// <summary>Its secret, never logged; without one the client is public and proves itself by PKCE alone.</summary>
    public string? ClientSecret { get; set; }

    /// <summary>Where the provider sends the browser back to, as registered there: a page of the review console. No default.</summary>
    public string? RedirectUri { get; set; }

    /// <summary>What is asked for; default <c>openid profile</c>.</summary>
    [Required]
    public string Scope { get; set; } = "openid profile";

    /// <summary>The claim of the ID token that holds roles, a text or a list; dots lead into objects, such as <c>realm_access.roles</c>. Default <c>roles</c>.</summary>
    [Required]
    public string RoleClaim { get; set; } = "roles";

    /// <summary>The value that makes an admin; default <c>beian-admin</c>. It wins over the reviewer's.</summary>
    [Required]
    public string AdminValue { get; set; } = "beian-admin";

    /// <summary>The value that makes a reviewer; default <c>beian-reviewer</c>.</summary>
    [Required]
    public string ReviewerValue { get; set; } = "beian-reviewer";

    /// <summary>The claim that admins see as the name; default <c>preferred_username</c>.</summary>
    [Required]
    public string NameClaim { get; set; } = "preferred_username";

    /// <summary>By how much the provider's clock may differ; default 30 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:05:00")]
    public TimeSpan ClockSkew { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long one step of a login may wait for it; default 4 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:00:30")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(4);

    /// <summary>How long it is left alone once half of at least five calls within 30 s have failed; default 15 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00.500", "00:10:00")]
    public TimeSpan Break { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>How long its addresses and keys are believed before they are read again; an unknown key asks for them earlier. Default 1 hour.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan Refresh { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How soon they may be read again for an unknown key; default 10 seconds.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan RefreshAtMostEvery { get; set; } = TimeSpan.FromSeconds(10);
}
