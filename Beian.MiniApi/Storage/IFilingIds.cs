namespace Beian.MiniApi.Storage;

/// <summary>The ids of all filings there are, for work that has to go through every one of them.</summary>
public interface IFilingIds
{
    /// <param name="after">Id behind which the page begins, or null for the first.</param>
    /// <returns>In the order of the ids; empty at the end.</returns>
    Task<IReadOnlyList<string>> AfterAsync(string? after, int limit, CancellationToken cancellationToken);
}
