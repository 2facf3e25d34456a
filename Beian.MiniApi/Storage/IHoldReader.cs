namespace Beian.MiniApi.Storage;

/// <summary>Something a filing has reserved: <c>open:account</c>, <c>domain:name</c>, <c>code:id</c>, <c>slot:resource:n</c>, <c>subject:key</c>.</summary>
/// <param name="Key">The reserved thing; held by one filing at most.</param>
/// <param name="FilingId">Who holds it.</param>
/// <param name="AccountId">The account of that filing.</param>
/// <param name="Used">True once the filing is approved: the thing is used up, not merely reserved.</param>
public sealed record Hold(string Key, string FilingId, string AccountId, bool Used);

/// <summary>Reads reservations; only saving a filing writes them.</summary>
public interface IHoldReader
{
    /// <summary>The holds among those keys that exist, by key.</summary>
    Task<IReadOnlyDictionary<string, Hold>> FindAsync(IReadOnlyCollection<string> keys, CancellationToken cancellationToken);

    /// <summary>All holds whose key begins with <paramref name="prefix"/>, such as the slots of one resource; at most 1,000.</summary>
    Task<IReadOnlyList<Hold>> FindByPrefixAsync(string prefix, CancellationToken cancellationToken);
}
