using System.Globalization;
using System.Text;
using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Verification;

namespace Beian.MiniApi.Registry;

/// <summary>Reads the <c>name: value</c> lines of a WHOIS answer, as CNNIC writes them and as ICANN's registries do.</summary>
internal static class WhoisAnswer
{
    private const int MaxLines = 500;
    private const int MaxText = 200;

    private static readonly string[] Absent = ["no matching record", "no match for", "no data found", "domain not found", "not found", "is available for registration"];

    /// <returns>Null when the answer neither is about that domain nor says that there is none.</returns>
    public static RegistryFacts? Read(ReadOnlySpan<byte> body, string asciiDomain, DateTimeOffset checkedAt)
    {
        var fields = new List<(string Name, string Value)>();
        var notFound = false;
        foreach (var line in Encoding.UTF8.GetString(body).Split('\n').Take(MaxLines))
        {
            var text = line.Trim();
            var colon = text.IndexOf(':', StringComparison.Ordinal);
            if (colon > 0 && colon < text.Length - 1)
            {
                var value = text[(colon + 1)..].Trim();
                fields.Add((text[..colon].Trim(), value.Length > MaxText ? value[..MaxText] : value));
            }

            notFound |= fields.Count == 0 && Absent.Any(a => text.StartsWith(a, StringComparison.OrdinalIgnoreCase));
        }

        if (string.Equals(Find(fields, "Domain Name")?.TrimEnd('.'), asciiDomain, StringComparison.OrdinalIgnoreCase))
        {
            return Facts(fields, checkedAt);
        }

        return notFound ? RegistryFacts.NotRegistered("whois", checkedAt) : null;
    }

    private static RegistryFacts Facts(List<(string Name, string Value)> fields, DateTimeOffset checkedAt)
    {
        var expires = Time(Find(fields, "Expiration Time", "Registry Expiry Date", "Expiration Date"));
        var verified = Time(Find(fields, "Real Name Verified Time"));
        return new RegistryFacts
        {
            Outcome = RegistryOutcome.Found,
            Registrar = Find(fields, "Sponsoring Registrar", "Registrar"),
            RegistrarIanaId = Find(fields, "Registrar IANA ID"),
            RegisteredAt = Time(Find(fields, "Registration Time", "Creation Date")),
            ExpiresAt = expires,
            RealName = RealName(Find(fields, "Real Name Status"), verified),
            RealNamedAt = verified,
            Statuses = [.. fields.Where(f => Is(f.Name, "Domain Status")).Select(f => f.Value.Split(' ')[0]).Take(20)],
            Holder = Holder(fields),
            Source = "whois",
            CheckedAt = checkedAt,
            Evidence = $"whois: registered, expires {expires?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "not disclosed"}",
        };
    }

    private static RealNameStatus RealName(string? status, DateTimeOffset? verified) => status?.ToLowerInvariant() switch
    {
        "none" => RealNameStatus.Missing,
        "verified" => RealNameStatus.Verified,
        _ => verified is null ? RealNameStatus.NotDisclosed : RealNameStatus.Verified,
    };

    private static DomainHolder? Holder(List<(string Name, string Value)> fields)
    {
        var name = HolderDisclosure.NameOrNull(Find(fields, "Registrant", "Registrant Organization", "Registrant Name"));
        var number = Find(fields, "Registrant Certificate Number");
        int? type = int.TryParse(Find(fields, "Registrant Certificate Type"), NumberStyles.None, CultureInfo.InvariantCulture, out var code) ? code : null;
        return name is null && number is null ? null : new DomainHolder(name, type, number);
    }

    /// <summary>The first value of the first of those names that occurs.</summary>
    private static string? Find(List<(string Name, string Value)> fields, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            foreach (var field in fields)
            {
                if (Is(field.Name, name))
                {
                    return field.Value;
                }
            }
        }

        return null;
    }

    private static bool Is(string a, string b) => string.Equals(a, b, StringComparison.OrdinalIgnoreCase);

    /// <summary>CNNIC writes local time without an offset, ICANN's registries UTC with a Z.</summary>
    private static DateTimeOffset? Time(string? text)
    {
        if (DateTime.TryParseExact(text, ["yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var local) && local.Year > 1)
        {
            return new DateTimeOffset(local, ChinaTime.Offset).ToUniversalTime();
        }

        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time.ToUniversalTime() : null;
    }
}
