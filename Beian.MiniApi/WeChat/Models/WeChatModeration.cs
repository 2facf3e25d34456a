namespace Beian.MiniApi.WeChat.Models;

/// <summary>Where the checked content is to be shown.</summary>
public enum WeChatScene
{
    Profile = 1,
    Comment = 2,
    Forum = 3,
    SocialLog = 4,
}

/// <summary>A text to be checked, in the request in which its author hands it in. Never prints.</summary>
/// <param name="Content">At most <see cref="MaxCharacters"/>; a longer one is refused here with <c>wechat.contentTooLong</c>.</param>
/// <param name="OpenId">Its author, who must have opened the Mini Program within two hours.</param>
/// <param name="Scene">Where it will be shown.</param>
public sealed record WeChatText(string Content, string OpenId, WeChatScene Scene)
{
    /// <summary>Longest text WeChat checks, in characters.</summary>
    public const int MaxCharacters = 2_500;

    /// <summary>A title that belongs to it, or null.</summary>
    public string? Title { get; init; }

    /// <summary>The author's name as shown, or null.</summary>
    public string? Nickname { get; init; }

    public override string ToString() => nameof(WeChatText);
}

/// <summary>What to do with content.</summary>
public enum WeChatSuggestion
{
    Pass = 1,

    /// <summary>A person should look.</summary>
    Review = 2,
    Risky = 3,

    /// <summary>WeChat gives no verdict: its author was not seen for two hours, or the same file is being checked already. A person should look (<c>moderation.deferred</c>).</summary>
    Deferred = 4,
}

/// <summary>WeChat's opinion of a text.</summary>
/// <param name="Suggestion">What to do with it.</param>
/// <param name="Label">100 normal, 10001 advertising, 20001 politics, 20002 pornography, 20003 abuse, 20006 crime, 20008 fraud, 20012 vulgar, 20013 copyright, 21000 other; 0 when deferred.</param>
/// <param name="TraceId">WeChat's name for this check; null when deferred.</param>
public sealed record WeChatVerdict(WeChatSuggestion Suggestion, int Label, string? TraceId);

/// <summary>What kind of file is to be checked.</summary>
public enum WeChatMediaKind
{
    Audio = 1,
    Image = 2,
}

/// <summary>A file to be checked, which WeChat fetches from a public address; never an identity paper. Never prints.</summary>
/// <param name="Address">Where WeChat fetches it; at most 10 MB.</param>
/// <param name="Kind">Audio or image.</param>
/// <param name="OpenId">Its author, who must have opened the Mini Program within two hours.</param>
/// <param name="Scene">Where it will be shown.</param>
public sealed record WeChatMedia(Uri Address, WeChatMediaKind Kind, string OpenId, WeChatScene Scene)
{
    public override string ToString() => nameof(WeChatMedia);
}

/// <summary>A check of a file that was taken; its verdict is pushed within 30 minutes under the same trace id.</summary>
/// <param name="TraceId">Null when WeChat takes no job: the author was not seen for two hours, or the file is being checked already. A person should look.</param>
public sealed record WeChatMediaJob(string? TraceId)
{
    public bool IsDeferred => TraceId is null;
}
