using System.Diagnostics.CodeAnalysis;

namespace Beian.MiniApi.Platform;

/// <summary>Who looks at somebody's data.</summary>
public enum Viewer
{
    /// <summary>Who typed it, in their own filing and account: they must be able to see and mend it.</summary>
    Owner = 1,

    /// <summary>The owner's export of everything.</summary>
    Export = 2,

    /// <summary>The owner at what was filed long ago, on a phone that somebody may look over: enough to recognise who it is.</summary>
    Register = 3,

    /// <summary>Staff with a filing, reviewer and admin alike.</summary>
    Reviewer = 4,

    /// <summary>The same after asking for the full view, with a reason, for a time.</summary>
    ReviewerInFull = 5,

    /// <summary>An admin at the account feed: the provider's own facts, which the provider brought here.</summary>
    Admin = 6,

    /// <summary>Somebody whom the owner let in to one thing, such as a face check on another phone.</summary>
    Guest = 7,
}

/// <summary>
/// Who sees what of names, numbers, phones, mail and addresses: the one place that decides. Organisations' names, certificate numbers and domains are published by
/// the authorities anyway and masked for nobody; pictures cannot be masked, and every look at one is recorded.
/// </summary>
public sealed class Masking
{
    private static readonly Dictionary<Viewer, Masking> Table = new()
    {
        [Viewer.Owner] = new Masking(isFull: true),
        [Viewer.Export] = new Masking(isFull: true),
        [Viewer.Register] = new Masking(isFull: false),
        [Viewer.Reviewer] = new Masking(isFull: false),
        [Viewer.ReviewerInFull] = new Masking(isFull: true),
        [Viewer.Admin] = new Masking(isFull: true),
        [Viewer.Guest] = new Masking(isFull: false),
    };

    private Masking(bool isFull) => IsFull = isFull;

    /// <summary>True when nothing is masked.</summary>
    public bool IsFull { get; }

    public static Masking For(Viewer viewer) => Table[viewer];

    [return: NotNullIfNotNull(nameof(name))]
    public string? Name(string? name) => IsFull ? name : Mask.Name(name);

    [return: NotNullIfNotNull(nameof(number))]
    public string? Number(string? number) => IsFull ? number : Mask.Number(number);

    [return: NotNullIfNotNull(nameof(phone))]
    public string? Phone(string? phone) => IsFull ? phone : Mask.Phone(phone);

    [return: NotNullIfNotNull(nameof(email))]
    public string? Email(string? email) => IsFull ? email : Mask.Email(email);

    [return: NotNullIfNotNull(nameof(address))]
    public string? Address(string? address) => IsFull ? address : Mask.Address(address);

    public string FileName(string name) => IsFull ? name : Mask.FileName(name);

    /// <summary>The value of a field of a filing, by the pointer that names it.</summary>
    /// <param name="pointer">Such as <c>/sites/0/principal/mobile</c>.</param>
    /// <param name="value">What stands there, or null.</param>
    /// <param name="isPerson">True when the subject is a natural person, so that its name and number are one's.</param>
    [return: NotNullIfNotNull(nameof(value))]
    public string? Field(string pointer, string? value, bool isPerson)
    {
        var field = pointer[(pointer.LastIndexOf('/') + 1)..];
        var ofPerson = isPerson || pointer.Contains("rincipal/", StringComparison.Ordinal) || pointer.Contains("legalRepresentative/", StringComparison.Ordinal);
        var isSiteName = pointer.StartsWith("/sites/", StringComparison.Ordinal) && !pointer.Contains("rincipal/", StringComparison.Ordinal);
        return field switch
        {
            "name" => ofPerson && !isSiteName ? Name(value) : value,
            "investor" => Name(value),
            "certificateNumber" => ofPerson ? Number(value) : value,
            "mobile" or "phone2" or "landline" or "emergencyPhone" => Phone(value),
            "email" => Email(value),
            "certificateAddress" or "mailingAddress" => Address(value),
            _ => value,
        };
    }
}
