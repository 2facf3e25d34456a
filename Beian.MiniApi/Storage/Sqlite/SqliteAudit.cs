using Microsoft.Data.Sqlite;

namespace Beian.MiniApi.Storage.Sqlite;

/// <summary>
/// Writes the audit trail on the writer's connection, in the transaction of the change. What changed comes from triggers that live on that connection alone, one set a
/// table, made from the schema as it is found: no store can forget to report, and a new table is watched unless <see cref="AuditedThings"/> says why not.
/// </summary>
internal sealed class SqliteAudit : IDisposable
{
    private readonly AuditSecret _secret;
    private readonly TimeProvider _time;
    private readonly SqliteConnection _writer;
    private readonly SqliteCommand _insert;
    private readonly SqliteCommand _saveHead;

    /// <summary>Of the write that runs.</summary>
    private readonly List<Noted> _changes = [];

    /// <summary>Of the group that is about to be committed.</summary>
    private readonly List<(AuditScope Scope, Noted What)> _group = [];

    /// <summary>As committed.</summary>
    private AuditHead _head;

    /// <summary>As of the commit under way.</summary>
    private AuditHead _next;

    public SqliteAudit(SqliteConnection writer, AuditSecret secret, TimeProvider time)
    {
        (_writer, _secret, _time) = (writer, secret, time);
        _head = _next = AuditRows.HeadOf(writer) ?? Fresh(writer);
        _insert = AuditRows.Insert(writer);
        _saveHead = AuditRows.SaveHead(writer);
        AuditedTables.Watch(writer, Digest, Note);
    }

    /// <summary>Notes something that no row tells, such as a view; only from within a write.</summary>
    public void Note(Sighting sighting) => _changes.Add(new Noted(sighting.Act, sighting.Kind, sighting.Thing, sighting.Owner, sighting.Reason is { } reason ? Digest([reason]) : null, null, null));

    /// <summary>The write has succeeded: its changes belong to the group.</summary>
    public void Keep(AuditScope scope)
    {
        foreach (var change in _changes)
        {
            _group.Add((scope, change));
        }

        _changes.Clear();
    }

    /// <summary>The write was undone, and with it whatever it changed.</summary>
    public void Forget() => _changes.Clear();

    /// <summary>Adds the entries of the whole group, just before its commit.</summary>
    public void Write()
    {
        _next = _head;
        if (_group.Count == 0)
        {
            return;
        }

        // A verb in a process of its own may have written meanwhile: the chain goes on behind it. A head that went back, or is not signed, is not followed: the gap shows.
        if (AuditRows.HeadOf(_writer) is { } stored && stored.Seq > _head.Seq && stored.Instance == _head.Instance && _secret.IsSigned(stored))
        {
            _next = stored;
        }

        var now = DateTimeOffset.FromUnixTimeMilliseconds(_time.GetUtcNow().ToUnixTimeMilliseconds());
        foreach (var (scope, what) in _group)
        {
            var entry = new AuditEntry(
                _next.Seq + 1, now, scope.Actor, scope.Role, what.Act, what.Kind, what.Thing, scope.Route, what.Owner, what.Reason, scope.Source, what.Before, what.After);
            var mac = _secret.Chain(_next.Mac, entry);
            AuditRows.Bind(_insert, entry, mac);
            _insert.ExecuteNonQuery();
            _next = _next with { Seq = entry.Seq, At = now, Mac = mac };
        }

        _next = _next with { Signature = _secret.Sign(_next) };
        AuditRows.Bind(_saveHead, _next);
        _saveHead.ExecuteNonQuery();
    }

    /// <summary>The group is on the disk.</summary>
    public void Committed()
    {
        _head = _next;
        _group.Clear();
    }

    /// <summary>Nothing of the group is there.</summary>
    public void Undone()
    {
        _changes.Clear();
        _group.Clear();
        _next = _head;
    }

    public void Dispose()
    {
        _insert.Dispose();
        _saveHead.Dispose();
    }

    /// <summary>A chain that begins; after entries without a head, which verification will report, it goes on behind them.</summary>
    private AuditHead Fresh(SqliteConnection writer)
    {
        var instance = Guid.CreateVersion7().ToString("N");
        return new AuditHead(AuditHead.Head, instance, AuditRows.LastSeq(writer), _time.GetUtcNow(), _secret.Genesis(instance), []);
    }

    private void Note(string act, string kind, string thing, string? owner, byte[]? before, byte[]? after) => _changes.Add(new Noted(act, kind, thing, owner, null, before, after));

    /// <summary>Over every value with its type and length.</summary>
    private byte[] Digest(object?[] values)
    {
        using var hash = _secret.Digest();
        foreach (var value in values)
        {
            var (type, bytes) = value switch
            {
                byte[] blob => ('b', blob),
                string text => ('t', System.Text.Encoding.UTF8.GetBytes(text)),
                long number => ('i', BitConverter.GetBytes(number)),
                double real => ('r', BitConverter.GetBytes(real)),
                _ => ('n', Array.Empty<byte>()),
            };
            hash.AppendData([(byte)type, .. BitConverter.GetBytes(bytes.Length)]);
            hash.AppendData(bytes);
        }

        return hash.GetHashAndReset();
    }

    private sealed record Noted(string Act, string Kind, string Thing, string? Owner, byte[]? Reason, byte[]? Before, byte[]? After);
}
