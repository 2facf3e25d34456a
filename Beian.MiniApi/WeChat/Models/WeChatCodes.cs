namespace Beian.MiniApi.WeChat.Models;

/// <summary>A Mini Program code to be drawn. The code lives for ever, so that nothing but a ticket of ours belongs into it.</summary>
/// <param name="Scene">At most 32 of <c>0-9a-zA-Z!#$&amp;'()*+,/:;=?@-._~</c>; the page gets it URL-encoded.</param>
/// <param name="Page">Page to open, without a leading slash and without a query; null for the home page.</param>
public sealed record WeChatCodeRequest(string Scene, string? Page)
{
    /// <summary>Whether the page must exist in the released edition; default true.</summary>
    public bool CheckPath { get; init; } = true;

    /// <summary>Which edition it opens; default the released one.</summary>
    public WeChatEdition Edition { get; init; } = WeChatEdition.Release;

    /// <summary>Pixels, 280 to 1,280; default 430.</summary>
    public int Width { get; init; } = 430;

    public override string ToString() => nameof(WeChatCodeRequest);
}

/// <summary>A drawn code.</summary>
/// <param name="Bytes">The picture.</param>
/// <param name="ContentType"><c>image/jpeg</c> or <c>image/png</c>, by its first bytes.</param>
public sealed record WeChatCodeImage(byte[] Bytes, string ContentType);

/// <summary>A link that opens the Mini Program from a browser, a text message or a mail.</summary>
/// <param name="Path">Page of the released edition, without a leading slash; null for the home page.</param>
/// <param name="Query">Query for the page, at most 1,024 characters; null for none.</param>
/// <param name="Life">How long it works: whole days, 1 to 30.</param>
public sealed record WeChatLinkRequest(string? Path, string? Query, int Life)
{
    /// <summary>Which edition it opens; default the released one.</summary>
    public WeChatEdition Edition { get; init; } = WeChatEdition.Release;

    public override string ToString() => nameof(WeChatLinkRequest);
}

/// <summary>A made link. Whoever has it can open it.</summary>
public sealed record WeChatLink(Uri Address)
{
    public override string ToString() => nameof(WeChatLink);
}
