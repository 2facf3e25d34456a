using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.FaceChecks;
using Microsoft.Extensions.Options;

namespace Beian.MiniApi.FaceChecks.Tencent;

/// <summary>
/// Tencent Cloud E证通: the person goes to the eID Mini Program or page and comes back; the result is asked for once it says that it has one. Name and
/// number normally do not come back (they would, encrypted, for operators who applied for it): then a result counts for the person whom the token was
/// made for, and our own id proves that it is our token.
/// </summary>
internal sealed class EidFaceCheckProvider(TencentCaller caller, TencentTexts texts, IOptions<TencentFaceOptions> account, IOptions<FaceCheckOptions> options) : IFaceCheckProvider
{
    /// <summary>How name and number get there: from our server, not from the person.</summary>
    private const string GivenByUs = "4";

    /// <summary>How long an EidToken can be begun with (https://cloud.tencent.com/document/api/1007/54089, checked 2026-11-26).</summary>
    private static readonly TimeSpan TokenLife = TimeSpan.FromSeconds(600);

    public string Name => "tencentEid";

    public string NameCode => "name.faceProvider.tencentEid";

    public bool Supports(int certificateType) => certificateType == TencentTexts.IdentityCard;

    public async Task<Result<FaceCheckStart>> StartAsync(FaceCheckRequest request, CancellationToken cancellationToken)
    {
        if (TencentTexts.Refuse(request) is { } refusal)
        {
            return refusal;
        }

        var body = new TokenBody(account.Value.MerchantId!, request.CertificateNumber, request.Name, request.CheckId, new TokenConfig(GivenByUs), options.Value.ReturnUrl);
        var reply = await caller.AskAsync<TokenAnswer>("GetEidToken", body, mayRepeat: false, cancellationToken);
        return texts.Started(reply.Response?.EidToken, reply.Response?.Url, reply.Refused, TokenLife);
    }

    public async Task<Result<FaceCheckResult>> ReadAsync(FaceCheckQuery query, CancellationToken cancellationToken)
    {
        var state = await caller.AskAsync<StateAnswer>("CheckEidTokenStatus", new StateBody(query.ProviderRef), mayRepeat: true, cancellationToken);
        return state.Response?.Status switch
        {
            null => FaceCheckAnswers.UnpassedOf(state.Refused!),
            "init" or "doing" => FaceCheckResult.Pending,
            "timeout" => FaceCheckResult.Expired,
            "finished" => texts.Judge(await AskAsync(query, InfoType.Text, cancellationToken), query.Asked, mayBeSilent: true),
            _ => FaceCheckErrors.Unavailable(),
        };
    }

    public async Task<Result<FaceCheckFrame>> ReadFrameAsync(FaceCheckQuery query, CancellationToken cancellationToken) =>
        TencentTexts.FrameOf(await AskAsync(query, InfoType.BestFrame, cancellationToken));

    private Task<TencentReply<DetectInfo>> AskAsync(FaceCheckQuery query, string parts, CancellationToken cancellationToken) =>
        caller.AskAsync<DetectInfo>("GetEidResult", new ResultBody(query.ProviderRef, parts), mayRepeat: true, cancellationToken);

    private sealed record TokenBody(string MerchantId, string IdCard, string Name, string Extra, TokenConfig Config, string? RedirectUrl);

    private sealed record TokenConfig(string InputType);

    private sealed record TokenAnswer(string EidToken, string? Url = null);

    private sealed record StateBody(string EidToken);

    private sealed record StateAnswer(string Status);

    private sealed record ResultBody(string EidToken, string InfoType);
}
