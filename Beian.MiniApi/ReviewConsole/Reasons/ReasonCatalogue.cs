using Beian.MiniApi.Domain.Reference;
using Beian.MiniApi.Storage;

namespace Beian.MiniApi.ReviewConsole.Reasons;

/// <summary>A text to choose when a filing is sent back.</summary>
/// <param name="Row">What it says, of what.</param>
/// <param name="Own">Staff's version of it, or null for one that is as the data has it.</param>
/// <param name="IsOfData">Whether the data has a text of that id.</param>
public sealed record ReasonChoice(RejectionReason Row, StaffReason? Own, bool IsOfData)
{
    /// <summary>Whether nobody is to choose it.</summary>
    public bool IsHidden => Own is { IsHidden: true };
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
            ? new ReasonChoice(r with { Field = version.Field, Reason = version.Reason, Suggestion = version.Suggestion }, version, IsOfData: true)
            : new ReasonChoice(r, null, IsOfData: true)).ToArray();
        return [.. ofData, .. mine.Values.OrderBy(r => r.ChangedAt).Select(r => new ReasonChoice(new RejectionReason(r.Id, EveryStage, r.Field, r.Reason, r.Suggestion, null, null, null), r, IsOfData: false))];
    }

    /// <summary>What can be said of such a filing.</summary>
    /// <inheritdoc cref="RejectionReason.Fits"/>
    public async Task<IReadOnlyList<RejectionReason>> ForAsync(string stage, bool isFirst, string? province, CancellationToken cancellationToken) =>
        [.. (await AllAsync(cancellationToken)).Where(c => !c.IsHidden && c.Row.Fits(stage, isFirst, province)).Select(c => c.Row)];
}
