using System.Security.Cryptography;
using MongoDB.Bson;

namespace Beian.MiniApi.Storage.Mongo;

/// <summary>Second factors of staff, and what of them is used up. The factor's document decides; its codes and the end of sessions follow.</summary>
internal sealed class MongoSecondFactorStore(MongoDatabase database) : ISecondFactorStore
{
    public static readonly MongoShape Shape = new("staff_second_factors", 1, MongoIndex.Over(MongoSchema.TodoIndex, "todo.at") with { IsSparse = true })
    {
        Fields = new Dictionary<string, string> { ["secret"] = "binData", ["last_step"] = "long" },
    };

    public static readonly MongoShape Codes = new(
        "staff_recovery_codes", 1,
        MongoIndex.Over(MongoSchema.TodoIndex, "todo.at") with { IsSparse = true },
        MongoIndex.Over("staff_recovery_codes_staff", "staff_id"))
    {
        Fields = new Dictionary<string, string> { ["staff_id"] = "string", ["digest"] = "string" },
    };

    private MongoTable Factors => database[Shape.Name];

    public async Task<SecondFactor?> FindAsync(string staffId, CancellationToken cancellationToken) =>
        await Factors.FindAsync(staffId, cancellationToken) is { } found ? new SecondFactor(SecretOf(found), IsConfirmed(found)) : null;

    public Task<bool> TryBeginAsync(string staffId, byte[] secret, CancellationToken cancellationToken) => database.ChangeAsync(
        Factors,
        staffId,
        (before, write) =>
        {
            if (before is not null && IsConfirmed(before))
            {
                return Task.FromResult(false);
            }

            var begun = before?.DeepClone().AsBsonDocument ?? new BsonDocument { ["_id"] = staffId, ["last_step"] = 0L };
            begun["secret"] = SealedColumns.SecondFactors.Seal(database.Sealer, staffId, secret);
            write.Put(before, begun);
            return Task.FromResult(true);
        },
        cancellationToken);

    public async Task<bool> TryConfirmAsync(FactorConfirmation confirmation, CancellationToken cancellationToken)
    {
        var confirmed = await database.ChangeAsync(
            Factors,
            confirmation.StaffId,
            async (before, write) =>
            {
                // The stored secret must still be the one that the code was of.
                if (before is null || IsConfirmed(before) || !CryptographicOperations.FixedTimeEquals(SecretOf(before), confirmation.Secret))
                {
                    return false;
                }

                var after = before.DeepClone().AsBsonDocument;
                after["confirmed_at"] = confirmation.Now.ToUnixTimeMilliseconds();
                after["last_step"] = confirmation.Step;
                write.Put(before, after);
                await ThenReplaceCodesAsync(write, confirmation, cancellationToken);
                await MongoSessionStore.ThenEndAllAsync(write, database, confirmation.StaffId, confirmation.KeepSessionId, cancellationToken);
                return true;
            },
            cancellationToken);
        if (confirmed)
        {
            await MongoSessionStore.EndAllAsync(database, confirmation.StaffId, confirmation.KeepSessionId, CancellationToken.None);
        }

        return confirmed;
    }

    public Task<bool> TryUseStepAsync(string staffId, long step, CancellationToken cancellationToken) => database.ChangeAsync(
        Factors,
        staffId,
        (before, write) =>
        {
            if (before is null || !IsConfirmed(before) || before["last_step"].ToInt64() >= step)
            {
                return Task.FromResult(false);
            }

            var after = before.DeepClone().AsBsonDocument;
            after["last_step"] = step;
            write.Put(before, after);
            return Task.FromResult(true);
        },
        cancellationToken);

    public Task<bool> TryUseRecoveryCodeAsync(string staffId, string digest, DateTimeOffset now, CancellationToken cancellationToken) => database.ChangeAsync(
        database[Codes.Name],
        IdOf(staffId, digest),
        (before, write) =>
        {
            if (before is null || before.Contains("used_at"))
            {
                return Task.FromResult(false);
            }

            var after = before.DeepClone().AsBsonDocument;
            after["used_at"] = now.ToUnixTimeMilliseconds();
            write.Put(before, after);
            return Task.FromResult(true);
        },
        cancellationToken);

    public async Task<bool> RemoveAsync(string staffId, string? keepSessionId, CancellationToken cancellationToken)
    {
        var removed = await database.ChangeAsync(
            Factors,
            staffId,
            async (before, write) =>
            {
                if (before is null)
                {
                    return false;
                }

                var its = new BsonDocument("staff_id", staffId);
                write.Remove(before).ThenDrop(database[Codes.Name], its, await database[Codes.Name].ListAsync(its, null, 0, cancellationToken));
                await MongoSessionStore.ThenEndAllAsync(write, database, staffId, keepSessionId, cancellationToken);
                return true;
            },
            cancellationToken);
        await MongoSessionStore.EndAllAsync(database, staffId, keepSessionId, CancellationToken.None);
        return removed;
    }

    /// <summary>Old codes go, new ones come. Done a second time it leaves the new ones as they are, used ones too.</summary>
    private async Task ThenReplaceCodesAsync(MongoWrite write, FactorConfirmation confirmation, CancellationToken cancellationToken)
    {
        var (codes, id) = (database[Codes.Name], confirmation.StaffId);
        var old = new BsonDocument { ["staff_id"] = id, ["digest"] = DocumentFields.Is("$nin", new BsonArray(confirmation.RecoveryDigests)) };
        write.ThenDrop(codes, old, await codes.ListAsync(old, null, 0, cancellationToken));
        foreach (var digest in confirmation.RecoveryDigests)
        {
            write.ThenAdd(codes, new BsonDocument { ["_id"] = IdOf(id, digest), ["staff_id"] = id, ["digest"] = digest, ["rev"] = 1L });
        }
    }

    private static string IdOf(string staffId, string digest) => $"{staffId} {digest}";

    private static bool IsConfirmed(BsonDocument factor) => factor.Contains("confirmed_at");

    /// <summary>Sealed by keys that are lost it is empty: no code is right, and an admin removes the factor.</summary>
    private byte[] SecretOf(BsonDocument factor)
    {
        try
        {
            return SealedColumns.SecondFactors.Open(database.Sealer, factor["_id"].AsString, factor["secret"].AsByteArray);
        }
        catch (CryptographicException)
        {
            return [];
        }
    }
}
