using System.Net.Http.Json;
using System.Text.Json;
using Beian.MiniApi.Storage.Sqlite;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.Journeys;

/// <summary>One phone, one address, one person: what somebody else's filing uses is found before it is handed in, and nobody is told where.</summary>
public sealed class ContactJourneyTests(RunningApp running) : IClassFixture<RunningApp>
{
    private const string Mobile = "person.mobile.usedElsewhere";
    private const string Email = "person.email.usedElsewhere";
    private const string Number = "person.certificateNumber.usedElsewhere";
    private readonly TestApp _app = running.App;

    [Fact]
    public async Task Check_OfAMobileOfAnotherPerson_NamesTheFieldUntilItChanges()
    {
        var first = Applicant.Organisation("holder", 600);
        using var holder = await SubmittedAsync(_app, first);
        var who = Applicant.Organisation("borrower", 601);
        using var journey = await ApplicantJourney.FilledAsync(_app.Address, who with { Principal = who.Principal with { Mobile = first.Principal.Mobile } });

        var requirements = await CheckAsync(journey);
        var refused = await (await journey.SubmitAsync(journey.Client, null)).JsonAsync(422);
        var told = await journey.Client.GetStringAsync($"{journey.Path}/check");
        await PutPrincipalAsync(journey, who.Principal);
        var mended = Contacts(journey.Filing.GetProperty("requirements"), "due");
        await journey.SubmitAsync();

        Assert.Equal([("/subject/principal/mobile", Mobile)], Contacts(requirements, "due"));
        Assert.Equal([("/subject/principal/mobile", Mobile)], Pointers(refused.GetProperty("errors")));
        Assert.DoesNotContain(first.Name, told, StringComparison.Ordinal);
        Assert.DoesNotContain(holder.FilingId, told, StringComparison.Ordinal);
        Assert.Empty(mended);
        Assert.Equal("providerReview", journey.State);
    }

    [Fact]
    public async Task Check_OfASitesOwnPrincipal_PointsAtTheSite()
    {
        var first = Applicant.Organisation("owneroftwo", 602);
        using var holder = await SubmittedAsync(_app, first);
        var second = Applicant.Organisation("guestoftwo", 603);
        var own = Principal.Number(604, "测试乙") with { Email = " Person602@EXAMPLE.cn ", Mobile = MadeUp.Mobile(604) };
        using var journey = await ApplicantJourney.FilledAsync(_app.Address, second with { SitePrincipal = own with { Email = "person604@example.cn" } });
        await (await journey.Client.PutAsJsonAsync($"{journey.Path}/sites/{journey.SiteId}/principal", own.Body)).JsonAsync();

        var requirements = await CheckAsync(journey);

        Assert.Equal([("/sites/0/principal/email", Email)], Contacts(requirements, "due"));
        var site = (await (await journey.Client.GetAsync($"{journey.Path}/check")).JsonAsync()).GetProperty("checks")[1];
        Assert.Equal(journey.SiteId, site.GetProperty("siteId").GetString());
        Assert.Contains(site.GetProperty("results").EnumerateArray(), r => r.GetProperty("check").GetString() == "contact.reuse" && r.GetProperty("outcome").GetString() == "failed");
    }

    [Theory]
    [InlineData("330000", "330100", "330106", "lenient", 605, false)]
    [InlineData("120000", "120100", "120101", "strict", 606, true)]
    public async Task Submission_OfAPersonWhoServesAnotherSubject_FollowsTheProvince(string province, string city, string district, string login, int n, bool blocks)
    {
        var first = Applicant.Organisation("elder" + login, n);
        using var holder = await SubmittedAsync(_app, first);
        var who = Applicant.Organisation(login, n + 10) with { Province = province, City = city, District = district, Principal = first.Principal };
        using var journey = await ApplicantJourney.FilledAsync(_app.Address, who);

        var requirements = await CheckAsync(journey);
        var answer = await (await journey.SubmitAsync(journey.Client, null)).JsonAsync(blocks ? 422 : 202);

        (string, string)[] serious = [("/subject/principal/mobile", Mobile), ("/subject/principal/certificateNumber", Number)];
        (string, string)[] remark = [("/subject/principal/email", Email)];
        Assert.Equal(blocks ? serious : [], Contacts(requirements, "due"));
        Assert.Equal(blocks ? remark : [serious[0], .. remark, serious[1]], Contacts(requirements, "warnings"));
        Assert.Equal(blocks ? serious : [], answer.TryGetProperty("errors", out var errors) ? Pointers(errors) : []);
    }

    [Fact]
    public async Task Save_OfAMobileOfAnotherPerson_IsNotAsked()
    {
        var first = Applicant.Organisation("quiet", 620);
        using var holder = await SubmittedAsync(_app, first);
        var who = Applicant.Organisation("typist", 621);
        using var journey = await ApplicantJourney.FilledAsync(_app.Address, who);

        await PutPrincipalAsync(journey, who.Principal with { Mobile = first.Principal.Mobile });

        Assert.Empty(Contacts(journey.Filing.GetProperty("requirements"), "due"));
    }

    [Fact]
    public async Task Check_AfterTheOtherWithdrewOrAbandoned_FindsNothing()
    {
        var first = Applicant.Organisation("fickle", 622);
        using var holder = await SubmittedAsync(_app, first);
        var second = Applicant.Organisation("hesitant", 623);
        using var other = await SubmittedAsync(_app, second);
        var who = Applicant.Organisation("patient", 624);
        var principal = who.Principal with { Mobile = first.Principal.Mobile, Email = second.Principal.Email };
        using var journey = await ApplicantJourney.FilledAsync(_app.Address, who with { Principal = principal });
        Assert.Equal([("/subject/principal/mobile", Mobile), ("/subject/principal/email", Email)], Contacts(await CheckAsync(journey), "due"));

        await holder.WithdrawAsync();
        using var review = await Reviewing.OpenAsync(_app.Address);
        await review.ClaimAsync(other);
        await review.RejectAsync(other, "modification");
        Assert.Equal([("/subject/principal/email", Email)], Contacts(await CheckAsync(journey), "due"));
        await other.AbandonAsync();

        Assert.Empty(Contacts(await CheckAsync(journey), "due"));
        await journey.SubmitAsync();
    }

    [Fact]
    public async Task Filing_OfAFurtherSite_IsNeverInConflictWithItsOwnSubject()
    {
        const string number = "津ICP备2026062501号";
        var who = Applicant.Organisation("builder", 625) with { Province = "120000", City = "120100", District = "120101" };
        using var journey = await SubmittedAsync(_app, who);
        Assert.Empty(Contacts(await CheckOfAsync(journey), "warnings"));
        using var review = await Reviewing.OpenAsync(_app.Address);
        await review.ApproveAllTheWayAsync(journey, number);
        var subjects = await (await journey.Client.GetAsync("/api/v1/subjects")).JsonAsync();
        await journey.StartAsync(new { subjectId = subjects.GetProperty("items")[0].GetProperty("id").GetString() });
        await (await journey.Client.PostAsJsonAsync($"{journey.Path}/subject/confirmation", new { unchanged = true })).JsonAsync();
        await (await journey.Client.PutAsJsonAsync($"{journey.Path}/verification", new { domain = "builder-two.cn", resource = new { kind = "resource", resourceId = who.ResourceId } })).JsonAsync();

        var requirements = await CheckAsync(journey);

        Assert.Empty(Contacts(requirements, "due").Concat(Contacts(requirements, "warnings")));
        Assert.Equal("verified", (await journey.ReadAsync()).GetProperty("verification").GetProperty("status").GetString());
    }

    [Fact]
    public async Task Check_OfAMobileOfAnImportedSubject_FindsIt()
    {
        var first = Applicant.Organisation("archived", 626);
        using var holder = await ApplicantJourney.OpenAsync(_app.Address, first);
        await ImportAsync(first, new { name = "测试甲", mobile = "+86 138-0000-0626", emergencyPhone = MadeUp.Mobile(628), email = first.Principal.Email });
        var who = Applicant.Organisation("novice", 627);
        using var journey = await ApplicantJourney.FilledAsync(_app.Address, who with { Principal = who.Principal with { Mobile = MadeUp.Mobile(626) } });

        // The old list has no number of the person: it may be the same one.
        Assert.Equal([("/subject/principal/mobile", Mobile)], Contacts(await CheckAsync(journey), "warnings"));
        await ImportAsync(first, first.Principal.Body);
        Assert.Equal([("/subject/principal/mobile", Mobile)], Contacts(await CheckAsync(journey), "due"));
        await PutPrincipalAsync(journey, who.Principal with { Mobile = MadeUp.Mobile(628) });
        Assert.Empty(Contacts(await CheckAsync(journey), "due"));
    }

    [Fact]
    public async Task Check_OfAnEmergencyPhoneOfAnother_FindsIt()
    {
        var first = Applicant.Organisation("careful", 630);
        using var holder = await SubmittedAsync(_app, first with { Principal = first.Principal with { EmergencyPhone = MadeUp.Mobile(631) } });
        using var journey = await ApplicantJourney.FilledAsync(_app.Address, Applicant.Organisation("relative", 631));

        Assert.Equal([("/subject/principal/mobile", Mobile)], Contacts(await CheckAsync(journey), "due"));
    }

    [Fact]
    public async Task Check_ToldTooOften_LeavesItToTheReviewer()
    {
        await using var app = TestApp.Start(("Policy:InUseAnswersPerDay", "1"));
        var first = Applicant.Organisation("watched", 640);
        using var holder = await SubmittedAsync(app, first);
        var who = Applicant.Organisation("prober", 641);
        using var journey = await ApplicantJourney.FilledAsync(app.Address, who with { Principal = who.Principal with { Mobile = first.Principal.Mobile, Email = first.Principal.Email } });

        // What was told once about the same value is told again.
        Assert.Equal([("/subject/principal/mobile", Mobile)], Contacts(await CheckAsync(journey), "due"));
        var again = await CheckAsync(journey);
        Assert.Equal([("/subject/principal/mobile", Mobile)], Contacts(again, "due"));
        Assert.Equal([("/subject/principal/email", "check.forReviewer")], Contacts(again, "warnings"));
        Assert.DoesNotContain(Email, await journey.Client.GetStringAsync($"{journey.Path}/check"), StringComparison.Ordinal);

        await PutPrincipalAsync(journey, who.Principal with { Email = first.Principal.Email });
        await journey.SubmitAsync();
        using var review = await Reviewing.OpenAsync(app.Address);
        await review.ClaimAsync(journey);
        await review.PostAsync(journey, "/calls", new { phone = who.Principal.Mobile, outcome = "reached" });

        var unexplained = Assert.Single((await review.ReadAsync(journey)).GetProperty("unexplained").EnumerateArray());
        Assert.Equal(("contact.reuse", Email), (unexplained.GetProperty("check").GetString(), unexplained.GetProperty("evidence").GetString()));
        await review.PostAsync(journey, "/approval", null, 409);
        await review.ApproveAsync(journey, new { explanations = new[] { new { check = "contact.reuse", note = "one office mailbox" } } });
    }

    [Fact]
    public async Task Approval_AfterAnotherTookTheMobile_AsksForAWord()
    {
        var first = Applicant.Organisation("early", 650);
        using var journey = await SubmittedAsync(_app, first);
        var draft = Applicant.Organisation("late", 651);
        using var late = await SubmittedAsync(_app, draft);
        using var review = await Reviewing.OpenAsync(_app.Address);
        await ImportedElsewhereAsync("sudden", 652, first.Principal.Mobile);
        await review.ClaimAsync(journey);
        await review.CallAsync(journey, "reached");

        var refused = await review.PostAsync(journey, "/approval", null, 409);

        Assert.Equal([Mobile], refused.GetProperty("errors").EnumerateArray().Select(e => e.GetProperty("code").GetString()!));
        await review.ClaimAsync(late);
        await review.CallAsync(late, "reached");
        await review.ApproveAsync(late);
    }

    [Fact]
    public async Task Table_OfContacts_HoldsNothingInTheClear()
    {
        var who = Applicant.Organisation("hidden", 660);
        using var journey = await SubmittedAsync(_app, who);

        var rows = _app.Get<SqliteDatabase>().Read(connection =>
        {
            using var query = connection.CreateCommand();
            query.CommandText = "SELECT concat_ws(' ', owner_kind, owner_id, account_id, subject_key, kind, digest, person) FROM filing_contacts;";
            using var reader = query.ExecuteReader();
            var read = new List<string>();
            while (reader.Read())
            {
                read.Add(reader.GetString(0));
            }

            return read;
        });

        Assert.Equal(4, rows.Count(r => r.StartsWith("filing " + journey.FilingId, StringComparison.Ordinal)));
        string[] clear = [who.Principal.Mobile, who.Principal.EmergencyPhone, who.Principal.Email, who.Principal.CertificateNumber, who.CertificateNumber];
        Assert.All(rows, row => Assert.All(clear, value => Assert.DoesNotContain(value, row, StringComparison.OrdinalIgnoreCase)));
    }

    private static async Task<ApplicantJourney> SubmittedAsync(TestApp app, Applicant who)
    {
        var journey = await ApplicantJourney.FilledAsync(app.Address, who);
        await journey.SubmitAsync();
        return journey;
    }

    private static async Task PutPrincipalAsync(ApplicantJourney journey, Principal principal)
    {
        await (await journey.Client.PutAsJsonAsync($"{journey.Path}/subject/principal", principal.Body)).JsonAsync();
        await journey.ReadAsync();
    }

    /// <summary>Asks everything again; the requirements that come of it.</summary>
    private static async Task<JsonElement> CheckAsync(ApplicantJourney journey) =>
        (await (await journey.Client.PostAsync($"{journey.Path}/check", null)).JsonAsync()).GetProperty("requirements");

    private static async Task<JsonElement> CheckOfAsync(ApplicantJourney journey) =>
        (await (await journey.Client.GetAsync($"{journey.Path}/check")).JsonAsync()).GetProperty("requirements");

    private static (string Pointer, string Code)[] Contacts(JsonElement requirements, string list) =>
        Pointers(requirements.GetProperty(list).EnumerateArray().Where(r => r.TryGetProperty("check", out var check) && check.GetString() == "contact.reuse"));

    private static (string Pointer, string Code)[] Pointers(JsonElement rows) => Pointers(rows.EnumerateArray());

    private static (string Pointer, string Code)[] Pointers(IEnumerable<JsonElement> rows) =>
        [.. rows.Select(r => (r.GetProperty("pointer").GetString()!, r.GetProperty("code").GetString()!))];

    private async Task ImportedElsewhereAsync(string login, int n, string mobile)
    {
        var who = Applicant.Organisation(login, n);
        using var account = await ApplicantJourney.OpenAsync(_app.Address, who);
        await ImportAsync(who, (who.Principal with { Mobile = mobile }).Body);
    }

    private async Task ImportAsync(Applicant who, object principal)
    {
        using var admin = await ApplicantJourney.StaffAsync(_app.Address, "admin");
        var line = new
        {
            account = who.AccountId,
            subject = new { who.Province, who.City, who.District, subjectNature = who.Nature, who.CertificateType, who.CertificateNumber, who.Name },
            principal,
            numbers = new { subject = $"浙ICP备0906{who.Principal.Mobile[^4..]}号" },
            sites = Array.Empty<object>(),
        };
        using var body = Issuers.Text(JsonSerializer.Serialize(line, JsonSerializerOptions.Web), "application/x-ndjson");
        await (await admin.PostAsync("/api/v1/admin/subjects:import", body)).JsonAsync();
    }
}
