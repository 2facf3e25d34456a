using System.Collections.Frozen;
using System.Text.Json;
using Beian.MiniApi.Platform;

namespace Beian.MiniApi.WeChat;

/// <summary>What an errcode means for us.</summary>
public enum WeChatOutcome
{
    Ok = 1,

    /// <summary>The platform is busy; the same call may work in a moment.</summary>
    Busy = 2,
    CodeInvalid = 3,
    CodeUsed = 4,
    UserBlocked = 5,

    /// <summary>The access token is no longer good; another one may be.</summary>
    TokenRefused = 6,
    Throttled = 7,

    /// <summary>The quota of the day is used up.</summary>
    QuotaUsedUp = 8,

    /// <summary>A setting in WeChat's console or here is wrong.</summary>
    Misconfigured = 9,

    /// <summary>We sent something WeChat does not understand.</summary>
    OurMistake = 10,
}

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
}

/// <summary>One errcode.</summary>
/// <param name="Code">WeChat's number.</param>
/// <param name="Meaning">What it says, for operators.</param>
/// <param name="Calls">The calls known to answer it; <c>*</c> is every call, <c>*token</c> every call that carries an access token.</param>
/// <param name="Outcome">What it means for us.</param>
/// <param name="Retry">When to call again.</param>
/// <param name="Alert">Whether an operator has to look.</param>
/// <param name="Source">Key into the file's sources.</param>
public sealed record WeChatErrcode(int Code, string Meaning, IReadOnlyList<string> Calls, WeChatOutcome Outcome, WeChatRetry Retry, bool Alert, string Source);

/// <summary>The errcode table, read once from <c>ReferenceData/wechat-errors.json</c>.</summary>
public sealed class WeChatErrcodes
{
    private readonly FrozenDictionary<int, WeChatErrcode> _rows;

    private WeChatErrcodes(FrozenDictionary<int, WeChatErrcode> rows) => _rows = rows;

    public IEnumerable<WeChatErrcode> Rows => _rows.Values;

    /// <exception cref="InvalidDataException">It does not parse, a code stands twice, or names a source the file does not have.</exception>
    public static WeChatErrcodes Load(string file)
    {
        var read = Parse(file);
        var rows = new Dictionary<int, WeChatErrcode>();
        foreach (var row in read.Errcodes)
        {
            if (!read.Sources.ContainsKey(row.Source))
            {
                throw new InvalidDataException($"{file}: {row.Code} names the unknown source '{row.Source}'.");
            }

            if (!rows.TryAdd(row.Code, row))
            {
                throw new InvalidDataException($"{file}: {row.Code} stands twice.");
            }
        }

        return new WeChatErrcodes(rows.ToFrozenDictionary());
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
        _rows.GetValueOrDefault(code) ?? new WeChatErrcode(code, "not in the table", [], WeChatOutcome.OurMistake, WeChatRetry.Never, true, string.Empty);

    private sealed record ErrcodeFile(string CheckedOn, IReadOnlyDictionary<string, string> Sources, IReadOnlyList<WeChatErrcode> Errcodes);
}
