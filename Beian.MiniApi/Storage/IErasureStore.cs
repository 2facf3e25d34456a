using Beian.MiniApi.Domain;

namespace Beian.MiniApi.Storage;

/// <summary>What of somebody was erased, and how many of it.</summary>
/// <param name="What">A word of <see cref="ErasedThings"/>.</param>
public sealed record ErasedItem(string What, int Count);

/// <summary>What of somebody is kept.</summary>
/// <param name="What">A word of <see cref="ErasedThings"/>.</param>
/// <param name="Number">The filing's or subject's number; null for what has none.</param>
/// <param name="Why">Code of the reason, with texts in the reference data.</param>
/// <param name="Until">Business time at which it goes too; null for as long as the reason holds.</param>
public sealed record KeptItem(string What, string? Number, string Why, DateTimeOffset? Until);

/// <summary>Words for what is erased and kept; part of the public contract.</summary>
public static class ErasedThings
{
    public const string Profile = "profile";
    public const string Phone = "phone";
    public const string Sessions = "sessions";
    public const string Consents = "consents";
    public const string MessagePermissions = "messagePermissions";
    public const string StoredAnswers = "storedAnswers";
    public const string Inbox = "inbox";
    public const string RealName = "realName";
    public const string Filings = "filings";
    public const string Materials = "materials";
    public const string AuthCodes = "authCodes";
    public const string Subjects = "subjects";
    public const string Resources = "resources";
    public const string Account = "account";
}

/// <summary>Where bytes lie that went with the rows naming them.</summary>
public enum ErasedFileKind
{
    /// <summary>Of the store of materials, by material id.</summary>
    Material = 1,

    /// <summary>Of the authority's door, by filing number and round: <c>26112100000017-1</c>.</summary>
    HandOver = 2,
}

/// <summary>Bytes that are still to be deleted.</summary>
public sealed record ErasedFile(ErasedFileKind Kind, string Name);

/// <summary>What an erasure came to.</summary>
public sealed record Erased(IReadOnlyList<ErasedItem> Items, IReadOnlyList<KeptItem> Kept);

/// <summary>
/// Erases users. Every store's rows of a person go in one write, so that a kill leaves everything or nothing; whoever adds a table with a user, an account
/// or an openid in it adds it here too, and a test that walks the tables insists.
/// </summary>
public interface IErasureStore
{
    /// <summary>
    /// Erases the user, and with the last user of an account its filings that are not approved. Approved filings and subjects stay, without the user's id.
    /// Refused with <c>account.filingInProgress</c> while one of them is with the provider or the authority and nobody else is left to answer for it. An
    /// engine without transactions marks the user as going first and finishes whatever it finds marked, the user's row last.
    /// </summary>
    /// <param name="userId">Who; refused with <c>account.notFound</c> when gone already.</param>
    /// <param name="keptUntil">Until when approved filings are kept; null as long as they are in force.</param>
    /// <param name="now">Business time.</param>
    /// <param name="cancellationToken">Honoured until the write begins.</param>
    Task<Result<Erased>> EraseAsync(string userId, DateTimeOffset? keptUntil, DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Erases what was kept until then, unless somebody works for the account again; returns how many accounts it was.</summary>
    Task<int> EndRetentionAsync(DateTimeOffset now, CancellationToken cancellationToken);

    /// <summary>Erases filings that were abandoned, or whose draft expired, before that business time; their bytes are left to <see cref="FilesAsync"/>.</summary>
    /// <returns>How many, at most <paramref name="take"/>.</returns>
    Task<int> EraseClosedAsync(DateTimeOffset closedBefore, int take, CancellationToken cancellationToken);

    /// <summary>Bytes whose rows are gone, to be deleted by those who keep them.</summary>
    Task<IReadOnlyList<ErasedFile>> FilesAsync(int take, CancellationToken cancellationToken);

    /// <summary>Those bytes are gone.</summary>
    Task FileGoneAsync(ErasedFile file, CancellationToken cancellationToken);

    /// <summary>Empties the engine's own log of what the rows said before.</summary>
    /// <returns>False when somebody was reading or writing; nothing is lost by trying again later.</returns>
    Task<bool> TidyAsync(CancellationToken cancellationToken);
}
