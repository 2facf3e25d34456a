#if SKIT
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Beian.MiniApi.WeChat;
using Beian.MiniApi.WeChat.Models;

namespace Beian.MiniApi.Tests.WeChat;

/// <summary>SKIT makes the same calls and comes to the same ends as the built-in client, whose own are held by <see cref="CallWireTests"/> and <see cref="CallAnswerTests"/>.</summary>
public sealed class SkitClientTests() : ClientContract("skit")
{
    [Theory]
    [MemberData(nameof(EveryCall.Names), MemberType = typeof(EveryCall))]
    public async Task Call_Made_SendsWhatTheContractSays(string name)
    {
        var call = EveryCall.Named(name);
        await using var expected = WireRecorder.Scripted(EveryCall.AnswerTo(call));
        await using var builtin = new WeChatRig(expected.Address);
        await EveryCall.AskAsync(call, builtin.Client);
        await using var wire = WireRecorder.Scripted(EveryCall.AnswerTo(call));
        await using var rig = Rig(wire);

        var (value, _) = await EveryCall.AskAsync(call, rig.Client);

        Assert.Equal(expected.Requests.Count, wire.Requests.Count);
        var (sent, right) = (wire.Requests[^1], expected.Requests[^1]);
        Assert.Equal(Line(right), Line(sent));
        Assert.DoesNotContain("Transfer-Encoding", sent, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("\\u", sent, StringComparison.Ordinal);
        if (Body(right).StartsWith('{'))
        {
            Assert.True(JsonNode.DeepEquals(JsonNode.Parse(Body(right)), JsonNode.Parse(Body(sent))), Body(sent));
            Assert.Contains($"\r\nContent-Length: {Encoding.UTF8.GetByteCount(Body(sent)).ToString(CultureInfo.InvariantCulture)}\r\n", sent, StringComparison.OrdinalIgnoreCase);
            Assert.Matches("\r\nContent-Type: application/json", sent);
        }
        else if (Body(right).Length > 0)
        {
            Assert.Matches("\r\nContent-Type: multipart/form-data; boundary=[^\"\r]+\r\n", sent);
            Assert.Matches("\r\nContent-Disposition: form-data; name=\"img\"; filename=\"[A-Za-z0-9._-]+\"\r\n", sent);
            Assert.True(wire.Bytes[^1].AsSpan().IndexOf(EveryCall.Jpeg) > 0);
        }

        Assert.True(value is not null || call == WeChatCall.UnlimitedCode);
    }

    [Theory]
    [MemberData(nameof(EveryCall.Names), MemberType = typeof(EveryCall))]
    public async Task Call_AnsweredWell_HasTheValueOfTheBuiltInClient(string name)
    {
        var call = EveryCall.Named(name);
        var body = call == WeChatCall.UnlimitedCode ? null : EveryCall.AnswerTo(call);
        byte[] picture = [.. Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Type: image/jpeg\r\nContent-Length: {EveryCall.Jpeg.Length}\r\nConnection: close\r\n\r\n"), .. EveryCall.Jpeg];
        await using var wire = body is null ? WireRecorder.Scripted(picture) : WireRecorder.Scripted(body, call.IsGet ? "text/plain" : "application/json; encoding=utf-8");
        await using var builtin = new WeChatRig(wire.Address);
        await using var rig = Rig(wire);

        var expected = (await EveryCall.AskAsync(call, builtin.Client)).Value;
        var value = (await EveryCall.AskAsync(call, rig.Client)).Value;

        Assert.NotNull(value);
        Assert.Equivalent(Plain(expected), Plain(value), strict: true);
    }

    [Theory]
    [MemberData(nameof(EveryCall.Names), MemberType = typeof(EveryCall))]
    public async Task Call_AnsweredStrangely_ComesToTheSameAsWithTheBuiltInClient(string name)
    {
        var call = EveryCall.Named(name);
        string?[] answers =
        [
            WireRecorder.Http("<html>", "text/html"), WireRecorder.Http("{\"errcode\":0,\"op"), WireRecorder.Http("[]"), WireRecorder.Http("null"), WireRecorder.Http("\"\""), WireRecorder.Http(""),
            WireRecorder.Http("{\"errcode\":{}}"), WireRecorder.Http("{\"errcode\":1e99}"), WireRecorder.Http("{\"errcode\":\"0x1\"}"), WireRecorder.Http("{\"errcode\":\"40013\"}"),
            WireRecorder.Http("{\"errcode\":0}", "application/json; charset=nonsense"), WireRecorder.Http(string.Concat(Enumerable.Repeat("[", 5_000))),
            WireRecorder.Http("", status: "412 Precondition Failed"), WireRecorder.Http("<html>", "text/html", "502 Bad Gateway"), WireRecorder.Http("<html>", "text/html", "504 Gateway Timeout"),
            WireRecorder.Http("{}", status: "413 Payload Too Large"), "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{\"errcode\":0", "nonsense\r\n\r\n", null,
        ];

        // Beside each other: most are tried three times, with pauses.
        var met = await Task.WhenAll(answers.Select(async a => (Expected: await MeetAsync(call, a, "builtin"), Met: await MeetAsync(call, a, "skit"), Answer: a)));

        Assert.All(met, m => Assert.True(
            m.Expected.Error?.Code == m.Met.Error?.Code && Equals((m.Expected.Value as WeChatDelivery)?.State, (m.Met.Value as WeChatDelivery)?.State),
            $"{m.Answer?.Split('\r')[0]} {m.Answer?.Length}: {m.Expected.Error?.Code} became {m.Met.Error?.Code}"));
    }

    /// <summary>A token's time is its own.</summary>
    private static object? Plain(object? value) => value is WeChatToken token ? new { Length = token.Value[..6] } : value;

    private static string Body(string request) => request[(request.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4)..];

    /// <summary>Method, path and parameters, in whatever order.</summary>
    private static string Line(string request)
    {
        var parts = request[..request.IndexOf(" HTTP/1.1\r\n", StringComparison.Ordinal)].Split('?');
        return parts[0] + "?" + string.Join('&', parts.Skip(1).SelectMany(p => p.Split('&')).Select(Uri.UnescapeDataString).Order(StringComparer.Ordinal));
    }
}
#endif
