using Beian.MiniApi.Domain.Reference;
using Beian.MiniApi.Storage;

namespace Beian.MiniApi.ReviewConsole.Reasons;

/// <summary>A text to choose when a filing is sent back.</summary>
/// <param name="Row">What it says, of what.</param>
/// <param name="Own">Staff's version of it, or null for one that is as the data has it.</param>
/// <param name="Data">The data's text of that id, or null.</param>
public sealed record ReasonChoice(RejectionReason Row, StaffReason? Own, RejectionReason? Data)
{
    /// <summary>Whether the data has a text of that id.</summary>
    public bool IsOfData => Data is not null;

    /// <summary>Whether staff's version has words of its own.</summary>
    public bool IsReworded => Own is { Reason.Length: > 0 };

    /// <summary>Whether nobody is to choose it.</summary>
    public bool IsHidden => Own is { IsHidden: true };

    /// <summary>Whether those are the words of the data: then there is nothing to keep of them, and what the data says later is said here.</summary>
    public bool IsAsInData(string field, string reason, string suggestion) => Data is { } data && (reason.Length == 0 || (data.Field, data.Reason, data.Suggestion) == (field, reason, suggestion));
}

/// <summary>The texts of the data and those of staff as one list: staff's version of a text takes the place of the data's.</summary>
public sealed class ReasonCatalogue(ReferenceBook book, IReasonStore own)
{
    private static readonly string[] EveryStage = ["provider", "authority"];

    /// <summary>Everything, hidden ones included: the data's in their order, then staff's own.</summary>
    public async Task<IReadOnlyList<ReasonChoice>> AllAsync(CancellationToken cancellationToken)
    {
        var mine = (await own.ListAsync(cancellationToken)).ToDictionary(r => r.Id, StringComparer.Ordinal);
        var ofData = book.Tables.RejectionReasons.Select(r => mine.Remove(r.Id, out var version)
            ? new ReasonChoice(version.Reason.Length == 0 ? r : r with { Field = version.Field, Reason = version.Reason, Suggestion = version.Suggestion }, version, r)
            : new ReasonChoice(r, null, r)).ToArray();

        // One that hid a text which the data has no more says nothing.
        var others = mine.Values.Where(r => r.Reason.Length > 0).OrderBy(r => r.ChangedAt);
        return [.. ofData, .. others.Select(r => new ReasonChoice(new RejectionReason(r.Id, EveryStage, r.Field, r.Reason, r.Suggestion, null, null, null), r, null))];
    }

    /// <summary>What can be said of such a filing.</summary>
    /// <inheritdoc cref="RejectionReason.Fits"/>
    public async Task<IReadOnlyList<RejectionReason>> ForAsync(string stage, bool isFirst, string? province, CancellationToken cancellationToken) =>
        [.. (await AllAsync(cancellationToken)).Where(c => !c.IsHidden && c.Row.Fits(stage, isFirst, province)).Select(c => c.Row)];
}
