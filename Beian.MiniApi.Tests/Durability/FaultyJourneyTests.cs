using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json;
using Beian.MiniApi.Tests.Fixtures;
using Beian.MiniApi.Tests.Messages;

namespace Beian.MiniApi.Tests.Durability;

/// <summary>
/// Journeys from login to filing number while a tenth of all calls to the outside fail, in every way that the sandbox can fail: nothing that was typed or
/// uploaded is lost, and nothing happens or is told twice. <c>BEIAN_FAULTY_JOURNEYS</c> says how many, 200 by default.
/// </summary>
public sealed class FaultyJourneyTests
{
    private static readonly int Count = int.Parse(Environment.GetEnvironmentVariable("BEIAN_FAULTY_JOURNEYS") ?? "200", CultureInfo.InvariantCulture);

    private static readonly (string Key, string Value)[] Settings =
    [
        .. TestApp.NoLimits, ("Registry:CacheSeconds", "0"),
    ];

    [Fact]
    public async Task Journeys_WithATenthOfOutsideCallsFailing_LoseNothingAndTellNothingTwice()
    {
        await using var app = TestApp.Start(Settings);
        var fault = new { endpoint = "*", kind = "mixed", probability = 0.1, seed = 17, delayMilliseconds = 5_000 };
        (await app.Client.PutAsJsonAsync("/sandbox/faults", fault)).EnsureSuccessStatusCode();
        using var review = await Reviewing.OpenAsync(app.Address);

        await Parallel.ForAsync(0, Count, new ParallelOptions { MaxDegreeOfParallelism = 12 }, async (n, _) => await WalkAsync(app, review, n));

        var met = (await (await app.Client.GetAsync("/sandbox/faults")).JsonAsync()).GetProperty("items")[0];
        var share = met.GetProperty("met").GetDouble() / met.GetProperty("calls").GetDouble();
        Assert.True(met.GetProperty("met").GetInt32() > Count / 2 && share is > 0.07 and < 0.13, $"Met by {met}");
        await AssertMessagesOnceAsync(app);
        var stats = await (await review.Client.GetAsync("/api/v1/review/filings?state=approved&limit=100")).JsonAsync();
        Assert.Equal(Math.Min(Count, 100), stats.GetProperty("items").GetArrayLength());
    }

    private static async Task WalkAsync(TestApp app, Reviewing review, int n)
    {
        var who = n % 2 == 0 ? Applicant.Organisation($"faulty{n}", 6_000 + n) : Applicant.Individual($"faulty{n}", 6_000 + n);
        using var journey = await ApplicantJourney.OpenAsync(app.Address, who, patient: true);
        foreach (var template in (string[])[MessageRig.Progress, MessageRig.SmsCheck, MessageRig.Progress])
        {
            await (await app.Client.PostAsJsonAsync("/sandbox/subscriptions", new { user = who.Login, templateId = template, accept = true })).JsonAsync();
        }

        await journey.FillAsync();
        var typed = Typed(await journey.ReadAsync());
        await SubmitAsync(journey);
        Assert.Equal(typed, Typed(journey.Filing));

        await review.ClaimAsync(journey);
        await review.CallAsync(journey, "reached");
        await ApproveAsync(review, journey);
        await review.HandOverAsync(journey);
        await review.SmsAsync(journey, "subjectPrincipal");
        await review.AuthorityApprovesAsync(journey, $"浙ICP备{2026600000 + n}号", $"浙ICP备{2026600000 + n}号");

        Assert.Equal("approved", (await journey.ReadAsync()).GetProperty("state").GetString());
        Assert.Equal(typed, Typed(journey.Filing));
        await AssertPapersAsync(journey);
        await AssertToldOnceAsync(journey);
    }

    /// <summary>Every journey permitted two messages at least; what a lost answer leaves in doubt is not sent again, so that some stay away and none comes twice.</summary>
    private static async Task AssertMessagesOnceAsync(TestApp app)
    {
        var fewest = 2 * Count * 9 / 10;
        string[] arrived = [];
        for (var (still, tries) = (0, 0); (still < 8 || arrived.Length < fewest) && tries < 120; tries++)
        {
            await Task.Delay(1_000);
            var now = (await app.Client.GetFromJsonAsync<JsonElement>("/sandbox/subscriptions")).GetProperty("items").EnumerateArray()
                .Select(m => $"{m.GetProperty("openId")} {m.GetProperty("templateId")} {m.GetProperty("data")}").ToArray();
            (still, arrived) = (now.Length == arrived.Length ? still + 1 : 0, now);
        }

        Assert.InRange(arrived.Length, fewest, 1_999);
        Assert.Equal(arrived.Length, arrived.Distinct(StringComparer.Ordinal).Count());
    }

    /// <summary>Until the checks let it through: a submission that a check sent back is handed in again, as a person would.</summary>
    private static async Task SubmitAsync(ApplicantJourney journey)
    {
        for (var tries = 0; tries < 120; tries++)
        {
            if (journey.State == "providerReview")
            {
                return;
            }

            if (journey.State == "draft")
            {
                await journey.UploadAsync();
                var answer = await journey.SubmitAsync(journey.Client, null);
                Assert.True(answer.StatusCode is HttpStatusCode.Accepted, $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
            }

            await Task.Delay(250);
            await journey.ReadAsync();
        }

        Assert.Fail($"Still {journey.State}: {journey.Filing.GetProperty("requirements")}");
    }

    /// <summary>What could not be asked is asked again by approving again; what stays unknown gets a word.</summary>
    private static async Task ApproveAsync(Reviewing review, ApplicantJourney journey)
    {
        object body = new { };
        for (var tries = 0; tries < 6; tries++)
        {
            var answer = await review.Client.PostAsJsonAsync($"/api/v1/review/filings/{journey.FilingId}/approval", body);
            if (answer.IsSuccessStatusCode)
            {
                return;
            }

            var problem = await answer.JsonAsync(409);
            body = new { explanations = problem.GetProperty("errors").EnumerateArray().Select(e => e.GetProperty("ruleId").GetString()).Distinct().Select(check => new { check, note = "asked by telephone" }) };
        }

        Assert.Fail("Never approved.");
    }

    /// <summary>Everything the applicant has given, as text.</summary>
    private static string Typed(JsonElement filing)
    {
        var sites = filing.GetProperty("sites").EnumerateArray().Select(s =>
            string.Join('|', new[] { "name", "domain", "homeUrl", "serviceContents", "languages", "remark", "principal" }.Select(f => s.TryGetProperty(f, out var v) ? v.ToString() : "-")));
        return $"{filing.GetProperty("subject")}|{string.Join('|', sites)}|{filing.GetProperty("materials").GetArrayLength()}";
    }

    private static async Task AssertPapersAsync(ApplicantJourney journey)
    {
        foreach (var paper in journey.Filing.GetProperty("materials").EnumerateArray())
        {
            var bytes = await journey.Client.GetByteArrayAsync($"{journey.Path}/materials/{paper.GetProperty("id").GetString()}/content");
            Assert.Equal(paper.GetProperty("sha256").GetString(), Convert.ToHexStringLower(SHA256.HashData(bytes)));
        }
    }

    private static async Task AssertToldOnceAsync(ApplicantJourney journey)
    {
        var history = (await (await journey.Client.GetAsync(journey.Path + "/timeline")).JsonAsync()).GetProperty("items").EnumerateArray().ToArray();
        var submissions = history.Count(i => i.GetProperty("action").GetString() == "submit");
        Assert.Equal((1 + history.Count(i => i.GetProperty("action").GetString() == "failChecks"), 1), (submissions, history.Count(i => i.GetProperty("action").GetString() == "approve")));
        for (var tries = 0; tries < 40; tries++)
        {
            var inbox = (await (await journey.Client.GetAsync("/api/v1/notifications?limit=100")).JsonAsync()).GetProperty("items").EnumerateArray().ToArray();
            var codes = inbox.Select(i => $"{i.GetProperty("code").GetString()} {i.GetProperty("at").GetString()}").ToArray();
            Assert.Equal(codes.Length, codes.Distinct(StringComparer.Ordinal).Count());
            if (inbox.Any(i => i.GetProperty("state").GetString() == "approved"))
            {
                return;
            }

            await Task.Delay(250);
        }

        Assert.Fail("The inbox never told of the approval.");
    }
}
