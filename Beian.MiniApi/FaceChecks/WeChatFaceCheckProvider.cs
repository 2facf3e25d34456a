using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.FaceChecks;
using Beian.MiniApi.WeChat;
using Beian.MiniApi.WeChat.Models;

namespace Beian.MiniApi.FaceChecks;

/// <summary>
/// WeChat's own face verification 2.0. It is bound to the WeChat user on whose phone it is done, and its result names nobody: WeChat compares the digest of
/// the person, the serial and the user instead, and a difference is an error of its own.
/// </summary>
internal sealed class WeChatFaceCheckProvider(IWeChatClient wechat, FaceCheckAnswers answers, TimeProvider time) : IFaceCheckProvider
{
    /// <summary>Resident identity cards, second generation.</summary>
    private const int IdentityCard = 2;

    public string Name => "wechat";

    public string NameCode => "name.faceProvider.wechat";

    public bool Supports(int certificateType) => certificateType == IdentityCard;

    public async Task<Result<FaceCheckStart>> StartAsync(FaceCheckRequest request, CancellationToken cancellationToken)
    {
        if (!Supports(request.CertificateType) || request.OpenId is not { } openId)
        {
            return FaceCheckErrors.NotSupported();
        }

        var start = new WeChatFaceStart(request.CheckId, new WeChatFacePerson(request.Name, request.CertificateNumber), openId);
        return (await wechat.StartFaceVerificationAsync(start, cancellationToken)).TryGet(out var ticket, out var refusal)
            ? new FaceCheckStart(ticket.VerifyId, null, ticket.VerifyId, time.GetUtcNow() + ticket.ExpiresIn, ticket.ExpiresIn)
            : answers.Knows(refusal.Code) ? FaceCheckAnswers.StartRefusalOf(answers.Of(refusal.Code)) : Translated(refusal);
    }

    public async Task<Result<FaceCheckResult>> ReadAsync(FaceCheckQuery query, CancellationToken cancellationToken)
    {
        var asked = query.Asked;
        if (asked.OpenId is not { } openId)
        {
            // The user is gone, and nobody else may ask.
            return FaceCheckResult.Expired;
        }

        var question = new WeChatFaceQuery(query.ProviderRef, asked.CheckId, new WeChatFacePerson(asked.Name, asked.CertificateNumber), openId);
        if (!(await wechat.QueryFaceVerificationAsync(question, cancellationToken)).TryGet(out var result, out var refusal))
        {
            return answers.Knows(refusal.Code) ? Result(answers.Of(refusal.Code), asked) : Translated(refusal);
        }

        return Result(answers.Of(result.Code), asked);
    }

    /// <summary>WeChat gives no picture.</summary>
    public Task<Result<FaceCheckFrame>> ReadFrameAsync(FaceCheckQuery query, CancellationToken cancellationToken) => Task.FromResult<Result<FaceCheckFrame>>(FaceCheckFrame.None);

    private static Result<FaceCheckResult> Result(FaceCheckMeaning meaning, FaceCheckRequest asked) => meaning.Outcome == FaceCheckSense.Passed
        ? new FaceCheckResult(FaceCheckOutcome.Passed, null, asked.CheckId, PersonDigest.Of(asked.Name, asked.CertificateType, asked.CertificateNumber), null, null)
        : FaceCheckAnswers.UnpassedOf(meaning);

    /// <summary>A refusal of WeChat's that the table of face checks does not have, in the words of face checks; WeChat's own room has alerted already where somebody must look.</summary>
    private static DomainError Translated(DomainError refusal) => refusal.Kind switch
    {
        ErrorKind.Broken => FaceCheckErrors.Misconfigured(),
        ErrorKind.TooMany => FaceCheckErrors.RateLimited() with { RetryAfter = refusal.RetryAfter ?? FaceCheckErrors.RateLimited().RetryAfter },
        _ => FaceCheckErrors.Unavailable() with { RetryAfter = refusal.RetryAfter ?? FaceCheckErrors.Unavailable().RetryAfter },
    };
}
