namespace Beian.MiniApi.Storage;

/// <summary>Something wrong with the trail.</summary>
/// <param name="Code"><c>altered</c>, <c>missing</c>, <c>cutOff</c>, <c>otherChain</c>, <c>badSignature</c> or <c>damaged</c>.</param>
/// <param name="Text">What was seen, for an operator.</param>
public sealed record AuditFault(string Code, string Text);

/// <summary>What a verification found.</summary>
/// <param name="Instance">Id of the chain; null where there is none.</param>
/// <param name="Entries">How many were read.</param>
/// <param name="LastSeq">The last one.</param>
/// <param name="Faults">In the order of the trail; at most <see cref="AuditWalk.MaxFaults"/>.</param>
public sealed record AuditVerdict(string? Instance, long Entries, long LastSeq, IReadOnlyList<AuditFault> Faults);

/// <summary>Holds every entry of a trail against the one before, in whichever engine it is kept.</summary>
internal sealed class AuditWalk(AuditSecret secret, IReadOnlyCollection<AuditHead> heads)
{
    /// <summary>After so many the rest is not told: the trail is not to be trusted anyway.</summary>
    public const int MaxFaults = 100;

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

    /// <param name="mayBeBehind">True for an engine that signs the head after the entries: they may go further than it, and each bears the key's own hash.</param>
    public void End(bool mayBeBehind = false)
    {
        if (mayBeBehind && (_head is null || _head.Seq < _last))
        {
            _head = _head is null ? null : _head with { Seq = _last, Mac = _previous };
        }
        else if (_head is null && Read > 0)
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
