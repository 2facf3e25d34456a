using Beian.MiniApi.Domain;
using Beian.MiniApi.WeChat.Models;

namespace Beian.MiniApi.WeChat.Calls;

/// <summary>WeChat's own face verification, version 2.0.</summary>
internal sealed class FaceCalls(WeChatCaller caller, WeChatErrcodes errcodes, ILogger<FaceCalls> logger)
{
    public async Task<Result<WeChatFaceTicket>> StartAsync(WeChatFaceStart start, CancellationToken cancellationToken)
    {
        var certificate = new Certificate(WeChatFacePerson.CertificateType, start.Person.Name, start.Person.Number);
        var asked = await caller.PostAsync(WeChatCall.FaceStart, new StartBody(start.Serial, certificate, start.OpenId), cancellationToken);
        if (!asked.TryGet(out var reply, out var refusal))
        {
            return refusal;
        }

        return reply.Text("verify_id") is { } id && reply.Number("expires_in") is > 0 and var seconds
            ? new WeChatFaceTicket(id, TimeSpan.FromSeconds(seconds))
            : caller.Incomplete(WeChatCall.FaceStart);
    }

    public async Task<Result<WeChatFaceResult>> QueryAsync(WeChatFaceQuery query, CancellationToken cancellationToken)
    {
        var hash = WeChatSignatures.OfCertificate(WeChatFacePerson.CertificateType, query.Person.Name, query.Person.Number);
        var asked = await caller.PostAsync(WeChatCall.FaceQuery, new QueryBody(query.VerifyId, query.Serial, hash, query.OpenId), cancellationToken);
        if (!asked.TryGet(out var reply, out var refusal))
        {
            return refusal;
        }

        if (reply.Number("verify_ret") is not { } result)
        {
            return caller.Incomplete(WeChatCall.FaceQuery);
        }

        if (!errcodes.Faces.TryGetValue(result, out var row))
        {
            logger.LogError("WeChat answered the unknown result {Result} of a face verification", result);
            return WeChatErrors.Of("face.config");
        }

        return row.Told.IsRefusal ? WeChatErrors.Of(row.Told.Code) : new WeChatFaceResult(result, row.Class, row.Told.Code);
    }

    private sealed record Certificate(string CertType, string CertName, string CertNo);

    private sealed record StartBody(string OutSeqNo, Certificate CertInfo, string Openid);

    private sealed record QueryBody(string VerifyId, string OutSeqNo, string CertHash, string Openid);
}
