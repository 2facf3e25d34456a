using Microsoft.Data.Sqlite;

namespace Beian.MiniApi.Storage.Sqlite;

/// <summary>Something wrong with the trail.</summary>
/// <param name="Code"><c>altered</c>, <c>missing</c>, <c>cutOff</c>, <c>otherChain</c>, <c>badSignature</c> or <c>damaged</c>.</param>
/// <param name="Text">What was seen, for an operator.</param>
public sealed record AuditFault(string Code, string Text);

/// <summary>What a verification found.</summary>
/// <param name="Instance">Id of the chain; null where there is none.</param>
/// <param name="Entries">How many were read.</param>
/// <param name="LastSeq">The last one.</param>
/// <param name="Faults">In the order of the trail; at most <see cref="SqliteAuditVerifier.MaxFaults"/>.</param>
public sealed record AuditVerdict(string? Instance, long Entries, long LastSeq, IReadOnlyList<AuditFault> Faults);

/// <summary>
/// Reads the whole trail of a database and holds every entry against the one before. It opens the file for reading only, also while the service writes to it, and
/// reads one moment of it.
/// </summary>
public sealed class SqliteAuditVerifier(AuditSecret secret)
{
    /// <summary>After so many the rest is not told: the trail is not to be trusted anyway.</summary>
    public const int MaxFaults = 100;

    private const int ProgressEvery = 20_000;

    /// <param name="path">The database file.</param>
    /// <param name="heads">Signed heads that were kept elsewhere; the trail must go through each.</param>
    /// <param name="progress">Told the number of entries read so far, now and then.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public AuditVerdict Verify(string path, IReadOnlyCollection<AuditHead> heads, IProgress<long>? progress, CancellationToken cancellationToken)
    {
        var walk = new Walk(secret, heads);
        try
        {
            using var connection = Open(path);
            using var moment = connection.BeginTransaction(deferred: true);
            walk.Begin(AuditRows.HeadOf(connection), AuditRows.CheckpointOf(connection));
            foreach (var (entry, mac) in AuditRows.All(connection))
            {
                walk.Step(entry, mac);
                if (walk.Read % ProgressEvery == 0)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    progress?.Report(walk.Read);
                }
            }

            walk.End();
            walk.Add(Pages(connection));
        }
        catch (SqliteException e)
        {
            // Whatever SQLite cannot read somebody or something has damaged.
            walk.Add([new AuditFault("damaged", $"The database cannot be read: {e.Message}")]);
        }
        catch (Exception e) when (e is InvalidCastException or InvalidOperationException)
        {
            // What the driver says of NULL, or of a text, where a number was.
            walk.Add([new AuditFault("damaged", "A column holds another type than it should.")]);
        }

        return walk.Verdict();
    }

    /// <summary>The chain of a database as it stands; null before its first entry. Opens the file for reading only.</summary>
    public static AuditHead? HeadOf(string path)
    {
        using var connection = Open(path);
        return AuditRows.HeadOf(connection);
    }

    private static SqliteConnection Open(string path)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadOnly, Pooling = false, DefaultTimeout = 30 }.ToString());
        connection.Open();
        return connection;
    }

    /// <summary>SQLite's own view of the table and its indexes.</summary>
    private static List<AuditFault> Pages(SqliteConnection connection)
    {
        using var query = connection.Statement("PRAGMA integrity_check('audit_entries');");
        using var reader = query.ExecuteReader();
        var faults = new List<AuditFault>();
        while (reader.Read() && reader.GetString(0) is not "ok" and var text)
        {
            faults.Add(new AuditFault("damaged", text));
        }

        return faults;
    }

    private sealed class Walk(AuditSecret secret, IReadOnlyCollection<AuditHead> heads)
    {
        private readonly List<AuditFault> _faults = [];
        private readonly ILookup<long, AuditHead> _heads = heads.ToLookup(h => h.Seq);
        private AuditHead? _head;
        private AuditHead? _checkpoint;
        private byte[] _previous = [];
        private long _last;

        public long Read { get; private set; }

        public void Begin(AuditHead? head, AuditHead? checkpoint)
        {
            (_head, _checkpoint) = (head, checkpoint);
            foreach (var bad in heads.Append(head).Append(checkpoint).OfType<AuditHead>().Where(h => !secret.IsSigned(h)))
            {
                Fault("badSignature", $"The {bad.Kind} at {bad.Seq} is not signed with the key of this service.");
            }

            foreach (var other in heads.Append(checkpoint).OfType<AuditHead>().Where(h => h.Instance != head?.Instance))
            {
                Fault("otherChain", head is null ? $"There is no chain, and a {other.Kind} tells of one." : $"A {other.Kind} belongs to chain {other.Instance}; this is {head.Instance}.");
            }

            (_last, _previous) = checkpoint is not null ? (checkpoint.Seq, checkpoint.Mac) : (0, secret.Genesis(head?.Instance ?? string.Empty));
        }

        public void Step(AuditEntry entry, byte[] mac)
        {
            Read++;
            if (entry.Seq != _last + 1)
            {
                Fault("missing", entry.Seq <= _last ? $"Entry {entry.Seq} should have gone with the checkpoint at {_last}." : $"Entries {_last + 1} to {entry.Seq - 1} are missing.");
            }
            else if (!secret.Chain(_previous, entry).AsSpan().SequenceEqual(mac))
            {
                Fault("altered", $"Entry {entry.Seq}, or its place, was changed.");
            }

            foreach (var head in _heads[entry.Seq].Where(h => !h.Mac.AsSpan().SequenceEqual(mac)))
            {
                Fault("altered", $"Entry {entry.Seq} is not the one that the head of {head.At:O} tells of.");
            }

            (_last, _previous) = (entry.Seq, mac);
        }

        public void End()
        {
            if (_head is null && Read > 0)
            {
                Fault("cutOff", "There are entries, and no head that says how far they go.");
            }

            if (_head is not null && (_head.Seq != _last || !_head.Mac.AsSpan().SequenceEqual(_previous)) && !(Read == 0 && _checkpoint is null && _head.Seq == 0))
            {
                Fault("cutOff", $"The chain goes to {_head.Seq}, its entries to {_last}.");
            }

            foreach (var head in heads.Where(h => h.Seq > _last && h.Instance == _head?.Instance))
            {
                Fault("cutOff", $"The head of {head.At:O} tells of {head.Seq} entries; they end at {_last}.");
            }
        }

        public void Add(IEnumerable<AuditFault> faults) => _faults.AddRange(faults);

        public AuditVerdict Verdict() => new(_head?.Instance, Read, _last, [.. _faults.Take(MaxFaults)]);

        private void Fault(string code, string text)
        {
            if (_faults.Count < MaxFaults)
            {
                _faults.Add(new AuditFault(code, text));
            }
        }
    }
}
