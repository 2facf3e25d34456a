using System.ComponentModel.DataAnnotations;

namespace Beian.MiniApi.Features.Accounts;

/// <summary>How long each kind of data is kept. A job deletes what is older, once an hour, and reports how much it was. The audit trail has its own setting, <c>Audit:KeepDays</c>.</summary>
public sealed class RetentionOptions
{
    public const string Section = "Retention";

    /// <summary>
    /// Days that approved filings and filed subjects are kept after the last user of their account was erased; null as long as they are in force, since a
    /// provider must be able to show whose sites it serves. Default null.
    /// </summary>
    [Range(1, 36_500)]
    public int? ApprovedFilingDays { get; set; }

    /// <summary>
    /// Days that filings are kept, with their papers, after they were abandoned or their draft expired; until then they can be copied into a new one. Null for ever. Default 730:
    /// nothing comes of them any more, and a second attempt is seldom later.
    /// </summary>
    [Range(1, 36_500)]
    public int? ClosedFilingDays { get; set; } = 730;

    /// <summary>Days that messages of the inbox are kept; default 365.</summary>
    [Range(1, 36_500)]
    public int InboxDays { get; set; } = 365;

    /// <summary>Days that the grants of full views are kept with their reasons; default 365. Their entries in the audit trail stay as long as it does.</summary>
    [Range(1, 36_500)]
    public int FullViewDays { get; set; } = 365;
}
