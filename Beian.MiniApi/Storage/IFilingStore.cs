using System.Globalization;
using Beian.MiniApi.Domain.Filings;

namespace Beian.MiniApi.Storage;

/// <summary>How a save ended. Unless saved, nothing was written.</summary>
/// <param name="Saved">The filing with its new revision, or null.</param>
/// <param name="TakenHold">The reservation another filing has, or null.</param>
public sealed record SaveOutcome(Filing? Saved, string? TakenHold)
{
    /// <summary>Another write came first: load again and decide again.</summary>
    public static readonly SaveOutcome Changed = new(null, null);

    /// <summary>The telephone number of a new filing is in use: take another.</summary>
    public static readonly SaveOutcome NumberTaken = new(null, "number:");

    /// <summary>The account's last user was erased while a new filing was on its way.</summary>
    public static readonly SaveOutcome AccountErased = new(null, "account:");

    public bool IsSaved => Saved is not null;
}

/// <summary>What the review queue is narrowed to; null means any.</summary>
/// <param name="State">Name of a state; null for every state but the drafts.</param>
/// <param name="Province">Division code.</param>
/// <param name="Assignee">Reviewer id; <c>none</c> for unclaimed filings.</param>
/// <param name="OverdueAt">Only filings whose due time is before this.</param>
public sealed record QueueFilter(string? State, string? Province, string? Assignee, DateTimeOffset? OverdueAt)
{
    /// <summary>Name of a kind.</summary>
    public string? Kind { get; init; }

    /// <summary>The filing's own number, whole.</summary>
    public string? Number { get; init; }

    /// <summary>A domain of the filing that holds it, in A-labels and whole; one that was given up or expired holds none.</summary>
    public string? Domain { get; init; }
}

/// <summary>Where a page of the queue by due time ends.</summary>
/// <param name="DueAt">Null for a filing that nobody promised anything of.</param>
/// <param name="Id">The filing.</param>
public sealed record QueueKey(DateTimeOffset? DueAt, string Id)
{
    /// <summary>The last millisecond that is a date.</summary>
    private static readonly long MaxDue = DateTimeOffset.MaxValue.ToUnixTimeMilliseconds();

    public static QueueKey Of(Filing filing) => new(filing.Snapshot.DueAt, filing.Id);

    /// <summary>The key as it was written by <see cref="ToString"/>; null for anything else.</summary>
    public static QueueKey? Parse(string text)
    {
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        if (dot < 0 || dot == text.Length - 1)
        {
            return null;
        }

        if (dot == 0)
        {
            return new QueueKey(null, text[1..]);
        }

        return long.TryParse(text.AsSpan(0, dot), NumberStyles.None, CultureInfo.InvariantCulture, out var due) && due <= MaxDue
            ? new QueueKey(DateTimeOffset.FromUnixTimeMilliseconds(due), text[(dot + 1)..])
            : null;
    }

    /// <summary>Printable, without spaces: fit for a cursor.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{DueAt?.ToUnixTimeMilliseconds()}.{Id}");
}

/// <summary>
/// Filings. One save writes state, history, outbox, reservations, contacts, the consents of a submission and the idempotency record together or not at all; two filings never hold the same
/// thing. Lists are newest first and read from a key on, so that pages never shift.
/// </summary>
public interface IFilingStore
{
    /// <summary>The account's own filing; somebody else's is null, like one that never was.</summary>
    Task<Filing?> FindAsync(string id, string accountId, CancellationToken cancellationToken);

    /// <summary>Any filing, for staff and the program itself.</summary>
    Task<Filing?> FindAsync(string id, CancellationToken cancellationToken);

    Task<Filing?> FindByNumberAsync(string number, CancellationToken cancellationToken);

    Task<SaveOutcome> AddAsync(Filing filing, IdempotencyRecord? record, CancellationToken cancellationToken);

    /// <summary>Saves against <see cref="Filing.Revision"/>.</summary>
    Task<SaveOutcome> ReplaceAsync(Filing filing, IdempotencyRecord? record, CancellationToken cancellationToken);

    /// <param name="before">Id after which the page begins, or null for the newest.</param>
    Task<IReadOnlyList<Filing>> ListAsync(string accountId, string? before, int limit, CancellationToken cancellationToken);

    /// <summary>Filings that were handed in; one that never was is not among them, whatever its state.</summary>
    /// <inheritdoc cref="ListAsync"/>
    Task<IReadOnlyList<Filing>> QueueAsync(QueueFilter filter, string? before, int limit, CancellationToken cancellationToken);

    /// <summary>As <see cref="QueueAsync"/>, but the longest overdue first, then what is due next, and what nobody promised anything of last.</summary>
    /// <param name="filter">What it is narrowed to.</param>
    /// <param name="after">Key of the last filing of the page before, or null for the first page.</param>
    /// <param name="limit">Most rows. How long a page takes does not depend on how many filings there are.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    Task<IReadOnlyList<Filing>> QueueByDueAsync(QueueFilter filter, QueueKey? after, int limit, CancellationToken cancellationToken);

    /// <summary>Ids of filings in a state, oldest first.</summary>
    Task<IReadOnlyList<string>> InStateAsync(FilingState state, int limit, CancellationToken cancellationToken);

    /// <summary>Id of the filing whose next timer is due first, if that is at or before <paramref name="until"/>; ids in <paramref name="except"/> are passed over.</summary>
    Task<string?> NextDueAsync(DateTimeOffset until, IReadOnlyCollection<string> except, CancellationToken cancellationToken);

    /// <summary>Ids of filings with outbox work, oldest first.</summary>
    Task<IReadOnlyList<string>> WithOutboxAsync(int limit, CancellationToken cancellationToken);

    /// <summary>Ids of filings with a face check that has no result yet, newest first.</summary>
    Task<IReadOnlyList<string>> WithOpenFaceChecksAsync(int limit, CancellationToken cancellationToken);

    /// <summary>Ids of filings with a picture of a face check that is to be deleted by <paramref name="until"/>, the longest overdue first.</summary>
    Task<IReadOnlyList<string>> WithPicturesDueAsync(DateTimeOffset until, int limit, CancellationToken cancellationToken);
}
