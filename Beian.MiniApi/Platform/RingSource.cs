using System.Security.Cryptography;
using System.Text.Json;
using Beian.MiniApi.Vault;
using Microsoft.Extensions.Options;

namespace Beian.MiniApi.Platform;

/// <summary>Where the key ring comes from: the settings, a file of its own, or in Development one that is made in the data folder.</summary>
public sealed class RingSource(IOptionsMonitor<KeysOptions> keys, IOptionsMonitor<KeyRingOptions> ring, IServiceProvider services, IHostEnvironment environment)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { ReadCommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>The ring as it is configured now.</summary>
    /// <exception cref="InvalidDataException">It cannot be used; the message says why, and names no key.</exception>
    public RingKeys Read()
    {
        var (file, configured) = (keys.CurrentValue.RingFile, ring.CurrentValue);
        if (!string.IsNullOrEmpty(file))
        {
            return configured.Keys.Count == 0 ? ReadFile(Path.Combine(environment.ContentRootPath, file)) : throw new InvalidDataException("Keys:Ring and Keys:RingFile are both set; keep one of them.");
        }

        if (configured.Keys.Count > 0)
        {
            return RingKeys.Of(KeyRingOptions.Section, configured.Active, [.. configured.Keys.Select(k => (k.Id, k.Key))]);
        }

        // Outside Development StartupGuards has refused already.
        return environment.IsDevelopment() ? ReadFile(Generated()) : throw new InvalidDataException("There is no key ring: set Keys:Ring or Keys:RingFile.");
    }

    private static RingKeys ReadFile(string path)
    {
        RingFile? read;
        try
        {
            read = JsonSerializer.Deserialize<RingFile>(File.ReadAllBytes(path), Json);
        }
        catch (JsonException e)
        {
            // Its own message may quote the file.
            throw new InvalidDataException($"{path} is no key ring: not JSON, at line {e.LineNumber + 1}.");
        }

        return RingKeys.Of(path, read?.Active, [.. (read?.Keys ?? []).Select(k => (k?.Id, k?.Key))]);
    }

    private string Generated()
    {
        var path = Path.Combine(LocalKeys.FolderOf(services), "ring.json");
        if (!File.Exists(path))
        {
            const string id = "generated";
            var made = new RingFile(id, [new RingFileKey(id, Convert.ToBase64String(RandomNumberGenerator.GetBytes(RingKeys.KeyBytes)))]);
            LocalKeys.CreateFolder(LocalKeys.FolderOf(services));
            LocalKeys.WriteOnce(path, JsonSerializer.Serialize(made, Json));
        }

        return path;
    }

    private sealed record RingFile(string? Active, IReadOnlyList<RingFileKey?>? Keys);

    private sealed record RingFileKey(string? Id, string? Key)
    {
        public override string ToString() => nameof(RingFileKey);
    }
}
