using System.Security.Cryptography;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Beian.MiniApi.Sandbox.WeChat;

/// <summary>Mini Program codes and links.</summary>
internal sealed partial class SandboxLinks(TimeProvider time)
{
    private const int MaxScene = 32;
    private const int MaxQuery = 1_024;

    private static readonly string[] Editions = ["release", "trial", "develop"];

    public static SandboxWeChatReply Code(SandboxRequest request)
    {
        if (request.Text("scene") is not { Length: > 0 and <= MaxScene } scene)
        {
            return SandboxWeChatReply.Refusal(40169);
        }

        if (!SceneText().IsMatch(scene))
        {
            return SandboxWeChatReply.Refusal(40129);
        }

        if (scene.Contains("scancode_time", StringComparison.Ordinal))
        {
            return SandboxWeChatReply.Refusal(85096);
        }

        var width = request.Member("width") is null ? 430 : request.Number("width") ?? 0;
        if (width is < 280 or > 1_280 || !IsEdition(request))
        {
            return SandboxWeChatReply.Refusal(40097);
        }

        var isChecked = request.Member("check_path") is not { ValueKind: JsonValueKind.False };
        return isChecked && (!SandboxPages.Has(request.Text("page")) || request.Text("page")?.Contains('?', StringComparison.Ordinal) == true)
            ? SandboxWeChatReply.Refusal(41030)
            : SandboxWeChatReply.Picture(SandboxPng.Draw($"{scene} {request.Text("page")}", width));
    }

    public SandboxWeChatReply UrlLink(SandboxRequest request)
    {
        if (!SandboxPages.Has(request.Text("path")))
        {
            return SandboxWeChatReply.Refusal(40165);
        }

        if (request.Text("query") is { } query && (query.Length > MaxQuery || !QueryText().IsMatch(query)))
        {
            return SandboxWeChatReply.Refusal(40212);
        }

        if (!IsEdition(request))
        {
            return SandboxWeChatReply.Refusal(85402);
        }

        return IsInTime(request) ? SandboxWeChatReply.Done(("url_link", "https://wxaurl.cn/" + RandomNumberGenerator.GetHexString(11, lowercase: true))) : SandboxWeChatReply.Refusal(85401);
    }

    /// <summary>Between a minute and 30 days.</summary>
    private bool IsInTime(SandboxRequest request) => request.Number("expire_type") switch
    {
        1 => request.Number("expire_interval") is >= 1 and <= 30,
        _ => request.Number("expire_time") is { } at && at - time.GetUtcNow().ToUnixTimeSeconds() is >= 60 and <= 30 * 86_400,
    };

    private static bool IsEdition(SandboxRequest request) => request.Text("env_version") is not { } edition || Editions.Contains(edition, StringComparer.Ordinal);

    [GeneratedRegex(@"^[0-9a-zA-Z!#$&'()*+,/:;=?@\-._~]+$")]
    private static partial Regex SceneText();

    [GeneratedRegex(@"^[0-9a-zA-Z!#$&'()*+,/:;=?@\-._~%]*$")]
    private static partial Regex QueryText();
}
