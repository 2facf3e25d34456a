using System.Net;
using System.Text.RegularExpressions;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.ReviewConsole;

/// <summary>What tests of the filing's page do over and over.</summary>
internal static class OnTheDesk
{
    /// <summary>A filing in the reviewer's queue.</summary>
    public static async Task<ApplicantJourney> SubmittedAsync(TestApp app, Applicant who, string? remark = null)
    {
        var journey = await ApplicantJourney.FilledAsync(app.Address, who);
        if (remark is not null)
        {
            await journey.PutSubjectAsync(remark);
        }

        await journey.SubmitAsync();
        await Wait.UntilAsync(async () => (await journey.ReadAsync()).GetProperty("state").GetString() == "providerReview");
        return journey;
    }

    /// <summary>Sends a form of the page, which must be taken, and opens what it leads to.</summary>
    public static async Task ActAsync(ABrowser desk, ApplicantJourney journey, string act, params (string Name, string Value)[] fields)
    {
        await desk.SendAsync($"{At(journey)}/{act}", fields);
        Assert.True(desk.Status == HttpStatusCode.SeeOther, $"{act}: {desk.Status} {desk.Page}");
        await desk.FollowAsync();
        Assert.DoesNotContain("role=\"alert\"", desk.Page, StringComparison.Ordinal);
    }

    public static string At(ApplicantJourney journey) => $"/console/filings/{journey.FilingId}";

    /// <summary>A word for every check that wants one.</summary>
    public static IEnumerable<(string, string)> Explained(ABrowser desk) =>
        Regex.Matches(desk.Page, "name=\"(explain:[^\"]+)\"").Select(m => (m.Groups[1].Value, "已人工核对"));

    public static string FirstPhone(ABrowser desk) => Regex.Match(desk.Page, "name=\"phone\" value=\"([^\"]+)\"").Groups[1].Value;

    /// <summary>What the page was made from, as its forms send it back.</summary>
    public static string Version(ABrowser desk) => desk.Field("version");

    /// <summary>Mends the name of the site.</summary>
    public static Task RenameAsync(ApplicantJourney journey, string name) => journey.PutAsync($"/sites/{journey.SiteId}", new
    {
        kind = "website",
        name,
        homeUrl = "https://www." + journey.Who.Domain,
        serviceContents = new[] { 1 },
        languages = new[] { 1 },
        preApprovals = new[] { new { type = "none" } },
    });
}
