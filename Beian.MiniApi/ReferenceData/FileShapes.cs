using System.Collections.Frozen;
using System.Text.Json;

namespace Beian.MiniApi.ReferenceData;

/// <summary>What each data file may hold at its top, so that a misspelt name is told instead of passed over.</summary>
internal static class FileShapes
{
    /// <summary>What a file says about itself.</summary>
    private static readonly string[] About = ["source", "asOf", "version", "checkedOn", "note", "notes", "licence"];

    /// <summary>What it holds besides.</summary>
    private static readonly FrozenDictionary<string, string[]> Members = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["agreements.json"] = ["items"],
        ["approved-registrars.json"] = ["complete", "items"],
        ["area-codes.json"] = ["format", "items"],
        ["certificate-types.json"] = ["checksums", "usccStructure", "items"],
        ["common-passwords.json"] = ["items"],
        ["divisions.json"] = ["counts", "items"],
        ["domain-suffixes.json"] = ["rules", "idnMirrors", "items"],
        ["face-check-guide.json"] = ["items", "reasons"],
        ["fields.json"] = ["items"],
        ["languages.json"] = ["defaultCode", "items"],
        ["letters.json"] = ["items"],
        ["materials.json"] = ["generalRules", "uploadLimits", "formatProfiles", "providerLimits", "attachmentCodes", "imageTypes", "wechatSlots", "items"],
        ["mobile-ranges.json"] = ["items"],
        ["notification-matrix.json"] = ["items"],
        ["phone-rules.json"] = ["smsVerification", "smsTargets", "items"],
        ["pre-approval-types.json"] = ["matching", "items"],
        ["provinces.json"] = ["effectiveFrom", "enums", "filingNumber", "items"],

        // Of the shape that IANA publishes, which says where it is from in its own words.
        ["rdap-bootstrap.json"] = ["description", "publication", "services"],
        ["rejection-reasons.json"] = ["items"],
        ["resource-types.json"] = ["types"],
        ["service-contents.json"] = ["groups", "defaults", "items", "provinceRules"],
        ["site-name-rules.json"] = ["effectiveFrom", "sampleNames", "ethnicNames", "everydayWords", "items"],
        ["subject-natures.json"] = ["items"],
        ["validation-cases.json"] = ["items"],
        ["whois-servers.json"] = ["items"],
        ["working-days.json"] = ["items"],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Files whose rows, not the file, say where they are from, or that say it in another member.</summary>
    private static readonly FrozenDictionary<string, string[]> SaidElsewhere = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["rdap-bootstrap.json"] = ["description", "publication"],
        ["resource-types.json"] = ["version", "version"],
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Refuses a file that has an unknown member or does not say its source and its day. Rule packs are read whole elsewhere.</summary>
    /// <param name="file">As it was read.</param>
    /// <param name="name">Below the folder, such as <c>languages.json</c>.</param>
    public static void Check(DataFile file, string name)
    {
        if (!Members.TryGetValue(name, out var own))
        {
            return;
        }

        if (file.Root.ValueKind != JsonValueKind.Object)
        {
            throw file.Bad("the file", "is not an object");
        }

        foreach (var member in file.Root.EnumerateObject().Select(m => m.Name))
        {
            if (!own.Contains(member) && !About.Contains(member))
            {
                throw file.Bad($"'{member}'", $"is unknown at the top of the file (known are {string.Join(", ", About.Concat(own))})");
            }
        }

        if (!SaidElsewhere.TryGetValue(name, out var instead) || Says(file, "source"))
        {
            file.MustSay(Says(file, "source") ? "said" : null, "the file", "source");
            file.MustSay(Says(file, "checkedOn") || Says(file, "asOf") ? "said" : null, "the file", "checkedOn or asOf");
        }
        else
        {
            file.MustSay(instead.All(m => Says(file, m)) ? "said" : null, "the file", string.Join(" or ", instead.Distinct(StringComparer.Ordinal)));
        }
    }

    /// <summary>Refuses a file in the overlay folder that replaces nothing: it was meant to.</summary>
    public static void RefuseStrangers(string? overlay)
    {
        foreach (var path in overlay is null ? [] : Directory.EnumerateFiles(overlay, "*.json"))
        {
            if (!Members.ContainsKey(Path.GetFileName(path)))
            {
                throw new InvalidDataException($"{path}: the file replaces nothing (known are {string.Join(", ", Members.Keys.Order(StringComparer.Ordinal))}, and rule packs in the folder rules).");
            }
        }
    }

    private static bool Says(DataFile file, string member) => file.Root.TryGetProperty(member, out var value) && !string.IsNullOrWhiteSpace(value.ToString());
}
