using System.Security.Cryptography;
using System.Text.Json;
using Beian.MiniApi.Vault;

namespace Beian.MiniApi.Storage;

/// <summary>How a delivery is written, in whichever engine.</summary>
internal static class StoredDelivery
{
    /// <summary>What goes in order: the messages of one filing to one target.</summary>
    public static string StreamOf(NewDelivery delivery) => $"{delivery.FilingId}:{delivery.Channel}:{delivery.Target}";

    public static string NameOf(DeliveryState state) => state.ToString().ToLowerInvariant();

    public static byte[] Write(DeliveryBody body) => JsonSerializer.SerializeToUtf8Bytes(body, StoredJson.Options);

    /// <summary>What it says; null when that is forgotten or cannot be opened, which must not hold up the others.</summary>
    public static DeliveryBody? Open(Sealer sealer, string key, byte[]? stored)
    {
        try
        {
            return stored is null ? null : JsonSerializer.Deserialize<DeliveryBody>(SealedColumns.Deliveries.Open(sealer, key, stored), StoredJson.Options);
        }
        catch (Exception e) when (e is CryptographicException or JsonException)
        {
            return null;
        }
    }
}
