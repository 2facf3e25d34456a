namespace Beian.MiniApi.WeChat.Models;

/// <summary>A telephone number a user gave to this Mini Program. Never prints.</summary>
/// <param name="Number">As WeChat shows it: with the country code unless it is of the mainland.</param>
/// <param name="PureNumber">Without the country code.</param>
/// <param name="CountryCode">Digits, such as <c>86</c>.</param>
public sealed record WeChatPhone(string Number, string PureNumber, string CountryCode)
{
    public override string ToString() => nameof(WeChatPhone);
}

/// <summary>That WeChat did what was asked and has nothing to add.</summary>
public sealed record WeChatAck
{
    public static readonly WeChatAck Done = new();
}

/// <summary>Which edition of the Mini Program something opens.</summary>
public enum WeChatEdition
{
    Release = 1,
    Trial = 2,
    Develop = 3,
}
