using Beian.MiniApi.Domain;
using Microsoft.Extensions.Options;

namespace Beian.MiniApi.FaceChecks.Tencent;

/// <summary>Tencent Cloud FaceID (慧眼). A result says whom it is about, so one that does not is nobody's.</summary>
internal sealed class FaceIdFaceCheckProvider(TencentCaller caller, TencentTexts texts, IOptions<TencentFaceOptions> account, IOptions<FaceCheckOptions> options) : IFaceCheckProvider
{
    /// <summary>How long a BizToken can be begun with (https://cloud.tencent.com/document/api/1007/31816, checked 2026-11-26).</summary>
    private static readonly TimeSpan TokenLife = TimeSpan.FromSeconds(7_200);

    public string Name => "tencentFaceId";

    public string NameCode => "name.faceProvider.tencentFaceId";

    public bool Supports(int certificateType) => certificateType == TencentTexts.IdentityCard;

    public async Task<Result<FaceCheckStart>> StartAsync(FaceCheckRequest request, CancellationToken cancellationToken)
    {
        if (TencentTexts.Refuse(request) is { } refusal)
        {
            return refusal;
        }

        var body = new AuthBody(account.Value.RuleId!, request.CertificateNumber, request.Name, request.CheckId, options.Value.ReturnUrl);
        var reply = await caller.AskAsync<AuthAnswer>("DetectAuth", body, mayRepeat: false, cancellationToken);
        return texts.Started(reply.Response?.BizToken, reply.Response?.Url, reply.Refused, TokenLife);
    }

    public async Task<Result<FaceCheckResult>> ReadAsync(FaceCheckQuery query, CancellationToken cancellationToken) =>
        texts.Judge(await AskAsync(query, InfoType.Text, cancellationToken), query.Asked, mayBeSilent: false);

    public async Task<Result<FaceCheckFrame>> ReadFrameAsync(FaceCheckQuery query, CancellationToken cancellationToken) =>
        TencentTexts.FrameOf(await AskAsync(query, InfoType.BestFrame, cancellationToken));

    private Task<TencentReply<DetectInfo>> AskAsync(FaceCheckQuery query, string parts, CancellationToken cancellationToken) =>
        caller.AskAsync<DetectInfo>("GetDetectInfoEnhanced", new ResultBody(query.ProviderRef, account.Value.RuleId!, parts), mayRepeat: true, cancellationToken);

    private sealed record AuthBody(string RuleId, string IdCard, string Name, string Extra, string? RedirectUrl);

    private sealed record AuthAnswer(string BizToken, string? Url = null);

    private sealed record ResultBody(string BizToken, string RuleId, string InfoType);
}
