using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Beian.MiniApi.FaceChecks;
using Beian.MiniApi.Sandbox.WeChat;
using Microsoft.Extensions.Options;

namespace Beian.MiniApi.Sandbox.Tencent;

/// <summary>
/// Plays Tencent Cloud's <c>faceid</c>, both products. The name decides: one that ends in 拒 is not the same person, one that ends in 待 never finishes, every
/// other passes once the person has opened the page; a result can be set for each token. Kept in memory, the newest 10,000 of them.
/// </summary>
internal sealed class TencentSandbox(TimeProvider time, IOptions<TencentFaceOptions> account)
{
    private const int MaxChecks = 10_000;
    private const int NotFinished = 17;
    private const int NotTheSame = 2016;

    private static readonly TimeSpan EidLife = TimeSpan.FromSeconds(600);
    private static readonly TimeSpan BizLife = TimeSpan.FromSeconds(7_200);

    private readonly ConcurrentDictionary<string, Check> _byToken = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, string> _tokenByPage = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<(string Token, string Page)> _begun = new();

    /// <summary>The content of <c>Response</c>, without the RequestId; an error code instead of it when <c>Code</c> is set.</summary>
    /// <param name="action">From the header.</param>
    /// <param name="asked">The body.</param>
    /// <param name="root">Where this server is, for the page's address.</param>
    public (JsonObject? Answer, string? Code) Do(string action, JsonObject asked, string root) => action switch
    {
        "GetEidToken" => Begin(asked, "MerchantId", account.Value.MerchantId, "EidToken", EidLife, root),
        "DetectAuth" => Begin(asked, "RuleId", account.Value.RuleId, "BizToken", BizLife, root),
        "CheckEidTokenStatus" => With(asked, "EidToken", check => new JsonObject { ["Status"] = StatusOf(check) }),
        "GetEidResult" => With(asked, "EidToken", check => Result(check, asked, named: false)),
        "GetDetectInfoEnhanced" => IsOver(asked) ? (null, "InvalidParameterValue.BizTokenExpired") : With(asked, "BizToken", check => Result(check, asked, named: true)),
        _ => (null, "InvalidAction"),
    };

    /// <summary>The person opened the page; false when there is none.</summary>
    public bool Open(string page) =>
        _tokenByPage.TryGetValue(page, out var token) && Change(token, check => time.GetUtcNow() >= check.EndsAt ? null : check with { IsOpened = true });

    /// <summary>Sets what a check answers from now on; false when there is none.</summary>
    public bool Set(string token, int errCode) => Change(token, check => check with { Fixed = errCode });

    /// <summary>Changes a check as it is at this moment; false when there is none, or it stays as it is.</summary>
    private bool Change(string token, Func<Check, Check?> change)
    {
        while (_byToken.TryGetValue(token, out var check) && change(check) is { } changed)
        {
            if (_byToken.TryUpdate(token, changed, check))
            {
                return true;
            }
        }

        return false;
    }

    private (JsonObject?, string?) Begin(JsonObject asked, string owner, string? ownerId, string tokenName, TimeSpan life, string root)
    {
        if (Text(asked, owner) is not { } sent || Text(asked, "IdCard") is not { } number || Text(asked, "Name") is not { } name)
        {
            return (null, "MissingParameter");
        }

        if (sent != ownerId)
        {
            return (null, owner == "RuleId" ? "InvalidParameterValue.RuleIdNotExist" : "InvalidParameterValue");
        }

        if (name.Length > 32)
        {
            return (null, "InvalidParameterValue");
        }

        var (token, page) = (RandomNumberGenerator.GetHexString(32), RandomNumberGenerator.GetHexString(32, lowercase: true));
        _byToken[token] = new Check(name, number, Text(asked, "Extra"), time.GetUtcNow() + life);
        _tokenByPage[page] = token;
        _begun.Enqueue((token, page));
        while (_begun.Count > MaxChecks && _begun.TryDequeue(out var oldest))
        {
            _byToken.TryRemove(oldest.Token, out _);
            _tokenByPage.TryRemove(oldest.Page, out _);
        }

        return (new JsonObject { [tokenName] = token, ["Url"] = $"{root}/sandbox/tencent/page/{page}" }, null);
    }

    private (JsonObject?, string?) With(JsonObject asked, string tokenName, Func<Check, JsonObject> answer) =>
        Text(asked, tokenName) is not { } token ? (null, "MissingParameter")
        : _byToken.TryGetValue(token, out var check) ? (answer(check), null)
        : (null, "InvalidParameterValue.BizTokenIllegal");

    private bool IsOver(JsonObject asked) =>
        Text(asked, "BizToken") is { } token && _byToken.TryGetValue(token, out var check) && check.ErrCode == NotFinished && time.GetUtcNow() >= check.EndsAt;

    private string StatusOf(Check check) => check switch
    {
        { ErrCode: not NotFinished } => "finished",
        _ when time.GetUtcNow() >= check.EndsAt => "timeout",
        { IsOpened: true } => "doing",
        _ => "init",
    };

    /// <summary>Of E证通 no name and number come back: only operators who applied for them get them, and encrypted.</summary>
    private static JsonObject Result(Check check, JsonObject asked, bool named)
    {
        var parts = Text(asked, "InfoType") ?? "0";
        bool Wants(char part) => parts.Contains(part, StringComparison.Ordinal) || parts == "0";
        var code = check.ErrCode;
        return new JsonObject
        {
            ["Text"] = Wants('1') ? new JsonObject
            {
                ["ErrCode"] = code,
                ["ErrMsg"] = code == 0 ? "成功" : code.ToString(CultureInfo.InvariantCulture),
                ["IdCard"] = named ? check.Number : null,
                ["Name"] = named ? check.Name : null,
                ["Comparestatus"] = code,
                ["Sim"] = code switch { 0 => "97.50", NotTheSame => "12.50", _ => null },
                ["Extra"] = check.Extra,
            } : null,
            ["BestFrame"] = Wants('3') && code == 0 ? new JsonObject { ["BestFrame"] = Convert.ToBase64String(SandboxPng.Draw("face", 280)) } : null,
        };
    }

    private static string? Text(JsonObject fields, string name) =>
        fields[name] is JsonValue value && value.GetValueKind() == JsonValueKind.String && value.GetValue<string>() is { Length: > 0 } text ? text : null;

    /// <summary>A check as the product knows it.</summary>
    private sealed record Check(string Name, string Number, string? Extra, DateTimeOffset EndsAt)
    {
        public bool IsOpened { get; init; }

        /// <summary>What it was told to answer, or null.</summary>
        public int? Fixed { get; init; }

        public int ErrCode => Fixed ?? Name.Trim() switch
        {
            _ when !IsOpened => NotFinished,
            var n when n.EndsWith('拒') => NotTheSame,
            var n when n.EndsWith('待') => NotFinished,
            _ => 0,
        };

        public override string ToString() => nameof(Check);
    }
}
