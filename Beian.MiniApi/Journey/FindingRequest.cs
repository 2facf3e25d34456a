using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Platform;

namespace Beian.MiniApi.Journey;

/// <summary>One thing to be mended, as a reviewer or the authority says it.</summary>
public sealed record FindingRequest
{
    /// <summary>JSON pointer into the filing, such as <c>/sites/0/name</c>; opens everything below it.</summary>
    public string? Pointer { get; init; }

    /// <summary>Why.</summary>
    public string? Reason { get; init; }

    /// <summary>What to do.</summary>
    public string? Suggestion { get; init; }

    /// <summary>The paper it is about.</summary>
    public string? MaterialId { get; init; }

    public static void Measure(IReadOnlyList<FindingRequest>? findings, Lengths lengths)
    {
        lengths.Items(findings, 100, "/findings");
        for (var i = 0; i < Math.Min(findings?.Count ?? 0, 100); i++)
        {
            lengths
                .Text(findings![i].Pointer, FieldLengths.Url, $"/findings/{i}/pointer")
                .Text(findings[i].Reason, FieldLengths.Note, $"/findings/{i}/reason")
                .Text(findings[i].Suggestion, FieldLengths.Note, $"/findings/{i}/suggestion")
                .Text(findings[i].MaterialId, FieldLengths.Id, $"/findings/{i}/materialId");
        }
    }

    public static IReadOnlyList<FindingDraft> Drafts(IReadOnlyList<FindingRequest>? findings) =>
        [.. (findings ?? []).Select(f => new FindingDraft(f.Pointer ?? string.Empty, f.Reason ?? string.Empty, f.Suggestion, f.MaterialId))];
}
