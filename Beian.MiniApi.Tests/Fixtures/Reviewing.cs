using System.Net.Http.Json;
using System.Text.Json;

namespace Beian.MiniApi.Tests.Fixtures;

/// <summary>The provider's side over HTTP, a method an act; each insists on the answer that a well-made filing gets.</summary>
public sealed class Reviewing(HttpClient client) : IDisposable
{
    public HttpClient Client { get; } = client;

    public static async Task<Reviewing> OpenAsync(Uri address, string userName = "reviewer") => new(await ApplicantJourney.StaffAsync(address, userName));

    public Task<JsonElement> ReadAsync(ApplicantJourney filing) => GetAsync(filing, string.Empty);

    public Task<JsonElement> ClaimAsync(ApplicantJourney filing) => PostAsync(filing, "/claim", null);

    public Task<JsonElement> CallAsync(ApplicantJourney filing, string outcome) =>
        PostAsync(filing, "/calls", new { phone = filing.Who.Principal.Mobile, outcome });

    public Task<JsonElement> ApproveAsync(ApplicantJourney filing, object? body = null) => PostAsync(filing, "/approval", body);

    public Task<JsonElement> RejectAsync(ApplicantJourney filing, string kind, params object[] findings) => PostAsync(filing, "/rejection", new { kind, findings });

    public Task<JsonElement> HandOverAsync(ApplicantJourney filing) => PostAsync(filing, "/authority-submission", null);

    public Task<JsonElement> SmsAsync(ApplicantJourney filing, string role, bool verified = true, string? siteId = null, string? reason = null) =>
        PostAsync(filing, "/sms-results", new { role, siteId, verified, reason });

    /// <summary>The authority approves: every site gets the subject's number and a serial from <paramref name="first"/> on.</summary>
    public async Task<JsonElement> AuthorityApprovesAsync(ApplicantJourney filing, string? subjectNumber, string siteBase, int first = 1)
    {
        var state = await filing.ReadAsync();
        var siteNumbers = state.GetProperty("sites").EnumerateArray().Select((s, i) => new { siteId = s.GetProperty("id").GetString(), number = $"{siteBase}-{first + i}" }).ToArray();
        return await PostAsync(filing, "/authority-result", new { result = "approved", subjectNumber, siteNumbers });
    }

    /// <summary>From the queue to the authority's desk.</summary>
    public async Task PassAsync(ApplicantJourney filing)
    {
        await ClaimAsync(filing);
        await CallAsync(filing, "reached");
        await ApproveAsync(filing);
        await HandOverAsync(filing);
    }

    /// <summary>From the queue to the filing numbers.</summary>
    public async Task ApproveAllTheWayAsync(ApplicantJourney filing, string subjectNumber)
    {
        await PassAsync(filing);
        await SmsAsync(filing, "subjectPrincipal");
        if (filing.Who.SitePrincipal is not null)
        {
            await SmsAsync(filing, "sitePrincipal");
        }

        await AuthorityApprovesAsync(filing, subjectNumber, subjectNumber);
    }

    public async Task<JsonElement> PostAsync(ApplicantJourney filing, string path, object? body, int status = 200) =>
        await (body is null
            ? await Client.PostAsync($"/api/v1/review/filings/{filing.FilingId}{path}", null)
            : await Client.PostAsJsonAsync($"/api/v1/review/filings/{filing.FilingId}{path}", body)).JsonAsync(status);

    public async Task<JsonElement> GetAsync(ApplicantJourney filing, string path) =>
        await (await Client.GetAsync($"/api/v1/review/filings/{filing.FilingId}{path}")).JsonAsync();

    public void Dispose() => Client.Dispose();
}

/// <summary>Moves the sandbox's business time.</summary>
internal static class SandboxTime
{
    public static async Task<JsonElement> AdvanceAsync(this TestApp app, string duration) =>
        await (await app.Client.PostAsJsonAsync("/sandbox/clock", new { advance = duration })).JsonAsync();
}
