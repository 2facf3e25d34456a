using System.Globalization;
using System.Text.Json;
using Beian.MiniApi.Domain.Verification;

namespace Beian.MiniApi.Registry;

/// <summary>Reads an RDAP domain object (RFC 9083). Tolerant: members that are absent or of another shape are simply not known.</summary>
internal static class RdapAnswer
{
    private const int MaxText = 200;
    private const int MaxItems = 20;

    /// <returns>Null when the bytes are no domain object of the domain that was asked for.</returns>
    public static RegistryFacts? Read(ReadOnlyMemory<byte> body, string asciiDomain, DateTimeOffset checkedAt)
    {
        try
        {
            using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = 32 });
            var root = document.RootElement;
            return root.ValueKind == JsonValueKind.Object
                && Text(root, "objectClassName") == "domain"
                && string.Equals(Text(root, "ldhName")?.TrimEnd('.'), asciiDomain, StringComparison.OrdinalIgnoreCase)
                    ? Facts(root, checkedAt)
                    : null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a string with an unpaired surrogate.
            return null;
        }
    }

    private static RegistryFacts Facts(JsonElement root, DateTimeOffset checkedAt)
    {
        var registrar = Entity(root, "registrar");
        var expires = Event(root, "expiration");
        var (realName, since) = RealName(root);
        return new RegistryFacts
        {
            Outcome = RegistryOutcome.Found,
            Registrar = registrar is { } r ? FullName(r) : null,
            RegistrarIanaId = registrar is { } id ? IanaId(id) : null,
            RegisteredAt = Event(root, "registration"),
            ExpiresAt = expires,
            RealName = realName,
            RealNamedAt = since,
            Statuses = [.. Items(root, "status").Where(s => s.ValueKind == JsonValueKind.String).Select(s => Clip(s.GetString())!)],
            Holder = Entity(root, "registrant") is { } registrant ? Holder(registrant) : null,
            Source = "rdap",
            CheckedAt = checkedAt,
            Evidence = $"rdap: registered, expires {expires?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "not disclosed"}",
        };
    }

    private static DomainHolder? Holder(JsonElement registrant)
    {
        var name = HolderDisclosure.NameOrNull(FullName(registrant));
        var number = Text(registrant, "beian_certificateNumber");
        int? type = registrant.TryGetProperty("beian_certificateType", out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out var code) ? code : null;
        return name is null && number is null ? null : new DomainHolder(name, type, number);
    }

    /// <summary>
    /// RFC 9083 has no member for the real-name check. We read the extension <c>beian_realName</c>, <c>{ "status": "verified" or "none", "verifiedAt" }</c>, as our
    /// sandbox and willing registrars send it.
    /// </summary>
    private static (RealNameStatus Status, DateTimeOffset? Since) RealName(JsonElement root)
    {
        if (!root.TryGetProperty("beian_realName", out var member) || member.ValueKind != JsonValueKind.Object)
        {
            return (RealNameStatus.NotDisclosed, null);
        }

        return Text(member, "status") switch
        {
            "verified" => (RealNameStatus.Verified, Time(member, "verifiedAt")),
            "none" => (RealNameStatus.Missing, null),
            _ => (RealNameStatus.NotDisclosed, null),
        };
    }

    private static DateTimeOffset? Event(JsonElement root, string action)
    {
        foreach (var item in Items(root, "events"))
        {
            if (item.ValueKind == JsonValueKind.Object && Text(item, "eventAction") == action)
            {
                return Time(item, "eventDate");
            }
        }

        return null;
    }

    private static JsonElement? Entity(JsonElement root, string role)
    {
        foreach (var entity in Items(root, "entities"))
        {
            if (entity.ValueKind == JsonValueKind.Object && Items(entity, "roles").Any(r => r.ValueKind == JsonValueKind.String && r.GetString() == role))
            {
                return entity;
            }
        }

        return null;
    }

    private static string? IanaId(JsonElement registrar) => Items(registrar, "publicIds")
        .Where(p => p.ValueKind == JsonValueKind.Object && Text(p, "type") == "IANA Registrar ID")
        .Select(p => Text(p, "identifier"))
        .FirstOrDefault();

    /// <summary>The <c>org</c> of a vCard, else its <c>fn</c>; both are rows <c>[name, parameters, type, value]</c> (RFC 7095).</summary>
    private static string? FullName(JsonElement entity)
    {
        var rows = Items(entity, "vcardArray").Skip(1).Where(v => v.ValueKind == JsonValueKind.Array).SelectMany(v => v.EnumerateArray().Take(100)).ToList();
        return Value(rows, "org") ?? Value(rows, "fn");
    }

    private static string? Value(List<JsonElement> rows, string name)
    {
        foreach (var row in rows)
        {
            if (row.ValueKind == JsonValueKind.Array && row.GetArrayLength() >= 4 && row[0].ValueKind == JsonValueKind.String
                && string.Equals(row[0].GetString(), name, StringComparison.OrdinalIgnoreCase)
                && row[3].ValueKind == JsonValueKind.String && !string.IsNullOrWhiteSpace(row[3].GetString()))
            {
                return Clip(row[3].GetString());
            }
        }

        return null;
    }

    private static IEnumerable<JsonElement> Items(JsonElement parent, string member) =>
        parent.TryGetProperty(member, out var array) && array.ValueKind == JsonValueKind.Array ? array.EnumerateArray().Take(MaxItems) : [];

    private static string? Text(JsonElement parent, string member) =>
        parent.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? Clip(value.GetString()) : null;

    private static DateTimeOffset? Time(JsonElement parent, string member) =>
        DateTimeOffset.TryParse(Text(parent, member), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time.ToUniversalTime() : null;

    private static string? Clip(string? text) => text is { Length: > MaxText } ? text[..MaxText] : text;
}

/// <summary>What registries write instead of a holder's name.</summary>
internal static class HolderDisclosure
{
    private static readonly string[] Withheld = ["redacted", "privacy", "not disclosed", "withheld", "data protected", "gdpr", "*"];

    public static string? NameOrNull(string? name) =>
        string.IsNullOrWhiteSpace(name) || Withheld.Any(w => name.Contains(w, StringComparison.OrdinalIgnoreCase)) ? null : name.Trim();
}
