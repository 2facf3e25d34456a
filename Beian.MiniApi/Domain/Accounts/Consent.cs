namespace Beian.MiniApi.Domain.Accounts;

/// <summary>What a user did about a text.</summary>
public enum ConsentAction
{
    Given = 1,
    Withdrawn = 2,
}

/// <summary>Where a record of consent comes from.</summary>
public enum ConsentSource
{
    /// <summary>The user said so by itself.</summary>
    User = 1,

    /// <summary>The user said so while handing a filing in.</summary>
    Submission = 2,

    /// <summary>WeChat told that the user withdrew an authorisation there.</summary>
    Wechat = 3,
}

/// <summary>One record of consent, given or withdrawn; never changed and never removed but by erasure.</summary>
/// <param name="Id">Sorts by time.</param>
/// <param name="TextId">Id of the agreements data; <see cref="OfWeChat"/> for what was authorised inside WeChat.</param>
/// <param name="Version">Version of the text; null for WeChat's.</param>
/// <param name="Action">Given or withdrawn.</param>
/// <param name="Source">Who told us.</param>
/// <param name="At">Business time.</param>
public sealed record Consent(string Id, string TextId, string? Version, ConsentAction Action, ConsentSource Source, DateTimeOffset At)
{
    /// <summary>Stands for the authorisations that a user gives and withdraws inside WeChat.</summary>
    public const string OfWeChat = "wechat";

    /// <summary>The filing with whose submission it was given, or null.</summary>
    public string? FilingId { get; init; }

    /// <summary>WeChat's words for what was withdrawn, or null.</summary>
    public string? Note { get; init; }
}
