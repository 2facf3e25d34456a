using System.Text.Json;
using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Reference;

namespace Beian.MiniApi.ReferenceData;

/// <summary>Reads which contacts may not be shared, from the phone rules.</summary>
internal static class SharingData
{
    public static SharingRule Rule(DataFile file, string id)
    {
        var where = $"row '{id}'";
        var row = file.Member("items").EnumerateArray().FirstOrDefault(r => r.TryGetProperty("id", out var found) && found.GetString() == id);
        try
        {
            var provinces = row.GetProperty("provinces");
            return new SharingRule(
                row.GetProperty("appliesTo").GetString()!,
                provinces.ValueKind == JsonValueKind.String ? null : file.Read<IReadOnlyList<string>>(provinces, where),
                row.GetProperty("severity").GetString() == "error" ? Severity.Error : Severity.Warning);
        }
        catch (Exception e) when (e is KeyNotFoundException or InvalidOperationException)
        {
            throw new InvalidDataException($"{file.Name}: {where} {e.Message}", e);
        }
    }
}
