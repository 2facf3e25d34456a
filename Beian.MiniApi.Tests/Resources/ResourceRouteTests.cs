using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Beian.MiniApi.Sandbox;
using Beian.MiniApi.Storage;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.Resources;

public sealed class ResourceRouteTests : IClassFixture<RunningApp>
{
    private const string Header = "id,ownerAccountId,type,region,mainland,publicIps,billing,purchasedDaysTotal,expiresAt,bandwidthMbps\r\n";

    private readonly TestApp _app;

    public ResourceRouteTests(RunningApp running) => _app = running.App;

    [Fact]
    public async Task List_OwnResources_TellsReasonsInTheCallersLanguage()
    {
        var (client, accountId) = await _app.OrganisationAsync("lister");
        await _app.ServerAsync("list-1", accountId);
        await _app.ServerAsync("list-2", accountId, new { mainland = false, slotsUsedElsewhere = 2 });

        var chinese = await (await client.GetAsync("/api/v1/resources")).JsonAsync();
        client.DefaultRequestHeaders.Add("Accept-Language", "en");
        var english = await (await client.GetAsync("/api/v1/resources")).JsonAsync();

        var newest = chinese.GetProperty("items")[0];
        Assert.Equal("list-2", newest.GetProperty("id").GetString());
        Assert.False(newest.GetProperty("eligible").GetBoolean());
        Assert.Equal("resource.notMainland", newest.GetProperty("reasons")[0].GetProperty("code").GetString());
        Assert.Contains("中国大陆", newest.GetProperty("reasons")[0].GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Contains("mainland China", english.GetProperty("items")[0].GetProperty("reasons")[0].GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal("""{"total":5,"used":2,"left":3}""", newest.GetProperty("slots").GetRawText());
        Assert.Equal("""{"total":5,"issued":0,"left":5}""", newest.GetProperty("codes").GetRawText());
        Assert.True(chinese.GetProperty("items")[1].GetProperty("eligible").GetBoolean());
    }

    [Fact]
    public async Task List_PageByPage_GivesEveryResourceOnce()
    {
        var (client, accountId) = await _app.OrganisationAsync("pager");
        foreach (var id in new[] { "page-1", "page-2", "page-3" })
        {
            await _app.ServerAsync(id, accountId);
        }

        await _app.ServerAsync("page-1", accountId, new { region = "ap-beijing" });
        var first = await (await client.GetAsync("/api/v1/resources?limit=2")).JsonAsync();
        var second = await (await client.GetAsync($"/api/v1/resources?limit=2&cursor={first.GetProperty("nextCursor").GetString()}")).JsonAsync();

        Assert.Equal(["page-3", "page-2"], Ids(first));
        Assert.Equal(["page-1"], Ids(second));
        Assert.Equal(JsonValueKind.Null, second.GetProperty("nextCursor").ValueKind);
        Assert.Equal("request.invalid", await (await client.GetAsync("/api/v1/resources?cursor=Ym9ndXM")).CodeAsync());
    }

    [Fact]
    public async Task Put_WrongFields_PointsAtEach()
    {
        using var admin = await _app.StaffAsync("admin");

        var answer = await admin.PutAsJsonAsync("/api/v1/admin/resources/put-1", new { type = "toaster", billing = "barter", publicIps = new[] { "1" }, purchasedDaysTotal = -1 });

        var pointers = (await answer.JsonAsync(422)).GetProperty("errors").EnumerateArray().Select(e => e.GetProperty("pointer").GetString());
        Assert.Equal(["/ownerAccountId", "/type", "/region", "/mainland", "/billing", "/purchasedDaysTotal", "/publicIps"], pointers);
    }

    [Fact]
    public async Task Feed_ByAnApplicant_IsForbidden()
    {
        using var applicant = await _app.ApplicantAsync("sneaky");

        Assert.Equal(HttpStatusCode.Forbidden, (await applicant.PutAsJsonAsync("/api/v1/admin/resources/x", Issuers.Facts("me"))).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await ImportAsync(applicant, Header, "text/csv")).StatusCode);
    }

    [Fact]
    public async Task Import_CsvFromASpreadsheet_IsStoredAndRepeatable()
    {
        var (client, accountId) = await _app.OrganisationAsync("csvowner");
        using var admin = await _app.StaffAsync("admin");
        var csv = $"\ufeff{Header}csv-1,{accountId},cvm,\"上海, 一区\",TRUE,203.0.113.1;203.0.113.2,prepaid,365,2036-01-01T00:00:00+08:00,5\r\ncsv-2,{accountId},cvm,ap-shanghai,true,203.0.113.3,payAsYouGo,,,\r\n";

        var first = await (await ImportAsync(admin, csv, "text/csv")).JsonAsync();
        await (await ImportAsync(admin, csv, "text/csv")).JsonAsync();

        Assert.Equal(2, first.GetProperty("accepted").GetInt32());
        var listed = (await (await client.GetAsync("/api/v1/resources")).JsonAsync()).GetProperty("items");
        Assert.Equal(2, listed.GetArrayLength());
        Assert.Equal("上海, 一区", listed[1].GetProperty("region").GetString());
        Assert.Equal("2035-12-31T16:00:00Z", listed[1].GetProperty("expiresAt").GetString());
        Assert.Equal(2, listed[1].GetProperty("publicIps").GetArrayLength());
    }

    [Fact]
    public async Task Import_OneBadLine_StoresNothingAndNamesIt()
    {
        var (client, accountId) = await _app.OrganisationAsync("badline");
        using var admin = await _app.StaffAsync("admin");
        var good = $"bad-1,{accountId},cvm,sh,true,203.0.113.1,prepaid,365,2036-01-01T00:00:00Z,5\r\n";

        var answer = await (await ImportAsync(admin, $"{Header}{good}bad-2,{accountId},cvm,sh,perhaps,,prepaid,x,2036-01-01,5\r\n{good}", "text/csv")).JsonAsync(422);

        Assert.Equal("import.rejected", answer.GetProperty("code").GetString());
        Assert.Equal(
            ["/3/mainland request.wrongType", "/3/purchasedDaysTotal request.wrongType", "/3/expiresAt request.wrongType", "/4/id import.duplicateId"],
            answer.GetProperty("errors").EnumerateArray().Select(e => $"{e.GetProperty("pointer").GetString()} {e.GetProperty("code").GetString()}"));
        Assert.Empty((await (await client.GetAsync("/api/v1/resources")).JsonAsync()).GetProperty("items").EnumerateArray());
    }

    [Fact]
    public async Task Import_JsonLines_ReportsEachBadLine()
    {
        using var admin = await _app.StaffAsync("admin");
        var row = JsonSerializer.Serialize(Issuers.Facts("lines", new { id = "line-1" }));

        var stored = await ImportAsync(admin, row + "\n\n", "application/x-ndjson");
        var refused = await (await ImportAsync(admin, row + "\n{\"nope\":1}\nnot json\n", "application/x-ndjson")).JsonAsync(422);

        Assert.Equal(1, (await stored.JsonAsync()).GetProperty("accepted").GetInt32());
        Assert.Equal(["/2/nope request.unknownField", "/3 request.malformed"], refused.GetProperty("errors").EnumerateArray().Select(e => $"{e.GetProperty("pointer").GetString()} {e.GetProperty("code").GetString()}"));
    }

    [Fact]
    public async Task Import_WhatIsNoImport_HasItsOwnRefusal()
    {
        using var admin = await _app.StaffAsync("admin");
        using var gbk = new ByteArrayContent([.. Encoding.ASCII.GetBytes(Header), 0xc9, 0xcf, 0xba, 0xa3]);
        gbk.Headers.ContentType = new("text/csv");

        Assert.Equal("import.notUtf8", await (await admin.PostAsync("/api/v1/admin/resources:import", gbk)).CodeAsync());
        Assert.Equal("import.badType", await (await ImportAsync(admin, "{}", "application/json")).CodeAsync());
        Assert.Equal("import.empty", await (await ImportAsync(admin, Header, "text/csv")).CodeAsync());
        Assert.Equal("import.notCsv", await (await ImportAsync(admin, Header + "\"x", "text/csv")).CodeAsync());
        Assert.Equal("import.rejected", await (await ImportAsync(admin, "id,owner\r\n1,2\r\n", "text/csv")).CodeAsync());
        var tooMany = string.Concat(Enumerable.Range(0, 20_001).Select(i => $"\r\nr{i}"));
        Assert.Equal("import.tooManyRows", await (await ImportAsync(admin, "id" + tooMany, "text/csv")).CodeAsync());
        var tooLarge = await ImportAsync(admin, new string('\n', (10 * 1024 * 1024) + 1), "application/x-ndjson");
        Assert.Equal((HttpStatusCode.RequestEntityTooLarge, "request.tooLarge"), (tooLarge.StatusCode, await tooLarge.CodeAsync()));
    }

    [Fact]
    public async Task Import_RepeatedWithItsKey_IsReplayedAndAnotherBodyRefused()
    {
        using var admin = await _app.StaffAsync("admin");
        admin.DefaultRequestHeaders.Add("Idempotency-Key", "import-1");
        var row = JsonSerializer.Serialize(Issuers.Facts("keyed", new { id = "keyed-1" }));

        await (await ImportAsync(admin, row, "application/x-ndjson")).JsonAsync();
        var again = await ImportAsync(admin, row, "application/x-ndjson");
        var other = await ImportAsync(admin, row + "\n", "application/x-ndjson");

        Assert.Equal("true", again.Headers.GetValues("Idempotency-Replayed").Single());
        Assert.Equal("idempotency.keyReused", await other.CodeAsync());
    }

    [Fact]
    public async Task Import_TwentyThousandRows_IsTakenInOneGo()
    {
        using var admin = await _app.StaffAsync("admin");
        var csv = new StringBuilder(Header);
        for (var i = 0; i < 20_000; i++)
        {
            csv.Append(System.Globalization.CultureInfo.InvariantCulture, $"many-{i},many,cvm,sh,true,203.0.113.1,prepaid,365,2036-01-01T00:00:00Z,5\r\n");
        }

        Assert.Equal(20_000, (await (await ImportAsync(admin, csv.ToString(), "text/csv")).JsonAsync()).GetProperty("accepted").GetInt32());
    }

    [Fact]
    public async Task Demo_Inventory_HasEveryKindAndEveryReason()
    {
        var login = await _app.LogInAsync("demoviewer");
        using var admin = await _app.StaffAsync("admin");
        Assert.True((await admin.PutAsJsonAsync($"/api/v1/admin/accounts/{DemoInventory.Provider}", new { userIds = new[] { login.Id } })).IsSuccessStatusCode);
        using var client = _app.ClientOf(await _app.LogInAsync("demoviewer"));

        var items = (await (await client.GetAsync("/api/v1/resources?limit=100")).JsonAsync()).GetProperty("items").EnumerateArray().ToList();

        var available = AResource.Types.All.Where(t => t.Available).Select(t => t.Type);
        Assert.Equal(available.Order(), items.Where(i => i.GetProperty("eligible").GetBoolean()).Select(i => i.GetProperty("type").GetString()!).Order());
        var refused = items.Where(i => !i.GetProperty("eligible").GetBoolean()).ToList();
        Assert.All(refused, i => Assert.Single(i.GetProperty("reasons").EnumerateArray()));
        Assert.Equal(
            refused.Select(i => i.GetProperty("id").GetString()!["demo-".Length..].Replace("-", "", StringComparison.Ordinal)).Order(StringComparer.OrdinalIgnoreCase),
            refused.Select(i => i.GetProperty("reasons")[0].GetProperty("code").GetString()!["resource.".Length..]).Order(StringComparer.OrdinalIgnoreCase),
            StringComparer.OrdinalIgnoreCase);
        Assert.Equal(11, refused.Count);
    }

    [Fact]
    public async Task Demo_Restarted_OverwritesNothing()
    {
        var folder = Path.Combine(Path.GetTempPath(), "beian-demo-" + Guid.NewGuid().ToString("N"));
        try
        {
            await using (var first = TestApp.Start("Development", folder, Logins.ProductionSettings[..3]))
            {
                var server = (await first.Get<IResourceStore>().FindAsync("demo-cvm", default))!;
                await first.Get<IResourceStore>().SaveAsync([server with { Region = "changed" }], null, default);
            }

            await using var second = TestApp.Start("Development", folder, Logins.ProductionSettings[..3]);
            Assert.Equal("changed", (await second.Get<IResourceStore>().FindAsync("demo-cvm", default))!.Region);
            Assert.Equal(1, (await second.Get<IAuthCodeStore>().CountByResourceAsync([DemoInventory.CodeBound], default))[DemoInventory.CodeBound]);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static IEnumerable<string> Ids(JsonElement page) => page.GetProperty("items").EnumerateArray().Select(i => i.GetProperty("id").GetString()!);

    private static async Task<HttpResponseMessage> ImportAsync(HttpClient client, string body, string mediaType)
    {
        using var content = Issuers.Text(body, mediaType);
        return await client.PostAsync("/api/v1/admin/resources:import", content);
    }
}
