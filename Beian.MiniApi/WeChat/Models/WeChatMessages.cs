using System.Text.RegularExpressions;

namespace Beian.MiniApi.WeChat.Models;

/// <summary>A subscription message to one user. Never prints.</summary>
/// <param name="OpenId">Whom it is for.</param>
/// <param name="TemplateId">43 characters, from the console.</param>
/// <param name="Page">Page that the card opens, with query and without a leading slash; null for a card that opens nothing.</param>
/// <param name="Data">Value by key of the template, such as <c>thing1</c>; WeChat refuses values that break the rules of their kind.</param>
public sealed record WeChatSubscribeMessage(string OpenId, string TemplateId, string? Page, IReadOnlyDictionary<string, string> Data)
{
    /// <summary>Which edition the card opens; default the released one.</summary>
    public WeChatEdition Edition { get; init; } = WeChatEdition.Release;

    /// <summary><c>zh_CN</c>, <c>en_US</c>, <c>zh_HK</c> or <c>zh_TW</c>; default <c>zh_CN</c>.</summary>
    public string Language { get; init; } = "zh_CN";

    public override string ToString() => nameof(WeChatSubscribeMessage);
}

/// <summary>What became of a message that was not refused.</summary>
public enum WeChatDeliveryState
{
    /// <summary>WeChat took it; whether it arrived is pushed later.</summary>
    Sent = 1,

    /// <summary>The user has no permission left for this template, which is ordinary: note no credit, use another way (errcode 43101, <c>notify.noPermission</c>).</summary>
    NoPermission = 2,

    /// <summary>The answer was lost: it may have been sent, and a second sending may be a second message. Count it as sent; the inbox has it anyway.</summary>
    Unknown = 3,
}

/// <summary>What became of a message that was not refused.</summary>
/// <param name="State">Sent, or not wanted.</param>
/// <param name="PageDropped">True when WeChat did not know the page, so that the card went out without one; an operator was alerted.</param>
public sealed record WeChatDelivery(WeChatDeliveryState State, bool PageDropped);

/// <summary>The templates of the account.</summary>
public sealed record WeChatTemplates(IReadOnlyList<WeChatTemplate> Items);

/// <summary>How often one consent to a template serves.</summary>
public enum WeChatTemplateKind
{
    OneTime = 2,
    LongTerm = 3,
}

/// <summary>A template of the account.</summary>
/// <param name="Id">What messages name.</param>
/// <param name="Title">Its name in the console.</param>
/// <param name="Content">Its lines, each with a hole such as <c>{{thing1.DATA}}</c>.</param>
/// <param name="Kind">One-time or long-term.</param>
/// <param name="Choices">Allowed values by key, for keys that are an enumeration.</param>
public sealed partial record WeChatTemplate(
    string Id, string Title, string Content, WeChatTemplateKind Kind, IReadOnlyDictionary<string, IReadOnlyList<string>> Choices)
{
    /// <summary>The keys its data must have, in order: <c>thing1</c>, <c>phrase2</c> …</summary>
    public IReadOnlyList<string> Keys => [.. Hole().Matches(Content).Select(m => m.Groups[1].Value)];

    [GeneratedRegex(@"\{\{\s*([A-Za-z_0-9]+)\.DATA\s*\}\}")]
    private static partial Regex Hole();
}
