namespace Beian.MiniApi.WeChat.Models;

/// <summary>A picture to be read. Never prints.</summary>
/// <param name="Bytes">JPEG, PNG or BMP of less than <see cref="MaxBytes"/>; a longer one is refused here with <c>ocr.imageInvalid</c>.</param>
/// <param name="FileName">Sent along; what is no ASCII letter, digit, dot, hyphen or underscore becomes an underscore. Null for a neutral name.</param>
public sealed record WeChatPicture(ReadOnlyMemory<byte> Bytes, string? FileName = null)
{
    /// <summary>WeChat takes pictures below 2 MB.</summary>
    public const int MaxBytes = 2_000_000;

    public override string ToString() => nameof(WeChatPicture);
}

/// <summary>Which side of an identity card a picture shows.</summary>
public enum WeChatCardSide
{
    /// <summary>The side with the portrait.</summary>
    Front = 1,

    /// <summary>The side with the national emblem.</summary>
    Back = 2,
}

/// <summary>What was read from an identity card; what was not found is null. Never prints.</summary>
/// <param name="Side">Which side it is; the members of the other side are null.</param>
/// <param name="Name">Front.</param>
/// <param name="Number">Front.</param>
/// <param name="Address">Front.</param>
/// <param name="Gender">Front: <c>男</c> or <c>女</c>.</param>
/// <param name="Nationality">Front: the ethnic group (民族), such as <c>汉</c>.</param>
/// <param name="ValidFrom">Back: first day of validity.</param>
/// <param name="ValidTo">Back: last day; null when it is long-term or was not read.</param>
/// <param name="IsLongTerm">Back: true when the card says 长期.</param>
public sealed record WeChatIdCard(
    WeChatCardSide Side,
    string? Name,
    string? Number,
    string? Address,
    string? Gender,
    string? Nationality,
    DateOnly? ValidFrom,
    DateOnly? ValidTo,
    bool IsLongTerm)
{
    public override string ToString() => nameof(WeChatIdCard);
}

/// <summary>What was read from a business licence, as printed; what was not found is null. Never prints.</summary>
/// <param name="Number">Registration number or unified social credit code.</param>
/// <param name="Serial">Number of the paper itself.</param>
/// <param name="LegalRepresentative">Name of the legal representative.</param>
/// <param name="Name">Name of the enterprise.</param>
/// <param name="OrganisationType">Form of organisation.</param>
/// <param name="Address">Registered address.</param>
/// <param name="EnterpriseType">Type of enterprise.</param>
/// <param name="BusinessScope">Business scope.</param>
/// <param name="RegisteredCapital">Registered capital, as printed.</param>
/// <param name="PaidInCapital">Paid-in capital, as printed.</param>
/// <param name="ValidPeriod">Term of operation, as printed.</param>
/// <param name="RegisteredDate">Day of establishment, as printed, such as <c>2019年1月1日</c>.</param>
public sealed record WeChatLicence(
    string? Number,
    string? Serial,
    string? LegalRepresentative,
    string? Name,
    string? OrganisationType,
    string? Address,
    string? EnterpriseType,
    string? BusinessScope,
    string? RegisteredCapital,
    string? PaidInCapital,
    string? ValidPeriod,
    string? RegisteredDate)
{
    public override string ToString() => nameof(WeChatLicence);
}
