using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Beian.MiniApi.Domain;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Tests.Fixtures;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Beian.MiniApi.Tests.Access;

/// <summary>
/// Every route of the published description × no token, another user, another role, an expired token, a revoked session. The path names real things of somebody; the
/// body is the description's own example.
/// </summary>
public sealed partial class AccessMatrixTests(TheWorld world) : IClassFixture<TheWorld>
{
    /// <summary>Routes after which their caller has no session any more.</summary>
    private static readonly string[] EndsItself = ["post /api/v1/auth/logout", "post /api/v1/staff/logout", "post /api/v1/staff/password", "delete /api/v1/me"];

    public static TheoryData<string> Routes => [.. AccessRules.Of.Keys];

    [Fact]
    public void Routes_OfTheDescription_AllHaveARule()
    {
        var routes = world.Operations.Keys.Where(k => k.Contains(" /api/", StringComparison.Ordinal)).ToArray();

        Assert.True(routes.Length > 60, $"Only {routes.Length} routes.");
        Assert.Equal([], routes.Except(AccessRules.Of.Keys));
        Assert.Equal([], AccessRules.Of.Keys.Except(routes));
    }

    [Fact]
    public void Routes_ThatShowPersonalData_AreAudited()
    {
        var silent = world.Endpoints.Where(e => e.Metadata.GetMetadata<ShowsAttribute>() is null && AccessRules.Of[e.Route] != Access.Anybody).Select(e => e.Route).Where(r => r.StartsWith("get ", StringComparison.Ordinal));

        Assert.Equal(AccessRules.Impersonal.Keys.Order(StringComparer.Ordinal), silent.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task Call_WithoutAGoodToken_IsRefusedAlike(string route)
    {
        var access = AccessRules.Of[route];
        foreach (var (token, code) in new[] { (null, "auth.tokenMissing"), ("nonsense", "auth.tokenInvalid"), (world.Expired(access), "auth.tokenExpired"), (world.Revoked(access), "auth.sessionEnded") })
        {
            using var answer = await world.CallAsync(route, token, world.Victim);
            var body = await answer.Content.ReadAsStringAsync();
            if (access == Access.Anybody)
            {
                Assert.True((int)answer.StatusCode is not 403, $"{code}: {(int)answer.StatusCode}");
                Assert.DoesNotContain(code, body, StringComparison.Ordinal);
            }
            else
            {
                Assert.True((int)answer.StatusCode == 401 && (IsHead(route) || body.Contains($"\"{code}\"", StringComparison.Ordinal)), $"{code}: {(int)answer.StatusCode} {body}");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task Call_InAnotherRole_IsForbidden(string route)
    {
        var (others, allowed) = AccessRules.Of[route] switch
        {
            Access.Applicant or Access.Owner => ([world.Reviewer, world.Admin], [world.Other]),
            Access.Staff => ([world.Other], [world.Reviewer, world.Admin]),
            Access.Admin => ([world.Other, world.Reviewer], [world.Admin]),
            _ => ((string[])[], (string[])[]),
        };

        foreach (var token in others)
        {
            using var answer = await world.CallAsync(route, token, world.Victim);
            Assert.True((int)answer.StatusCode == 403 && (IsHead(route) || (await answer.CodeAsync()) == "auth.forbidden"), $"{(int)answer.StatusCode} {await answer.Content.ReadAsStringAsync()}");
        }

        foreach (var token in EndsItself.Contains(route) ? [] : allowed)
        {
            using var answer = await world.CallAsync(route, token, world.Missing);
            var body = await answer.Content.ReadAsStringAsync();
            Assert.True(!body.Contains("\"auth.forbidden", StringComparison.Ordinal) && !body.Contains("\"auth.token", StringComparison.Ordinal) && !body.Contains("server.error", StringComparison.Ordinal), $"{(int)answer.StatusCode} {body}");
        }
    }

    [Theory]
    [MemberData(nameof(Routes))]
    public async Task Call_AboutSomebodyElsesThing_AnswersAsIfItWereNotThere(string route)
    {
        if (AccessRules.Of[route] != Access.Owner)
        {
            return;
        }

        using var theirs = await world.CallAsync(route, world.Other, world.Victim);
        using var missing = await world.CallAsync(route, world.Other, world.Missing);

        Assert.True((int)theirs.StatusCode is 404, $"{(int)theirs.StatusCode} {await theirs.Content.ReadAsStringAsync()}");
        Assert.Equal(await PrintAsync(missing, world.Missing), await PrintAsync(theirs, world.Victim));
    }

    [Fact]
    public async Task Calls_OfStrangers_ChangedNothing()
    {
        foreach (var route in AccessRules.Of.Where(r => r.Value == Access.Owner).Select(r => r.Key))
        {
            using var answer = await world.CallAsync(route, world.Other, world.Victim);
        }

        Assert.Equal(world.Before, await world.FilingAsync());
    }

    /// <summary>Status, headers and body, without what differs in any two answers: the time, the trace, the ids of the path.</summary>
    private static async Task<string> PrintAsync(HttpResponseMessage answer, IReadOnlyDictionary<string, string> ids)
    {
        var headers = answer.Headers.Concat(answer.Content.Headers).Where(h => h.Key is not ("Date" or "Content-Length")).Select(h => $"{h.Key}: {string.Join(',', h.Value)}").Order(StringComparer.Ordinal);
        var text = $"{(int)answer.StatusCode}\n{string.Join('\n', headers)}\n{TraceId().Replace(await answer.Content.ReadAsStringAsync(), "\"traceId\":\"\"")}";
        return ids.Aggregate(text, (t, id) => t.Replace(id.Value, "{" + id.Key + "}", StringComparison.Ordinal));
    }

    /// <summary>Its answers have no body.</summary>
    private static bool IsHead(string route) => route.StartsWith("head ", StringComparison.Ordinal);

    [GeneratedRegex("\"traceId\":\"[^\"]*\"")]
    private static partial Regex TraceId();
}

/// <summary>A running program with somebody who has one of everything, and strangers of every kind.</summary>
public sealed partial class TheWorld : IAsyncLifetime
{
    private TestApp _app = null!;
    private ApplicantJourney _victim = null!;
    private LoggedInAs _user = null!;
    private LoggedInAs _staff = null!;
    private string _revokedUser = null!;
    private string _revokedStaff = null!;

    internal IReadOnlyDictionary<string, JsonNode> Operations { get; private set; } = null!;

    internal IReadOnlyList<(string Route, EndpointMetadataCollection Metadata)> Endpoints { get; private set; } = null!;

    internal IReadOnlyDictionary<string, string> Victim { get; private set; } = null!;

    /// <summary>Ids of the same shape that nothing has.</summary>
    internal IReadOnlyDictionary<string, string> Missing { get; private set; } = null!;

    internal string Other { get; private set; } = null!;

    internal string Reviewer { get; private set; } = null!;

    internal string Admin { get; private set; } = null!;

    /// <summary>The victim's filing at the beginning.</summary>
    internal string Before { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        _app = TestApp.Start(TestApp.NoLimits);
        await DescribeAsync();
        _victim = await ApplicantJourney.FilledAsync(_app.Address, Applicant.Organisation("victim", 6200));
        await _victim.SubmitAsync();
        using (var review = await Reviewing.OpenAsync(_app.Address, "admin"))
        {
            await review.ApproveAllTheWayAsync(_victim, "浙ICP备2026006200号");
        }

        Victim = await OneOfEachAsync();
        Missing = Victim.ToDictionary(v => v.Key, v => v.Key is "kind" or "copy" ? v.Value : new string([.. v.Value.Select(c => c is >= '0' and <= '9' ? (char)('0' + ('9' - c)) : c)]) is var other && other != v.Value ? other : "none" + v.Value);
        _user = await _app.LogInAsync("stranger");
        _staff = await _app.LogInStaffAsync("reviewer");
        Other = _user.AccessToken;
        Reviewer = _staff.AccessToken;
        Admin = (await _app.LogInStaffAsync("admin")).AccessToken;
        (_revokedUser, _revokedStaff) = (await RevokedAsync(await _app.LogInAsync("leaver"), "/api/v1/auth/logout"), await RevokedAsync(await _app.LogInStaffAsync("admin"), "/api/v1/staff/logout"));
        await _app.WhenPapersAreDoneAsync();
        Before = await FilingAsync();
    }

    public async Task DisposeAsync()
    {
        _victim.Dispose();
        await _app.DisposeAsync();
    }

    internal string Expired(Access access)
    {
        var (login, role) = access is Access.Staff or Access.Admin ? (_staff, Role.Reviewer) : (_user, Role.Applicant);
        var sessionId = JsonNode.Parse(System.Buffers.Text.Base64Url.DecodeFromChars(login.AccessToken.Split('.')[1]))!["sid"]!.GetValue<string>();
        return _app.Get<Beian.MiniApi.Platform.Auth.AccessTokens>().Issue(login.Id, sessionId, role, TimeProvider.System.GetUtcNow().AddHours(-1));
    }

    internal string Revoked(Access access) => access is Access.Staff or Access.Admin ? _revokedStaff : _revokedUser;

    internal async Task<string> FilingAsync() => (await _victim.ReadAsync()).ToString();

    internal async Task<HttpResponseMessage> CallAsync(string route, string? token, IReadOnlyDictionary<string, string> ids)
    {
        var (method, path) = (route.Split(' ')[0], route.Split(' ')[1]);
        using var request = new HttpRequestMessage(new HttpMethod(method.ToUpperInvariant()), PathPart().Replace(path, p => ids[p.Groups[1].Value]));
        request.Content = Body(Operations[route]);
        if (path.StartsWith("/api/v1/uploads", StringComparison.Ordinal))
        {
            request.Headers.Add("Tus-Resumable", "1.0.0");
            request.Headers.Add("Upload-Offset", "0");
            request.Content ??= new ByteArrayContent([1]) { Headers = { ContentType = new MediaTypeHeaderValue("application/offset+octet-stream") } };
        }

        if (token is not null)
        {
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        }

        return await _app.Client.SendAsync(request);
    }

    private static HttpContent? Body(JsonNode operation)
    {
        if (operation["requestBody"]?["content"]?.AsObject() is not { Count: > 0 } content)
        {
            return null;
        }

        var (type, media) = content.First();
        if (type == "multipart/form-data")
        {
            var form = new MultipartFormDataContent();
            foreach (var (name, value) in media!["example"]!.AsObject().Where(f => f.Key != "file"))
            {
                form.Add(new StringContent(value!.ToString()), name);
            }

            var file = new ByteArrayContent(Samples.TinyJpeg(1200, 800));
            file.Headers.ContentType = new MediaTypeHeaderValue("image/jpeg");
            form.Add(file, "file", "picture.jpg");
            return form;
        }

        var example = media!["example"]!;
        return new StringContent(example is JsonValue text && type != "application/json" ? text.ToString() : example.ToJsonString(), Encoding.UTF8, type);
    }

    private async Task DescribeAsync()
    {
        var document = JsonNode.Parse(await _app.Client.GetStringAsync(Beian.MiniApi.Platform.OpenApi.OpenApiSetup.DocumentPath))!;
        Operations = document["paths"]!.AsObject().SelectMany(p => p.Value!.AsObject().Select(o => ($"{o.Key} {p.Key}", o.Value!))).Where(o => o.Item1.Contains(" /api/", StringComparison.Ordinal)).ToDictionary(StringComparer.Ordinal);
        Endpoints =
        [
            .. from endpoint in _app.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
               from method in endpoint.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? []
               let route = $"{method.ToLowerInvariant()} /{endpoint.RoutePattern.RawText!.Trim('/')}"
               where AccessRules.Of.ContainsKey(route)
               select (route, endpoint.Metadata),
        ];
    }

    /// <summary>An id of the victim's for every part of a path.</summary>
    private async Task<IReadOnlyDictionary<string, string>> OneOfEachAsync()
    {
        var ids = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["filingId"] = _victim.FilingId,
            ["siteId"] = _victim.SiteId,
            ["materialId"] = _victim.Filing.GetProperty("materials")[0].GetProperty("id").GetString()!,
            ["accountId"] = _victim.Who.AccountId,
            ["resourceId"] = "cvm-victim",
            ["staffId"] = (await _app.LogInStaffAsync("reviewer")).Id,
            ["webhookId"] = "webhook-of-nobody",
            ["deliveryId"] = "9007199254740991",
            ["kind"] = "siteManagerAuthorization",
            ["copy"] = "authority",
            ["set"] = "provinces",
            ["code"] = "330000",
            ["ticket"] = new string('A', 43),
            ["handoverId"] = "01a1f5e0c0de70008000000000000099",
        };
        foreach (var (part, path) in new[] { ("subjectId", "/api/v1/subjects"), ("notificationId", "/api/v1/notifications"), ("sessionId", "/api/v1/me/sessions"), ("consentId", "/api/v1/me/consents") })
        {
            ids[part] = (await (await _victim.Client.GetAsync(path)).JsonAsync()).GetProperty("items")[0].GetProperty("id").GetString()!;
        }

        ids["codeId"] = (await (await _victim.Client.PostAsync("/api/v1/auth-codes", new StringContent(
            $$"""{ "resourceId": "{{_victim.Who.ResourceId}}", "targetAccountId": "{{_victim.Who.AccountId}}", "count": 1 }""", Encoding.UTF8, "application/json"))).JsonAsync(201)).GetProperty("items")[0].GetProperty("id").GetString()!;
        using var begin = new HttpRequestMessage(HttpMethod.Post, "/api/v1/uploads") { Headers = { { "Tus-Resumable", "1.0.0" }, { "Upload-Length", "100" } } };
        ids["uploadId"] = (await _victim.Client.SendAsync(begin)).Headers.Location!.ToString().Split('/')[^1];
        return ids;
    }

    private async Task<string> RevokedAsync(LoggedInAs login, string path)
    {
        using var client = _app.ClientOf(login);
        Assert.True((await client.PostAsync(new Uri(path, UriKind.Relative), null)).IsSuccessStatusCode);
        return login.AccessToken;
    }

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex PathPart();
}
