namespace Beian.MiniApi.Vault;

/// <summary>A data key as it is stored.</summary>
/// <param name="Id">From 1; the highest seals.</param>
/// <param name="Wrapped">The key, wrapped by the ring for <see cref="PurposeOf"/> its id.</param>
/// <param name="CreatedAt">When it was made.</param>
/// <param name="Seals">How often it may have sealed: counted ahead, so that a kill never makes it too few.</param>
public sealed record DataKeyRow(int Id, byte[] Wrapped, DateTimeOffset CreatedAt, long Seals)
{
    /// <summary>What a data key is wrapped for.</summary>
    public static string PurposeOf(int id) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"data key {id}");

    /// <summary>Without the key, wrapped as it is: records end up in logs.</summary>
    public override string ToString() => PurposeOf(Id);
}
