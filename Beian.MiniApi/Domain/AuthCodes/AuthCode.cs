using Beian.MiniApi.Domain.Accounts;

namespace Beian.MiniApi.Domain.AuthCodes;

/// <summary>What has become of a code.</summary>
public enum AuthCodeStatus
{
    /// <summary>未使用: can be redeemed, changed and deleted.</summary>
    Unused = 1,

    /// <summary>使用中: an open filing holds it.</summary>
    InUse = 2,

    /// <summary>已使用: the filing that holds it was approved.</summary>
    Used = 3,

    /// <summary>已失效: unused, and its resource or issuer does not qualify at present; it comes back when they do.</summary>
    Invalid = 4,
}

/// <summary>
/// A credential for one service on one resource (备案授权码), made out by the owner of the resource to the one account that may redeem it. The code's
/// text is never kept in the clear: a hash finds it, the protected value shows it to the issuer again.
/// </summary>
public sealed record AuthCode
{
    /// <summary>Most codes made out in one call.</summary>
    public const int MaxCount = 5;

    /// <summary>Longest note, characters.</summary>
    public const int MaxNoteLength = 100;

    public required string Id { get; init; }

    /// <summary><see cref="AuthCodeText.HashOf"/> of the text; unique.</summary>
    public required string CodeHash { get; init; }

    /// <summary>The last four characters, to tell codes apart.</summary>
    public required string Last4 { get; init; }

    /// <summary>The text, encrypted for the issuer's own view.</summary>
    public required string ProtectedValue { get; init; }

    /// <summary>The account that owns the resource and made the code out.</summary>
    public required string IssuerAccountId { get; init; }

    /// <summary>The only account that may redeem it; may be the issuer.</summary>
    public required string TargetAccountId { get; init; }

    public required string ResourceId { get; init; }

    /// <summary>Which of the resource's codes it is, from 1; 0 until the store gives it a number.</summary>
    public int Number { get; init; }

    /// <summary>The issuer's own words, or null.</summary>
    public string? Note { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>Key of the reservation that a filing takes on this code.</summary>
    public string HoldKey => HoldKeyOf(Id);

    public static string HoldKeyOf(string codeId) => "code:" + codeId;

    /// <summary>Only a verified organisation may make codes out, and its codes only count while it stays one.</summary>
    public static bool MayIssue(Account? account) => account?.RealName is { Status: RealNameStatus.Verified, Kind: RealNameKind.Organisation };

    /// <summary>Use goes before validity: what a filing holds is in use even while its resource runs out.</summary>
    /// <param name="held">A filing holds the code.</param>
    /// <param name="used">That filing was approved.</param>
    /// <param name="valid">Resource and issuer qualify now.</param>
    public static AuthCodeStatus StatusOf(bool held, bool used, bool valid) => (held, used, valid) switch
    {
        (true, true, _) => AuthCodeStatus.Used,
        (true, false, _) => AuthCodeStatus.InUse,
        (false, _, true) => AuthCodeStatus.Unused,
        (false, _, false) => AuthCodeStatus.Invalid,
    };
}
