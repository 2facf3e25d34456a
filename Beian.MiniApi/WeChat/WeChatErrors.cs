using Beian.MiniApi.Domain;

namespace Beian.MiniApi.WeChat;

/// <summary>Refusals that come from WeChat, in our words.</summary>
public static class WeChatErrors
{
    /// <summary>How long to wait after a failure that usually passes by itself.</summary>
    private static readonly TimeSpan ShortWait = TimeSpan.FromSeconds(5);

    /// <summary>How long to wait when somebody has to mend a setting first.</summary>
    private static readonly TimeSpan LongWait = TimeSpan.FromMinutes(1);

    /// <summary>The login code is wrong, too old, or belongs to another Mini Program: log in again with a new one.</summary>
    public static DomainError CodeInvalid() => new("auth.codeInvalid", ErrorKind.Unauthenticated);

    /// <summary>The login code was exchanged before: log in again with a new one.</summary>
    public static DomainError CodeUsed() => new("auth.codeUsed", ErrorKind.Unauthenticated);

    /// <summary>WeChat's risk control refuses this user; trying again does not help.</summary>
    public static DomainError UserBlocked() => new("auth.userBlocked", ErrorKind.Forbidden);

    /// <summary>WeChat asked to slow down.</summary>
    public static DomainError Throttled(TimeSpan wait) => new("wechat.throttled", ErrorKind.TooMany) { RetryAfter = wait };

    /// <summary>WeChat did not answer, answered nonsense, or is not asked just now.</summary>
    /// <param name="wait">Null for the usual few seconds.</param>
    public static DomainError Unavailable(TimeSpan? wait = null) => new("wechat.unavailable", ErrorKind.Unavailable) { RetryAfter = wait ?? ShortWait };

    /// <summary>WeChat refuses us, not the user: a wrong appid, secret or address, or a request it does not understand.</summary>
    public static DomainError Misconfigured(TimeSpan? wait = null) => new("wechat.misconfigured", ErrorKind.Unavailable) { RetryAfter = wait ?? LongWait };
}
