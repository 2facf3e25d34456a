namespace Beian.MiniApi.Storage;

/// <summary>Collects what an erasure came to.</summary>
internal sealed class ErasureTally
{
    private readonly List<ErasedItem> _erased = [];
    private readonly List<KeptItem> _kept = [];

    /// <summary>Nothing of a kind is nothing to tell.</summary>
    public void Erased(string what, int count)
    {
        if (count > 0)
        {
            _erased.Add(new ErasedItem(what, count));
        }
    }

    public void Keep(string what, string? number, string why, DateTimeOffset? until = null) => _kept.Add(new KeptItem(what, number, why, until));

    public Erased Result() => new(_erased, _kept);
}
