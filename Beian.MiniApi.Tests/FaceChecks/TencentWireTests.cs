using System.Globalization;
using System.Text;
using Beian.MiniApi.FaceChecks;
using Beian.MiniApi.Tests.WeChat;

namespace Beian.MiniApi.Tests.FaceChecks;

/// <summary>What goes to Tencent Cloud, byte for byte.</summary>
public sealed class TencentWireTests
{
    private const long At = 1790000000;

    [Theory]
    [InlineData("tencentEid", "start", "GetEidToken",
        """{"MerchantId":"M1","IdCard":"00000019000101000X","Name":"测试甲","Extra":"0123456789abcdef0123456789abcdef","Config":{"InputType":"4"}}""")]
    [InlineData("tencentEid", "read", "CheckEidTokenStatus", """{"EidToken":"TOKEN"}""")]
    [InlineData("tencentEid", "frame", "GetEidResult", """{"EidToken":"TOKEN","InfoType":"3"}""")]
    [InlineData("tencentFaceId", "start", "DetectAuth", """{"RuleId":"1","IdCard":"00000019000101000X","Name":"测试甲","Extra":"0123456789abcdef0123456789abcdef"}""")]
    [InlineData("tencentFaceId", "read", "GetDetectInfoEnhanced", """{"BizToken":"TOKEN","RuleId":"1","InfoType":"1"}""")]
    [InlineData("tencentFaceId", "frame", "GetDetectInfoEnhanced", """{"BizToken":"TOKEN","RuleId":"1","InfoType":"3"}""")]
    public async Task Call_OfEitherProduct_IsExactlyThis(string provider, string what, string action, string body)
    {
        await using var wire = new WireRecorder(WireRecorder.Http("""{"Response":{"EidToken":"T","BizToken":"T","Url":"https://face.example/x","Status":"init","RequestId":"r"}}"""));
        await using var rig = new FaceRig(provider, wire.Address);
        rig.Clock.Now = DateTimeOffset.FromUnixTimeSeconds(At);

        await DoAsync(rig.Provider, what);

        var host = wire.Address["http://".Length..];
        var length = Encoding.UTF8.GetByteCount(body).ToString(CultureInfo.InvariantCulture);
        var (head, sent) = Split(wire.Requests.Single());
        Assert.Equal(body, sent);
        Assert.Equal("POST / HTTP/1.1", head[0]);
        Assert.Equal(
            [
                $"Authorization: {Expected(host, action, body)}", $"Content-Length: {length}", "Content-Type: application/json; charset=utf-8", $"Host: {host}", $"X-TC-Action: {action}",
                "X-TC-Timestamp: 1790000000", "X-TC-Version: 2018-03-01",
            ],
            head.Skip(1).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Read_OfAFinishedEid_AsksForTheTextAlone()
    {
        await using var wire = new WireRecorder((_, request) => Task.FromResult<byte[]?>(Encoding.UTF8.GetBytes(WireRecorder.Http(
            request.Contains("CheckEidTokenStatus", StringComparison.Ordinal) ? """{"Response":{"Status":"finished","RequestId":"r"}}""" : """{"Response":{"Text":{"ErrCode":17},"RequestId":"r"}}"""))));
        await using var rig = new FaceRig("tencentEid", wire.Address);

        await rig.Provider.ReadAsync(FaceRig.Query, default);

        Assert.Equal(2, wire.Requests.Count);
        Assert.EndsWith("""{"EidToken":"TOKEN","InfoType":"1"}""", wire.Requests[1], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_WithRegionAndReturnUrl_SendsBoth()
    {
        await using var wire = new WireRecorder(WireRecorder.Http("""{"Response":{"BizToken":"T","Url":"https://face.example/x","RequestId":"r"}}"""));
        await using var rig = new FaceRig("tencentFaceId", wire.Address, ("Tencent:Region", "ap-guangzhou"), ("ReturnUrl", "https://beian.example/api/v1/face-checks/return"));

        await rig.Provider.StartAsync(FaceRig.Asked, default);

        Assert.Contains("\r\nX-TC-Region: ap-guangzhou\r\n", wire.Requests.Single(), StringComparison.Ordinal);
        Assert.Contains("\"RedirectUrl\":\"https://beian.example/api/v1/face-checks/return\"", wire.Requests.Single(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("InternalError", 1, 3)]
    [InlineData("InternalError.SystemError", 1, 3)]
    [InlineData("RequestLimitExceeded", 1, 3)]
    [InlineData("RequestLimitExceeded.IPLimitExceeded", 1, 3)]
    [InlineData("AuthFailure.SignatureFailure", 1, 1)]
    [InlineData("LimitExceeded", 1, 1)]
    [InlineData("FailedOperation.RequestLimitExceeded", 1, 1)]
    public async Task Call_ThatIsRefused_IsRepeatedOnlyWhenBusyAndWithoutEffect(string code, int starts, int reads)
    {
        await using var wire = new WireRecorder(WireRecorder.Http($$$"""{"Response":{"Error":{"Code":"{{{code}}}","Message":"m"},"RequestId":"r"}}"""));
        await using var rig = new FaceRig("tencentFaceId", wire.Address);

        await rig.Provider.StartAsync(FaceRig.Asked, default);
        Assert.Equal(starts, wire.Requests.Count);
        await rig.Provider.ReadAsync(FaceRig.Query, default);
        Assert.Equal(starts + reads, wire.Requests.Count);

        // Signed anew, so that it is not refused for its age.
        Assert.All(wire.Requests, r => Assert.Contains("\r\nAuthorization: TC3-HMAC-SHA256 Credential=", r, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")]
    [InlineData(null)]
    public async Task Read_WayBroken_IsNotRepeated(string? answer)
    {
        await using var wire = new WireRecorder(answer);
        await using var rig = new FaceRig("tencentFaceId", wire.Address);

        Assert.Equal("faceCheck.unavailable", (await rig.Provider.ReadAsync(FaceRig.Query, default)).Error?.Code);
        Assert.Single(wire.Requests);
    }

    private static Task DoAsync(IFaceCheckProvider provider, string what) => what switch
    {
        "start" => provider.StartAsync(FaceRig.Asked, default),
        "read" => provider.ReadAsync(FaceRig.Query, default),
        _ => provider.ReadFrameAsync(FaceRig.Query, default),
    };

    private static (string[] Head, string Body) Split(string request)
    {
        var end = request.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        return (request[..end].Split("\r\n"), request[(end + 4)..]);
    }

    /// <summary>Held against the vectors in <see cref="Tc3Tests"/>; the host is the test's own.</summary>
    private static string Expected(string host, string action, string body)
    {
        KeyValuePair<string, string>[] headers = [new("content-type", "application/json; charset=utf-8"), new("host", host), new("x-tc-action", action)];
        return Beian.MiniApi.Platform.Tencent.Tc3.Sign(new("faceid", headers, Encoding.UTF8.GetBytes(body), At), FaceRig.SecretId, FaceRig.SecretKey).Authorization;
    }
}
