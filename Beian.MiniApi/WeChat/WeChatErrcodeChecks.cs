using System.Globalization;
using Beian.MiniApi.Platform;

namespace Beian.MiniApi.WeChat;

/// <summary>What can be wrong with the errcode table.</summary>
internal static class WeChatErrcodeChecks
{
    /// <summary>Row for every HTTP status that has none of its own: we sent what the gateway does not take.</summary>
    public const string OtherRefusal = "412";

    private static readonly string[] Ways = [OtherRefusal, "413", "5xx", "timeout", "unreadable"];

    public static IEnumerable<string> Wrong(ErrcodeFile file) =>
        Twice(file.Errcodes.Select(r => r.Code.ToString(CultureInfo.InvariantCulture)))
            .Concat(Twice(file.Http.Select(r => r.Status)))
            .Concat(Twice(file.FaceResults.SelectMany(r => r.Codes).Select(c => c.ToString(CultureInfo.InvariantCulture))))
            .Concat(Ways.Except(file.Http.Select(r => r.Status)).Select(w => $"'{w}' is missing."))
            .Concat(file.Errcodes.Where(r => !file.Sources.ContainsKey(r.Source)).Select(r => $"{r.Code} names the unknown source '{r.Source}'."))
            .Concat(file.Errcodes.Where(IsOurs).SelectMany(r => Unspeakable($"{r.Code}", r.Told, r.ToldFor)))
            .Concat(file.Http.SelectMany(r => Unspeakable(r.Status, r.Told, r.ToldFor)))
            .Concat(file.FaceResults.SelectMany(r => Unspeakable($"{r.Codes[0]}", r.Told, null)));

    /// <summary>Whether a call of ours can be answered with a row: rows of other calls are there to be looked up.</summary>
    public static bool IsOurs(WeChatErrcode row) => WeChatCall.All.Any(c => Answers(row, c));

    /// <summary>Whether a call can be answered with a row.</summary>
    public static bool Answers(WeChatErrcode row, WeChatCall call) => row.Calls.Any(path => path switch
    {
        "*" => true,
        "*token" => call.NeedsToken,
        "*post" => !call.IsGet,
        _ => path == call.Path,
    });

    private static IEnumerable<string> Twice(IEnumerable<string> keys) => keys.GroupBy(k => k, StringComparer.Ordinal).Where(g => g.Count() > 1).Select(g => $"{g.Key} stands twice.");

    /// <summary>A refusal that we have no words for, or that has another status with us.</summary>
    private static IEnumerable<string> Unspeakable(string row, WeChatTold told, IReadOnlyDictionary<string, WeChatTold>? others) =>
        (others?.Values ?? []).Prepend(told).Where(t => t.IsRefusal && (WeChatErrors.Find(t.Code) is not { } error || Problems.StatusOf(error.Kind) != t.Status))
            .Select(t => $"{row} tells {t.Status} '{t.Code}', which we do not say.");
}
