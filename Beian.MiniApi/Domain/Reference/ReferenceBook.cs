using System.Collections.Frozen;
using System.Globalization;
using Beian.MiniApi.Domain.Messages;
using Beian.MiniApi.Domain.Rules.Packs;

namespace Beian.MiniApi.Domain.Reference;

/// <summary>The rows of every reference table, in the order of their files.</summary>
public sealed record ReferenceTables
{
    public required IReadOnlyList<Province> Provinces { get; init; }

    /// <summary>The provinces of the tree; Hong Kong, Macao and Taiwan have no filing authority and are absent.</summary>
    public required IReadOnlyList<Division> Divisions { get; init; }

    public required IReadOnlyList<SubjectNature> SubjectNatures { get; init; }

    public required IReadOnlyList<CertificateType> CertificateTypes { get; init; }

    public required IReadOnlyList<CreditCodePrefix> CreditCodePrefixes { get; init; }

    public required IReadOnlyList<ServiceContent> ServiceContents { get; init; }

    public required IReadOnlyList<ServiceContentGroup> ServiceContentGroups { get; init; }

    public required IReadOnlyList<Language> Languages { get; init; }

    public required IReadOnlyList<PreApprovalType> PreApprovalTypes { get; init; }

    public required IReadOnlyList<Material> Materials { get; init; }

    public required IReadOnlyList<FormatProfile> FormatProfiles { get; init; }

    public required IReadOnlyList<DomainSuffix> DomainSuffixes { get; init; }

    /// <summary>Other spellings of a suffix, in A-label form, each with the suffix it stands for.</summary>
    public required IReadOnlyDictionary<string, string> SuffixVariants { get; init; }

    public required IReadOnlyList<AreaCode> AreaCodes { get; init; }

    /// <summary>Ranges of mobile numbers with the province they were given in; empty when an operator supplies none.</summary>
    public required IReadOnlyList<MobileRange> MobileRanges { get; init; }

    /// <summary>Names of peoples that stand in names of autonomous places.</summary>
    public required IReadOnlyList<string> EthnicNames { get; init; }

    /// <summary>Words in which the characters of a place stand by chance.</summary>
    public required IReadOnlyList<string> EverydayWords { get; init; }

    /// <summary>Pre-approval types for which no letter says that nothing is involved.</summary>
    public required IReadOnlyList<string> CommitmentNotAcceptedFor { get; init; }

    /// <summary>The fields of a filing.</summary>
    public required IReadOnlyList<FieldRow> Fields { get; init; }

    /// <summary>Version of each data file, by its name without ending.</summary>
    public required IReadOnlyDictionary<string, string> Versions { get; init; }

    /// <summary>First three digits of mobile numbers the authority's text messages reach.</summary>
    public required IReadOnlyList<string> SmsCapablePrefixes { get; init; }

    /// <summary>One mobile belongs to one subject.</summary>
    public required SharingRule OnePhoneOneSubject { get; init; }

    /// <summary>Two people never share a mobile or an e-mail address.</summary>
    public required SharingRule OnePersonOnePhone { get; init; }

    public required WorkingDays WorkingDays { get; init; }

    /// <summary>By which ways each event is told.</summary>
    public required NotificationMatrix Notifications { get; init; }

    public required RegistrarList Registrars { get; init; }

    /// <summary>The texts a submission accepts, each in its current version.</summary>
    public required IReadOnlyList<AgreementVersion> Agreements { get; init; }

    public required FilingNumberForms FilingNumbers { get; init; }

    /// <summary>Which principals verify by SMS, by kind of filing as the data names it: <c>subjectPrincipal</c>, <c>sitePrincipal</c>.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<string>> SmsTargets { get; init; }

    public required RegistryServers RegistryServers { get; init; }
}

/// <summary>Everything the published lists say, with look-ups by code. Immutable; built once at start. A look-up answers null for an unknown code.</summary>
public sealed class ReferenceBook
{
    private readonly FrozenDictionary<string, Province> _provinces;
    private readonly FrozenDictionary<string, Division> _provinceDivisions;
    private readonly FrozenDictionary<string, (Division City, string Province)> _cities;
    private readonly FrozenDictionary<string, (Division District, string City)> _districts;
    private readonly FrozenDictionary<int, SubjectNature> _natures;
    private readonly FrozenDictionary<int, CertificateType> _certificates;
    private readonly FrozenDictionary<string, CreditCodePrefix> _creditCodePrefixes;
    private readonly FrozenDictionary<int, ServiceContent> _contents;
    private readonly FrozenDictionary<int, Language> _languages;
    private readonly FrozenDictionary<string, PreApprovalType> _preApprovals;
    private readonly FrozenDictionary<string, Material> _materials;
    private readonly FrozenDictionary<string, FormatProfile> _profiles;
    private readonly FrozenDictionary<string, DomainSuffix> _suffixes;
    private readonly FrozenDictionary<string, AreaCode> _areaCodes;
    private readonly FrozenSet<string> _smsPrefixes;
    private readonly FrozenDictionary<string, WordList> _preApprovalWords;
    private readonly FrozenDictionary<string, FieldRow> _fields;
    private readonly MobileRange[] _mobileRanges;

    /// <exception cref="ArgumentException">A code stands twice in a table.</exception>
    public ReferenceBook(ReferenceTables tables)
    {
        Tables = tables;
        _provinces = tables.Provinces.ToFrozenDictionary(p => p.Code, StringComparer.Ordinal);
        _provinceDivisions = tables.Divisions.ToFrozenDictionary(d => d.Code, StringComparer.Ordinal);
        _cities = tables.Divisions.SelectMany(p => (p.Children ?? []).Select(c => (City: c, Province: p.Code))).ToFrozenDictionary(c => c.City.Code, StringComparer.Ordinal);
        _districts = _cities.Values.SelectMany(c => (c.City.Children ?? []).Select(d => (District: d, City: c.City.Code))).ToFrozenDictionary(d => d.District.Code, StringComparer.Ordinal);
        _natures = tables.SubjectNatures.ToFrozenDictionary(n => n.Code);
        _certificates = tables.CertificateTypes.ToFrozenDictionary(c => c.Code);
        _creditCodePrefixes = tables.CreditCodePrefixes.ToFrozenDictionary(p => p.Prefix, StringComparer.Ordinal);
        _contents = tables.ServiceContents.ToFrozenDictionary(c => c.Code);
        _languages = tables.Languages.ToFrozenDictionary(l => l.Code);
        _preApprovals = tables.PreApprovalTypes.ToFrozenDictionary(p => p.Id, StringComparer.Ordinal);
        _materials = tables.Materials.ToFrozenDictionary(m => m.Id, StringComparer.Ordinal);
        _profiles = tables.FormatProfiles.ToFrozenDictionary(p => p.Id, StringComparer.Ordinal);
        _suffixes = tables.DomainSuffixes.ToFrozenDictionary(s => s.Ascii, StringComparer.Ordinal);
        _areaCodes = tables.AreaCodes.ToFrozenDictionary(a => a.DivisionCode, StringComparer.Ordinal);
        _smsPrefixes = tables.SmsCapablePrefixes.ToFrozenSet(StringComparer.Ordinal);
        _preApprovalWords = tables.PreApprovalTypes.ToFrozenDictionary(p => p.Id, p => new WordList(p.Keywords), StringComparer.Ordinal);
        _fields = tables.Fields.ToFrozenDictionary(f => f.Id, StringComparer.Ordinal);
        _mobileRanges = [.. tables.MobileRanges.OrderBy(r => r.From)];
        Places = new PlaceNames(tables.Provinces, tables.Divisions, tables.EthnicNames, tables.EverydayWords);
    }

    /// <summary>The tables as lists.</summary>
    public ReferenceTables Tables { get; }

    /// <summary>Finds names of places in a text.</summary>
    public PlaceNames Places { get; }

    public WorkingDays WorkingDays => Tables.WorkingDays;

    public RegistrarList Registrars => Tables.Registrars;

    public Province? FindProvince(string? code) => Find(_provinces, code);

    /// <summary>A division of the second level.</summary>
    public Division? FindCity(string? code) => code is not null && _cities.TryGetValue(code, out var row) ? row.City : null;

    /// <summary>A division of the third level; for a city without any, the city itself.</summary>
    public Division? FindDistrict(string? code) =>
        code is null ? null : _districts.TryGetValue(code, out var row) ? row.District : FindCity(code) is { } city && !HasDistricts(city) ? city : null;

    /// <summary>Whether the three belong together; where a city has no districts its own code stands for one.</summary>
    public bool IsRegion(string? province, string? city, string? district)
    {
        if (province is null || city is null || district is null
            || !_provinceDivisions.ContainsKey(province) || !_cities.TryGetValue(city, out var row) || row.Province != province)
        {
            return false;
        }

        return HasDistricts(row.City) ? _districts.TryGetValue(district, out var found) && found.City == city : district == city;
    }

    public SubjectNature? FindNature(int? code) => Find(_natures, code);

    public CertificateType? FindCertificateType(int? code) => Find(_certificates, code);

    /// <summary>What a unified social credit code's first two characters tell.</summary>
    public CreditCodePrefix? FindCreditCodePrefix(string? creditCode) => creditCode is { Length: >= 2 } ? Find(_creditCodePrefixes, creditCode[..2]) : null;

    public ServiceContent? FindServiceContent(int? code) => Find(_contents, code);

    public Language? FindLanguage(int? code) => Find(_languages, code);

    public PreApprovalType? FindPreApprovalType(string? id) => Find(_preApprovals, id);

    public Material? FindMaterial(string? id) => Find(_materials, id);

    public FormatProfile? FindFormatProfile(string? id) => Find(_profiles, id);

    /// <summary>A suffix by its A-label form, approved or not.</summary>
    public DomainSuffix? FindSuffix(string? ascii) => Find(_suffixes, ascii);

    /// <summary>Telephone area codes of a city, or of a county directly under its province.</summary>
    public AreaCode? FindAreaCode(string? divisionCode) => Find(_areaCodes, divisionCode);

    /// <summary>Whether the authority's text messages are known to reach a mobile number of 11 digits.</summary>
    public bool ReceivesSms(string mobile) => mobile.Length >= 3 && _smsPrefixes.Contains(mobile[..3]);

    /// <summary>The city a district belongs to; null for an unknown one.</summary>
    public string? CityOf(string district) => _districts.TryGetValue(district, out var row) ? row.City : null;

    /// <summary>The words that hint at a pre-approval type.</summary>
    public WordList WordsOf(PreApprovalType type) => _preApprovalWords.GetValueOrDefault(type.Id, WordList.None);

    public FieldRow? FindField(string? id) => Find(_fields, id);

    /// <summary>The province a mobile number of 11 digits was given in; null when no range tells.</summary>
    public string? ProvinceOfMobile(string mobile)
    {
        if (_mobileRanges.Length == 0 || mobile.Length < MobileRange.Digits || !int.TryParse(mobile.AsSpan(0, MobileRange.Digits), NumberStyles.None, CultureInfo.InvariantCulture, out var head))
        {
            return null;
        }

        var low = 0;
        var high = _mobileRanges.Length - 1;
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var range = _mobileRanges[middle];
            if (head >= range.From && head <= range.To)
            {
                return range.Province;
            }

            (low, high) = head < range.From ? (low, middle - 1) : (middle + 1, high);
        }

        return null;
    }

    /// <summary>What a finding names when a row of a data file judged.</summary>
    /// <param name="file">Name of the file without ending.</param>
    /// <param name="row">Code or id of the row.</param>
    public RuleRef RefOf(string file, string row) => new(file + "." + row, file + "@" + Tables.Versions.GetValueOrDefault(file, "0"));

    private static bool HasDistricts(Division city) => city.Children is { Count: > 0 };

    private static T? Find<T>(FrozenDictionary<string, T> table, string? key)
        where T : class => key is null ? null : table.GetValueOrDefault(key);

    private static T? Find<T>(FrozenDictionary<int, T> table, int? key)
        where T : class => key is null ? null : table.GetValueOrDefault(key.Value);
}
