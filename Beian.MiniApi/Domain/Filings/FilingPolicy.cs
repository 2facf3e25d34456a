namespace Beian.MiniApi.Domain.Filings;

/// <summary>The times a filing lives by.</summary>
public static class FilingTimes
{
    /// <summary>A draft without a save or submission expires (Tencent Cloud, 备案限制说明).</summary>
    public static readonly TimeSpan DraftIdle = TimeSpan.FromDays(30);

    /// <summary>A filing that waits for its applicant goes back to the draft (Tencent Cloud, 备案限制说明).</summary>
    public static readonly TimeSpan ApplicantIdle = TimeSpan.FromDays(45);

    /// <summary>Days after which an idle draft is reminded of; inferred from the 30 days.</summary>
    public static readonly int[] DraftReminderDays = [23, 29];

    /// <summary>Days after a rejection on which the applicant is reminded (Tencent Cloud, 备案限制说明).</summary>
    public static readonly int[] RejectionReminderDays = [5, 10, 15];

    /// <summary>The principals enter MIIT's code within a day of the submission to the authority (since 2020-08-17).</summary>
    public static readonly TimeSpan SmsVerification = TimeSpan.FromHours(24);

    /// <summary>Hours into the SMS step at which the principals are reminded; inferred.</summary>
    public static readonly int[] SmsReminderHours = [1, 6, 12, 20];

    /// <summary>
    /// Hours into the SMS step at which MIIT's system sends the code once more by itself (Huawei Cloud, 短信核验). The reminder of that hour says so.
    /// </summary>
    public const int SmsSecondTextHours = 12;

    /// <summary>
    /// Days an approved site has for the filing with public security (公安联网备案), counted from the approval: the day itself does not count, the last one ends
    /// at 24:00 in Shanghai (计算机信息网络国际联网安全保护管理办法, art. 12).
    /// </summary>
    public const int PoliceFilingDays = 30;

    /// <summary>Days after the approval on which that duty is reminded of; inferred.</summary>
    public static readonly int[] PoliceReminderDays = [20, 27];

    /// <summary>
    /// Days before the end of a cloud resource on which an open filing's applicant is reminded, where the type of the resource demands no number of its own
    /// (Tencent Cloud, 备案云服务: a filing wants 30 days left).
    /// </summary>
    public const int ResourceShortDays = 30;

    /// <summary>How far ahead of the last act such a date is shown: no step of a filing lasts longer.</summary>
    public static readonly TimeSpan ResourceShownWithin = TimeSpan.FromDays(60);

    /// <summary>When reviewers call on working days, in Shanghai; an applicant's own window lies within; inferred from usual office hours.</summary>
    public static readonly TimeOnly CallsFrom = new(9, 0);

    /// <summary>End of <see cref="CallsFrom"/>, exclusive.</summary>
    public static readonly TimeOnly CallsTo = new(18, 0);

    /// <summary>Shortest window an applicant may choose: less could not hold a second try.</summary>
    public static readonly TimeSpan ShortestCallWindow = TimeSpan.FromHours(1);

    /// <summary>A second unanswered call counts when it is made at least this long after the first.</summary>
    public static readonly TimeSpan CallRetry = TimeSpan.FromHours(1);

    /// <summary>A claim without any act of the reviewer lapses.</summary>
    public static readonly TimeSpan ClaimIdle = TimeSpan.FromMinutes(30);

    /// <summary>Working days of the provider's review that are promised.</summary>
    public const int ReviewWorkingDays = 2;

    /// <summary>Working days the authority has by law (MII Order 33, art. 12).</summary>
    public const int AuthorityWorkingDays = 20;

    /// <summary>An approved filing goes to the authority within this time.</summary>
    public static readonly TimeSpan AuthoritySubmission = TimeSpan.FromHours(24);
}

/// <summary>Hard limits of a filing; over them nothing is stored.</summary>
public static class FilingLimits
{
    /// <summary>Sites of one filing by an organisation (Tencent Cloud, 备案限制说明).</summary>
    public const int SitesOfOrganisation = 10;

    /// <summary>Sites of one filing by an individual (same source).</summary>
    public const int SitesOfIndividual = 1;

    /// <summary>Sites of one filing; while it is not known who files, those of an organisation.</summary>
    public static int SitesOf(bool? individual) => individual == true ? SitesOfIndividual : SitesOfOrganisation;
}
