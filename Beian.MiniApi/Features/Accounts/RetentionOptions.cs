using System.ComponentModel.DataAnnotations;

namespace Beian.MiniApi.Features.Accounts;

/// <summary>What outlives the erasure of a user, and for how long.</summary>
public sealed class RetentionOptions
{
    public const string Section = "Retention";

    /// <summary>
    /// Days that approved filings and filed subjects are kept after the last user of their account was erased; null as long as they are in force, since a
    /// provider must be able to show whose sites it serves. Default null.
    /// </summary>
    [Range(1, 36_500)]
    public int? ApprovedFilingDays { get; set; }
}
