namespace Beian.MiniApi.Platform;

/// <summary>The keys that wrap the data keys, by which everything stored is sealed. docs/keys.md says how they are changed.</summary>
public sealed class KeyRingOptions
{
    public const string Section = "Keys:Ring";

    /// <summary>Id of the key that wraps from now on.</summary>
    public string? Active { get; set; }

    /// <summary>Every key that something stored is still wrapped by, and the active one. None in Development: one is made in the data folder.</summary>
    public IList<RingKeyOptions> Keys { get; } = [];
}

/// <summary>One key of the ring.</summary>
public sealed class RingKeyOptions
{
    /// <summary>1 to 64 printable ASCII characters, such as the month; never used for another key. It stands in the database.</summary>
    public string? Id { get; set; }

    /// <summary>Base64 of exactly 32 random bytes. Whoever loses it has lost all that it wraps.</summary>
    public string? Key { get; set; }
}
