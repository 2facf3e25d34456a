namespace Beian.MiniApi.Storage;

/// <summary>An event that WeChat pushed.</summary>
/// <param name="Key">The same for every delivery of one event.</param>
/// <param name="Name">What happened, such as <c>wxa_media_check</c>.</param>
/// <param name="Body">The whole event; names a person, so it is kept sealed, and no longer than until it is handled.</param>
/// <param name="At">When it arrived.</param>
/// <param name="ExpiresAt">From when on a delivery of it is no longer known as a repeat.</param>
public sealed record PushedEvent(string Key, string Name, string Body, DateTimeOffset At, DateTimeOffset ExpiresAt);

/// <summary>The signature of a push that does not cover the body, as digests: it is good for one body only.</summary>
/// <param name="Signature">Of time, nonce and signature.</param>
/// <param name="Body">Of what came with it.</param>
public sealed record PushOnce(string Signature, string Body);

/// <summary>What became of an event that arrived.</summary>
public enum PushReceipt
{
    /// <summary>It is stored and waits.</summary>
    Stored = 1,

    /// <summary>It came before; nothing was written.</summary>
    Duplicate = 2,

    /// <summary>Its signature came before with another body; nothing was written.</summary>
    SignatureReused = 3,
}

/// <summary>An event to be handled.</summary>
/// <param name="Id">Smaller is older.</param>
/// <param name="Key">As it arrived.</param>
/// <param name="Name">As it arrived.</param>
/// <param name="Body">As it arrived.</param>
/// <param name="Attempts">How often handling it has failed.</param>
public sealed record WaitingEvent(long Id, string Key, string Name, string Body, int Attempts);

/// <summary>Keeps what WeChat pushed until it is handled, and its key for longer, so that a repeat is known as one.</summary>
public interface IWeChatEventStore
{
    /// <summary>Stores the event and that it came in one write; of deliveries at the same moment one is stored.</summary>
    /// <param name="pushed">What arrived.</param>
    /// <param name="once">Null where the signature covers the body.</param>
    /// <param name="cancellationToken">Honoured until the write begins.</param>
    Task<PushReceipt> AddAsync(PushedEvent pushed, PushOnce? once, CancellationToken cancellationToken);

    /// <summary>The ids of events to be handled at that time, oldest first.</summary>
    Task<IReadOnlyList<long>> DueAsync(DateTimeOffset now, int take, CancellationToken cancellationToken);

    /// <summary>The event, or null when it is handled or was never there. Throws when it cannot be read.</summary>
    Task<WaitingEvent?> FindAsync(long id, CancellationToken cancellationToken);

    /// <summary>Marks it as handled and forgets what it said.</summary>
    Task DoneAsync(long id, CancellationToken cancellationToken);

    /// <summary>Counts a failure and lets it wait until then.</summary>
    Task PostponeAsync(long id, DateTimeOffset until, CancellationToken cancellationToken);

    /// <summary>Forgets handled events and signatures that have expired; returns how many. What still waits is kept.</summary>
    Task<int> PruneAsync(DateTimeOffset now, CancellationToken cancellationToken);
}
