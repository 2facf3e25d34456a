using System.Globalization;
using System.Text;
using System.Text.Json;
using Beian.MiniApi.Domain.Filings;
using Microsoft.Data.Sqlite;

namespace Beian.MiniApi.Storage.Sqlite;

/// <summary>The filings of one account, as far as erasing goes; everything runs inside a write.</summary>
internal sealed class ErasedFilings(SqliteConnection connection, string accountId)
{
    /// <summary>How many went.</summary>
    public int Count { get; private set; }

    /// <summary>How many papers went with them.</summary>
    public int Papers { get; private set; }

    /// <summary>A filing that somebody at the provider or the authority has on the desk, or null.</summary>
    public (string Number, string State)? FirstWithOthers()
    {
        using var query = connection.Statement(
            "SELECT number, state FROM filings WHERE account_id = $account AND state IN (SELECT value FROM json_each($states)) ORDER BY id LIMIT 1;",
            ("$account", accountId),
            ("$states", JsonSerializer.Serialize(Filing.WithOthers.Select(FilingTransitions.NameOf))));
        using var reader = query.ExecuteReader();
        return reader.Read() ? (reader.GetString(0), reader.GetString(1)) : null;
    }

    /// <summary>Erases those that are not approved; returns the numbers of those that are.</summary>
    public List<string> EraseUnapproved()
    {
        foreach (var filing in List("state <> 'approved'"))
        {
            Erase(filing);
        }

        return AccountRows.Texts(connection, "SELECT number FROM filings WHERE account_id = $a ORDER BY id;", accountId);
    }

    public void EraseAll()
    {
        foreach (var filing in List("true"))
        {
            Erase(filing);
        }
    }

    public void EraseOne(string filingId)
    {
        foreach (var filing in List("true").Where(f => f.Id == filingId))
        {
            Erase(filing);
        }
    }

    /// <summary>Puts the tombstone where the user's id stands, in filings of the account that are still there.</summary>
    public void ForgetUser(string userId)
    {
        foreach (var filing in List("true", Encoding.UTF8.GetBytes(userId)))
        {
            var forgotten = filing.WithoutUser(userId);
            var saved = forgotten.Saved(forgotten.Revision + 1);
            connection.Run(
                "UPDATE filings SET revision = $revision, payload = $payload WHERE id = $id;",
                ("$id", saved.Id),
                ("$revision", saved.Revision),
                ("$payload", SealedColumns.Filings.Seal(connection, saved.Id, JsonSerializer.SerializeToUtf8Bytes(saved.Snapshot, StoredJson.Options))));
        }
    }

    /// <summary>The filed subject of an account with its domains and contacts; returns how many.</summary>
    public static int EraseSubject(SqliteConnection connection, string accountId)
    {
        var id = ("$id", (object?)accountId);
        connection.Run("DELETE FROM filing_contacts WHERE owner_kind = 'subject' AND account_id = $id;", id);
        connection.Run("DELETE FROM subject_domains WHERE subject_id IN (SELECT id FROM subjects WHERE account_id = $id);", id);
        return connection.Run("DELETE FROM subjects WHERE account_id = $id;", id);
    }

    private void Erase(Filing filing)
    {
        var id = ("$id", (object?)filing.Id);
        connection.Run("DELETE FROM holds WHERE filing_id = $id;", id);
        connection.Run("DELETE FROM filing_contacts WHERE owner_kind = 'filing' AND owner_id = $id;", id);
        connection.Run("DELETE FROM letter_links WHERE filing_id = $id;", id);
        connection.Run("DELETE FROM face_handovers WHERE filing_id = $id;", id);
        connection.Run("DELETE FROM full_views WHERE filing_id = $id;", id);
        connection.Run("DELETE FROM paper_work WHERE filing_id = $id;", id);
        connection.Run("DELETE FROM review_facts WHERE filing_id = $id;", id);
        connection.Run("DELETE FROM deliveries WHERE filing_id = $id;", id);
        connection.Run("DELETE FROM consents WHERE filing_id = $id AND user_id = $nobody;", id, ("$nobody", Filing.ErasedUser));
        connection.Run("DELETE FROM filings WHERE id = $id;", id);
        Count++;
        foreach (var paper in filing.PaperIds())
        {
            Leave(ErasedFileKind.Material, paper);
            Papers++;
        }

        for (var round = 1; round <= filing.Snapshot.Rounds.Count; round++)
        {
            Leave(ErasedFileKind.HandOver, string.Create(CultureInfo.InvariantCulture, $"{filing.Snapshot.Number}-{round}"));
        }
    }

    private void Leave(ErasedFileKind kind, string name) =>
        connection.Run("INSERT INTO erased_files (kind, name) VALUES ($kind, $name) ON CONFLICT DO NOTHING;", ("$kind", (int)kind), ("$name", name));

    /// <param name="condition">Constant.</param>
    /// <param name="naming">Only those with these bytes in them; empty for all.</param>
    private List<Filing> List(string condition, byte[]? naming = null)
    {
        using var query = connection.Statement($"SELECT payload, revision, id FROM filings WHERE account_id = $account AND {condition};", ("$account", accountId));
        using var reader = query.ExecuteReader();
        var found = new List<Filing>();
        while (reader.Read())
        {
            var payload = SealedColumns.Filings.Open(connection, reader.GetString(2), reader.GetFieldValue<byte[]>(0));
            if (payload.AsSpan().IndexOf(naming) < 0)
            {
                continue;
            }

            var snapshot = JsonSerializer.Deserialize<FilingSnapshot>(payload, StoredJson.Options)!;
            found.Add(Filing.Restore(snapshot with { Revision = reader.GetInt32(1) }));
        }

        return found;
    }
}
