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
    private const string Table = """
        Anybody    post    /api/v1/auth/wechat
        Anybody    post    /api/v1/auth/refresh
        Anybody    get     /api/v1/face-checks/return
        Anybody    get     /api/v1/letters/{ticket}
        Anybody    head    /api/v1/letters/{ticket}
        Anybody    get     /api/v1/reference
        Anybody    get     /api/v1/reference/{set}
        Anybody    get     /api/v1/reference/provinces/{code}
        Anybody    get     /api/v1/reference/requirements
        Anybody    post    /api/v1/staff/login
        Anybody    post    /api/v1/staff/oidc/start
        Anybody    post    /api/v1/staff/oidc/finish
        Applicant  post    /api/v1/auth/logout
        Applicant  post    /api/v1/auth-codes
        Applicant  get     /api/v1/auth-codes
        Applicant  post    /api/v1/auth-codes/check
        Applicant  post    /api/v1/face-checks/handover
        Applicant  post    /api/v1/filings
        Applicant  get     /api/v1/filings
        Applicant  post    /api/v1/ocr/id-card
        Applicant  post    /api/v1/ocr/business-licence
        Applicant  get     /api/v1/me
        Applicant  put     /api/v1/me
        Applicant  delete  /api/v1/me
        Applicant  get     /api/v1/me/access-log
        Applicant  get     /api/v1/me/consents
        Applicant  post    /api/v1/me/consents
        Applicant  get     /api/v1/me/export
        Applicant  get     /api/v1/me/message-templates
        Applicant  get     /api/v1/me/sessions
        Applicant  post    /api/v1/me/account
        Applicant  post    /api/v1/me/phone
        Applicant  get     /api/v1/notifications
        Applicant  get     /api/v1/resources
        Applicant  get     /api/v1/subjects
        Applicant  options /api/v1/uploads
        Applicant  post    /api/v1/uploads
        Owner      put     /api/v1/auth-codes/{codeId}
        Owner      delete  /api/v1/auth-codes/{codeId}
        Owner      post    /api/v1/face-checks/handover/{handoverId}/start
        Owner      get     /api/v1/face-checks/handover/{handoverId}
        Owner      get     /api/v1/filings/{filingId}
        Owner      get     /api/v1/filings/{filingId}/timeline
        Owner      put     /api/v1/filings/{filingId}/call-window
        Owner      post    /api/v1/filings/{filingId}/check
        Owner      get     /api/v1/filings/{filingId}/check
        Owner      post    /api/v1/filings/{filingId}/submission
        Owner      post    /api/v1/filings/{filingId}/withdrawal
        Owner      post    /api/v1/filings/{filingId}/abandonment
        Owner      put     /api/v1/filings/{filingId}/verification
        Owner      put     /api/v1/filings/{filingId}/subject
        Owner      put     /api/v1/filings/{filingId}/subject/principal
        Owner      post    /api/v1/filings/{filingId}/subject/confirmation
        Owner      post    /api/v1/filings/{filingId}/sites
        Owner      put     /api/v1/filings/{filingId}/sites/{siteId}
        Owner      delete  /api/v1/filings/{filingId}/sites/{siteId}
        Owner      put     /api/v1/filings/{filingId}/sites/{siteId}/principal
        Owner      post    /api/v1/filings/{filingId}/sites/{siteId}/face-check
        Owner      get     /api/v1/filings/{filingId}/sites/{siteId}/face-check
        Owner      post    /api/v1/filings/{filingId}/sites/{siteId}/face-check/handover
        Owner      get     /api/v1/filings/{filingId}/letters
        Owner      get     /api/v1/filings/{filingId}/letters/{kind}
        Owner      post    /api/v1/filings/{filingId}/letters/{kind}/link
        Owner      post    /api/v1/filings/{filingId}/materials
        Owner      get     /api/v1/filings/{filingId}/materials
        Owner      get     /api/v1/filings/{filingId}/materials/{materialId}/content
        Owner      get     /api/v1/filings/{filingId}/materials/{materialId}/copies/{copy}
        Owner      delete  /api/v1/filings/{filingId}/materials/{materialId}
        Owner      delete  /api/v1/me/consents/{consentId}
        Owner      delete  /api/v1/me/sessions/{sessionId}
        Owner      post    /api/v1/notifications/{notificationId}/read
        Owner      get     /api/v1/subjects/{subjectId}
        Owner      head    /api/v1/uploads/{uploadId}
        Owner      patch   /api/v1/uploads/{uploadId}
        Owner      delete  /api/v1/uploads/{uploadId}
        Staff      get     /api/v1/review/filings
        Staff      get     /api/v1/review/stats
        Staff      get     /api/v1/review/filings/{filingId}
        Staff      get     /api/v1/review/filings/{filingId}/hand-over
        Staff      get     /api/v1/review/filings/{filingId}/materials/{materialId}/content
        Staff      get     /api/v1/review/filings/{filingId}/materials/{materialId}/copies/{copy}
        Staff      post    /api/v1/review/filings/{filingId}/full-view
        Staff      post    /api/v1/review/filings/{filingId}/claim
        Staff      post    /api/v1/review/filings/{filingId}/release
        Staff      post    /api/v1/review/filings/{filingId}/calls
        Staff      post    /api/v1/review/filings/{filingId}/approval
        Staff      post    /api/v1/review/filings/{filingId}/rejection
        Staff      post    /api/v1/review/filings/{filingId}/authority-submission
        Staff      post    /api/v1/review/filings/{filingId}/sms-results
        Staff      post    /api/v1/review/filings/{filingId}/authority-result
        Staff      post    /api/v1/review/authority-results:import
        Staff      get     /api/v1/review/deliveries
        Staff      post    /api/v1/review/deliveries/{deliveryId}/retry
        Staff      post    /api/v1/review/deliveries/{deliveryId}/drop
        Staff      get     /api/v1/staff/sessions
        Staff      delete  /api/v1/staff/sessions/{sessionId}
        Staff      post    /api/v1/staff/logout
        Staff      post    /api/v1/staff/password
        Staff      post    /api/v1/staff/totp
        Staff      post    /api/v1/staff/totp/confirmation
        Staff      delete  /api/v1/staff/totp
        Admin      get     /api/v1/admin/accounts/{accountId}
        Admin      put     /api/v1/admin/accounts/{accountId}
        Admin      post    /api/v1/admin/accounts/{accountId}/links
        Admin      put     /api/v1/admin/resources/{resourceId}
        Admin      post    /api/v1/admin/resources:import
        Admin      post    /api/v1/admin/subjects:import
        Admin      get     /api/v1/admin/staff
        Admin      delete  /api/v1/admin/staff/{staffId}/totp
        Admin      get     /api/v1/admin/webhooks
        Admin      post    /api/v1/admin/webhooks
        Admin      put     /api/v1/admin/webhooks/{webhookId}
        Admin      delete  /api/v1/admin/webhooks/{webhookId}
        Admin      post    /api/v1/admin/webhooks/{webhookId}/secret
        Admin      get     /api/v1/admin/webhooks/{webhookId}/deliveries
        Admin      post    /api/v1/admin/webhooks/{webhookId}/deliveries/{deliveryId}/replay
        """;

    public static readonly IReadOnlyDictionary<string, Access> Of = Rules().ToDictionary(r => r.Route, r => r.Access, StringComparer.Ordinal);

    /// <summary>GETs behind a login that show no personal data, each with why; all others leave an entry in the audit trail.</summary>
    public static readonly IReadOnlyDictionary<string, string> Impersonal = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["get /api/v1/admin/staff"] = "members of staff, seen by their admin",
        ["get /api/v1/admin/webhooks"] = "partners' addresses",
        ["get /api/v1/admin/webhooks/{webhookId}/deliveries"] = "ids and states of messages",
        ["get /api/v1/auth-codes"] = "codes and resources",
        ["get /api/v1/face-checks/handover/{handoverId}"] = "a status; the name was shown, masked, when it was redeemed",
        ["get /api/v1/me/access-log"] = "ids and times",
        ["get /api/v1/me/consents"] = "texts and times",
        ["get /api/v1/me/message-templates"] = "templates",
        ["get /api/v1/me/sessions"] = "families of devices and times",
        ["get /api/v1/notifications"] = "numbers and states of filings",
        ["get /api/v1/resources"] = "the provider's servers",
        ["get /api/v1/review/deliveries"] = "ids and states of messages",
        ["get /api/v1/review/stats"] = "counts",
        ["get /api/v1/staff/sessions"] = "families of devices and times",
    };

    private static IEnumerable<(string Route, Access Access)> Rules() => Table.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(line =>
    {
        var words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return ($"{words[1]} {words[2]}", Enum.Parse<Access>(words[0]));
    });
}
