using System.Text.Json;
using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Reference;

namespace Beian.MiniApi.ReferenceData;

/// <summary>Reads which contacts may not be shared, from the provinces and the phone rules.</summary>
internal static class SharingData
{
    public static Province WithSwitches(DataFile file, ProvinceRow row) => new(row.Code, row.Name, row.ShortName, row.Authority, row.FilingPrefix, row.Region)
    {
        PhoneUniqueAcrossSubjects = Switch(file, row, "phoneUniqueAcrossSubjects"),
        IdNumberUniqueAcrossSubjects = Switch(file, row, "idNumberUniqueAcrossSubjects"),
    };

    /// <summary>A switch of a province's rules: true, false, or null where its sources say nothing.</summary>
    private static bool? Switch(DataFile file, ProvinceRow row, string name) =>
        row.Rules.ValueKind == JsonValueKind.Object && row.Rules.TryGetProperty(name, out var value)
            ? value.ValueKind switch
            {
                JsonValueKind.True => true,
                JsonValueKind.False => false,
                JsonValueKind.Null => null,
                _ => throw file.Bad($"row '{row.Code}'", $"{name} is neither true, false nor null"),
            }
            : throw file.Bad($"row '{row.Code}'", $"{name} is missing");

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
