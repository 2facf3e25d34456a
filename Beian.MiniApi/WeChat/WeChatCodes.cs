using Beian.MiniApi.Domain;

namespace Beian.MiniApi.WeChat;

/// <summary>The one-time codes that the mini program gets from WeChat: of a login, of a tap on the phone-number button.</summary>
public static class WeChatCodes
{
    /// <summary>WeChat's codes have 32 or 64 characters; what is far longer is not one.</summary>
    private const int MaxLength = 256;

    /// <summary>False for what cannot be a code and is not sent on: WeChat's are visible ASCII.</summary>
    public static bool MayBeOne(string code) => code.Length is > 0 and <= MaxLength && code.All(c => c is > ' ' and <= '~');

    /// <summary>Whatever is wrong with the code is told at the code, which the request calls <c>code</c>; other refusals stay as they are.</summary>
    public static DomainError AtCode(DomainError refusal) =>
        refusal.Kind is ErrorKind.Unauthenticated or ErrorKind.Forbidden ? refusal with { Errors = [new Finding("/code", refusal.Code)] } : refusal;
}
