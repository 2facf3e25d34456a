using Beian.MiniApi.Domain.Resources;

namespace Beian.MiniApi.ReferenceData;

/// <summary>Reads <c>resource-types.json</c>.</summary>
internal static class ResourceTypesFile
{
    private const string Name = "resource-types.json";

    /// <param name="folder">Where the built-in file lies.</param>
    /// <param name="overlay">Folder whose file of the same name replaces it; null for none.</param>
    /// <exception cref="InvalidDataException">The file does not parse or contradicts itself; names file and row.</exception>
    public static ResourceTypes Load(string folder, string? overlay)
    {
        var file = DataFile.Open(folder, overlay, Name) ?? throw new InvalidDataException($"{Path.Combine(folder, Name)} is missing.");
        var rows = file.Rows<ResourceProfile>("types", p => p.Type);
        foreach (var row in rows)
        {
            file.MustSay(row.Source, $"row '{row.Type}'", "source");
        }

        try
        {
            return new ResourceTypes(rows);
        }
        catch (ArgumentException e)
        {
            throw new InvalidDataException($"{file.Name}: {e.Message}", e);
        }
    }
}
