namespace Beian.MiniApi.Domain.Materials;

/// <summary>How far the recognition of a picture came.</summary>
public enum ReadingStatus
{
    /// <summary>Something was read; what was not is null.</summary>
    Recognised = 1,

    /// <summary>The picture was looked at, and no paper could be read on it.</summary>
    Unreadable = 2,

    /// <summary>Nobody looked: no quota, no answer, or a picture too large to be sent.</summary>
    Unavailable = 3,
}

/// <summary>What was read from the picture of a paper: an aid for typing and comparing, no proof. Goes with its material. Never prints.</summary>
/// <param name="Status">How far it came.</param>
/// <param name="Code">Why nothing was read, such as <c>ocr.notFound</c>; null exactly when something was.</param>
/// <param name="ReadAt">When, in real time.</param>
public sealed record Reading(ReadingStatus Status, string? Code, DateTimeOffset ReadAt)
{
    /// <summary>The side of a card with the portrait: the part of that name in the materials data.</summary>
    public const string Front = "front";

    /// <summary>The side of a card with the emblem.</summary>
    public const string Back = "back";

    /// <summary><see cref="Front"/> or <see cref="Back"/> of an identity card; null for other papers.</summary>
    public string? Side { get; init; }

    /// <summary>Of the person or the enterprise.</summary>
    public string? Name { get; init; }

    /// <summary>Of the identity card, or the unified credit code of the enterprise.</summary>
    public string? Number { get; init; }

    /// <summary>住址 of the person, or 住所 of the enterprise.</summary>
    public string? Address { get; init; }

    /// <summary>First day of validity, <c>YYYY-MM-DD</c>.</summary>
    public string? ValidFrom { get; init; }

    /// <summary>Last day of validity, <c>YYYY-MM-DD</c> or <c>longTerm</c>.</summary>
    public string? ValidTo { get; init; }

    /// <summary>Name of the legal representative; licences only.</summary>
    public string? LegalRepresentative { get; init; }

    /// <summary>经营范围; licences only.</summary>
    public string? BusinessScope { get; init; }

    /// <summary>成立日期, <c>YYYY-MM-DD</c>; licences only.</summary>
    public string? EstablishedOn { get; init; }

    /// <summary>True when no field at all was read.</summary>
    public bool IsBlank => (Name, Number, Address, ValidFrom, ValidTo, LegalRepresentative, BusinessScope, EstablishedOn) == default;

    /// <summary>A reading that came to nothing. Whoever types what it should have read is noted for the reviewer by it.</summary>
    public static Reading Failed(DomainError why, DateTimeOffset now) =>
        new(why.Code is "ocr.notFound" or "ocr.imageInvalid" or "ocr.imageUnreachable" or "upload.tooLarge" ? ReadingStatus.Unreadable : ReadingStatus.Unavailable, why.Code, now);

    public override string ToString() => $"{nameof(Reading)} {Status}";
}
