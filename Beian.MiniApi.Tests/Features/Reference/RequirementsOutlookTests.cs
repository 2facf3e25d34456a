using System.IO.Compression;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.RegularExpressions;
using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Domain.Outlook;
using Beian.MiniApi.Domain.Rules;
using Beian.MiniApi.Features.Reference;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.Features.Reference;

/// <summary>What a filing will need, as it is asked before anything is typed.</summary>
public sealed partial class RequirementsOutlookTests(RunningApp running) : IClassFixture<RunningApp>
{
    private const string Guangdong = "/api/v1/reference/requirements?province=440000&nature=4&kind=firstFiling";
    private readonly TestApp _app = running.App;

    [Fact]
    public async Task Get_EveryProvince_NamesExactlyThePapersThatAFilledInFilingLacks()
    {
        foreach (var shape in AnOutlook.Shapes(2, AForm.Company, Filing.NatureIndividual))
        {
            var due = Requirements.Of(AnOutlook.FilledIn(shape), AnOutlook.Context(shape)).Due.Where(f => f.MaterialKind is not null)
                .Select(f => $"{f.MaterialKind} {(f.SiteId is null ? string.Empty : "site")}{f.MaterialPart}").Order(StringComparer.Ordinal);

            var body = await AskAsync(shape);

            var told = body.GetProperty("materials").EnumerateArray().Where(m => Text(m, "required") == "always").SelectMany(m => Parts(m).Select(part => $"{Text(m, "kind")} {(Text(m, "owner") == "site" ? "site" : string.Empty)}{part}"));
            Assert.Equal((shape.Province, shape.Nature), (Text(body.GetProperty("province"), "code"), body.GetProperty("nature").GetProperty("code").GetInt32()));
            Assert.Equal(due, told.Order(StringComparer.Ordinal));
        }
    }

    [Theory]
    [InlineData(AForm.Company, "filingCommitmentGuangdongOrg")]
    [InlineData(Filing.NatureIndividual, "filingCommitmentGuangdongInd")]
    public async Task Get_Guangdong_AsksForTheCommitmentInAFirstFilingOnly(int nature, string kind)
    {
        var first = Paper(await AskAsync(new FilingShape("440000", nature, FilingKind.FirstFiling)), kind)!.Value;

        Assert.Equal(("subject", "always", "440000.commitmentLetterRequired", 6), (Text(first, "owner"), Text(first, "required"), Text(first, "ruleId"), first.GetProperty("maxAgeMonths").GetInt32()));
        Assert.True(first.GetProperty("canBeFilledIn").GetBoolean());
        Assert.Equal("互联网信息服务备案承诺书", Text(first, "templateName"));
        Assert.Null(Paper(await AskAsync(new FilingShape("440000", nature, FilingKind.AddSite)), kind));
    }

    [Fact]
    public async Task Get_Jiangsu_AsksForAVideoOfEverySite()
    {
        var video = Paper(await AskAsync(new FilingShape("320000", AForm.Company, FilingKind.AddSite)), "promiseVideoJiangsu")!.Value;

        Assert.Equal(("site", "always", 60), (Text(video, "owner"), Text(video, "required"), video.GetProperty("maxSeconds").GetInt32()));
        Assert.Equal("mp4", Assert.Single(video.GetProperty("formats").EnumerateArray()).GetString());
    }

    [Theory]
    [InlineData("310000", 4, "subjectCertificate", "minRemainingMonths", 12)]
    [InlineData("310000", 4, "idCard", "minRemainingMonths", 3)]
    [InlineData("640000", 5, "idCard", "minRemainingMonths", 6)]
    [InlineData("130000", 4, "noPreApprovalCommitment", "maxAgeMonths", 6)]
    [InlineData("430000", 5, "domainCertificate", "maxAgeDays", 45)]
    [InlineData("510000", 5, "employmentProof", "maxAgeDays", 45)]
    public async Task Get_AgeOfAPaper_IsThatOfTheProvince(string province, int nature, string kind, string member, int value) =>
        Assert.Equal(value, Paper(await AskAsync(new FilingShape(province, nature, FilingKind.FirstFiling)), kind)!.Value.GetProperty(member).GetInt32());

    [Fact]
    public async Task Get_ProofsOfResidence_AreAlternativesOfEachOther()
    {
        var body = await AskAsync(new FilingShape("370000", Filing.NatureIndividual, FilingKind.FirstFiling));
        string[] kinds = ["residencePermit", "socialInsuranceProof", "houseContract", "studentCard"];

        Assert.All(kinds, kind => Assert.Equal(kinds.Where(k => k != kind).Order(), Paper(body, kind)!.Value.GetProperty("alternatives").EnumerateArray().Select(a => a.GetString()!).Order()));
        Assert.Null(Paper(await AskAsync(new FilingShape("110000", Filing.NatureIndividual, FilingKind.FirstFiling)), "residencePermit"));
    }

    [Fact]
    public async Task Get_NamesOfTheData_AreTakenAsWell()
    {
        var ours = await _app.Client.GetStringAsync(Guangdong);

        Assert.Equal(ours, await _app.Client.GetStringAsync(Guangdong.Replace("firstFiling", "FirstFiling", StringComparison.Ordinal)));
        Assert.Equal("addSite", Text(await _app.Client.GetFromJsonAsync<JsonElement>(Guangdong.Replace("firstFiling", "AddServiceLocal", StringComparison.Ordinal)), "kind"));
    }

    [Theory]
    [InlineData("", "/province reference.missingParameter|/nature reference.missingParameter|/kind reference.missingParameter")]
    [InlineData("?province=&nature=4&kind=firstFiling", "/province reference.missingParameter")]
    [InlineData("?province=990000&nature=4&kind=firstFiling", "/province reference.unknownProvince")]
    [InlineData("?province=440100&nature=7&kind=addSite", "/province reference.unknownProvince|/nature reference.unknownNature")]
    [InlineData("?province=440000&nature=four&kind=cancel", "/nature reference.unknownNature|/kind reference.unknownKind")]
    [InlineData("?province=440000&nature=-4&kind=firstFiling", "/nature reference.unknownNature")]
    [InlineData("?province=440000&nature=99999999999&kind=firstFiling", "/nature reference.unknownNature")]
    [InlineData("?province=440000&province=110000&nature=4&kind=firstFiling", "/province reference.unknownProvince")]
    public async Task Get_WithWrongParameters_PointsAtEachOfThem(string query, string expected)
    {
        using var answer = await _app.Client.GetAsync("/api/v1/reference/requirements" + query);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();

        Assert.Equal((HttpStatusCode.BadRequest, "request.invalid"), (answer.StatusCode, Text(problem, "code")));
        Assert.Equal(expected, string.Join('|', problem.GetProperty("errors").EnumerateArray().Select(e => $"{Text(e, "pointer")} {Text(e, "code")}")));
        Assert.All(problem.GetProperty("errors").EnumerateArray(), e => Assert.False(string.IsNullOrEmpty(Text(e, "remedy"))));
    }

    [Fact]
    public async Task Get_TwiceWithTheTag_Is304()
    {
        using var first = await _app.Client.GetAsync(Guangdong);
        using var again = await SendAsync(HttpMethod.Get, "gzip", null, first.Headers.ETag!.Tag);

        Assert.False(first.Headers.ETag.IsWeak);
        Assert.Equal((true, TimeSpan.FromHours(1)), (first.Headers.CacheControl!.Public, first.Headers.CacheControl.MaxAge));
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
        Assert.Equal(["Accept-Encoding", "Accept-Language"], again.Headers.Vary);
    }

    [Fact]
    public async Task Get_Compressed_IsTheSameAndSmall()
    {
        using var gzip = await SendAsync(HttpMethod.Get, "gzip", null);
        using var head = await SendAsync(HttpMethod.Head, "gzip", null);
        await using var unpacked = new GZipStream(await gzip.Content.ReadAsStreamAsync(), CompressionMode.Decompress);
        using var reader = new StreamReader(unpacked);

        Assert.Equal(await _app.Client.GetStringAsync(Guangdong), await reader.ReadToEndAsync());
        Assert.Equal(["Accept-Encoding", "Accept-Language"], gzip.Headers.Vary);
        Assert.InRange(gzip.Content.Headers.ContentLength!.Value, 1000, 15_000);
        Assert.Equal((HttpStatusCode.OK, gzip.Headers.ETag), (head.StatusCode, head.Headers.ETag));
    }

    /// <summary>Our own sentences are in English then; names and notes of the data stay Chinese.</summary>
    [Fact]
    public async Task Get_InEnglish_HasAnotherTagAndEnglishWords()
    {
        using var chinese = await SendAsync(HttpMethod.Get, null, "zh-CN");
        using var english = await SendAsync(HttpMethod.Get, null, "en-GB, zh;q=0.5");
        var body = await english.Content.ReadFromJsonAsync<JsonElement>();

        Assert.NotEqual(chinese.Headers.ETag, english.Headers.ETag);
        Assert.All(body.GetProperty("fields").EnumerateArray(), f => Assert.DoesNotMatch(Han(), Text(f, "label")));
        Assert.All(body.GetProperty("waiting").EnumerateArray(), w => Assert.DoesNotMatch(Han(), Text(w, "text")));
        Assert.All(body.GetProperty("people").EnumerateArray(), p => Assert.DoesNotMatch(Han(), Text(p, "text")));
        Assert.Equal("The subject comes to 32 sites or more in total.", Text(Paper(body, "constructionPlan")!.Value, "condition"));
        Assert.Equal("Website construction plan", Text(Paper(body, "constructionPlan")!.Value, "name"));
    }

    /// <summary>No sentence comes out as its code, or with a hole in it.</summary>
    [Theory]
    [InlineData("zh")]
    [InlineData("en")]
    public async Task Get_EveryShape_IsWordedWithoutHoles(string language)
    {
        foreach (var shape in AnOutlook.Shapes(3, AForm.Company, Filing.NatureIndividual))
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, Path(shape));
            request.Headers.AcceptLanguage.ParseAdd(language);
            using var answer = await _app.Client.SendAsync(request);
            var text = await answer.Content.ReadAsStringAsync();

            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.DoesNotMatch(Hole(), text);
            Assert.DoesNotContain("outlook.", text, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Documents_OfAllShapes_StayWithinTheirBytes()
    {
        var documents = _app.Get<OutlookDocuments>();
        foreach (var shape in AnOutlook.Shapes(3, AForm.Company, Filing.NatureIndividual))
        {
            Assert.NotEmpty(documents.For(shape, english: true).Variants);
        }

        Assert.InRange(documents.KeptBytes, OutlookDocuments.MaxBytes / 2, OutlookDocuments.MaxBytes);
        var (first, again) = (documents.For(new FilingShape("110000", 3, FilingKind.FirstFiling), true), documents.For(new FilingShape("110000", 3, FilingKind.FirstFiling), true));
        Assert.Same(first, again);
        Assert.Equal(first.ETag, (await SendAsync(HttpMethod.Get, null, "en", null, Path(new FilingShape("110000", 3, FilingKind.FirstFiling)))).Headers.ETag?.Tag);
    }

    private static string Path(FilingShape shape) => $"/api/v1/reference/requirements?province={shape.Province}&nature={shape.Nature}&kind={(shape.Kind == FilingKind.AddSite ? "addSite" : "firstFiling")}";

    private static string Text(JsonElement element, string member) => element.GetProperty(member).GetString()!;

    private static JsonElement? Paper(JsonElement body, string kind) => body.GetProperty("materials").EnumerateArray().Where(m => Text(m, "kind") == kind).Select(m => (JsonElement?)m).FirstOrDefault();

    private static IEnumerable<string> Parts(JsonElement paper) => paper.GetProperty("parts").EnumerateArray().Select(p => p.GetString()!).DefaultIfEmpty(string.Empty);

    [GeneratedRegex(@"\p{IsCJKUnifiedIdeographs}")]
    private static partial Regex Han();

    [GeneratedRegex(@"\{[a-z]+\}")]
    private static partial Regex Hole();

    private Task<JsonElement> AskAsync(FilingShape shape) => _app.Client.GetFromJsonAsync<JsonElement>(Path(shape))!;

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string? encoding, string? language, string? known = null, string? path = null)
    {
        using var request = new HttpRequestMessage(method, path ?? Guangdong);
        foreach (var (name, value) in new[] { ("Accept-Encoding", encoding), ("Accept-Language", language), ("If-None-Match", known) })
        {
            if (value is not null)
            {
                request.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return await _app.Client.SendAsync(request);
    }
}
