using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Beian.MiniApi.Tests.Fixtures;

/// <summary>
/// One applicant's way from login to submission over HTTP, a method a step; every step insists on the answer that a well-made filing gets. Needs nothing
/// but an address, so that it can also drive a program in another process.
/// </summary>
public sealed class ApplicantJourney : IDisposable
{
    /// <summary>Logins of one name in flight count as failures until they are through; more than five at once would lock it.</summary>
    private static readonly SemaphoreSlim OneStaffLogin = new(1, 1);

    private static int _logins;

    private readonly Uri _address;
    private readonly bool _patient;

    private ApplicantJourney(Uri address, Applicant who, HttpClient client, bool patient) => (_address, Who, Client, _patient) = (address, who, client, patient);

    public Applicant Who { get; }

    /// <summary>The applicant's client.</summary>
    public HttpClient Client { get; private set; }

    /// <summary>Set by <see cref="StartAsync"/>.</summary>
    public string FilingId { get; private set; } = string.Empty;

    /// <summary>Set by <see cref="VerifyAsync"/>.</summary>
    public string SiteId { get; private set; } = string.Empty;

    /// <summary>The filing as the last step answered it.</summary>
    public JsonElement Filing { get; private set; }

    public int Version => Filing.GetProperty("version").GetInt32();

    public string State => Filing.GetProperty("state").GetString()!;

    public string Path => $"/api/v1/filings/{FilingId}";

    /// <summary>Logs in, has the account verified and given a server by the admin.</summary>
    /// <param name="address">Where the program listens.</param>
    /// <param name="who">Who files what.</param>
    /// <param name="patient">True for an applicant who tries again what an outside service spoiled, see <see cref="PatientHandler"/>.</param>
    public static async Task<ApplicantJourney> OpenAsync(Uri address, Applicant who, bool patient = false)
    {
        using var first = await LogInAsync(address, who, patient);
        var me = await (await first.GetAsync("/api/v1/me")).JsonAsync();
        using var admin = await StaffAsync(address, "admin");
        var account = new
        {
            realName = new
            {
                status = "verified",
                kind = who.IsOrganisation ? "organisation" : "individual",
                name = who.Name,
                certificateType = who.CertificateType,
                certificateNumber = who.CertificateNumber,
                verifiedAt = "2025-01-01T00:00:00Z",
            },
            userIds = new[] { me.GetProperty("id").GetString() },
        };
        await OkAsync(await admin.PutAsJsonAsync($"/api/v1/admin/accounts/{who.AccountId}", account));
        await OkAsync(await admin.PutAsJsonAsync($"/api/v1/admin/resources/{who.ResourceId}", Issuers.Facts(who.AccountId)));

        // The first login belonged to the user's own account.
        return new ApplicantJourney(address, who, await LogInAsync(address, who, patient), patient);
    }

    /// <summary>A client of <c>reviewer</c> or <c>admin</c>.</summary>
    public static async Task<HttpClient> StaffAsync(Uri address, string userName)
    {
        using var client = new HttpClient { BaseAddress = address };
        await OneStaffLogin.WaitAsync();
        try
        {
            var answer = await client.PostAsJsonAsync("/api/v1/staff/login", new { userName, password = "sandbox-" + userName });
            return WithToken(address, await TokenAsync(answer), patient: false);
        }
        finally
        {
            OneStaffLogin.Release();
        }
    }

    /// <summary>A filing ready to be submitted.</summary>
    public static async Task<ApplicantJourney> FilledAsync(Uri address, Applicant who, bool patient = false)
    {
        var journey = await OpenAsync(address, who, patient);
        await journey.FillAsync();
        return journey;
    }

    /// <summary>The same, whatever still stands in the way of submitting it.</summary>
    public static async Task<ApplicantJourney> FilledButAsync(Uri address, Applicant who)
    {
        var journey = await OpenAsync(address, who);
        await journey.FillInAsync();
        return journey;
    }

    /// <summary>The provider's inventory says anew until when the applicant's server is paid for.</summary>
    public async Task FeedResourceAsync(Uri address, DateTimeOffset expiresAt)
    {
        using var admin = await StaffAsync(address, "admin");
        await OkAsync(await admin.PutAsJsonAsync($"/api/v1/admin/resources/{Who.ResourceId}", Issuers.Facts(Who.AccountId, new { expiresAt })));
    }

    /// <summary>Another client of the same user.</summary>
    public HttpClient NewClient() => WithToken(_address, Client.DefaultRequestHeaders.Authorization!.Parameter!, _patient);

    /// <summary>From the start to the last paper.</summary>
    public async Task FillAsync()
    {
        await FillInAsync();
        var requirements = Filing.GetProperty("requirements");
        Assert.True(requirements.GetProperty("complete").GetBoolean(), requirements.ToString());
    }

    private async Task FillInAsync()
    {
        await StartAsync();
        await VerifyAsync();
        await PutSubjectAsync();
        await PutPrincipalAsync();
        await PutSiteAsync();
        await PutSitePrincipalAsync();
        await CheckFaceAsync();
        await UploadAsync();
    }

    public async Task StartAsync(object? body = null)
    {
        Filing = await (await Client.PostAsJsonAsync("/api/v1/filings", body ?? new { })).JsonAsync(201);
        FilingId = Filing.GetProperty("id").GetString()!;
    }

    public async Task VerifyAsync()
    {
        await PutAsync("/verification", new
        {
            region = new { province = Who.Province, city = Who.City, district = Who.District },
            subjectNature = Who.Nature,
            certificateType = Who.CertificateType,
            certificateNumber = Who.CertificateNumber,
            domain = Who.Domain,
            resource = Resource,
        });
        SiteId = Filing.GetProperty("sites")[0].GetProperty("id").GetString()!;
    }

    /// <summary>Saves one step of the form.</summary>
    public async Task PutAsync(string step, object body) => Filing = await (await Client.PutAsJsonAsync(Path + step, body)).JsonAsync();

    public Task PutSubjectAsync(string? remark = null) => PutAsync("/subject", SubjectBody(remark));

    public Task PutPrincipalAsync() => PutAsync("/subject/principal", Who.Principal.Body);

    public Task PutSiteAsync() => PutAsync($"/sites/{SiteId}", new
    {
        kind = "website",
        name = Who.SiteName,
        homeUrl = "https://www." + Who.Domain,
        serviceContents = new[] { Who.IsOrganisation ? 1 : 24 },
        remark = Who.IsOrganisation ? null : "记录个人读书的心得和摘抄，不涉及经营内容",
        languages = new[] { 1 },
        preApprovals = Who.IsOrganisation ? new[] { new { type = "none" } } : [],
    });

    public Task PutSitePrincipalAsync() => PutAsync($"/sites/{SiteId}/principal", Who.SitePrincipal?.Body ?? new { sameAsSubjectPrincipal = true });

    /// <summary>Starts the face check, takes it on the provider's page and reads the result.</summary>
    public async Task CheckFaceAsync()
    {
        var started = await (await Client.PostAsync($"{Path}/sites/{SiteId}/face-check", null)).JsonAsync(201);
        if (started.GetProperty("url").GetString() is { } url)
        {
            using var person = new HttpClient(Line(_patient));
            await OkAsync(await person.PostAsync(new Uri(url), null));
        }

        var result = await ReadFaceCheckAsync();
        for (var tries = 0; _patient && tries < 20 && result.GetProperty("status").GetString() == "pending"; tries++)
        {
            result = await ReadFaceCheckAsync();
        }

        Assert.Equal("passed", result.GetProperty("status").GetString());
        await ReadAsync();
    }

    private async Task<JsonElement> ReadFaceCheckAsync() => await (await Client.GetAsync($"{Path}/sites/{SiteId}/face-check")).JsonAsync();

    /// <summary>Uploads whatever is due, a film where the data wants one.</summary>
    public async Task UploadAsync()
    {
        await ReadAsync();
        foreach (var due in Filing.GetProperty("requirements").GetProperty("due").EnumerateArray().Where(d => d.GetProperty("code").GetString() == "material.missing"))
        {
            await UploadAsync(due.GetProperty("kind").GetString()!, Optional(due, "part"), Optional(due, "siteId"));
        }

        await ReadAsync();
    }

    /// <returns>The material as taken.</returns>
    public async Task<JsonElement> UploadAsync(string kind, string? part, string? siteId)
    {
        var film = TheBook.Shipped.FindFormatProfile(TheBook.Shipped.FindMaterial(kind)!.FormatProfile)!.Id == "video";
        using var file = new ByteArrayContent(film ? Samples.TinyMp4() : Samples.TinyJpeg(1200, 800));
        file.Headers.ContentType = new MediaTypeHeaderValue(film ? "video/mp4" : "image/jpeg");
        using var form = new MultipartFormDataContent { { file, "file", film ? "film.mp4" : "picture.jpg" }, { new StringContent(kind), "kind" } };
        if (part is not null)
        {
            form.Add(new StringContent(part), "part");
        }

        if (siteId is not null)
        {
            form.Add(new StringContent(siteId), "siteId");
        }

        return await (await Client.PostAsync($"{Path}/materials", form)).JsonAsync(201);
    }

    public async Task SubmitAsync() => Filing = await (await SubmitAsync(Client, null)).JsonAsync(202);

    /// <summary>Submits with every current agreement; the answer is the caller's to judge.</summary>
    public async Task<HttpResponseMessage> SubmitAsync(HttpClient client, string? idempotencyKey)
    {
        var agreements = TheBook.Shipped.Tables.Agreements.Select(a => new { a.Id, a.Version });
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{Path}/submission") { Content = JsonContent.Create(new { agreements }) };
        if (idempotencyKey is not null)
        {
            request.Headers.Add("Idempotency-Key", idempotencyKey);
        }

        return await client.SendAsync(request);
    }

    public async Task WithdrawAsync() => Filing = await (await Client.PostAsJsonAsync($"{Path}/withdrawal", new { })).JsonAsync();

    public async Task AbandonAsync() => Filing = await (await Client.PostAsJsonAsync($"{Path}/abandonment", new { reason = "made up" })).JsonAsync();

    public async Task<JsonElement> ReadAsync() => Filing = await (await Client.GetAsync(Path)).JsonAsync();

    /// <summary>The body of the subject's step.</summary>
    public object SubjectBody(string? remark = null) => new
    {
        name = Who.Name,
        certificateAddress = "示例省示例市示例路 1 号",
        mailingAddress = "示例省示例市示例路 1 号 2 室",
        investor = Who.IsOrganisation ? "示例投资有限公司" : null,
        legalRepresentative = Who.IsOrganisation ? new { name = Who.Principal.Name } : null,
        remark,
    };

    public void Dispose() => Client.Dispose();

    private object Resource => Who.AuthCode is { } code ? new { kind = "authCode", authCode = code } : new { kind = "resource", resourceId = Who.ResourceId };

    private static string Code(Applicant who) => $"sandbox-{who.Login}-j{Interlocked.Increment(ref _logins)}";

    /// <summary>The patient take a new code after one that an answer which never arrived has used up, as wx.login gives them.</summary>
    private static async Task<HttpClient> LogInAsync(Uri address, Applicant who, bool patient)
    {
        using var client = new HttpClient(Line(patient)) { BaseAddress = address };
        for (var tries = 1; ; tries++)
        {
            var answer = await client.PostAsJsonAsync("/api/v1/auth/wechat", new { code = Code(who) });
            if (answer.StatusCode != HttpStatusCode.Unauthorized || !patient || tries == 10)
            {
                return WithToken(address, await TokenAsync(answer), patient);
            }
        }
    }

    private static HttpMessageHandler Line(bool patient) => patient ? new PatientHandler() : new HttpClientHandler();

    private static async Task<string> TokenAsync(HttpResponseMessage answer) => (await answer.JsonAsync()).GetProperty("accessToken").GetString()!;

    private static HttpClient WithToken(Uri address, string token, bool patient)
    {
        var client = new HttpClient(Line(patient)) { BaseAddress = address, Timeout = TimeSpan.FromSeconds(60) };
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return client;
    }

    private static async Task OkAsync(HttpResponseMessage answer) =>
        Assert.True(answer.StatusCode is HttpStatusCode.OK or HttpStatusCode.Created, $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");

    private static string? Optional(JsonElement row, string name) => row.TryGetProperty(name, out var value) ? value.GetString() : null;
}
