using System.Text.Json;
using Beian.MiniApi.Domain.Resources;
using Beian.MiniApi.Platform;

namespace Beian.MiniApi.ReferenceData;

/// <summary>Reads <c>ReferenceData/resource-types.json</c>.</summary>
internal static class ResourceTypesFile
{
    /// <exception cref="InvalidDataException">The file does not parse or contradicts itself; names the file.</exception>
    public static ResourceTypes Load(string path)
    {
        try
        {
            var document = JsonSerializer.Deserialize<Document>(File.ReadAllBytes(path), ApiJson.Data);
            return new ResourceTypes(document?.Types ?? []);
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            throw new InvalidDataException($"{path}: {e.Message}", e);
        }
    }

    private sealed record Document(string Version, IReadOnlyList<ResourceProfile> Types);
}
