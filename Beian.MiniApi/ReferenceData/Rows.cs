using System.Text.Json;

namespace Beian.MiniApi.ReferenceData;

/// <summary>Rows whose shape in the file differs from what the program works with.</summary>
/// <param name="NotesEn">The notes in English, in the same order.</param>
internal sealed record ProvinceRow(
    string Code,
    string Name,
    string ShortName,
    string Authority,
    string FilingPrefix,
    string Region,
    IReadOnlyList<string> Notes,
    IReadOnlyList<Domain.Rules.Packs.RuleConflict> Conflicts,
    IReadOnlyList<string> Basis,
    string? NameEn = null,
    IReadOnlyList<string>? NotesEn = null);

internal sealed record NumberFormatRow(string Name, string Regex, string? Checksum);

internal sealed record CertificateRow(
    int Code,
    string Name,
    IReadOnlyList<int> SubjectNatures,
    bool ForPerson,
    string? NumberRegex,
    string? Checksum,
    IReadOnlyList<NumberFormatRow> AlternativeFormats,
    bool Legacy,
    string CodeConfidence,
    string? Notes,
    string? NameEn = null);

/// <summary><c>natures</c>, <c>provinces</c> and <c>filingKinds</c> are an array of codes or the word <c>all</c>.</summary>
internal sealed record MaterialRow(
    string Id,
    string Name,
    string AppliesTo,
    string Required,
    JsonElement Natures,
    JsonElement Provinces,
    string? Condition,
    JsonElement FilingKinds,
    string FormatProfile,
    int MinCount,
    int MaxCount,
    IReadOnlyList<string> Parts,
    Domain.Reference.MaterialValidity? Validity,
    IReadOnlyList<string> Signing,
    string? AttachmentCode,
    string Status,
    string? Notes,
    IReadOnlyList<string> Basis,
    string? NameEn = null,
    string? ConditionEn = null,
    string? NotesEn = null);

internal sealed record SuffixMirrorRow(string Unicode, string Ascii, IReadOnlyList<string> Variants);

internal sealed record HolidayRow(DateOnly From, DateOnly To, string Name);

internal sealed record YearRow(int Year, IReadOnlyList<HolidayRow> Holidays, IReadOnlyList<DateOnly> MakeUpWorkdays);

internal sealed record WhoisRow(string Suffix, string Unicode, string Host);

internal sealed record FilingNumberRow(string SubjectRegex, string ServiceRegex, string LicenceRegex, string? Notes);

internal sealed record PreApprovalMatchingRow(
    string ServiceName, string ServiceContent, string SubjectName, string BusinessScope, IReadOnlyList<string> CommitmentNotAcceptedFor, string CommitmentMaterial);
