using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Accounts;
using MongoDB.Bson;

namespace Beian.MiniApi.Storage.Mongo;

/// <summary>Members of staff, each a document with the hashes of earlier passwords in it.</summary>
internal sealed class MongoStaffStore(MongoDatabase database) : IStaffStore
{
    public static readonly MongoShape Shape = new(
        "staff", 1,
        MongoIndex.Over(MongoSchema.TodoIndex, "todo.at") with { IsSparse = true },
        MongoIndex.Over(NameIndex, "user_name") with { IsUnique = true })
    {
        Fields = new Dictionary<string, string> { ["user_name"] = "string", ["role"] = "long", ["active"] = "long", ["password_hash"] = "string", ["password_set_at"] = "long" },
    };

    public static readonly MongoShape Identities = new(
        "staff_identities", 1,
        MongoIndex.Over(MongoSchema.TodoIndex, "todo.at") with { IsSparse = true },
        MongoIndex.Over("staff_identities_staff", "staff_id"))
    {
        Fields = new Dictionary<string, string> { ["issuer"] = "string", ["subject"] = "string", ["staff_id"] = "string" },
    };

    private const string NameIndex = "staff_name";

    private readonly MongoStaffAttempts _attempts = new(database);

    private MongoTable Staff => database[Shape.Name];

    public async Task<StaffMember?> FindByNameAsync(string userName, CancellationToken cancellationToken) =>
        await Staff.FirstAsync(new BsonDocument { ["user_name"] = userName, ["active"] = 1L }, null, cancellationToken) is { } found ? (await MembersAsync([found], cancellationToken))[0] : null;

    public async Task<StaffMember?> FindAsync(string id, CancellationToken cancellationToken) =>
        await Staff.FindAsync(id, cancellationToken) is { } found ? (await MembersAsync([found], cancellationToken))[0] : null;

    public async Task<IReadOnlyList<StaffMember>> ListAsync(CancellationToken cancellationToken) =>
        await MembersAsync(await Staff.ListAsync([], new BsonDocument("_id", 1), 0, cancellationToken), cancellationToken);

    public async Task<IReadOnlyList<StaffMember>> PageAsync(string? before, int take, CancellationToken cancellationToken) => await MembersAsync(
        await Staff.ListAsync(before is null ? [] : new BsonDocument("_id", DocumentFields.Is("$lt", before)), new BsonDocument("_id", -1), take, cancellationToken), cancellationToken);

    public async Task SaveAsync(StaffMember member, CancellationToken cancellationToken)
    {
        try
        {
            await database.ChangeAsync(
                Staff,
                member.Id,
                async (before, write) =>
                {
                    write.Put(before, await AfterAsync(before, member, cancellationToken));
                    await MongoSessionStore.ThenEndAllAsync(write, database, member.Id, null, cancellationToken);
                    return true;
                },
                cancellationToken);
        }
        catch (MongoDuplicateException e) when (e.Index is NameIndex)
        {
            // Another instance that started at the same moment has put the member of that name there from the same configuration: theirs stays.
            return;
        }

        await MongoSessionStore.EndAllAsync(database, member.Id, null, CancellationToken.None);
    }

    public async Task<bool> TryChangePasswordAsync(PasswordChange change, CancellationToken cancellationToken)
    {
        var isChanged = await database.ChangeAsync(
            Staff,
            change.StaffId,
            async (before, write) =>
            {
                if (before is null || before["active"].ToInt64() != 1 || before["password_hash"].AsString != change.ExpectedHash)
                {
                    return false;
                }

                var after = before.DeepClone().AsBsonDocument;
                await RememberAsync(after, change.NextHash, cancellationToken);
                after["password_hash"] = change.NextHash;
                after["password_set_at"] = change.Now.ToUnixTimeMilliseconds();
                write.Put(before, after);
                await MongoSessionStore.ThenEndAllAsync(write, database, change.StaffId, change.KeepSessionId, cancellationToken);
                return true;
            },
            cancellationToken);
        if (isChanged)
        {
            await MongoSessionStore.EndAllAsync(database, change.StaffId, change.KeepSessionId, CancellationToken.None);
        }

        return isChanged;
    }

    public async Task<IReadOnlyList<string>> EarlierPasswordsAsync(string id, int take, CancellationToken cancellationToken) =>
        await Staff.FindAsync(id, cancellationToken) is { } found ? [.. PasswordsIn(found).Take(take).Select(p => p["password_hash"].AsString)] : [];

    public async Task<StaffMember?> SignInAsync(ProviderLogin login, CancellationToken cancellationToken)
    {
        var staffId = await StaffIdAsync(login, cancellationToken);
        var known = staffId is null ? null : await FindAsync(staffId, cancellationToken);
        if (login.Role is not { } role)
        {
            if (known is { Active: true })
            {
                await SaveAsync(known.Closed(), cancellationToken);
            }

            return null;
        }

        var member = (known ?? StaffMember.Create(staffId!, StaffMember.ProviderPrefix + staffId, role, string.Empty)).Opened(role) with { DisplayName = login.DisplayName };
        if (member != known)
        {
            await SaveAsync(member, cancellationToken);
        }

        await NoteLoginAsync(member.Id, login.Now, cancellationToken);
        return member;
    }

    public Task NoteLoginAsync(string id, DateTimeOffset now, CancellationToken cancellationToken) => database.ChangeAsync(
        Staff,
        id,
        (before, write) =>
        {
            if (before is not null)
            {
                var after = before.DeepClone().AsBsonDocument;
                after["last_login_at"] = now.ToUnixTimeMilliseconds();
                write.Put(before, after);
            }

            return Task.FromResult(true);
        },
        cancellationToken);

    public Task<DateTimeOffset?> BeginAttemptAsync(string key, DateTimeOffset now, LockOut lockOut, CancellationToken cancellationToken) => _attempts.BeginAsync(key, now, lockOut, cancellationToken);

    public Task TakeBackAttemptAsync(string key, LockOut lockOut, CancellationToken cancellationToken) => _attempts.TakeBackAsync(key, lockOut, cancellationToken);

    public Task ClearAttemptsAsync(string key, CancellationToken cancellationToken) => _attempts.ClearAsync(key, cancellationToken);

    public Task<int> PruneAsync(DateTimeOffset now, CancellationToken cancellationToken) => _attempts.PruneAsync(now, cancellationToken);

    /// <summary>
    /// Whom the provider means. The identity is written before its member: of two first logins at once one gives the id, and a kill in between leaves the member to the next login. Null when nobody is
    /// known and none is to be created.
    /// </summary>
    private async Task<string?> StaffIdAsync(ProviderLogin login, CancellationToken cancellationToken)
    {
        var identities = database[Identities.Name];
        var id = $"{login.Issuer} {login.Subject}";
        for (var attempt = 0; ; attempt++)
        {
            if (await identities.FindAsync(id, cancellationToken) is { } found)
            {
                return found["staff_id"].AsString;
            }

            var identity = new BsonDocument { ["_id"] = id, ["issuer"] = login.Issuer, ["subject"] = login.Subject, ["staff_id"] = login.NewId };
            if (login.Role is null || await database.Write(identities).Put(null, identity).CommitAsync(cancellationToken))
            {
                return login.Role is null ? null : login.NewId;
            }

            await MongoDatabase.PauseAsync(attempt, cancellationToken);
        }
    }

    /// <summary>The document of a member; name and last login of one who is there stay.</summary>
    private async Task<BsonDocument> AfterAsync(BsonDocument? before, StaffMember member, CancellationToken cancellationToken)
    {
        var after = before?.DeepClone().AsBsonDocument ?? new BsonDocument { ["_id"] = member.Id, ["user_name"] = member.UserName };
        if (before is not null)
        {
            await RememberAsync(after, member.PasswordHash, cancellationToken);
        }

        after["role"] = (long)member.Role;
        after["active"] = member.Active ? 1L : 0L;
        after["password_hash"] = member.PasswordHash;
        after["password_set_at"] = member.PasswordSetAt.ToUnixTimeMilliseconds();
        return after
            .With("configured_hash", member.ConfiguredHash)
            .With("display_name", member.DisplayName is { } name ? SealedColumns.StaffNames.SealText(database.Sealer, member.Id, name) : null);
    }

    /// <summary>Puts the hash into the history when another one is about to replace it, and forgets all but the last few.</summary>
    private async Task RememberAsync(BsonDocument after, string nextHash, CancellationToken cancellationToken)
    {
        var passwords = PasswordsIn(after).ToList();
        var hash = after["password_hash"].AsString;
        if (hash.Length > 0 && hash != nextHash)
        {
            var number = await MongoCounters.NextAsync(database, "staff_passwords", cancellationToken);
            passwords.Insert(0, new BsonDocument { ["id"] = number, ["password_hash"] = hash });
        }

        after.With("passwords", passwords.Count == 0 ? null : new BsonArray(passwords.Take(IStaffStore.MaxHistory).Reverse()));
    }

    /// <summary>The latest first.</summary>
    private static IEnumerable<BsonDocument> PasswordsIn(BsonDocument member) =>
        member.TryGetValue("passwords", out var passwords) ? passwords.AsBsonArray.Select(p => p.AsBsonDocument).OrderByDescending(p => p["id"].ToInt64()) : [];

    private async Task<List<StaffMember>> MembersAsync(List<BsonDocument> found, CancellationToken cancellationToken)
    {
        var confirmed = new BsonDocument { ["_id"] = DocumentFields.In(found.Select(f => f["_id"].AsString)), ["confirmed_at"] = DocumentFields.Is("$exists", true) };
        var withFactor = found.Count == 0 ? [] : await database[MongoSecondFactorStore.Shape.Name].ListAsync(confirmed, null, 0, new BsonDocument("_id", 1), cancellationToken);
        return [.. found.Select(f => Member(f, withFactor.Exists(w => w["_id"] == f["_id"])))];
    }

    private StaffMember Member(BsonDocument d, bool hasSecondFactor) =>
        StaffMember.Create(d["_id"].AsString, d["user_name"].AsString, (Role)d["role"].ToInt32(), d["password_hash"].AsString, d["active"].ToInt64() == 1) with
        {
            ConfiguredHash = MongoDatabase.TextOrNull(d, "configured_hash"),
            PasswordSetAt = DateTimeOffset.FromUnixTimeMilliseconds(d["password_set_at"].ToInt64()),
            LastLoginAt = d.LongOrNull("last_login_at") is { } at ? DateTimeOffset.FromUnixTimeMilliseconds(at) : null,
            DisplayName = MongoDatabase.TextOrNull(d, "display_name") is { } name ? SealedColumns.StaffNames.OpenText(database.Sealer, d["_id"].AsString, name) : null,
            HasSecondFactor = hasSecondFactor,
        };
}
