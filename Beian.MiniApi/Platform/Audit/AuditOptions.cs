using System.ComponentModel.DataAnnotations;

namespace Beian.MiniApi.Platform.Audit;

/// <summary>The audit trail.</summary>
public sealed class AuditOptions
{
    public const string Section = "Audit";

    /// <summary>Days that entries are kept; default 365, at least 180 (six months: 网络安全法, article 21, for logs of networks). What is older goes and leaves a signed checkpoint.</summary>
    [Range(180, 36_500)]
    public int KeepDays { get; set; } = 365;

    /// <summary>Minutes for which repeated views of one's own data, of one thing in one session, are one entry; default 5, 0 records each.</summary>
    [Range(0, 1440)]
    public int OwnViewMinutes { get; set; } = 5;
}
