using System.Collections.Frozen;
using System.Text.Json;
using Beian.MiniApi.Domain.Reference;

namespace Beian.MiniApi.ReferenceData;

/// <summary>The files about registries and registrars.</summary>
internal static class RegistryData
{
    /// <summary>The list of registrars; without a file nothing is known.</summary>
    public static RegistrarList Registrars(string folder, string? overlay) =>
        DataFile.Open(folder, overlay, "approved-registrars.json") is { } file
            ? new RegistrarList(file.Member("complete").ValueKind == JsonValueKind.True, file.Rows<Registrar>("items", r => r.IanaId ?? r.Name))
            : new RegistrarList(false, []);

    public static FrozenDictionary<string, IReadOnlyList<Uri>> RdapBases(DataFile file)
    {
        var bases = new Dictionary<string, IReadOnlyList<Uri>>(StringComparer.Ordinal);
        foreach (var (index, service) in file.Rows<IReadOnlyList<IReadOnlyList<string>>>("services", null).Index())
        {
            if (service.Count != 2 || !service[1].All(u => Uri.TryCreate(u, UriKind.Absolute, out var uri) && uri.Scheme is "https" or "http"))
            {
                throw file.Bad($"services[{index}]", "is not a list of suffixes with a list of addresses");
            }

            foreach (var suffix in service[0])
            {
                if (bases.ContainsKey(suffix.ToLowerInvariant()))
                {
                    throw file.Bad($"services[{index}]", $"repeats the suffix '{suffix}'");
                }

                bases[suffix.ToLowerInvariant()] = [.. service[1].Select(u => new Uri(u.EndsWith('/') ? u : u + "/")).OrderByDescending(u => u.Scheme, StringComparer.Ordinal)];
            }
        }

        return bases.ToFrozenDictionary(StringComparer.Ordinal);
    }

    public static FrozenDictionary<string, string> WhoisHosts(DataFile file) =>
        file.Rows<WhoisRow>("items", r => r.Suffix).ToFrozenDictionary(r => r.Suffix, r => r.Host, StringComparer.Ordinal);
}
