namespace Beian.MiniApi.Tests.ReviewConsole;

/// <summary>Every route of the console and who may use it. Whoever adds a route adds a row; a test insists.</summary>
internal static class ConsoleRules
{
    private const string Table = """
        Open     get  /console
        Open     get  /console/assets/{hash}/{name}
        Open     post /console/language
        Open     get  /console/login
        Open     post /console/login
        Open     post /console/login/code
        Open     get  /console/login/provider
        Reviewer get  /console/alive
        Reviewer post /console/logout
        Reviewer get  /console/password
        Reviewer post /console/password
        Reviewer get  /console/second-factor
        Reviewer post /console/second-factor
        Reviewer post /console/second-factor/confirmation
        Reviewer post /console/second-factor/removal
        Reviewer get  /console/account
        Reviewer post /console/account/sessions/{sessionId}/end
        Reviewer get  /console/queue
        Reviewer get  /console/stats
        Reviewer post /console/filings/{filingId}/claim
        Reviewer post /console/filings/{filingId}/release
        Reviewer get  /console/filings/{filingId}
        Reviewer get  /console/filings/{filingId}/papers/{materialId}
        Reviewer get  /console/filings/{filingId}/papers/{materialId}/copies/{copy}
        Reviewer get  /console/filings/{filingId}/hand-over
        Reviewer post /console/filings/{filingId}/look
        Reviewer post /console/filings/{filingId}/take
        Reviewer post /console/filings/{filingId}/give-back
        Reviewer post /console/filings/{filingId}/calls
        Reviewer post /console/filings/{filingId}/full-view
        Reviewer post /console/filings/{filingId}/approval
        Reviewer post /console/filings/{filingId}/rejection
        Reviewer post /console/filings/{filingId}/authority-submission
        Reviewer post /console/filings/{filingId}/sms-results
        Reviewer post /console/filings/{filingId}/authority-result
        Reviewer get  /console/sms
        Reviewer post /console/hand-overs
        Reviewer get  /console/results
        Reviewer post /console/results
        Reviewer get  /console/reasons
        Reviewer post /console/reasons
        Reviewer post /console/reasons/change
        Reviewer get  /console/deliveries
        Reviewer post /console/deliveries/{deliveryId}/retry
        Reviewer post /console/deliveries/{deliveryId}/drop
        Admin    get  /console/staff
        Admin    post /console/staff/{staffId}/factor-removal
        Admin    get  /console/resources
        Admin    get  /console/codes
        Admin    get  /console/audit
        """;

    /// <summary>The role by method and route.</summary>
    public static IReadOnlyDictionary<string, string> Of { get; } = Table.Split('\n').Select(l => l.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToDictionary(p => $"{p[1]} {p[2]}", p => p[0], StringComparer.Ordinal);
}
