using System.Security.Cryptography;
using System.Text.Json;
using Beian.MiniApi.Vault;
using Microsoft.Extensions.Options;

namespace Beian.MiniApi.Platform;

/// <summary>Where the key ring comes from: the settings, a file of its own, or in Development one that is made in the data folder.</summary>
public sealed class RingSource(IOptionsMonitor<KeysOptions> keys, IOptionsMonitor<KeyRingOptions> ring, IServiceProvider services, IHostEnvironment environment)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { ReadCommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>File of the ring, there or not; null when the settings themselves hold it.</summary>
    public string? File => keys.CurrentValue.RingFile is { Length: > 0 } file ? Path.Combine(environment.ContentRootPath, file)
        : ring.CurrentValue.Keys.Count > 0 ? null : Generated;

    private string Generated => Path.Combine(LocalKeys.FolderOf(services), "ring.json");

    /// <summary>The ring as it is configured now; made, where nothing is configured and Development has none yet.</summary>
    /// <exception cref="InvalidDataException">It cannot be used; the message says why, and names no key.</exception>
    public RingKeys Read() => Find() ?? ReadFile(Generate());

    /// <summary>As <see cref="Read"/>, but null instead of making one.</summary>
    /// <exception cref="InvalidDataException">It cannot be used; the message says why, and names no key.</exception>
    public RingKeys? Find()
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
        return !environment.IsDevelopment() ? throw new InvalidDataException("There is no key ring: set Keys:Ring or Keys:RingFile.")
            : System.IO.File.Exists(Generated) ? ReadFile(Generated) : null;
    }

    private static RingKeys ReadFile(string path)
    {
        RingFile? read;
        try
        {
            read = JsonSerializer.Deserialize<RingFile>(System.IO.File.ReadAllBytes(path), Json);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new InvalidDataException($"The key ring cannot be read: {e.Message}", e);
        }
        catch (JsonException e)
        {
            // Its own message may quote the file.
            throw new InvalidDataException($"{path} is no key ring: not JSON, at line {e.LineNumber + 1}.");
        }

        return RingKeys.Of(path, read?.Active, [.. (read?.Keys ?? []).Select(k => (k?.Id, k?.Key))]);
    }

    private string Generate()
    {
        const string id = "generated";
        var made = new RingFile(id, [new RingFileKey(id, Convert.ToBase64String(RandomNumberGenerator.GetBytes(RingKeys.KeyBytes)))]);
        LocalKeys.CreateFolder(LocalKeys.FolderOf(services));
        LocalKeys.WriteOnce(Generated, JsonSerializer.Serialize(made, Json));
        return Generated;
    }

    private sealed record RingFile(string? Active, IReadOnlyList<RingFileKey?>? Keys);

    private sealed record RingFileKey(string? Id, string? Key)
    {
        public override string ToString() => nameof(RingFileKey);
    }
}
