namespace Beian.MiniApi.Storage;

/// <summary>A text for sending filings back that staff wrote, or their version of one that came with the data.</summary>
/// <param name="Id">Id of the row of the data that it replaces, or one of its own.</param>
/// <param name="Field">What it is about, one of <see cref="Domain.Reference.ReasonFields.All"/>.</param>
/// <param name="Reason">Why; empty for one that only hides the data's text and leaves its words to the data.</param>
/// <param name="Suggestion">What to do; empty when the reason says it.</param>
/// <param name="IsHidden">True when nobody is to choose it.</param>
/// <param name="ChangedBy">Id of who wrote it last.</param>
/// <param name="ChangedAt">When.</param>
public sealed record StaffReason(string Id, string Field, string Reason, string Suggestion, bool IsHidden, string ChangedBy, DateTimeOffset ChangedAt);

/// <summary>Staff's own texts for sending filings back. They hold no personal data.</summary>
public interface IReasonStore
{
    /// <summary>Most texts that are kept; a list that people choose from ends to be one long before.</summary>
    static readonly int MaxReasons = 500;

    /// <summary>All of them, by id.</summary>
    Task<IReadOnlyList<StaffReason>> ListAsync(CancellationToken cancellationToken);

    /// <summary>Adds it, or replaces the one of its id.</summary>
    /// <returns>False, with nothing written, when there are <see cref="MaxReasons"/> already.</returns>
    Task<bool> SaveAsync(StaffReason reason, CancellationToken cancellationToken);

    /// <summary>Forgets it; a text of the data that it replaced is itself again.</summary>
    /// <returns>False when there was none.</returns>
    Task<bool> DeleteAsync(string id, CancellationToken cancellationToken);
}
