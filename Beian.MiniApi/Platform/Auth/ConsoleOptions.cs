using System.ComponentModel.DataAnnotations;

namespace Beian.MiniApi.Platform.Auth;

/// <summary>The review console in the browser.</summary>
public sealed class ConsoleOptions
{
    public const string Section = "Console";

    /// <summary>How long a browser may be left alone before its staff must log in again; default 1 hour. The session itself ends after <c>Auth:StaffRefreshLifetime</c> at the latest.</summary>
    [Range(typeof(TimeSpan), "00:01:00", "12:00:00")]
    public TimeSpan IdleAfter { get; set; } = TimeSpan.FromHours(1);
}
