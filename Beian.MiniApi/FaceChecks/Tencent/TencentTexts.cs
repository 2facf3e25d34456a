using System.Globalization;
using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.FaceChecks;
using Beian.MiniApi.Platform;

namespace Beian.MiniApi.FaceChecks.Tencent;

/// <summary>What both products say of a check; anything may be missing. Never prints.</summary>
internal sealed record DetectText(int? ErrCode = null, string? IdCard = null, string? Name = null, string? Sim = null, string? Extra = null)
{
    public override string ToString() => nameof(DetectText);
}

/// <summary>A result with its picture; members of pictures and videos that were not asked for are absent. Never prints.</summary>
internal sealed record DetectInfo(DetectText? Text = null, DetectFrame? BestFrame = null)
{
    public override string ToString() => nameof(DetectInfo);
}

/// <summary>Base64 of a JPEG, or nothing.</summary>
internal sealed record DetectFrame(string? BestFrame = null)
{
    public override string ToString() => nameof(DetectFrame);
}

/// <summary>Which parts of a result are asked for. Pictures of cards and videos never are.</summary>
internal static class InfoType
{
    public const string Text = "1";

    public const string BestFrame = "3";
}

/// <summary>Judges what both products answer.</summary>
internal sealed partial class TencentTexts(FaceCheckAnswers answers, TimeProvider time, ILogger<TencentTexts> log)
{
    /// <summary>Resident identity cards: the only certificate both products look up.</summary>
    public const int IdentityCard = 2;

    /// <summary>Longest name, in characters.</summary>
    private const int MaxName = 32;

    /// <summary>Why a person is not even asked about; null when there is no reason.</summary>
    public static DomainError? Refuse(FaceCheckRequest request) =>
        request.CertificateType != IdentityCard ? FaceCheckErrors.NotSupported()
        : request.Name.Length > MaxName ? FaceCheckErrors.Refused(FaceCheckReasons.NameInvalid)
        : null;

    /// <summary>The start that an answer tells, or why there is none.</summary>
    /// <param name="token">What the result is read by; null or empty in an answer that has none.</param>
    /// <param name="url">Where the person does it.</param>
    /// <param name="refused">Why there is no answer.</param>
    /// <param name="life">How long it can be begun with.</param>
    public Result<FaceCheckStart> Started(string? token, string? url, FaceCheckMeaning? refused, TimeSpan life) => token is { Length: > 0 }
        ? new FaceCheckStart(token, Checked(url), token, time.GetUtcNow() + life, life)
        : refused is null ? FaceCheckErrors.Unavailable() : FaceCheckAnswers.StartRefusalOf(refused);

    /// <summary>How a check went, for whom the provider says it did.</summary>
    /// <param name="reply">From the provider; one that tells no result counts as not finished.</param>
    /// <param name="asked">What was asked.</param>
    /// <param name="mayBeSilent">Whether name and number may be absent: then they are those the token was made for, which our own id in <c>Extra</c> proves to be ours.</param>
    public Result<FaceCheckResult> Judge(TencentReply<DetectInfo> reply, FaceCheckRequest asked, bool mayBeSilent)
    {
        if (reply.Response is not { } info)
        {
            return FaceCheckAnswers.UnpassedOf(reply.Refused!);
        }

        if (info.Text?.ErrCode is not { } code)
        {
            return FaceCheckResult.Pending;
        }

        if (answers.FindResult(code) is not { } meaning)
        {
            BadResult(log, code, "which face-checks.json does not describe");
            return FaceCheckResult.Failed(FaceCheckReasons.Other);
        }

        if (meaning.Outcome == FaceCheckSense.Passed)
        {
            return new FaceCheckResult(FaceCheckOutcome.Passed, null, info.Text.Extra ?? string.Empty, DigestOf(info.Text, asked, mayBeSilent), ScoreOf(info.Text), null);
        }

        if (meaning.Outcome == FaceCheckSense.Refused && FaceCheckAnswers.RefusalOf(meaning).Kind == ErrorKind.Broken)
        {
            BadResult(log, code, $"which says nothing of the person ({meaning.Told})");
        }

        return FaceCheckAnswers.UnpassedOf(meaning, ScoreOf(info.Text));
    }

    /// <summary>The picture of a result that has one.</summary>
    public static Result<FaceCheckFrame> FrameOf(TencentReply<DetectInfo> reply)
    {
        if (reply.Response is not { } info)
        {
            return FaceCheckAnswers.RefusalOf(reply.Refused!);
        }

        if (info.BestFrame?.BestFrame is not { Length: > 0 } text)
        {
            return FaceCheckFrame.None;
        }

        var bytes = new byte[text.Length];
        return Convert.TryFromBase64String(text, bytes, out var written) ? new FaceCheckFrame(bytes[..written]) : FaceCheckFrame.None;
    }

    /// <summary>The address, or null when it is no web address: it is opened on the person's phone.</summary>
    private static string? Checked(string? url) =>
        Uri.TryCreate(url, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp) ? url : null;

    /// <summary>Empty, which equals nobody's, when the provider does not say whom it checked and has to.</summary>
    private static string DigestOf(DetectText text, FaceCheckRequest asked, bool mayBeSilent)
    {
        var name = string.IsNullOrEmpty(text.Name) && mayBeSilent ? asked.Name : text.Name;
        var number = string.IsNullOrEmpty(text.IdCard) && mayBeSilent ? asked.CertificateNumber : text.IdCard;
        return string.IsNullOrEmpty(name) || string.IsNullOrEmpty(number) ? string.Empty : PersonDigest.Of(name, asked.CertificateType, number);
    }

    private static double? ScoreOf(DetectText text) =>
        double.TryParse(text.Sim, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var score) && score is >= 0 and <= 100 ? score : null;

    [LoggerMessage(OperatorAlert.Id, LogLevel.Error, "Tencent Cloud told the result {Code} of a face check, {What}", EventName = OperatorAlert.Name)]
    private static partial void BadResult(ILogger log, int code, string what);
}
