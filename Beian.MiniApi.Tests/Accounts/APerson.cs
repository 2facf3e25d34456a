using System.Net;
using System.Net.Http.Json;
using System.Text;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Storage;
using Beian.MiniApi.Storage.Sqlite;
using Beian.MiniApi.Tests.Fixtures;
using Microsoft.Data.Sqlite;

namespace Beian.MiniApi.Tests.Accounts;

/// <summary>Somebody who has left a trace in every table that can hold one, and what to look for them by.</summary>
internal sealed class APerson(TestApp app, ApplicantJourney journey)
{
    private const string Template = "sandboxTemplateProgress00000000000000000000";

    public ApplicantJourney Journey => journey;

    public string UserId { get; private set; } = string.Empty;

    public string AccountId { get; private set; } = string.Empty;

    public string OpenId { get; private set; } = string.Empty;

    public string OpenIdIndex { get; private set; } = string.Empty;

    public IReadOnlyList<string> SessionIds { get; private set; } = [];

    /// <summary>Ids that lead to the person.</summary>
    public IEnumerable<string> Ids => [UserId, AccountId, OpenId, OpenIdIndex, journey.FilingId, .. SessionIds];

    /// <summary>What the person typed.</summary>
    public IEnumerable<string> Words =>
    [
        journey.Who.Name, journey.Who.CertificateNumber, journey.Who.Domain, journey.Who.Principal.Name, journey.Who.Principal.CertificateNumber, journey.Who.Principal.Mobile,
        journey.Who.Principal.Email,
    ];

    public static async Task<APerson> OfAsync(TestApp app, ApplicantJourney journey)
    {
        var person = new APerson(app, journey);
        var me = await (await journey.Client.GetAsync("/api/v1/me")).JsonAsync();
        person.UserId = me.GetProperty("id").GetString()!;
        person.AccountId = me.GetProperty("account").GetProperty("id").GetString()!;
        person.OpenId = (await app.Get<IUserStore>().FindAsync(person.UserId, default))!.OpenId;
        person.OpenIdIndex = app.Get<BlindIndex>().Of(BlindIndex.OpenId, person.OpenId);
        person.SessionIds = [.. (await (await journey.Client.GetAsync("/api/v1/me/sessions")).JsonAsync()).GetProperty("items").EnumerateArray().Select(s => s.GetProperty("id").GetString()!)];
        return person;
    }

    /// <summary>A filing that was sent back, and beside it everything that a person can leave behind.</summary>
    public static async Task<APerson> EverywhereAsync(TestApp app, string login, int n)
    {
        await WasElsewhereAsync(app, login);
        var journey = await ApplicantJourney.FilledAsync(app.Address, Applicant.Organisation(login, n));
        await SendBackAsync(app, journey);
        var person = await OfAsync(app, journey);
        await person.LeaveTracesAsync();
        return person;
    }

    /// <summary>Rows of a table with one of those words in any cell, as text; sealed cells are opened.</summary>
    public IReadOnlyList<string> RowsWith(string table, IEnumerable<string> words) => app.Get<SqliteDatabase>().Read(connection =>
    {
        using var query = connection.CreateCommand();
#pragma warning disable CA2100 // Names of tables, from the database itself.
        var columns = SealedColumns.All.Where(c => c.Table == table).ToArray();
        query.CommandText = $"SELECT {string.Concat(columns.Select(c => $"{c.Key}, "))}* FROM \"{table}\"";
#pragma warning restore CA2100
        using var reader = query.ExecuteReader();
        var found = new List<string>();
        while (reader.Read())
        {
            var row = string.Join(" | ", Enumerable.Range(columns.Length, reader.FieldCount - columns.Length).Select(i => Text(Opened(connection, columns, reader, i))));
            if (words.Any(w => row.Contains(w, StringComparison.Ordinal)))
            {
                found.Add(row);
            }
        }

        return found;
    });

    public static IReadOnlyList<string> TablesOf(TestApp app) => app.Get<SqliteDatabase>().Read(connection =>
    {
        using var query = connection.CreateCommand();
        query.CommandText = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name;";
        return Names(query, 0);
    });

    public static IReadOnlyList<string> ColumnsOf(TestApp app, string table) => app.Get<SqliteDatabase>().Read(connection =>
    {
        using var query = connection.CreateCommand();
        query.CommandText = "SELECT name FROM pragma_table_info($table);";
        query.Parameters.AddWithValue("$table", table);
        return Names(query, 0);
    });

    /// <summary>Taken out of an account with a filing that the user had started.</summary>
    private static async Task WasElsewhereAsync(TestApp app, string login)
    {
        var first = await app.LogInAsync(login);
        var other = await app.LogInAsync(login + "other");
        using var admin = await app.StaffAsync("admin");
        var elsewhere = "/api/v1/admin/accounts/elsewhere-" + login;
        await (await admin.PutAsJsonAsync(elsewhere, new { userIds = new[] { first.Id, other.Id } })).JsonAsync(201);
        await (await app.ClientOf(first).PostAsJsonAsync("/api/v1/filings", new { })).JsonAsync(201);
        await (await admin.PutAsJsonAsync(elsewhere, new { userIds = new[] { other.Id } })).JsonAsync();
    }

    /// <summary>What stands there now differs from what stood there before.</summary>
    private static async Task SendBackAsync(TestApp app, ApplicantJourney journey)
    {
        await journey.PutSubjectAsync("旧备注" + new string('旧', 150));
        await journey.PutSubjectAsync("新备注");
        await journey.SubmitAsync();
        using var review = await Reviewing.OpenAsync(app.Address);
        await review.ClaimAsync(journey);
        await review.PostAsync(journey, "/full-view", new { reason = "made up" });
        await review.RejectAsync(journey, "modification", new { pointer = "/subject/remark", reason = "made up" });
        await journey.ReadAsync();
    }

    private async Task LeaveTracesAsync()
    {
        var client = journey.Client;
        using var admin = await app.StaffAsync("admin");
        await (await admin.PostAsync($"/api/v1/admin/accounts/{AccountId}/links", null)).JsonAsync(201);
        await (await client.PostAsync($"{journey.Path}/letters/principalAuthorization/link", null)).JsonAsync(201);
        await (await client.PostAsJsonAsync("/api/v1/auth-codes", new { resourceId = journey.Who.ResourceId, targetAccountId = AccountId, note = "note-of-" + AccountId })).JsonAsync(201);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await client.PostAsJsonAsync("/api/v1/me/account", new { code = new string('A', 22) })).StatusCode);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, (await client.PostAsJsonAsync("/api/v1/auth-codes/check", new { code = "AAAA-AAAA-AAAA-AAAA-AAAA" })).StatusCode);
        using var keyed = new HttpRequestMessage(HttpMethod.Post, "/api/v1/me/consents") { Content = JsonContent.Create(new { id = "terms", version = "none" }) };
        keyed.Headers.Add("Idempotency-Key", "key");
        Assert.Equal(HttpStatusCode.Conflict, (await client.SendAsync(keyed)).StatusCode);
        await app.Get<IUserStore>().UpdateAsync(UserId, u => u.WithPhone(MadeUp.Mobile(4321)), null, default);
        await app.Get<IAuthorizationRevocationStore>().AddAsync(new AuthorizationRevocation(OpenIdIndex, "301", TimeProvider.System.GetUtcNow()), default);
        var credits = app.Get<IMessageCredits>();
        var at = TimeProvider.System.GetUtcNow();
        await credits.RefuseAsync(OpenIdIndex, "refused", at, default);
        await credits.GrantAsync(new MessageCredit(OpenIdIndex, Template, "source-of-" + UserId, at), default);
        await credits.RecordAsync(new MessageDelivery("delivery-of-" + UserId, OpenIdIndex, Template, "1", "0", "success", at), default);
        var hash = System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(UserId));
        await app.Get<IFaceHandoverStore>().PutAsync(new FaceHandover("handover-of-" + UserId, hash, journey.FilingId, journey.SiteId, "made up", at.AddHours(1), UserId), default);
        var message = new QueuedMessage("message-of-" + UserId, UserId, AccountId, OpenIdIndex, Template, "notification.approve", null, new Dictionary<string, string>(), at, at.AddHours(1));
        Assert.True(await app.Get<IMessageStore>().AddAsync(message, default));
        await WaitAsync(() => RowsWith("notifications", [AccountId]).Count > 0);
    }

    private static async Task WaitAsync(Func<bool> happened)
    {
        for (var i = 0; i < 200 && !happened(); i++)
        {
            await Task.Delay(50);
        }

        Assert.True(happened(), "It has not happened for ten seconds.");
    }

    private static List<string> Names(SqliteCommand query, int column)
    {
        using var reader = query.ExecuteReader();
        var names = new List<string>();
        while (reader.Read())
        {
            names.Add(reader.GetString(column));
        }

        return names;
    }

    private static object Opened(SqliteConnection connection, SealedColumn[] columns, SqliteDataReader reader, int i)
    {
        var at = Array.FindIndex(columns, c => c.Column == reader.GetName(i));
        return at < 0 || reader.IsDBNull(i) ? reader.GetValue(i)
            : columns[at].IsText ? columns[at].OpenText(connection, reader.GetString(at), reader.GetString(i))!
            : columns[at].Open(connection, reader.GetString(at), reader.GetFieldValue<byte[]>(i));
    }

    private static string Text(object value) => value is byte[] bytes ? Encoding.UTF8.GetString(bytes) : value.ToString() ?? string.Empty;
}
