using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Reference;
using Beian.MiniApi.Domain.Rules.Packs;

namespace Beian.MiniApi.ReferenceData;

/// <summary>Builds the <see cref="ReferenceBook"/> from the data files, or says which row of which file is wrong.</summary>
public sealed class ReferenceDataLoader
{
    private static readonly TimeSpan MatchTimeout = TimeSpan.FromMilliseconds(100);

    /// <summary>Data files with a version of their own.</summary>
    private static readonly string[] Versioned =
    [
        "agreements", "approved-registrars", "area-codes", "certificate-types", "divisions", "domain-suffixes", "face-check-guide", "fields", "languages", "materials",
        "phone-rules", "pre-approval-types", "provinces", "rejection-reasons", "service-contents", "site-name-rules", "subject-natures", "validation-cases", "working-days",
    ];

    /// <summary>Those among them whose rows judge filings.</summary>
    private static readonly string[] Judging =
        ["area-codes", "certificate-types", "domain-suffixes", "fields", "materials", "phone-rules", "pre-approval-types", "service-contents", "site-name-rules"];

    private readonly string _folder;
    private readonly string? _overlay;

    /// <param name="folder">Where the built-in files lie.</param>
    /// <param name="overlay">Folder whose files replace built-in ones of the same name; null for none.</param>
    public ReferenceDataLoader(string folder, string? overlay) => (_folder, _overlay) = (folder, overlay);

    /// <summary>The rules over a book, built-in and laid over.</summary>
    /// <exception cref="InvalidDataException">A file or a row cannot be used; the message names both.</exception>
    public RuleBook LoadRules(ReferenceBook book)
    {
        var rows = new RulePackFiles(_folder, _overlay, book).Read();
        var names = NameRuleFile.Read(Open("site-name-rules.json"), book);
        string[] tables = [.. book.Tables.Versions.Where(v => Judging.Contains(v.Key)).Select(v => v.Key + "@" + v.Value).Order(StringComparer.Ordinal)];
        return new RuleBook(rows, names, book.Tables.Provinces.Select(p => p.Code), tables);
    }

    /// <exception cref="InvalidDataException">A file or a row cannot be used; the message names both.</exception>
    public ReferenceBook Load()
    {
        var natures = Open("subject-natures.json").Rows<SubjectNature>("items", n => Text(n.Code));
        var natureCodes = natures.Select(n => n.Code).ToHashSet();
        var divisions = Open("divisions.json").Rows<Division>("items", d => d.Code);
        var provincesFile = Open("provinces.json");
        var provinces = provincesFile.Rows<ProvinceRow>("items", p => p.Code);
        foreach (var province in provinces)
        {
            provincesFile.MustExist(divisions.Any(d => d.Code == province.Code), $"row '{province.Code}'", "a division");
        }

        var provinceCodes = provinces.Select(p => p.Code).ToHashSet(StringComparer.Ordinal);
        var certificatesFile = Open("certificate-types.json");
        var (materials, profiles) = Materials(natureCodes, provinceCodes);
        var (contents, groups, preApprovals) = Contents();
        var nameRules = Open("site-name-rules.json");
        var (suffixes, variants) = Suffixes(natureCodes, provinceCodes);
        return new ReferenceBook(new ReferenceTables
        {
            Provinces = [.. provinces.Select(p => new Province(p.Code, p.Name, p.ShortName, p.Authority, p.FilingPrefix, p.Region) { Notes = p.Notes, Conflicts = p.Conflicts })],
            OnePhoneOneSubject = SharingData.Rule(Open("phone-rules.json"), "onePhoneOneSubject"),
            OnePersonOnePhone = SharingData.Rule(Open("phone-rules.json"), "onePersonOnePhone"),
            Divisions = divisions,
            SubjectNatures = natures,
            CertificateTypes = Certificates(certificatesFile, natureCodes),
            CreditCodePrefixes = [.. certificatesFile.Member("usccStructure").GetProperty("prefixes").EnumerateArray().Select(p => certificatesFile.Read<CreditCodePrefix>(p, "usccStructure.prefixes"))],
            ServiceContents = contents,
            ServiceContentGroups = groups,
            Languages = Open("languages.json").Rows<Language>("items", l => Text(l.Code)),
            PreApprovalTypes = preApprovals,
            CommitmentNotAcceptedFor = CommitmentNotAcceptedFor(preApprovals),
            Fields = Open("fields.json").Rows<FieldRow>("items", f => f.Id),
            MobileRanges = MobileRanges(provinceCodes),
            EthnicNames = nameRules.Read<IReadOnlyList<string>>(nameRules.Member("ethnicNames"), "ethnicNames"),
            Versions = Versions(),
            Materials = materials,
            FormatProfiles = profiles,
            DomainSuffixes = suffixes,
            SuffixVariants = variants,
            AreaCodes = AreaCodes(divisions),
            SmsCapablePrefixes = SmsPrefixes(),
            WorkingDays = Calendar(),
            Agreements = [.. Open("agreements.json").Member("items").EnumerateArray().Select(Agreement)],
            FilingNumbers = FilingNumbers(provincesFile),
            SmsTargets = SmsTargets(),
            Registrars = RegistryData.Registrars(_folder, _overlay),
            RegistryServers = new RegistryServers(RegistryData.RdapBases(Open("rdap-bootstrap.json")), RegistryData.WhoisHosts(Open("whois-servers.json"))),
        });
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
            if (ranges[i].To < ranges[i].From || (i > 0 && ranges[i - 1].To >= ranges[i].From))
            {
                throw file.Bad($"row '{ranges[i].From}'", "ends before it begins or overlaps with another");
            }
        }

        return ranges;
    }

    private static string Text(int code) => code.ToString(CultureInfo.InvariantCulture);

    private DataFile Open(string name) => DataFile.Open(_folder, _overlay, name) ?? throw new InvalidDataException($"{Path.Combine(_folder, name)} is missing.");

    private static AgreementVersion Agreement(JsonElement row)
    {
        var title = row.GetProperty("title");
        return new AgreementVersion(
            row.GetProperty("id").GetString()!, row.GetProperty("version").GetString()!, title.GetProperty("zh").GetString()!, title.GetProperty("en").GetString()!);
    }

    private static FilingNumberForms FilingNumbers(DataFile file)
    {
        var forms = file.Read<FilingNumberRow>(file.Member("filingNumber"), "filingNumber");
        static Regex Form(string pattern) => new(pattern, RegexOptions.CultureInvariant, MatchTimeout);
        return new FilingNumberForms(Form(forms.SubjectRegex), Form(forms.ServiceRegex), Form(forms.LicenceRegex));
    }

    /// <summary>The column for websites; the data calls a site's principal siteManager.</summary>
    private Dictionary<string, IReadOnlyList<string>> SmsTargets() => Open("phone-rules.json").Member("smsTargets").EnumerateArray()
        .Where(r => r.GetProperty("website").ValueKind == JsonValueKind.Array)
        .ToDictionary(
            r => r.GetProperty("kind").GetString()!,
            IReadOnlyList<string> (r) => [.. r.GetProperty("website").EnumerateArray().Select(t => t.GetString() == "siteManager" ? "sitePrincipal" : t.GetString()!)],
            StringComparer.Ordinal);

    private static List<CertificateType> Certificates(DataFile file, HashSet<int> natures)
    {
        var patterns = new Dictionary<string, Regex>(StringComparer.Ordinal);
        NumberFormat Format(string where, string? name, string pattern, string? checksum)
        {
            if (!patterns.TryGetValue(pattern, out var regex))
            {
                try
                {
                    regex = patterns[pattern] = new Regex(pattern, RegexOptions.CultureInvariant, MatchTimeout);
                }
                catch (ArgumentException e)
                {
                    throw new InvalidDataException($"{file.Name}: {where} {e.Message}", e);
                }
            }

            var method = Checksum.None;
            if (checksum is not null && !Enum.TryParse(checksum, ignoreCase: true, out method))
            {
                throw file.Bad(where, $"names the unknown checksum '{checksum}'");
            }

            return new NumberFormat(name, regex, method);
        }

        var types = new List<CertificateType>();
        foreach (var row in file.Rows<CertificateRow>("items", r => Text(r.Code)))
        {
            var where = $"row '{row.Code}'";
            file.MustExist(row.SubjectNatures.All(natures.Contains), where, "a subject nature");
            types.Add(new CertificateType(
                row.Code,
                row.Name,
                row.SubjectNatures,
                row.ForPerson,
                row.NumberRegex is null ? null : Format(where, null, row.NumberRegex, row.Checksum),
                [.. row.AlternativeFormats.Select(a => Format(where, a.Name, a.Regex, a.Checksum))],
                row.Legacy,
                row.Notes));
        }

        return types;
    }

    private (IReadOnlyList<Material> Materials, IReadOnlyList<FormatProfile> Profiles) Materials(HashSet<int> natures, HashSet<string> provinces)
    {
        var file = Open("materials.json");
        var profiles = file.Rows<FormatProfile>("formatProfiles", p => p.Id);
        var materials = new List<Material>();
        foreach (var row in file.Rows<MaterialRow>("items", m => m.Id))
        {
            var where = $"row '{row.Id}'";
            var rowNatures = AllOr<int>(file, row.Natures, where, "natures");
            var rowProvinces = AllOr<string>(file, row.Provinces, where, "provinces");
            file.MustExist(rowNatures?.All(natures.Contains) ?? true, where, "a subject nature");
            file.MustExist(rowProvinces?.All(provinces.Contains) ?? true, where, "a province");
            file.MustExist(profiles.Any(p => p.Id == row.FormatProfile), where, "a format profile");
            if (row.MinCount < 0 || row.MaxCount < row.MinCount)
            {
                throw file.Bad(where, "has counts that contradict each other");
            }

            materials.Add(new Material(
                row.Id, row.Name, row.AppliesTo, row.Required, rowNatures, rowProvinces, row.Condition, AllOr<string>(file, row.FilingKinds, where, "filingKinds"), row.FormatProfile, row.MinCount, row.MaxCount, row.Parts, row.Validity, row.Signing, row.AttachmentCode, row.Status, row.Notes, row.Basis));
        }

        return (materials, profiles);
    }

    /// <returns>Null for the word "all".</returns>
    private static IReadOnlyList<T>? AllOr<T>(DataFile file, JsonElement value, string where, string member) =>
        value.ValueKind == JsonValueKind.String
            ? value.GetString() == "all" ? null : throw file.Bad(where, $"{member} is neither an array nor all")
            : file.Read<IReadOnlyList<T>>(value, where);

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
                variants[variant] = mirror.Ascii;
            }
        }

        return (suffixes, variants.ToFrozenDictionary(StringComparer.Ordinal));
    }

    private IReadOnlyList<AreaCode> AreaCodes(IReadOnlyList<Division> divisions)
    {
        var file = Open("area-codes.json");
        var rows = file.Rows<AreaCode>("items", a => a.DivisionCode);
        var cities = divisions.SelectMany(p => p.Children ?? []).ToList();
        var known = cities.Concat(cities.SelectMany(c => c.Children ?? [])).Select(d => d.Code).ToHashSet(StringComparer.Ordinal);
        foreach (var row in rows)
        {
            file.MustExist(known.Contains(row.DivisionCode), $"row '{row.DivisionCode}'", "a city or county");
        }

        return rows;
    }

    private IReadOnlyList<string> SmsPrefixes()
    {
        var file = Open("phone-rules.json");
        var row = file.Member("items").EnumerateArray().FirstOrDefault(r => r.TryGetProperty("id", out var id) && id.GetString() == "smsCapablePrefixes");
        return row.ValueKind == JsonValueKind.Object && row.TryGetProperty("value", out var value)
            ? file.Read<IReadOnlyList<string>>(value, "row 'smsCapablePrefixes'")
            : throw file.Bad("row 'smsCapablePrefixes'", "is missing");
    }

    private WorkingDays Calendar()
    {
        var file = Open("working-days.json");
        var years = file.Rows<YearRow>("items", y => Text(y.Year));
        var holidays = new List<DateOnly>();
        foreach (var holiday in years.SelectMany(y => y.Holidays))
        {
            if (holiday.To < holiday.From || holiday.To.DayNumber - holiday.From.DayNumber > 31)
            {
                throw file.Bad($"'{holiday.Name}' from {holiday.From:O}", "ends before it begins or lasts over a month");
            }

            holidays.AddRange(Enumerable.Range(0, holiday.To.DayNumber - holiday.From.DayNumber + 1).Select(holiday.From.AddDays));
        }

        return new WorkingDays(years.Select(y => y.Year), holidays, years.SelectMany(y => y.MakeUpWorkdays));
    }
}
