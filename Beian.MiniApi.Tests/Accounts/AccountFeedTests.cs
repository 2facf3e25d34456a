using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Beian.MiniApi.Storage;
using Beian.MiniApi.Storage.Sqlite;
using Beian.MiniApi.Tests.Fixtures;
using Microsoft.Data.Sqlite;

namespace Beian.MiniApi.Tests.Accounts;

public sealed class AccountFeedTests
{
    private static readonly object Verified = new
    {
        status = "verified",
        kind = "organisation",
        name = "示例科技有限公司",
        certificateType = 1,
        certificateNumber = "91330100EXAMPLE001",
        verifiedAt = "2026-01-02T03:04:05Z",
    };

    [Fact]
    public async Task Put_AbsentAccount_CreatesItAndGetShowsIt()
    {
        await using var app = TestApp.Start();
        var alice = await app.LogInAsync("alice");
        var admin = await app.StaffAsync("admin");

        var created = await PutAsync(admin, "cust_1-A", new { realName = Verified, userIds = new[] { alice.Id } });
        var again = await PutAsync(admin, "cust_1-A", new { });
        var stored = await admin.GetFromJsonAsync<JsonElement>("/api/v1/admin/accounts/cust_1-A");

        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        Assert.Equal("/api/v1/admin/accounts/cust_1-A", created.Headers.Location?.ToString());
        Assert.Equal(HttpStatusCode.OK, again.StatusCode);
        Assert.Equal("91330100EXAMPLE001", stored.GetProperty("realName").GetProperty("certificateNumber").GetString());
        Assert.Equal(alice.Id, stored.GetProperty("userIds")[0].GetString());
        var account = (await app.ClientOf(alice).GetFromJsonAsync<JsonElement>("/api/v1/me")).GetProperty("account");
        Assert.Equal("cust_1-A", account.GetProperty("id").GetString());
        Assert.Equal("""{"status":"verified","kind":"organisation","name":"示例科技有限公司","verifiedAt":"2026-01-02T03:04:05Z"}""", account.GetProperty("realName").GetRawText());
    }

    [Fact]
    public async Task Put_UserList_IsTheFullListAndARemovedUserGetsAFreshAccount()
    {
        await using var app = TestApp.Start();
        var alice = await app.LogInAsync("alice");
        var bob = await app.LogInAsync("bob");
        var admin = await app.StaffAsync("admin");
        await PutAsync(admin, "shared", new { realName = Verified, userIds = new[] { alice.Id, bob.Id, alice.Id } });
        Assert.Equal(("shared", "shared"), (await AccountOfAsync(app, alice), await AccountOfAsync(app, bob)));

        var kept = await PutAsync(admin, "shared", new { realName = new { status = "none" } });
        Assert.Equal(2, (await kept.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("userIds").GetArrayLength());
        await PutAsync(admin, "shared", new { realName = Verified, userIds = new[] { bob.Id } });

        var fresh = await AccountOfAsync(app, alice);
        Assert.NotEqual("shared", fresh);
        Assert.Equal("shared", await AccountOfAsync(app, bob));
        var me = await app.ClientOf(alice).GetFromJsonAsync<JsonElement>("/api/v1/me");
        Assert.Equal("none", me.GetProperty("account").GetProperty("realName").GetProperty("status").GetString());
    }

    [Fact]
    public async Task Put_StatusNone_ForgetsTheFacts()
    {
        await using var app = TestApp.Start();
        var admin = await app.StaffAsync("admin");
        await PutAsync(admin, "c1", new { realName = Verified });

        var put = await PutAsync(admin, "c1", new { realName = new { status = "none" } });

        var realName = (await put.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("realName");
        Assert.Equal("""{"status":"none","kind":null,"name":null,"certificateType":null,"certificateNumber":null,"verifiedAt":null}""", realName.GetRawText());
    }

    [Theory]
    [InlineData("filings")]
    [InlineData("subjects")]
    public async Task Put_UserWhoseOwnAccountIsUsed_IsAConflictAndChangesNothing(string table)
    {
        await using var app = TestApp.Start();
        var alice = await app.LogInAsync("alice");
        var bob = await app.LogInAsync("bob");
        var admin = await app.StaffAsync("admin");
        var own = await AccountOfAsync(app, alice);
        await UseAccountAsync(app, own, table);

        var answer = await PutAsync(admin, "shared", new { userIds = new[] { bob.Id, alice.Id } });

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal("account.userHasFilings", problem.GetProperty("code").GetString());
        Assert.Equal("/userIds/1", problem.GetProperty("errors")[0].GetProperty("pointer").GetString());
        Assert.Equal(own, await AccountOfAsync(app, alice));
        Assert.NotEqual("shared", await AccountOfAsync(app, bob));
        Assert.Equal(HttpStatusCode.NotFound, (await admin.GetAsync(new Uri("/api/v1/admin/accounts/shared", UriKind.Relative))).StatusCode);
        Assert.True(await app.Get<IAccountUsage>().HasFilingsAsync(own, CancellationToken.None));
        Assert.Equal(HttpStatusCode.OK, (await PutAsync(admin, own, new { userIds = new[] { alice.Id, bob.Id } })).StatusCode);
    }

    [Fact]
    public async Task Put_Stored_ShowsNoNameAndNoNumber()
    {
        await using var app = TestApp.Start();
        await PutAsync(await app.StaffAsync("admin"), "c1", new { realName = Verified });

        foreach (var file in Directory.EnumerateFiles(app.Folder, "beian.db*"))
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            var bytes = new byte[stream.Length];
            await stream.ReadExactlyAsync(bytes);
            Assert.True(bytes.AsSpan().IndexOf("91330100EXAMPLE001"u8) < 0, file);
            Assert.True(bytes.AsSpan().IndexOf("示例科技有限公司"u8) < 0, file);
        }
    }

    private static Task<HttpResponseMessage> PutAsync(HttpClient admin, string id, object body) =>
        admin.PutAsJsonAsync($"/api/v1/admin/accounts/{id}", body);

    private static async Task<string> AccountOfAsync(TestApp app, LoggedInAs login) =>
        (await app.ClientOf(login).GetFromJsonAsync<JsonElement>("/api/v1/me")).GetProperty("account").GetProperty("id").GetString()!;

    /// <summary>A bare row is all that makes an account used; the columns are read from the schema, so that this outlives migrations.</summary>
    private static Task<int> UseAccountAsync(TestApp app, string accountId, string table) => app.Get<SqliteDatabase>().WriteAsync(
        connection =>
        {
            using var command = connection.CreateCommand();
            command.CommandText = "CREATE TABLE IF NOT EXISTS subjects (id TEXT PRIMARY KEY, account_id TEXT NOT NULL);";
            command.ExecuteNonQuery();
            command.CommandText = $"""
                INSERT INTO {table} ({string.Join(',', Required(connection, table).Select(c => c.Name))})
                VALUES ({string.Join(',', Required(connection, table).Select(c => c.Value))});
                """;
            command.Parameters.AddWithValue("$account", accountId);
            return command.ExecuteNonQuery();
        },
        CancellationToken.None);

    private static List<(string Name, string Value)> Required(SqliteConnection connection, string table)
    {
        var columns = new List<(string, string)>();
        using var query = connection.CreateCommand();
        query.CommandText = $"SELECT name, type FROM pragma_table_info('{table}') WHERE \"notnull\" = 1 OR pk = 1;";
        using var reader = query.ExecuteReader();
        while (reader.Read())
        {
            var name = reader.GetString(0);
            columns.Add((name, name == "account_id" ? "$account" : reader.GetString(1) switch { "TEXT" => "'x'", "BLOB" => "x'00'", _ => "1" }));
        }

        return columns;
    }
}
