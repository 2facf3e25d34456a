using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Beian.MiniApi.Domain.Reference;
using Beian.MiniApi.Domain.Rules.Packs;
using Beian.MiniApi.Platform;

namespace Beian.MiniApi.ReferenceData;

/// <summary>Builds the <see cref="ReferenceBook"/> from the data files, or says which row of which file is wrong.</summary>
public sealed class ReferenceDataLoader
{
    /// <summary>Data files with a version of their own.</summary>
    private static readonly string[] Versioned =
    [
        "agreements", "approved-registrars", "area-codes", "certificate-types", "divisions", "domain-suffixes", "face-check-guide", "fields", "languages", "materials",
        "notification-matrix", "phone-rules", "pre-approval-types", "provinces", "rejection-reasons", "service-contents", "site-name-rules", "subject-natures", "validation-cases", "working-days",
    ];

    /// <summary>Those among them whose rows judge filings, without the rules about names.</summary>
    private static readonly string[] Judging =
        ["area-codes", "certificate-types", "domain-suffixes", "fields", "materials", "phone-rules", "pre-approval-types", "service-contents"];

    private readonly string _folder;
    private readonly string? _overlay;
    private readonly Lazy<FrozenSet<string>> _texts;

    /// <param name="folder">Where the built-in files lie.</param>
    /// <param name="overlay">Folder whose files replace built-in ones of the same name; null for none.</param>
    public ReferenceDataLoader(string folder, string? overlay)
    {
        (_folder, _overlay) = (folder, overlay);
        _texts = new Lazy<FrozenSet<string>>(() => TextCatalogue.Load(Path.Combine(folder, "texts")).Codes.ToFrozenSet(StringComparer.Ordinal));
    }

    /// <summary>The rules over a book, built-in and laid over.</summary>
    /// <exception cref="InvalidDataException">A file or a row cannot be used; the message names both.</exception>
    public RuleBook LoadRules(ReferenceBook book)
    {
        var rows = new RulePackFiles(_folder, _overlay, book).Read();
        var nameFile = Open(NameRuleFile.Name);
        var names = NameRuleFile.Read(nameFile, book, _texts.Value);

        // The names are read again while the program runs, the other tables at its start.
        var versions = book.Tables.Versions.Where(v => Judging.Contains(v.Key)).Select(v => v.Key + "@" + v.Value).Append(NameRuleFile.Label(nameFile));
        return new RuleBook(rows, names, book.Tables.Provinces.Select(p => p.Code), [.. versions.Order(StringComparer.Ordinal)]);
    }

    /// <summary>The file of the rules about names as it is served.</summary>
    /// <exception cref="InvalidDataException">The file cannot be used.</exception>
    public JsonObject NameRules() => SourcedRows.Of(Open(NameRuleFile.Name));

    /// <exception cref="InvalidDataException">A file or a row cannot be used; the message names both.</exception>
    public ReferenceBook Load()
    {
        FileShapes.RefuseStrangers(_overlay);
        ValidationCaseFile.Read(_folder, _overlay);
        var natures = Open("subject-natures.json").Rows<SubjectNature>("items", n => Text(n.Code));
        var natureCodes = natures.Select(n => n.Code).ToHashSet();
        var divisions = PlaceData.Divisions(Open("divisions.json"));
        var provincesFile = Open("provinces.json");
        var provinces = Provinces(provincesFile, divisions);
        var provinceCodes = provinces.Select(p => p.Code).ToHashSet(StringComparer.Ordinal);
        var phones = PhoneData.Read(Open("phone-rules.json"), provinceCodes);
        var (materials, profiles) = MaterialData.Read(Open("materials.json"), natureCodes, provinceCodes);
        var (contents, groups, preApprovals) = Contents();
        var nameRules = Open(NameRuleFile.Name);
        var (suffixes, variants) = Suffixes(natureCodes, provinceCodes);
        FormData.CheckGuide(Open("face-check-guide.json"));
        FormData.CheckReasons(Open("rejection-reasons.json"), provinceCodes, materials);
        return new ReferenceBook(new ReferenceTables
        {
            Provinces = provinces,
            OnePhoneOneSubject = phones.Sharing("onePhoneOneSubject"),
            OnePersonOnePhone = phones.Sharing("onePersonOnePhone"),
            Divisions = divisions,
            SubjectNatures = natures,
            CertificateTypes = CertificateData.Types(Open("certificate-types.json"), natureCodes),
            CreditCodePrefixes = CertificateData.CreditCodePrefixes(Open("certificate-types.json")),
            ServiceContents = contents,
            ServiceContentGroups = groups,
            Languages = Open("languages.json").Rows<Language>("items", l => Text(l.Code)),
            PreApprovalTypes = preApprovals,
            CommitmentNotAcceptedFor = CommitmentNotAcceptedFor(preApprovals),
            Fields = FormData.Fields(Open("fields.json")),
            MobileRanges = MobileRanges(provinceCodes),
            EthnicNames = nameRules.Read<IReadOnlyList<string>>(nameRules.Member("ethnicNames"), "ethnicNames"),
            EverydayWords = nameRules.Read<IReadOnlyList<string>>(nameRules.Member("everydayWords"), "everydayWords"),
            Versions = Versions(),
            Materials = materials,
            FormatProfiles = profiles,
            DomainSuffixes = suffixes,
            SuffixVariants = variants,
            AreaCodes = PlaceData.AreaCodes(Open("area-codes.json"), divisions),
            SmsCapablePrefixes = phones.SmsPrefixes(),
            Notifications = NotificationData.Read(Open("notification-matrix.json")),
            WorkingDays = CalendarData.Read(Open("working-days.json")),
            Agreements = FormData.Agreements(Open("agreements.json")),
            FilingNumbers = FilingNumbers(provincesFile),
            SmsTargets = phones.SmsTargets(),
            Registrars = RegistryData.Registrars(_folder, _overlay),
            RegistryServers = new RegistryServers(RegistryData.RdapBases(Open("rdap-bootstrap.json")), RegistryData.WhoisHosts(Open("whois-servers.json"))),
        });
    }

    private static List<Province> Provinces(DataFile file, IReadOnlyList<Division> divisions)
    {
        var provinces = new List<Province>();
        foreach (var row in file.Rows<ProvinceRow>("items", p => p.Code))
        {
            var where = $"row '{row.Code}'";
            file.MustExist(divisions.Any(d => d.Code == row.Code), where, "a division");
            file.MustSay(row.Name, where, "name");
            file.MustSay(row.Basis.Count == 0 ? null : row.Basis[0], where, "source in basis");
            if (provinces.Find(p => p.FilingPrefix == row.FilingPrefix) is { } twin)
            {
                throw file.Bad(where, $"has the filing prefix '{row.FilingPrefix}' of '{twin.Code}'");
            }

            provinces.Add(new Province(row.Code, row.Name, row.ShortName, row.Authority, row.FilingPrefix, row.Region) { Notes = row.Notes, Conflicts = row.Conflicts });
        }

        return provinces;
    }

    private Dictionary<string, string> Versions()
    {
        var versions = new Dictionary<string, string>(StringComparer.Ordinal) { ["checks"] = typeof(ReferenceDataLoader).Assembly.GetName().Version?.ToString(3) ?? "0" };
        foreach (var name in Versioned)
        {
            var file = DataFile.Open(_folder, _overlay, name + ".json");
            if (file is not null)
            {
                versions[name] = file.Root.TryGetProperty("version", out var version) ? file.Read<string>(version, "version") : "unversioned";
            }
        }

        return versions;
    }

    private IReadOnlyList<string> CommitmentNotAcceptedFor(IReadOnlyList<PreApprovalType> types)
    {
        var file = Open("pre-approval-types.json");
        var matching = file.Read<PreApprovalMatchingRow>(file.Member("matching"), "matching");
        foreach (var type in matching.CommitmentNotAcceptedFor)
        {
            file.MustExist(types.Any(t => t.Id == type), "matching", $"the type '{type}'");
        }

        return matching.CommitmentNotAcceptedFor;
    }

    /// <summary>Ranges of mobile numbers; an operator who has them lays the file over.</summary>
    private List<MobileRange> MobileRanges(HashSet<string> provinces)
    {
        if (DataFile.Open(_folder, _overlay, "mobile-ranges.json") is not { } file)
        {
            return [];
        }

        var ranges = file.Rows<MobileRange>("items", r => Text(r.From)).OrderBy(r => r.From).ToList();
        for (var i = 0; i < ranges.Count; i++)
        {
            file.MustExist(provinces.Contains(ranges[i].Province), $"row '{ranges[i].From}'", $"the province '{ranges[i].Province}'");
            if (ranges[i].From < 1_000_000 || ranges[i].To > 1_999_999)
            {
                throw file.Bad($"row '{ranges[i].From}'", "is not between two values of seven digits that begin with 1");
            }

            if (ranges[i].To < ranges[i].From || (i > 0 && ranges[i - 1].To >= ranges[i].From))
            {
                throw file.Bad($"row '{ranges[i].From}'", "ends before it begins or overlaps with another");
            }
        }

        return ranges;
    }

    private static string Text(int code) => code.ToString(CultureInfo.InvariantCulture);

    private DataFile Open(string name) => DataFile.Open(_folder, _overlay, name) ?? throw new InvalidDataException($"{Path.Combine(_folder, name)} is missing.");

    private static FilingNumberForms FilingNumbers(DataFile file)
    {
        var forms = file.Read<FilingNumberRow>(file.Member("filingNumber"), "filingNumber");
        Regex Form(string pattern) => file.Pattern(pattern, "filingNumber");
        return new FilingNumberForms(Form(forms.SubjectRegex), Form(forms.ServiceRegex), Form(forms.LicenceRegex));
    }

    private (IReadOnlyList<ServiceContent> Contents, IReadOnlyList<ServiceContentGroup> Groups, IReadOnlyList<PreApprovalType> PreApprovals) Contents()
    {
        var preApprovals = Open("pre-approval-types.json").Rows<PreApprovalType>("items", p => p.Id);
        var file = Open("service-contents.json");
        var groups = file.Rows<ServiceContentGroup>("groups", g => Text(g.Code));
        var contents = file.Rows<ServiceContent>("items", c => Text(c.Code));
        foreach (var content in contents)
        {
            file.MustExist(content.Group is null || groups.Any(g => g.Code == content.Group), $"row '{content.Code}'", "a group");
            file.MustExist(content.SuggestedPreApproval.All(t => preApprovals.Any(p => p.Type == t)), $"row '{content.Code}'", "a pre-approval type");
        }

        return (contents, groups, preApprovals);
    }

    private (IReadOnlyList<DomainSuffix> Suffixes, FrozenDictionary<string, string> Variants) Suffixes(HashSet<int> natures, HashSet<string> provinces)
    {
        var file = Open("domain-suffixes.json");
        var suffixes = file.Rows<DomainSuffix>("items", s => s.Ascii);
        foreach (var suffix in suffixes)
        {
            file.MustExist(suffix.RestrictedToNatures?.All(natures.Contains) ?? true, $"row '{suffix.Ascii}'", "a subject nature");
            file.MustExist(suffix.DeniedByProvinces.All(provinces.Contains), $"row '{suffix.Ascii}'", "a province");
        }

        var variants = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var mirror in file.Rows<SuffixMirrorRow>("idnMirrors", m => m.Ascii))
        {
            file.MustExist(suffixes.Any(s => s.Ascii == mirror.Ascii), $"idnMirrors '{mirror.Ascii}'", "a suffix");
            foreach (var variant in mirror.Variants.Where(v => v.All(char.IsAscii)))
            {
                if (!variants.TryAdd(variant, mirror.Ascii))
                {
                    throw file.Bad($"idnMirrors '{mirror.Ascii}'", $"has the variant '{variant}' that another has already");
                }
            }
        }

        return (suffixes, variants.ToFrozenDictionary(StringComparer.Ordinal));
    }
}
