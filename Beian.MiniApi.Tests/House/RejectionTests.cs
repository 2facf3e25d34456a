using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.House;

/// <summary><c>docs/rejections.md</c> says how each of the 36 frequent reasons for rejection is found before a submission; here it is found.</summary>
public sealed class RejectionTests(RunningApp running) : IClassFixture<RunningApp>
{
    private const int Reasons = 36;

    /// <summary>Codes that only a program with other customers, a store or uploads can find.</summary>
    private static readonly string[] OverHttp =
    [
        "material.unreadable", "material.cutOff", "person.mobile.usedElsewhere", "person.email.usedElsewhere", "subject.alreadyFiledHere", "subject.anotherFiledHere", "subject.filedElsewhere",
        "subject.openFilingElsewhere", "domain.inUse", "domain.alreadyFiledHere", "site.domainRepeated", "authCode.invalid", "subject.notConfirmed", "filing.subjectChanged", "filing.anotherOpen",
    ];

    private readonly HashSet<string> _found = new(StringComparer.Ordinal);

    private static IReadOnlyList<Row> Table { get; } =
        [.. Repository.Table(Repository.Read("docs/rejections.md"), "# Reasons for rejection").Select(r => new Row(r[0], r[1].Trim('`'), Names(r[3], ' '), Names(r[4], ','), r[5]))];

    /// <summary>What a cell names; a dash names nothing.</summary>
    private static string[] Names(string cell, char separator) => cell == "–" ? [] : [.. cell.Split(separator, StringSplitOptions.TrimEntries).Select(c => c.Trim('`'))];

    /// <summary>One line of the document.</summary>
    private sealed record Row(string Number, string Reason, IReadOnlyList<string> Codes, IReadOnlyList<string> Checks, string Rest);

    public static TheoryData<string> Found() => [.. Table.Where(r => r.Codes.Count > 0).Select(r => r.Reason)];

    [Fact]
    public void Reasons_InTheDocument_AreAllThereAndSayHowOrWhyNot()
    {
        var texts = TextCatalogue.Load(Path.Combine(TheBook.Folder, "texts")).Codes.ToHashSet(StringComparer.Ordinal);

        Assert.Equal(Enumerable.Range(1, Reasons).Select(n => n.ToString(null as IFormatProvider)), Table.Select(r => r.Number));
        Assert.Equal(Reasons, Table.Select(r => r.Reason).Distinct(StringComparer.Ordinal).Count());
        Assert.Equal([], Table.Where(r => r.Codes.Count == 0 && r.Rest.Length < 20).Select(r => r.Reason));
        Assert.Equal([], Table.SelectMany(r => r.Codes).Where(c => !texts.Contains(c)));
        Assert.Equal([], Table.SelectMany(r => r.Checks).Select(c => "name.check." + c).Where(c => !texts.Contains(c)));
    }

    [Theory]
    [MemberData(nameof(Found))]
    public void Find_WhatBringsAReasonAbout_GivesItsCodes(string reason)
    {
        var codes = Table.Single(r => r.Reason == reason).Codes.Except(OverHttp, StringComparer.Ordinal).ToArray();

        var found = codes.Length == 0 ? [] : RejectionSamples.Of[reason]().ToHashSet(StringComparer.Ordinal);

        Assert.Equal([], codes.Where(c => !found.Contains(c)));
    }

    [Fact]
    public async Task Find_WhatOtherCustomersAndUploadsBringAbout_GivesItsCodes()
    {
        var app = running.App;
        var who = Applicant.Organisation("rejecta", 601);
        using var first = await ApplicantJourney.FilledAsync(app.Address, who);
        await TakeAsync(await first.Client.PostAsJsonAsync("/api/v1/filings", new { }));
        await TakeAsync(await UploadAsync(first, [0xFF, 0xD8, 0xFF, 0xE0, .. new byte[200]]));
        await TakeAsync(await UploadAsync(first, [.. Samples.TinyJpeg(1200, 800)[..^2]]));
        using var rival = await ApplicantJourney.OpenAsync(app.Address, Applicant.Organisation("rejectb", 602) with { CertificateNumber = who.CertificateNumber, Domain = who.Domain });
        await rival.StartAsync();
        await TakeAsync(await VerifyAsync(rival, rival.Who));

        await first.SubmitAsync();
        using var review = await Reviewing.OpenAsync(app.Address);
        await review.ApproveAllTheWayAsync(first, "浙ICP备2026060101号");
        await TakeAsync(await VerifyAsync(rival, rival.Who));
        await FindAtTheFiledSubjectAsync(first, who);
        await FindSharedContactsAsync(who);

        Assert.Equal([], OverHttp.Where(c => !_found.Contains(c)));
    }

    /// <summary>A subject that is filed here: it cannot be filed again, and what it adds must be new.</summary>
    private async Task FindAtTheFiledSubjectAsync(ApplicantJourney journey, Applicant who)
    {
        await journey.StartAsync();
        await TakeAsync(await VerifyAsync(journey, who));
        await TakeAsync(await VerifyAsync(journey, who with { CertificateNumber = MadeUp.CreditCode(603, "330106") }));
        await journey.AbandonAsync();

        var subjects = await (await journey.Client.GetAsync("/api/v1/subjects")).JsonAsync();
        await journey.StartAsync(new { subjectId = subjects.GetProperty("items")[0].GetProperty("id").GetString() });
        Take(journey.Filing.GetProperty("requirements").GetProperty("due"));
        await TakeAsync(await journey.Client.PostAsJsonAsync($"{journey.Path}/subject/confirmation", new { unchanged = false }));
        await TakeAsync(await journey.Client.PutAsJsonAsync($"{journey.Path}/verification", new { domain = who.Domain, resource = new { kind = "authCode", authCode = "AAAA-BBBB-CCCC-DDDD" } }));
        await journey.AbandonAsync();
    }

    /// <summary>Another subject's principal with the same telephone and address, and a site with the domain of another of its own.</summary>
    private async Task FindSharedContactsAsync(Applicant who)
    {
        var other = Applicant.Organisation("rejectc", 604);
        using var journey = await ApplicantJourney.FilledAsync(running.App.Address, other with { Principal = other.Principal with { Mobile = who.Principal.Mobile, Email = who.Principal.Email } });
        var site = new { kind = "website", name = "示例产品展示", domain = other.Domain, resource = new { kind = "resource", resourceId = other.ResourceId } };
        var added = await (await journey.Client.PostAsJsonAsync($"{journey.Path}/sites", site)).JsonAsync(201);
        Take(added.GetProperty("requirements").GetProperty("due"));
        await (await journey.Client.PostAsync($"{journey.Path}/check", null)).JsonAsync();
        var requirements = (await journey.ReadAsync()).GetProperty("requirements");
        Take(requirements.GetProperty("due"));
        Take(requirements.GetProperty("warnings"));
    }

    private static Task<HttpResponseMessage> VerifyAsync(ApplicantJourney journey, Applicant who) => journey.Client.PutAsJsonAsync($"{journey.Path}/verification", new
    {
        region = new { province = who.Province, city = who.City, district = who.District },
        subjectNature = who.Nature,
        certificateType = who.CertificateType,
        certificateNumber = who.CertificateNumber,
        domain = who.Domain,
        resource = new { kind = "resource", resourceId = who.ResourceId },
    });

    private static async Task<HttpResponseMessage> UploadAsync(ApplicantJourney journey, byte[] picture)
    {
        using var file = new ByteArrayContent(picture);
        file.Headers.ContentType = new MediaTypeHeaderValue("image/jpeg");
        using var form = new MultipartFormDataContent { { file, "file", "picture.jpg" }, { new StringContent("subjectCertificate"), "kind" } };
        return await journey.Client.PostAsync($"{journey.Path}/materials", form);
    }

    private async Task TakeAsync(HttpResponseMessage answer)
    {
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.False(answer.IsSuccessStatusCode, problem.ToString());
        _found.Add(problem.GetProperty("code").GetString()!);
        if (problem.TryGetProperty("errors", out var errors))
        {
            Take(errors);
        }
    }

    private void Take(JsonElement findings) => _found.UnionWith(findings.EnumerateArray().Select(f => f.GetProperty("code").GetString()!));
}
