namespace Beian.MiniApi.Storage;

/// <summary>Where a delivery stands. Members are stored by name.</summary>
public enum DeliveryState
{
    /// <summary>Waits for its first attempt or another one, or an attempt is being made.</summary>
    Queued = 1,

    /// <summary>The other side took it.</summary>
    Sent = 2,

    /// <summary>A dead letter: nobody tries any more until an operator retries or drops it.</summary>
    Dead = 3,

    /// <summary>An operator gave it up.</summary>
    Dropped = 4,
}

/// <summary>What an attempt leads to.</summary>
public enum DeliveryEnd
{
    /// <summary>It ends as <see cref="DeliveryState.Sent"/>.</summary>
    Sent = 1,

    /// <summary>Surely not taken; it waits for another attempt.</summary>
    Again = 2,

    /// <summary>Perhaps taken; it waits for another attempt.</summary>
    Doubt = 3,

    /// <summary>It ends as <see cref="DeliveryState.Dead"/>.</summary>
    Dead = 4,
}

/// <summary>What is said to whom; kept sealed. Never prints: it names people.</summary>
/// <param name="Address">A mobile number, a mail address, or the id of a webhook.</param>
/// <param name="Subject">The heading of a mail; null otherwise.</param>
/// <param name="Text">The words; empty for a webhook.</param>
/// <param name="Values">The facts of the event by name.</param>
/// <param name="Payload">The bytes of a webhook's body; empty otherwise.</param>
public sealed record DeliveryBody(string Address, string? Subject, string Text, IReadOnlyDictionary<string, string> Values, byte[] Payload)
{
    public override string ToString() => nameof(DeliveryBody);
}

/// <summary>A message to be queued. Never prints: it names people.</summary>
/// <param name="Key">The same for the same message to the same target, whoever queues it and however often.</param>
/// <param name="Channel"><c>sms</c>, <c>mail</c> or <c>webhook</c>.</param>
/// <param name="Target">Whom it is for: the id of a webhook, or a blind index of an address.</param>
/// <param name="Lane">What fails together and so is waited for together: a provider, or one webhook.</param>
/// <param name="Seq">Its place among the messages of its filing to its target: smaller ones go first.</param>
/// <param name="AccountId">The account whose matter it is.</param>
/// <param name="FilingId">The filing it tells of.</param>
/// <param name="Event">What happened, such as <c>approve</c>.</param>
/// <param name="Body">What is said.</param>
/// <param name="IsQuiet">Whether it has to wait for the end of the quiet hours.</param>
/// <param name="QueuedAt">When.</param>
/// <param name="ExpiresAt">From when on it is not sent any more.</param>
public sealed record NewDelivery(
    string Key,
    string Channel,
    string Target,
    string Lane,
    int Seq,
    string AccountId,
    string FilingId,
    string Event,
    DeliveryBody Body,
    bool IsQuiet,
    DateTimeOffset QueuedAt,
    DateTimeOffset ExpiresAt)
{
    public override string ToString() => $"NewDelivery {Key}";
}

/// <summary>Who asks for work, and for how much.</summary>
/// <param name="Owner">A name of its own for each process.</param>
/// <param name="Now">The time.</param>
/// <param name="Until">Until when it is the owner's: somebody else takes over from then on.</param>
/// <param name="Take">Most deliveries to be given.</param>
/// <param name="PerLane">Most attempts at once in one lane, with those in <paramref name="Busy"/>.</param>
/// <param name="Busy">How many attempts of the owner are under way, by lane.</param>
/// <param name="IsQuiet">Whether these are the quiet hours.</param>
public sealed record DeliveryLease(string Owner, DateTimeOffset Now, DateTimeOffset Until, int Take, int PerLane, IReadOnlyDictionary<string, int> Busy, bool IsQuiet);

/// <summary>A delivery that is the owner's to attempt.</summary>
/// <param name="Id">Smaller was queued earlier.</param>
/// <param name="Key">As it was queued.</param>
/// <param name="Channel">As it was queued.</param>
/// <param name="Lane">As it was queued.</param>
/// <param name="Event">As it was queued.</param>
/// <param name="Body">What is said; null when it cannot be read any more.</param>
/// <param name="Attempts">With this one, from 1.</param>
/// <param name="Doubts">Earlier attempts that were perhaps taken: their answer was lost, or whoever made them ended before the end was recorded.</param>
/// <param name="ExpiresAt">From when on it is not sent any more.</param>
public sealed record LeasedDelivery(long Id, string Key, string Channel, string Lane, string Event, DeliveryBody? Body, int Attempts, int Doubts, DateTimeOffset ExpiresAt)
{
    public override string ToString() => $"LeasedDelivery {Id}";
}

/// <summary>What became of a delivery, without what it says.</summary>
/// <param name="Id">Smaller was queued earlier.</param>
/// <param name="Key">What the receiver sees as its key.</param>
/// <param name="Channel"><c>sms</c>, <c>mail</c> or <c>webhook</c>.</param>
/// <param name="Target">The id of a webhook, or a blind index of an address.</param>
/// <param name="FilingId">The filing it tells of.</param>
/// <param name="Event">What happened, such as <c>approve</c>.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Reason">Why it is not sent, as a code; null when the state says it.</param>
/// <param name="Attempts">Attempts begun, since an operator's last retry.</param>
/// <param name="QueuedAt">When it was queued.</param>
/// <param name="DueAt">When it is tried next, not before; null when it has ended.</param>
/// <param name="EndedAt">When it ended, or null.</param>
/// <param name="Receipt">The other side's own number of it, or null.</param>
public sealed record DeliveryRow(
    long Id, string Key, string Channel, string Target, string FilingId, string Event, DeliveryState State, string? Reason, int Attempts, DateTimeOffset QueuedAt, DateTimeOffset? DueAt, DateTimeOffset? EndedAt,
    string? Receipt);

/// <summary>Which deliveries are listed; null for all.</summary>
/// <param name="State">Those that stand there.</param>
/// <param name="Channel">Those of that way.</param>
/// <param name="FilingId">Those about that filing.</param>
/// <param name="Target">Those to that webhook.</param>
public sealed record DeliveryFilter(DeliveryState? State = null, string? Channel = null, string? FilingId = null, string? Target = null);

/// <summary>How full the queue is.</summary>
/// <param name="Queued">Deliveries that wait.</param>
/// <param name="Dead">Dead letters.</param>
/// <param name="OldestQueuedAt">When the oldest of those that wait was queued; null when none waits.</param>
public sealed record DeliveryCounts(long Queued, long Dead, DateTimeOffset? OldestQueuedAt);

/// <summary>
/// Messages on their way to people and partners outside. Whoever attempts one holds it for a while; held by a process that is gone it comes back by itself, so that
/// each is delivered at least once. The messages of one filing to one target keep their order: the next one waits until the one before has ended.
/// </summary>
public interface IDeliveryStore
{
    /// <summary>Queues a message. One that may not wait takes those before it in its order along.</summary>
    /// <returns>False, with nothing changed, when its key is known or the account was erased.</returns>
    Task<bool> AddAsync(NewDelivery delivery, CancellationToken cancellationToken);

    /// <summary>Takes deliveries that are due, oldest first, and counts an attempt for each.</summary>
    Task<IReadOnlyList<LeasedDelivery>> LeaseAsync(DeliveryLease lease, CancellationToken cancellationToken);

    /// <summary>Records the end of an attempt.</summary>
    /// <param name="id">Which.</param>
    /// <param name="owner">Who attempted it.</param>
    /// <param name="end">What the attempt led to.</param>
    /// <param name="reason">Why it was not taken, as a code; null when it was.</param>
    /// <param name="dueAt">When it is tried again; null when it has ended.</param>
    /// <param name="receipt">The other side's own number of it, or null.</param>
    /// <param name="now">The time.</param>
    /// <param name="cancellationToken">Honoured until the write begins.</param>
    /// <returns>False, with nothing changed, when it is not the owner's any more.</returns>
    Task<bool> SettleAsync(long id, string owner, DeliveryEnd end, string? reason, DateTimeOffset? dueAt, string? receipt, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>What became of deliveries, newest first.</summary>
    /// <param name="filter">Which.</param>
    /// <param name="before">Id after which the page begins, exclusive; null for the newest.</param>
    /// <param name="limit">Most rows.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    Task<IReadOnlyList<DeliveryRow>> PageAsync(DeliveryFilter filter, long? before, int limit, CancellationToken cancellationToken);

    /// <summary>What became of one, or null when it is not known.</summary>
    Task<DeliveryRow?> FindAsync(long id, CancellationToken cancellationToken);

    /// <summary>Sends it once more with its old key, from now on, as if nothing had been attempted: a dead letter, one that waits, or a webhook's that was taken. Is in the audit trail.</summary>
    /// <param name="id">Which.</param>
    /// <param name="now">The time.</param>
    /// <param name="expiresAt">From when on it is not sent any more, whatever was said when it was queued.</param>
    /// <param name="cancellationToken">Honoured until the write begins.</param>
    /// <returns>False, with nothing changed, when an attempt is being made, what it says is forgotten, or it is not known.</returns>
    Task<bool> RetryAsync(long id, DateTimeOffset now, DateTimeOffset expiresAt, CancellationToken cancellationToken);

    /// <summary>Gives up a dead letter or one that waits, and forgets what it says; false when it is neither. Is in the audit trail.</summary>
    Task<bool> DropAsync(long id, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>How full the queue is.</summary>
    Task<DeliveryCounts> CountAsync(CancellationToken cancellationToken);

    /// <summary>Forgets deliveries that ended before that time; returns how many.</summary>
    Task<int> PruneAsync(DateTimeOffset before, CancellationToken cancellationToken);
}
