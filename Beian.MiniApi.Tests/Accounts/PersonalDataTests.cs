using System.Net;
using System.Text;
using System.Text.Json;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.Accounts;

/// <summary>
/// Every table that can hold something of a person is in the export or says why not, and is emptied of the person by an erasure. Whoever adds a table adds
/// it here, to <c>Features/Export</c> and to <c>SqliteErasureStore</c>.
/// </summary>
public sealed class PersonalDataTests
{
    private const string Follows = "Follows from the filings, which are exported whole.";
    private const string Secret = "A digest of a secret; what it opens is exported.";
    private const string Counter = "Counts against limits, gone within two days.";

    /// <summary>Tables with rows of a person: the member of the export that shows them, or a sentence that says why none does.</summary>
    private static readonly Dictionary<string, string> Personal = new(StringComparer.Ordinal)
    {
        ["users"] = "user",
        ["accounts"] = "account",
        ["sessions"] = "sessions",
        ["refresh_tokens"] = Secret,
        ["consents"] = "consents",
        ["authorization_revocations"] = "consents",
        ["message_credits"] = "messagePermissions",
        ["message_refusals"] = "messageRefusals",
        ["message_deliveries"] = "messageDeliveries",
        ["idempotency"] = "Repeats answers that were given, gone within a day.",
        ["attempts"] = Counter,
        ["notifications"] = "inbox",
        ["filings"] = "filings",
        ["holds"] = Follows,
        ["review_facts"] = Follows,
        ["filing_contacts"] = "Keyed digests of what the filings say.",
        ["letter_links"] = Secret,
        ["account_links"] = Secret,
        ["auth_codes"] = "authCodes",
        ["resources"] = "resources",
        ["former_members"] = "Says where an id of the user may stand; the filings there are others'.",
        ["face_handovers"] = Secret,
        ["full_views"] = "Reasons of staff; that they looked is in the access log.",
        ["deliveries"] = "deliveries",
        ["wechat_messages"] = "On its way the inbox again, encrypted; afterwards only that it was sent.",
    };

    /// <summary>Tables that only an approved filing, an erasure, an upload in pieces, a paper being worked on or a partner of the account writes; the tests of those look into them.</summary>
    private static readonly string[] Later = ["subjects", "subject_domains", "erased_accounts", "erased_files", "paper_work", "resumable_uploads", "webhooks"];

    /// <summary>Tables that tell nothing of applicants, each with why.</summary>
    private static readonly Dictionary<string, string> Impersonal = new(StringComparer.Ordinal)
    {
        ["schema_migrations"] = "names of scripts",
        ["sqlite_sequence"] = "SQLite's own counters",
        ["settings"] = "the program's own values",
        ["data_keys"] = "keys, wrapped by the key ring",
        ["resealings"] = "orders to seal anew",
        ["resource_changes"] = "ids of resources that open filings are still to hear of",
        ["store_probe"] = "one row of the health check",
        ["staff"] = "members of staff",
        ["review_reasons"] = "texts of staff for any filing",
        ["staff_attempts"] = "keyed digests of login names",
        ["staff_passwords"] = "hashes of staff",
        ["staff_second_factors"] = "secrets of staff",
        ["staff_recovery_codes"] = "digests of staff's codes",
        ["staff_identities"] = "members of staff at their identity provider",
        ["provider_logins"] = "half logins of staff",
        ["wechat_events"] = "bodies are encrypted and go once handled; keys are digests",
        ["wechat_signatures"] = "digests of signatures",
        ["media_verdicts"] = "WeChat's numbers for questions",
        ["audit_entries"] = "ids, codes and keyed digests, of erased people too: logs are kept by law, and the chain does not stand without them",
        ["audit_chain"] = "how far the audit trail goes",
        ["audit_checkpoints"] = "from where on it is kept",
    };

    private static readonly string[] ColumnsOfPeople = ["user_id", "owner_id", "account_id", "openid_index", "issuer_id", "target_id", "filing_id", "subject_id", "openid", "phone", "name"];

    [Fact]
    public async Task Tables_AllOfThem_AreSpokenFor()
    {
        await using var app = TestApp.Start();

        var tables = APerson.TablesOf(app);

        Assert.Equal(tables.Order(StringComparer.Ordinal), Personal.Keys.Concat(Later).Concat(Impersonal.Keys).Order(StringComparer.Ordinal));
        Assert.All(
            Impersonal.Keys.Except(["schema_migrations", "settings", "wechat_events", "sqlite_sequence"]),
            table => Assert.Empty(APerson.ColumnsOf(app, table).Intersect(ColumnsOfPeople)));
    }

    [Fact]
    public async Task ExportAndErase_OfSomebodyInEveryTable_ShowAndForgetEachRow()
    {
        await using var app = TestApp.Start(("StartPage:MiniProgramCode", "false"));
        var person = await APerson.EverywhereAsync(app, "everywhere", 620);
        var unproved = Personal.Keys.Where(t => person.RowsWith(t, person.Ids).Count == 0);
        Assert.Equal([], unproved);

        var answer = await person.Journey.Client.GetAsync("/api/v1/me/export");
        var export = await answer.JsonAsync();
        Assert.All(Personal.Values.Where(v => !v.Contains(' ', StringComparison.Ordinal)).Distinct(), member => Assert.True(Holds(export.GetProperty(member)), $"The export has nothing as {member}."));

        var erased = await (await person.Journey.Client.DeleteAsync("/api/v1/me")).JsonAsync();

        foreach (var table in APerson.TablesOf(app).Except(["erased_accounts", "audit_entries"]))
        {
            // The inventory is the provider's, and its owner's row stays with it; how often somebody was erased is counted by a keyed digest, for two days at most.
            var left = person.RowsWith(table, person.Ids.Concat(person.Words)).Where(r => table is not ("resources" or "accounts") && !(table == "attempts" && r.StartsWith("erasure:", StringComparison.Ordinal)));
            Assert.True(!left.Any(), $"{table} still has {string.Join('\n', left)}");
        }

        var told = erased.GetProperty("erased").EnumerateArray().Select(e => e.GetProperty("what").GetString());
        Assert.Equal(["authCodes", "consents", "filings", "inbox", "materials", "messagePermissions", "phone", "profile", "sessions", "storedAnswers"], told.Order(StringComparer.Ordinal));
        Assert.Equal(["retention.inventory", "retention.customer"], erased.GetProperty("kept").EnumerateArray().Select(k => k.GetProperty("code").GetString()));
    }

    [Fact]
    public async Task Erase_SomebodyWithPapers_LeavesNoBytesOnTheDisk()
    {
        await using var app = TestApp.Start();
        var person = await APerson.EverywhereAsync(app, "nobytes", 621);
        var papers = person.Journey.Filing.GetProperty("materials").EnumerateArray().Select(m => m.GetProperty("id").GetString()!).ToArray();
        Assert.NotEmpty(papers);
        Assert.Contains(Files(app), f => f.Name == papers[0]);
        var words = person.Words.Append("旧备注").Append("新备注").Append(MadeUp.Mobile(4321)).ToArray();
        Assert.NotEmpty(person.RowsWith("filings", words[..1]));
        Assert.Contains(person.Journey.FilingId, Bytes(app), StringComparison.Ordinal);

        Assert.Equal(HttpStatusCode.OK, (await person.Journey.Client.DeleteAsync("/api/v1/me")).StatusCode);

        Assert.DoesNotContain(Files(app), f => papers.Contains(f.Name));
        var bytes = Bytes(app);
        // The ids, which lead to nothing any more, stand in the audit trail; that no other table has them, the test above sees.
        Assert.All(words.Append(person.OpenId), w => Assert.DoesNotContain(w, bytes, StringComparison.Ordinal));
    }

    private static bool Holds(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Array => value.GetArrayLength() > 0,
        JsonValueKind.Object => value.EnumerateObject().Any(),
        _ => false,
    };

    private static IEnumerable<FileInfo> Files(TestApp app) => new DirectoryInfo(app.Folder).EnumerateFiles("*", SearchOption.AllDirectories);

    /// <summary>Database, log and everything else in the data folder.</summary>
    private static string Bytes(TestApp app)
    {
        var text = new StringBuilder();
        foreach (var file in Files(app))
        {
            using var stream = new FileStream(file.FullName, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var reader = new StreamReader(stream, Encoding.UTF8);
            text.Append(reader.ReadToEnd());
        }

        return text.ToString();
    }
}
