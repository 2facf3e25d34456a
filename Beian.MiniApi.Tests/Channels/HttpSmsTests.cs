using Beian.MiniApi.Channels;
using Beian.MiniApi.Tests.WeChat;

namespace Beian.MiniApi.Tests.Channels;

/// <summary>Text messages by a gateway of the operator's own.</summary>
public sealed class HttpSmsTests
{
    [Theory]
    [InlineData(200, ParcelEnd.Taken, null, false)]
    [InlineData(202, ParcelEnd.Taken, null, false)]
    [InlineData(301, ParcelEnd.Refused, "status301", false)]
    [InlineData(400, ParcelEnd.Refused, "status400", false)]
    [InlineData(401, ParcelEnd.NotNow, "status401", true)]
    [InlineData(403, ParcelEnd.NotNow, "status403", true)]
    [InlineData(404, ParcelEnd.Refused, "status404", false)]
    [InlineData(408, ParcelEnd.NotNow, "status408", false)]
    [InlineData(422, ParcelEnd.Refused, "status422", false)]
    [InlineData(429, ParcelEnd.NotNow, "status429", false)]
    [InlineData(500, ParcelEnd.NotNow, "status500", false)]
    [InlineData(503, ParcelEnd.NotNow, "status503", false)]
    public async Task Send_Answered_EndsAsTheStatusSays(int status, ParcelEnd end, string? reason, bool alert)
    {
        await using var wire = new WireRecorder(WireRecorder.Http("{\"id\":\"g-1\"}", status: $"{status} Something\r\nLocation: http://127.0.0.1:1/"));
        await using var rig = Rig(wire.Address);

        Assert.Equal(new ParcelOutcome(end, reason, Receipt: end == ParcelEnd.Taken ? "g-1" : null, Alert: alert), await rig.SendAsync(ChannelKind.Sms, ChannelRig.AParcel(ChannelRig.Mobile)));
        Assert.Single(wire.Requests);
        rig.AssertNobodyNamed();
    }

    [Theory]
    [InlineData("90", 90)]
    [InlineData("9999999", 86_400)]
    [InlineData("-5", null)]
    [InlineData("soon", null)]
    [InlineData("Thu, 01 Jan 2015 00:00:00 GMT", null)]
    public async Task Send_AskedToWait_TellsHowLong(string header, int? seconds)
    {
        await using var wire = new WireRecorder(WireRecorder.Http("", status: $"429 Too Many Requests\r\nRetry-After: {header}"));
        await using var rig = Rig(wire.Address);

        Assert.Equal(seconds, (await rig.SendAsync(ChannelKind.Sms, ChannelRig.AParcel(ChannelRig.Mobile))).RetryAfter?.TotalSeconds);
    }

    [Fact]
    public async Task Send_Message_IsExactlyThis()
    {
        await using var wire = new WireRecorder(WireRecorder.Http("nonsense"));
        await using var rig = Rig(wire.Address);

        Assert.Equal(new ParcelOutcome(ParcelEnd.Taken, null), await rig.SendAsync(ChannelKind.Sms, ChannelRig.AParcel(ChannelRig.Mobile)));

        var request = wire.Requests.Single();
        Assert.StartsWith("POST /send?tenant=1 HTTP/1.1\r\n", request, StringComparison.Ordinal);
        Assert.Contains("\r\nIdempotency-Key: n1:sms:t1\r\n", request, StringComparison.Ordinal);
        Assert.Contains("\r\nAuthorization: Bearer made-up\r\n", request, StringComparison.Ordinal);
        using var body = System.Text.Json.JsonDocument.Parse(request[(request.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..]);
        Assert.Equal(["key", "to", "event", "text", "values"], body.RootElement.EnumerateObject().Select(m => m.Name));
        Assert.Equal("+86" + ChannelRig.Mobile, body.RootElement.GetProperty("to").GetString());
        Assert.Equal("您的备案已通过初审。", body.RootElement.GetProperty("text").GetString());
        Assert.Equal("待提交管局", body.RootElement.GetProperty("values").GetProperty("state").GetString());
    }

    [Fact]
    public async Task Send_KeyWithALineBreak_IsRefusedWithoutACall()
    {
        await using var wire = new WireRecorder(WireRecorder.Http("{}"));
        await using var rig = Rig(wire.Address);

        Assert.Equal("badKey", (await rig.SendAsync(ChannelKind.Sms, ChannelRig.AParcel(ChannelRig.Mobile, key: "a\r\nX-Evil: 1"))).Reason);
        Assert.Empty(wire.Requests);
    }

    [Fact]
    public async Task Send_ConnectionBreaks_IsInDoubt()
    {
        await using var wire = new WireRecorder((string?)null);
        await using var rig = Rig(wire.Address);

        Assert.Equal(new ParcelOutcome(ParcelEnd.InDoubt, "answerLost"), await rig.SendAsync(ChannelKind.Sms, ChannelRig.AParcel(ChannelRig.Mobile)));
    }

    private static ChannelRig Rig(string address) =>
        new("Production", ("Sms:Provider", "http"), ("Sms:Http:Url", address + "/send?tenant=1"), ("Sms:Http:Authorization", "Bearer made-up"));
}
