namespace Beian.MiniApi.Storage;

/// <summary>Where a subscription message stands. Members are stored by name.</summary>
public enum MessageState
{
    /// <summary>Waits to be sent, for the first time or again.</summary>
    Queued = 1,

    /// <summary>A call to WeChat was begun, and its end is not recorded yet.</summary>
    Sending = 2,

    /// <summary>WeChat took it.</summary>
    Sent = 3,

    /// <summary>WeChat reported that it arrived.</summary>
    Delivered = 4,

    /// <summary>The user has no permission left, or took it back.</summary>
    Refused = 5,

    /// <summary>It may have arrived or not, and is not sent again.</summary>
    Uncertain = 6,

    /// <summary>It could not be sent in time.</summary>
    Expired = 7,

    /// <summary>WeChat reported that it did not arrive.</summary>
    Undelivered = 8,

    /// <summary>Nobody is to get it any more: the user left, does not want it, or the template was taken out of the settings.</summary>
    Dropped = 9,

    /// <summary>WeChat will not take it as it is.</summary>
    Failed = 10,
}

/// <summary>A subscription message for one user. Never prints: it names people.</summary>
/// <param name="NotificationId">The inbox message that it tells; with the user the key.</param>
/// <param name="UserId">Whom it is for.</param>
/// <param name="AccountId">The account whose matter it is.</param>
/// <param name="OpenIdIndex">Blind index of the user's openid.</param>
/// <param name="TemplateId">WeChat's id of the template.</param>
/// <param name="Event">What happened, such as <c>notification.approve</c>.</param>
/// <param name="Page">Page that the card opens; null for none.</param>
/// <param name="Data">Value by key of the template; kept sealed, and no longer than until the message has ended.</param>
/// <param name="QueuedAt">When.</param>
/// <param name="ExpiresAt">From when on it is not sent any more.</param>
public sealed record QueuedMessage(
    string NotificationId,
    string UserId,
    string AccountId,
    string OpenIdIndex,
    string TemplateId,
    string Event,
    string? Page,
    IReadOnlyDictionary<string, string> Data,
    DateTimeOffset QueuedAt,
    DateTimeOffset ExpiresAt)
{
    public override string ToString() => $"QueuedMessage {NotificationId}";
}

/// <summary>A message to be sent.</summary>
/// <param name="Id">Smaller is older.</param>
/// <param name="Message">As it was queued.</param>
/// <param name="Attempts">Calls begun so far.</param>
/// <param name="IsRepeat">True when the end of an earlier call is not known: it may be sent again only where that cannot deliver twice.</param>
public sealed record WaitingMessage(long Id, QueuedMessage Message, int Attempts, bool IsRepeat);

/// <summary>What became of a message.</summary>
/// <param name="NotificationId">The inbox message that it tells.</param>
/// <param name="UserId">Whom it was for.</param>
/// <param name="TemplateId">WeChat's id of the template.</param>
/// <param name="Event">What happened.</param>
/// <param name="State">Where it stands.</param>
/// <param name="Reason">Why, as a code; null when the state says it.</param>
/// <param name="Attempts">Calls begun.</param>
/// <param name="QueuedAt">When it was queued.</param>
/// <param name="EndedAt">When it got its last state; null while it waits.</param>
public sealed record MessageRecord(
    string NotificationId, string UserId, string TemplateId, string Event, MessageState State, string? Reason, int Attempts, DateTimeOffset QueuedAt, DateTimeOffset? EndedAt);

/// <summary>Whether a call may be made.</summary>
public enum MessageStart
{
    /// <summary>Yes: the attempt is recorded and a permission is spent on it.</summary>
    Begun = 1,

    /// <summary>The user has no permission left; the message has ended as <see cref="MessageState.Refused"/>.</summary>
    NoPermission = 2,

    /// <summary>A repeat that might deliver twice; the message has ended as <see cref="MessageState.Uncertain"/>.</summary>
    NotSafe = 3,

    /// <summary>It does not wait any more: somebody else has begun, or it has ended.</summary>
    Gone = 4,
}

/// <summary>
/// Subscription messages on their way. A permission is spent and the attempt recorded in one write before WeChat is called, so that a kill at any point leaves
/// either a message that was surely not sent or one whose end is in doubt, and never one that is sent twice.
/// </summary>
public interface IMessageStore
{
    /// <summary>Queues a message; false, with nothing changed, when its key is known.</summary>
    Task<bool> AddAsync(QueuedMessage message, CancellationToken cancellationToken);

    /// <summary>The ids of messages to be sent now, oldest first: of each user and template the oldest alone, so that they keep their order.</summary>
    Task<IReadOnlyList<long>> DueAsync(DateTimeOffset now, int take, CancellationToken cancellationToken);

    /// <summary>A waiting message, or null when it does not wait any more. Throws when it cannot be read.</summary>
    Task<WaitingMessage?> FindAsync(long id, CancellationToken cancellationToken);

    /// <summary>
    /// Records that a call begins. For the first call the user's oldest permission is spent with it; a repeat goes on with the one it has, and only while it was
    /// the user's last: no permission is left, and no other message of that user and template is in doubt.
    /// </summary>
    Task<MessageStart> BeginAsync(long id, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>WeChat surely did not take it, or it was not tried: it waits until then, at the latest until it expires. Its permission is given back, a repeat's is kept. False when it has ended, which stays.</summary>
    Task<bool> PostponeAsync(long id, DateTimeOffset until, CancellationToken cancellationToken);

    /// <summary>Nobody can tell whether WeChat took it: it is left in doubt, or waits to be repeated once.</summary>
    /// <param name="id">A message that is being sent; another one stays as it is.</param>
    /// <param name="repeatAt">When it may be repeated, if it still can be then; null for never.</param>
    /// <param name="at">Now.</param>
    /// <param name="cancellationToken">Honoured until the write begins.</param>
    /// <returns><see cref="MessageState.Queued"/> or <see cref="MessageState.Uncertain"/>; null when it was not being sent.</returns>
    Task<MessageState?> DoubtAsync(long id, DateTimeOffset? repeatAt, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>Ends a message that waits or is being sent, and forgets what it said; one that has ended, by a report of WeChat, stays as it is.</summary>
    /// <param name="id">Which.</param>
    /// <param name="state">How it ended.</param>
    /// <param name="reason">Why, as a code.</param>
    /// <param name="givesBack">True when WeChat surely did not take it, so that its permission is not spent.</param>
    /// <param name="at">Now.</param>
    /// <param name="cancellationToken">Honoured until the write begins.</param>
    /// <returns>Whether it ended by this.</returns>
    Task<bool> EndAsync(long id, MessageState state, string? reason, bool givesBack, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>The ids of messages whose last call began by that time and has no recorded end.</summary>
    Task<IReadOnlyList<long>> UnendedAsync(DateTimeOffset before, CancellationToken cancellationToken);

    /// <summary>WeChat's report about a message it took, which it does not name: that of the last call to this user and template before it.</summary>
    /// <param name="source">The same report has the same source, however often it is told.</param>
    /// <param name="openIdIndex">Blind index of the openid.</param>
    /// <param name="templateId">WeChat's id of the template.</param>
    /// <param name="code">WeChat's code for why it did not arrive; null when it did.</param>
    /// <param name="at">When WeChat says so, in whole seconds.</param>
    /// <param name="cancellationToken">Honoured until the write begins.</param>
    /// <returns>Whether it changed a message.</returns>
    Task<bool> ReportAsync(string source, string openIdIndex, string templateId, string? code, DateTimeOffset at, CancellationToken cancellationToken);

    /// <summary>What became of an inbox message on its way to the users, oldest first.</summary>
    Task<IReadOnlyList<MessageRecord>> ListAsync(string notificationId, CancellationToken cancellationToken);

    /// <summary>Forgets messages that ended before that time; returns how many.</summary>
    Task<int> PruneAsync(DateTimeOffset before, CancellationToken cancellationToken);
}
