using System.Text.Json;
using Beian.MiniApi.Domain.Filings;
using Microsoft.Data.Sqlite;

namespace Beian.MiniApi.Storage.Sqlite;

/// <summary>Reads the <c>filing_contacts</c> table, which the stores of filings and subjects write in their own transactions.</summary>
public sealed class SqliteContactReader(SqliteDatabase database) : IContactReader
{
    public Task<IReadOnlyDictionary<ContactKey, ContactUse>> FindElsewhereAsync(
        IReadOnlyCollection<ContactKey> keys, string subjectKey, string accountId, CancellationToken cancellationToken)
    {
        var asked = keys.Distinct().ToArray();
        return Task.FromResult<IReadOnlyDictionary<ContactKey, ContactUse>>(database.Read(connection =>
        {
            var found = new Dictionary<ContactKey, ContactUse>();

            // The join keeps its order: the keys are few, and each is one look into the index.
            using var query = connection.Statement(
                """
                SELECT k.key, coalesce(max(c.person <> k.value ->> 'Person'), 0)
                FROM json_each($keys) AS k CROSS JOIN filing_contacts AS c ON c.digest = k.value ->> 'Digest' AND c.kind = k.value ->> 'Kind'
                WHERE c.subject_key <> $subject AND c.account_id <> $account
                GROUP BY k.key;
                """,
                ("$keys", JsonSerializer.Serialize(asked)),
                ("$subject", subjectKey),
                ("$account", accountId));
            using var reader = query.ExecuteReader();
            while (reader.Read())
            {
                found.Add(asked[reader.GetInt32(0)], reader.GetInt64(1) != 0 ? ContactUse.AnotherPerson : ContactUse.AnotherSubject);
            }

            return found;
        }));
    }

    /// <summary>Makes the stored contacts of an owner those given; part of the transaction that writes the owner.</summary>
    internal static void Put(SqliteConnection connection, string ownerKind, string ownerId, string accountId, string? subjectKey, IReadOnlyList<ContactKey> contacts)
    {
        connection.Run("DELETE FROM filing_contacts WHERE owner_kind = $kind AND owner_id = $id;", ("$kind", ownerKind), ("$id", ownerId));
        if (contacts.Count == 0)
        {
            return;
        }

        connection.Run(
            """
            INSERT INTO filing_contacts (owner_kind, owner_id, account_id, subject_key, kind, digest, person)
            SELECT $kind, $id, $account, $subject, value ->> 'Kind', value ->> 'Digest', value ->> 'Person' FROM json_each($contacts);
            """,
            ("$kind", ownerKind),
            ("$id", ownerId),
            ("$account", accountId),
            ("$subject", subjectKey ?? string.Empty),
            ("$contacts", JsonSerializer.Serialize(contacts)));
    }
}
