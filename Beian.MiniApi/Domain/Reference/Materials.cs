namespace Beian.MiniApi.Domain.Reference;

/// <summary>How old or how long valid a paper must be.</summary>
/// <param name="MinRemainingMonths">Months of validity left at submission, or null.</param>
/// <param name="MaxAgeMonths">Months from signing to submission, or null.</param>
/// <param name="MaxAgeDays">Days from signing to submission, or null.</param>
public sealed record MaterialValidity(int? MinRemainingMonths = null, int? MaxAgeMonths = null, int? MaxAgeDays = null)
{
    /// <summary>True for a letter that must not be old.</summary>
    public bool HasAge => MaxAgeMonths is not null || MaxAgeDays is not null;
}

/// <summary>A paper or picture an applicant may have to hand in.</summary>
/// <param name="AppliesTo"><c>subject</c>, <c>person</c> or <c>website</c>.</param>
/// <param name="Required"><c>always</c>, <c>conditional</c> or <c>optional</c>.</param>
/// <param name="Natures">Natures it concerns; null for all.</param>
/// <param name="Provinces">Provinces it concerns; null for all.</param>
/// <param name="Condition">When it is due, for people; machines judge by the provinces' rules. Null when it has none.</param>
/// <param name="FilingKinds">Kinds of filing it concerns; null for all.</param>
/// <param name="FormatProfile">Id of its <see cref="Reference.FormatProfile"/>.</param>
/// <param name="Parts">Sides or sheets with names of their own; empty for a single picture.</param>
/// <param name="Validity">Age limits, or null.</param>
/// <param name="Signing">Who must sign or seal it.</param>
/// <param name="Status"><c>current</c> or <c>legacy</c>.</param>
/// <param name="NameEn">The name in English, as condition and notes; null where the data has none.</param>
public sealed record Material(
    string Id,
    string Name,
    string AppliesTo,
    string Required,
    IReadOnlyList<int>? Natures,
    IReadOnlyList<string>? Provinces,
    string? Condition,
    IReadOnlyList<string>? FilingKinds,
    string FormatProfile,
    int MinCount,
    int MaxCount,
    IReadOnlyList<string> Parts,
    MaterialValidity? Validity,
    IReadOnlyList<string> Signing,
    string? AttachmentCode,
    string Status,
    string? Notes,
    IReadOnlyList<string> Basis,
    string? NameEn = null,
    string? ConditionEn = null,
    string? NotesEn = null)
{
    /// <summary>Stands for the name in a message; see <see cref="ReferenceNames"/>.</summary>
    public string NameCode => ReferenceNames.Code("material", Id);

    /// <summary>The name in both languages.</summary>
    public LocalText Names => LocalText.Of(Name, NameEn);

    /// <summary>The condition in both languages; null when it has none.</summary>
    public LocalText? Conditions => Condition is null ? null : LocalText.Of(Condition, ConditionEn);

    /// <summary>What to mind in both languages; null when there is nothing to say.</summary>
    public LocalText? Remarks => Notes is null ? null : LocalText.Of(Notes, NotesEn);

    public bool IsCurrent => Status == "current";

    /// <summary>Whether that kind of filing, as the data names it, can ask for it.</summary>
    public bool ConcernsKind(string kind) => FilingKinds?.Contains(kind) ?? true;

    /// <summary>Whether a subject of that nature in that province can be asked for it at all.</summary>
    public bool Concerns(int nature, string province) => (Natures?.Contains(nature) ?? true) && (Provinces?.Contains(province) ?? true);
}

/// <summary>What files of a kind should look like; sizes are hints and the target of the authority's copy, not limits of ours.</summary>
/// <param name="Extensions">Empty when nothing is uploaded or nothing is published.</param>
/// <param name="MinBytes">Null when not stated.</param>
/// <param name="MaxBytes">Null when not stated.</param>
/// <param name="MinLongSide">Pixels, or null.</param>
/// <param name="MinShortSide">Pixels, or null.</param>
public sealed record FormatProfile(string Id, IReadOnlyList<string> Extensions, long? MinBytes, long? MaxBytes, int? MinLongSide, int? MinShortSide, string? Notes)
{
    /// <summary>Most bytes of the copy that is made for the authority; null where none is made.</summary>
    public long? CopyMaxBytes { get; init; }

    /// <summary>Whether that copy bears the words that it is for filing only, where the picture is free.</summary>
    public bool CopyWatermark { get; init; }

    /// <summary>False for what the face check or the agreements satisfy.</summary>
    public bool IsUploaded => Id is not ("liveness" or "electronic");

    /// <summary>
    /// Whether the authority takes a file like that, by what the data publishes; null when nothing speaks against it. An upload is judged more
    /// leniently: of a picture that is too large a smaller copy is made.
    /// </summary>
    /// <param name="extension">Ending of the file name without its dot, in any case.</param>
    /// <param name="bytes">Size of the file.</param>
    public FormatFault? Judge(string extension, long bytes) =>
        Extensions.Count > 0 && !Extensions.Contains(extension, StringComparer.OrdinalIgnoreCase) ? FormatFault.Extension
        : bytes > MaxBytes ? FormatFault.TooLarge
        : null;
}

/// <summary>What a published format has against a file.</summary>
public enum FormatFault
{
    /// <summary>Not one of the published types of file.</summary>
    Extension = 1,

    /// <summary>More bytes than published.</summary>
    TooLarge = 2,
}
