namespace Beian.MiniApi.Storage;

/// <summary>What WeChat found in a picture or a recording it was asked to look at.</summary>
/// <param name="TraceId">Of the question.</param>
/// <param name="ErrorCode">0 when the verdict counts; -1008 when WeChat could not fetch the file.</param>
/// <param name="Suggestion"><c>pass</c>, <c>review</c> or <c>risky</c>; null when there is none.</param>
/// <param name="Label">WeChat's number of what it found, 100 for nothing; null when there is none.</param>
/// <param name="At">When WeChat said so.</param>
public sealed record MediaVerdict(string TraceId, int ErrorCode, string? Suggestion, int? Label, DateTimeOffset At);

/// <summary>Keeps verdicts until somebody asks for them.</summary>
public interface IMediaVerdictStore
{
    /// <summary>The first verdict of a question stands; false when there was one.</summary>
    Task<bool> AddAsync(MediaVerdict verdict, CancellationToken cancellationToken);

    /// <summary>Null while there is none.</summary>
    Task<MediaVerdict?> FindAsync(string traceId, CancellationToken cancellationToken);

    /// <summary>Forgets those from before that time; returns how many.</summary>
    Task<int> PruneAsync(DateTimeOffset before, CancellationToken cancellationToken);
}
