using System.Collections.Frozen;
using System.Globalization;
using System.Text.Json;
using Beian.MiniApi.Platform;
using Beian.MiniApi.WeChat.Models;

namespace Beian.MiniApi.WeChat;

/// <summary>When the refused call may be made again.</summary>
public enum WeChatRetry
{
    Never = 1,

    /// <summary>At once with back-off, a bounded number of times.</summary>
    Backoff = 2,

    /// <summary>Only with a new code, picture or text from the user.</summary>
    NewInput = 3,
    AfterTokenRefresh = 4,
    NextMinute = 5,
    NextHour = 6,

    /// <summary>After midnight in Asia/Shanghai.</summary>
    NextDay = 7,

    /// <summary>Only after the user did something else first, such as logging in.</summary>
    UserAction = 8,

    /// <summary>At once with a new serial.</summary>
    NewSerial = 9,

    /// <summary>After the cause was removed.</summary>
    AfterFix = 10,
}

/// <summary>What our own API tells its caller.</summary>
/// <param name="Status">HTTP status; below 300 it is no refusal but an ordinary outcome.</param>
/// <param name="Code">Our code.</param>
public sealed record WeChatTold(int Status, string Code)
{
    public bool IsRefusal => Status >= 300;
}

/// <summary>One errcode.</summary>
/// <param name="Code">WeChat's number.</param>
/// <param name="Errmsg">Its text without the request id, for the sandbox; nothing is decided on it.</param>
/// <param name="Meaning">What it says, for operators.</param>
/// <param name="Calls">Paths known to answer it; <c>*</c> is every one, <c>*token</c> every one with an access token, <c>*post</c> every one with a body.</param>
/// <param name="Retry">When to call again.</param>
/// <param name="Alert">Whether an operator has to look.</param>
/// <param name="Told">What our caller is told.</param>
/// <param name="Source">Key into the file's sources.</param>
/// <param name="ToldFor">Where one path tells something else; null when none does.</param>
public sealed record WeChatErrcode(
    int Code,
    string Errmsg,
    string Meaning,
    IReadOnlyList<string> Calls,
    WeChatRetry Retry,
    bool Alert,
    WeChatTold Told,
    string Source,
    IReadOnlyDictionary<string, WeChatTold>? ToldFor = null)
{
    /// <summary>True when the same call may work in a moment; what WeChat asks to slow down is not repeated inside a request.</summary>
    public bool IsBusy => Retry == WeChatRetry.Backoff && Told.Status == StatusCodes.Status503ServiceUnavailable;

    /// <summary>What the caller of a path is told.</summary>
    public WeChatTold ToldOn(string path) => ToldFor?.GetValueOrDefault(path) ?? Told;
}

/// <summary>A failure of the way to WeChat, which has no errcode.</summary>
/// <param name="Status">An HTTP status, <c>5xx</c>, <c>timeout</c> or <c>unreadable</c>.</param>
/// <param name="Meaning">What it says, for operators.</param>
/// <param name="Alert">Whether an operator has to look.</param>
/// <param name="Told">What our caller is told.</param>
/// <param name="ToldFor">Where one path tells something else; null when none does.</param>
public sealed record WeChatWayFailure(string Status, string Meaning, bool Alert, WeChatTold Told, IReadOnlyDictionary<string, WeChatTold>? ToldFor = null)
{
    /// <summary>What the caller of a path is told.</summary>
    public WeChatTold ToldOn(string path) => ToldFor?.GetValueOrDefault(path) ?? Told;
}

/// <summary>Results of a face verification that mean the same.</summary>
/// <param name="Codes">WeChat's numbers.</param>
/// <param name="Class">What they mean.</param>
/// <param name="Meaning">What they say, for operators.</param>
/// <param name="Told">What our caller is told.</param>
public sealed record WeChatFaceRow(IReadOnlyList<int> Codes, WeChatFaceClass Class, string Meaning, WeChatTold Told);

/// <summary>The errcode table, read once from <c>ReferenceData/wechat-errors.json</c>.</summary>
public sealed class WeChatErrcodes
{
    private readonly FrozenDictionary<int, WeChatErrcode> _rows;
    private readonly FrozenDictionary<string, WeChatWayFailure> _failures;
    private readonly FrozenDictionary<int, WeChatFaceRow> _faces;

    private WeChatErrcodes(ErrcodeFile file)
    {
        _rows = file.Errcodes.ToFrozenDictionary(r => r.Code);
        _failures = file.Http.ToFrozenDictionary(r => r.Status, StringComparer.Ordinal);
        _faces = file.FaceResults.SelectMany(r => r.Codes.Select(c => KeyValuePair.Create(c, r))).ToFrozenDictionary();
    }

    public IEnumerable<WeChatErrcode> Rows => _rows.Values;

    public IEnumerable<WeChatWayFailure> Failures => _failures.Values;

    /// <summary>Results of the face verification, by WeChat's number.</summary>
    public IReadOnlyDictionary<int, WeChatFaceRow> Faces => _faces;

    /// <exception cref="InvalidDataException">It does not parse, a code stands twice, names an unknown source, or tells our caller something that has no text or another status.</exception>
    public static WeChatErrcodes Load(string file)
    {
        var read = Parse(file);
        if (WeChatErrcodeChecks.Wrong(read).FirstOrDefault() is { } wrong)
        {
            throw new InvalidDataException($"{file}: {wrong}");
        }

        return new WeChatErrcodes(read);
    }

    private static ErrcodeFile Parse(string file)
    {
        try
        {
            return JsonSerializer.Deserialize<ErrcodeFile>(File.ReadAllBytes(file), ApiJson.Data) ?? throw new InvalidDataException($"{file} is empty.");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException($"{file}: {e.Message}", e);
        }
    }

    /// <summary>The row of an errcode. One that nobody has described counts as our mistake, so that somebody looks.</summary>
    public WeChatErrcode Find(int code) =>
        _rows.GetValueOrDefault(code)
        ?? new WeChatErrcode(code, string.Empty, "not in the table", [], WeChatRetry.Never, true, _failures[WeChatErrcodeChecks.OtherRefusal].Told, string.Empty);

    /// <summary>Whether the table describes an errcode.</summary>
    public bool Knows(int code) => _rows.ContainsKey(code);

    /// <summary>The row of a reply that has no errcode.</summary>
    internal WeChatWayFailure Find(WeChatReply reply) => reply.Kind switch
    {
        WeChatReplyKind.TimedOut => _failures["timeout"],
        WeChatReplyKind.Unreadable => _failures["unreadable"],
        WeChatReplyKind.TooLarge => _failures[StatusCodes.Status413PayloadTooLarge.ToString(CultureInfo.InvariantCulture)],
        WeChatReplyKind.GatewayRefusal => _failures[WeChatErrcodeChecks.OtherRefusal],
        _ => _failures["5xx"],
    };
}

/// <summary>The file as it is written.</summary>
internal sealed record ErrcodeFile(
    string CheckedOn,
    IReadOnlyDictionary<string, string> Sources,
    IReadOnlyList<WeChatErrcode> Errcodes,
    IReadOnlyList<WeChatWayFailure> Http,
    IReadOnlyList<WeChatFaceRow> FaceResults);
