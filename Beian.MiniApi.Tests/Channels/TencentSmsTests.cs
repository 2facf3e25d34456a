using System.Text;
using Beian.MiniApi.Channels;
using Beian.MiniApi.Platform.Tencent;
using Beian.MiniApi.Tests.WeChat;

namespace Beian.MiniApi.Tests.Channels;

/// <summary>Text messages by Tencent Cloud: what is sent, and what every answer means.</summary>
public sealed class TencentSmsTests
{
    private const string SecretId = "AKIDexampleexampleexampleexample0003";
    private const string SecretKey = "exampleSecretKeyexampleSecretKe3";

    [Theory]
    [InlineData("Ok", ParcelEnd.Taken, null, null, false)]
    [InlineData("ok", ParcelEnd.Refused, "unknownCode", null, true)]
    [InlineData("LimitExceeded.PhoneNumberThirtySecondLimit", ParcelEnd.NotNow, "frequency", 31, false)]
    [InlineData("LimitExceeded.DeliveryFrequencyLimit", ParcelEnd.NotNow, "frequency", 31, false)]
    [InlineData("LimitExceeded.PhoneNumberOneHourLimit", ParcelEnd.NotNow, "frequency", 3600, false)]
    [InlineData("LimitExceeded.PhoneNumberDailyLimit", ParcelEnd.Refused, "quota", null, false)]
    [InlineData("LimitExceeded.PhoneNumberSameContentDailyLimit", ParcelEnd.Refused, "quota", null, false)]
    [InlineData("LimitExceeded.AppDailyLimit", ParcelEnd.NotNow, "appQuota", 3600, true)]
    [InlineData("FailedOperation.InsufficientBalanceInSmsPackage", ParcelEnd.NotNow, "account", 3600, true)]
    [InlineData("UnauthorizedOperation.SerivceSuspendDueToArrears", ParcelEnd.NotNow, "account", 3600, true)]
    [InlineData("FailedOperation.SignatureIncorrectOrUnapproved", ParcelEnd.Refused, "settings", null, true)]
    [InlineData("FailedOperation.TemplateIncorrectOrUnapproved", ParcelEnd.Refused, "settings", null, true)]
    [InlineData("InvalidParameterValue.TemplateParameterFormatError", ParcelEnd.Refused, "settings", null, true)]
    [InlineData("InvalidParameterValue.TemplateParameterLengthLimit", ParcelEnd.Refused, "settings", null, true)]
    [InlineData("InvalidParameterValue.ProhibitedUseUrlInTemplateParameter", ParcelEnd.Refused, "settings", null, true)]
    [InlineData("InvalidParameterValue.IncorrectPhoneNumber", ParcelEnd.Refused, "badNumber", null, false)]
    [InlineData("FailedOperation.PhoneNumberInBlacklist", ParcelEnd.Refused, "blacklisted", null, false)]
    [InlineData("FailedOperation.ContainSensitiveWord", ParcelEnd.Refused, "sensitiveWord", null, false)]
    [InlineData("InternalError.Timeout", ParcelEnd.InDoubt, "answerLost", null, false)]
    [InlineData("InternalError.SendAndRecvFail", ParcelEnd.InDoubt, "answerLost", null, false)]
    [InlineData("InternalError.SigVerificationFail", ParcelEnd.NotNow, "busy", null, false)]
    [InlineData("InvalidParameterValue.SomethingNew", ParcelEnd.Refused, "unknownCode", null, true)]
    public async Task Send_NumberHasACode_EndsAsTheCodeSays(string code, ParcelEnd end, string? reason, int? pause, bool alert)
    {
        await using var wire = new WireRecorder(WireRecorder.Http($$$"""{"Response":{"SendStatusSet":[{"SerialNo":"2026:1","PhoneNumber":"+86{{{ChannelRig.Mobile}}}","Fee":1,"Code":"{{{code}}}","Message":"m","IsoCode":"CN"}],"RequestId":"r"}}"""));
        await using var rig = Rig(wire.Address);

        var outcome = await rig.SendAsync(ChannelKind.Sms, ChannelRig.AParcel(ChannelRig.Mobile));

        Assert.Equal(new ParcelOutcome(end, reason, pause is { } s ? TimeSpan.FromSeconds(s) : null, end == ParcelEnd.Taken ? "2026:1" : null, alert), outcome);
        Assert.Equal(alert, rig.Logged.Any(l => l.Contains("OperatorAlert", StringComparison.Ordinal)));
        rig.AssertNobodyNamed();
    }

    [Theory]
    [InlineData("AuthFailure.SignatureFailure", ParcelEnd.NotNow, "account", true)]
    [InlineData("UnauthorizedOperation", ParcelEnd.NotNow, "account", true)]
    [InlineData("RequestLimitExceeded", ParcelEnd.NotNow, "busy", false)]
    [InlineData("RequestLimitExceeded.IPLimitExceeded", ParcelEnd.NotNow, "busy", false)]
    [InlineData("InternalError", ParcelEnd.NotNow, "busy", false)]
    [InlineData("InvalidParameterValue.SdkAppIdNotExist", ParcelEnd.Refused, "settings", true)]
    [InlineData("InternalErrorless", ParcelEnd.Refused, "unknownCode", true)]
    public async Task Send_WholeCallIsRefused_EndsAsTheCodeSays(string code, ParcelEnd end, string reason, bool alert)
    {
        await using var wire = new WireRecorder(WireRecorder.Http($$$"""{"Response":{"Error":{"Code":"{{{code}}}","Message":"m"},"RequestId":"r"}}"""));
        await using var rig = Rig(wire.Address);

        var outcome = await rig.SendAsync(ChannelKind.Sms, ChannelRig.AParcel(ChannelRig.Mobile));

        Assert.Equal((end, reason, alert), (outcome.End, outcome.Reason, outcome.Alert));
        Assert.Single(wire.Requests);
    }

    [Theory]
    [InlineData("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", ParcelEnd.NotNow, "gateway")]
    [InlineData("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\nConnection: close\r\n\r\n", ParcelEnd.NotNow, "gateway")]
    [InlineData(null, ParcelEnd.InDoubt, "answerLost")]
    [InlineData("220 this is no HTTP\r\n", ParcelEnd.InDoubt, "answerLost")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 11\r\nConnection: close\r\n\r\n{\"Response\"", ParcelEnd.InDoubt, "badAnswer")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\n[]", ParcelEnd.InDoubt, "badAnswer")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 36\r\nConnection: close\r\n\r\n{\"Response\":{\"SendStatusSet\":[    ]}}", ParcelEnd.InDoubt, "badAnswer")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 99999999\r\nConnection: close\r\n\r\n{", ParcelEnd.InDoubt, "badAnswer")]
    public async Task Send_WayBroken_IsNotTakenForDelivered(string? answer, ParcelEnd end, string reason)
    {
        await using var wire = new WireRecorder(answer);
        await using var rig = Rig(wire.Address);

        var outcome = await rig.SendAsync(ChannelKind.Sms, ChannelRig.AParcel(ChannelRig.Mobile));

        Assert.Equal((end, reason), (outcome.End, outcome.Reason));
        Assert.Single(wire.Requests);
        rig.AssertNobodyNamed();
    }

    [Fact]
    public async Task Send_NobodyListens_IsNotNow()
    {
        await using var rig = Rig($"http://127.0.0.1:{Fixtures.ChildProgram.FreePort()}");

        Assert.Equal(new ParcelOutcome(ParcelEnd.NotNow, "noConnection"), await rig.SendAsync(ChannelKind.Sms, ChannelRig.AParcel(ChannelRig.Mobile)));
    }

    [Fact]
    public async Task Send_NoAnswerInTime_IsInDoubt()
    {
        await using var wire = new WireRecorder(async n =>
        {
            await Task.Delay(Timeout.Infinite, new CancellationTokenSource(TimeSpan.FromSeconds(20)).Token).ContinueWith(_ => { }, TaskScheduler.Default);
            return null;
        });
        await using var rig = Rig(wire.Address, ("Sms:Timeout", "00:00:00.300"));

        Assert.Equal(new ParcelOutcome(ParcelEnd.InDoubt, "answerLost"), await rig.SendAsync(ChannelKind.Sms, ChannelRig.AParcel(ChannelRig.Mobile)));
    }

    [Fact]
    public async Task Send_Message_IsExactlyThis()
    {
        await using var wire = new WireRecorder(WireRecorder.Http("""{"Response":{"SendStatusSet":[{"Code":"Ok"}],"RequestId":"r"}}"""));
        await using var rig = Rig(wire.Address);
        var parcel = ChannelRig.AParcel(ChannelRig.Mobile) with { Values = new Dictionary<string, string> { ["state"] = "  待提交\r\n管局\u0000 ", ["hint"] = "一二三四五六七八九十一二三" } };

        Assert.Equal(ParcelEnd.Taken, (await rig.SendAsync(ChannelKind.Sms, parcel)).End);

        var request = wire.Requests.Single();
        var (head, body) = (request[..request.IndexOf("\r\n\r\n", StringComparison.Ordinal)].Split("\r\n"), request[(request.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..]);
        Assert.Equal($$"""{"PhoneNumberSet":["+86{{ChannelRig.Mobile}}"],"SmsSdkAppId":"1400000001","SignName":"测试","TemplateId":"77","TemplateParamSet":["待提交 管局","一二三四五六七八九十一二","-"],"SessionContext":"n1:sms:t1"}""", body);
        Assert.Contains("X-TC-Action: SendSms", head);
        Assert.Contains("X-TC-Version: 2021-01-11", head);
        Assert.Contains("X-TC-Region: ap-guangzhou", head);
        Assert.Contains("Content-Length: " + Encoding.UTF8.GetByteCount(body), head);
        var timestamp = long.Parse(head.Single(h => h.StartsWith("X-TC-Timestamp: ", StringComparison.Ordinal))[16..], System.Globalization.CultureInfo.InvariantCulture);
        KeyValuePair<string, string>[] signed = [new("content-type", "application/json; charset=utf-8"), new("host", wire.Address["http://".Length..]), new("x-tc-action", "SendSms")];
        Assert.Contains("Authorization: " + Tc3.Sign(new Tc3Call("sms", signed, Encoding.UTF8.GetBytes(body), timestamp), SecretId, SecretKey).Authorization, head);
    }

    [Theory]
    [InlineData("", "approve", "badNumber")]
    [InlineData("12345678901", "approve", null)]
    [InlineData("1990000000", "approve", "badNumber")]
    [InlineData("19900000000\r\n", "approve", "badNumber")]
    [InlineData("１９９００００００００", "approve", "badNumber")]
    [InlineData("+85290000000", "approve", null)]
    [InlineData("+0123456789", "approve", "badNumber")]
    [InlineData("19900000000", "notification.approve", null)]
    [InlineData("19900000000", "reject", "noTemplate")]
    public async Task Send_NumberOrEventThatCannotBe_IsRefusedWithoutACall(string address, string happened, string? reason)
    {
        await using var wire = new WireRecorder(WireRecorder.Http("""{"Response":{"SendStatusSet":[{"Code":"Ok"}],"RequestId":"r"}}"""));
        await using var rig = Rig(wire.Address);

        var outcome = await rig.SendAsync(ChannelKind.Sms, ChannelRig.AParcel(address, happened));

        Assert.Equal((reason is null ? ParcelEnd.Taken : ParcelEnd.Refused, reason), (outcome.End, outcome.Reason));
        Assert.Equal(reason is null ? 1 : 0, wire.Requests.Count);
    }

    [Fact]
    public async Task Send_ProviderFailsAgainAndAgain_IsLeftAlone()
    {
        await using var wire = new WireRecorder("HTTP/1.1 502 Bad Gateway\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
        await using var rig = Rig(wire.Address);
        var ends = new List<string?>();
        for (var i = 0; i < 8; i++)
        {
            ends.Add((await rig.SendAsync(ChannelKind.Sms, ChannelRig.AParcel(ChannelRig.Mobile))).Reason);
        }

        Assert.Equal("resting", ends[^1]);
        Assert.InRange(wire.Requests.Count, 5, 7);
    }

    private static ChannelRig Rig(string address, params (string Key, string Value)[] settings) => new("Production",
    [
        ("Sms:Provider", "tencent"), ("Sms:Tencent:Endpoint", address + "/"), ("Sms:Tencent:SecretId", SecretId), ("Sms:Tencent:SecretKey", SecretKey), ("Sms:Tencent:SdkAppId", "1400000001"),
        ("Sms:Tencent:SignName", "测试"), ("Sms:Templates:0:Id", "77"), ("Sms:Templates:0:Events:0", "notification.approve"), ("Sms:Templates:0:Parameters:0", "state"),
        ("Sms:Templates:0:Parameters:1", "hint"), ("Sms:Templates:0:Parameters:2", "number"), .. settings,
    ]);
}
