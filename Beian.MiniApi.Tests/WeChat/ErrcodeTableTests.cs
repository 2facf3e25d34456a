using System.Globalization;
using System.Text;
using Beian.MiniApi.Domain;
using Beian.MiniApi.Platform;
using Beian.MiniApi.WeChat;
using Beian.MiniApi.WeChat.Models;

namespace Beian.MiniApi.Tests.WeChat;

/// <summary>Every row of the errcode table that a call of ours can be answered with, played by a server, and what our caller then gets.</summary>
public sealed class ErrcodeTableTests
{
    private static readonly string TableFile = Path.Combine(AppContext.BaseDirectory, "ReferenceData", "wechat-errors.json");
    private static readonly WeChatErrcodes Table = WeChatErrcodes.Load(TableFile);

    public static TheoryData<int> Rows() => [.. Table.Rows.Where(r => r.Code != 0 && WeChatErrcodeChecks.IsOurs(r)).Select(r => r.Code).Order()];

    public static TheoryData<int> FaceResults() => [.. Table.Faces.Keys.Order()];

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task Call_AnsweredWithARow_TellsOurCallerWhatTheRowSays(int errcode)
    {
        var row = Table.Find(errcode);
        var calls = WeChatCall.All.Where(c => WeChatErrcodeChecks.Answers(row, c)).ToList();

        var met = await Task.WhenAll(calls.Select(c => MeetAsync(c, $$"""{"errcode":{{errcode}},"errmsg":"{{row.Errmsg}} rid: 68231586-663e56da-1e04e5eb"}""")));

        Assert.NotEmpty(met);
        Assert.All(calls.Zip(met), m => Assert.Equal((m.First.Name, Expected(row.ToldOn(m.First.Path))), (m.First.Name, m.Second.Told)));
    }

    /// <summary>How often a call is made when its answer is always the same.</summary>
    [Theory]
    [InlineData(-1, "textCheck", 3)]
    [InlineData(-1, "phoneNumber", 2)]
    [InlineData(-1, "code2session", 2)]
    [InlineData(-1, "resetSession", 1)]
    [InlineData(43108, "subscribeSend", 2)]
    [InlineData(44990, "urlLink", 1)]
    [InlineData(44991, "textCheck", 1)]
    [InlineData(45011, "idCard", 1)]
    [InlineData(84019, "faceStart", 1)]
    [InlineData(101001, "idCard", 1)]
    [InlineData(41030, "subscribeSend", 2)]
    public async Task Call_AnsweredWithARow_IsRepeatedAsOftenAsTheContractSays(int errcode, string call, int times) =>
        Assert.Equal(times, (await MeetAsync(EveryCall.Named(call), $$"""{"errcode":{{errcode}},"errmsg":""}""")).Times);

    [Fact]
    public async Task Send_ToAPageThatIsNotThere_SendsTheCardWithoutOne()
    {
        await using var wire = new WireRecorder((n, request) => Task.FromResult<byte[]?>(Encoding.UTF8.GetBytes(WireRecorder.Http(
            WireRecorder.IsTokenCall(request) ? """{"access_token":"T","expires_in":7200}""" : request.Contains("\"page\"", StringComparison.Ordinal) ? """{"errcode":41030}""" : """{"errcode":0}"""))));
        await using var rig = new WeChatRig(wire.Address);

        var (value, _) = await EveryCall.AskAsync(WeChatCall.SubscribeSend, rig.Client);

        Assert.Equal(new WeChatDelivery(WeChatDeliveryState.Sent, PageDropped: true), value);
        Assert.Contains(rig.Logged, l => l.Contains("OperatorAlert", StringComparison.Ordinal) && l.Contains("41030", StringComparison.Ordinal));
    }

    /// <summary>A second sending could be a second message, whatever became of the first.</summary>
    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 400\r\nConnection: close\r\n\r\n{\"errcode\":")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 10\r\nConnection: close\r\n\r\n{\"errcode\"")]
    public async Task Send_AnswerLost_IsUnknownAndNotSentAgain(string answer)
    {
        await using var wire = WireRecorder.Scripted(Encoding.UTF8.GetBytes(answer));
        await using var rig = new WeChatRig(wire.Address);

        var (value, _) = await EveryCall.AskAsync(WeChatCall.SubscribeSend, rig.Client);

        Assert.Equal(new WeChatDelivery(WeChatDeliveryState.Unknown, PageDropped: false), value);
        Assert.Equal(2, wire.Requests.Count);
    }

    [Theory]
    [MemberData(nameof(FaceResults))]
    public async Task QueryFace_EveryResult_IsWhatItsRowSays(int result)
    {
        var row = Table.Faces[result];
        await using var wire = WireRecorder.Scripted($$"""{"errcode":0,"errmsg":"ok","verify_ret":{{result}}}""");
        await using var rig = new WeChatRig(wire.Address);

        var answer = await rig.Client.QueryFaceVerificationAsync(new WeChatFaceQuery("V1", "serial-1", EveryCall.Person, EveryCall.OpenId), default);

        if (row.Told.IsRefusal)
        {
            Assert.Equal((row.Told.Code, row.Told.Status), (answer.Error?.Code, Problems.StatusOf(answer.Error!.Kind)));
        }
        else
        {
            Assert.Equal(new WeChatFaceResult(result, row.Class, row.Told.Code), answer.Value);
            Assert.Equal(result == 10000, answer.Value.IsPassed);
        }
    }

    [Fact]
    public async Task QueryFace_AResultNobodyDescribed_IsNoPass()
    {
        await using var wire = WireRecorder.Scripted("""{"errcode":0,"verify_ret":10009}""");
        await using var rig = new WeChatRig(wire.Address);

        Assert.Equal("face.config", (await EveryCall.AskAsync(WeChatCall.FaceQuery, rig.Client)).Error?.Code);
    }

    /// <summary>Failures without an errcode, for every call.</summary>
    [Theory]
    [InlineData("412", "412 Precondition Failed")]
    [InlineData("412", "404 Not Found")]
    [InlineData("413", "413 Payload Too Large")]
    [InlineData("5xx", "502 Bad Gateway")]
    [InlineData("unreadable", "200 OK")]
    public async Task Call_AnsweredWithoutJson_TellsOurCallerWhatItsRowSays(string row, string status)
    {
        var failure = Table.Failures.Single(f => f.Status == row);

        var met = await Task.WhenAll(WeChatCall.All.Select(c => MeetAsync(c, "<html>busy</html>", status)));

        Assert.All(WeChatCall.All.Zip(met), m => Assert.Equal((m.First.Name, row == "unreadable" && m.First.KeepsUnknown ? "unknown" : Expected(failure.ToldOn(m.First.Path))), (m.First.Name, m.Second.Told)));
    }

    [Fact]
    public async Task Call_NotAnsweredInTime_TellsOurCallerSo()
    {
        var failure = Table.Failures.Single(f => f.Status == "timeout");

        var met = await Task.WhenAll(WeChatCall.All.Select(async call =>
        {
            await using var wire = new WireRecorder(async (n, request) =>
            {
                if (!WireRecorder.IsTokenCall(request) || call == WeChatCall.StableToken)
                {
                    await Task.Delay(TimeSpan.FromSeconds(30));
                }

                return Encoding.UTF8.GetBytes(WireRecorder.Http("""{"access_token":"T","expires_in":7200}"""));
            });
            await using var rig = new WeChatRig(
                wire.Address, ("AttemptTimeoutMilliseconds", "400"), ("CallTimeoutMilliseconds", "600"), ("PictureAttemptTimeoutMilliseconds", "400"), ("PictureCallTimeoutMilliseconds", "600"));
            return (call.Name, Told(call, await EveryCall.AskAsync(call, rig.Client)));
        }));

        Assert.Equal(WeChatCall.All.Select(c => (c.Name, c.KeepsUnknown ? "unknown" : Expected(failure.ToldOn(c.Path)))), met);
    }

    [Theory]
    [InlineData("\"code\": -1,", "\"code\": 40001,", "stands twice")]
    [InlineData("\"source\": \"ocr\"", "\"source\": \"nowhere\"", "unknown source")]
    [InlineData("\"code\": \"ocr.quota\"", "\"code\": \"ocr.nothing\"", "which we do not say")]
    [InlineData("\"status\": 422, \"code\": \"ocr.notFound\"", "\"status\": 404, \"code\": \"ocr.notFound\"", "which we do not say")]
    [InlineData("\"status\": \"timeout\"", "\"status\": \"timeouts\"", "is missing")]
    [InlineData("\"class\": \"passed\"", "\"class\": \"past\"", "class")]
    public void Load_AFileWithAMistake_NamesIt(string right, string wrong, string said)
    {
        var file = Path.GetTempFileName();
        try
        {
            var text = File.ReadAllText(TableFile);
            Assert.Contains(right, text, StringComparison.Ordinal);
            File.WriteAllText(file, text.Replace(right, wrong, StringComparison.Ordinal));

            Assert.Contains(said, Assert.ThrowsAny<Exception>(() => WeChatErrcodes.Load(file)).Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(file);
        }
    }

    [Fact]
    public void Table_TellsWhatWasWrittenDownApartFromIt()
    {
        var told = Table.Rows.Select(r => $"{r.Code} {Expected(r.Told)}").Concat(Table.Failures.Select(f => $"{f.Status} {Expected(f.Told)}")).Concat(Table.Faces.Select(f => $"{f.Key} {Expected(f.Value.Told)}"));

        Assert.Equal(ErrcodeRows.All.Order(StringComparer.Ordinal), told.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Table_HasEveryRow()
    {
        Assert.Equal(101, Table.Rows.Count());
        Assert.Equal(5, Table.Failures.Count());
        Assert.Equal(14, Table.Faces.Values.Distinct().Count());
        Assert.Equal(WeChatCall.All.Count, WeChatCall.All.Select(c => c.Path).Distinct().Count());
    }

    private static async Task<(string Told, int Times)> MeetAsync(WeChatCall call, string body, string status = "200 OK")
    {
        var bytes = Encoding.UTF8.GetBytes(WireRecorder.Http(body, status: status));
        await using var wire = call == WeChatCall.StableToken ? new WireRecorder((_, _) => Task.FromResult<byte[]?>(bytes)) : WireRecorder.Scripted(bytes);
        await using var rig = new WeChatRig(wire.Address);
        var answer = await EveryCall.AskAsync(call, rig.Client);
        return (Told(call, answer), wire.Requests.Count(r => r.Contains(call.Path, StringComparison.Ordinal)));
    }

    private static string Told(WeChatCall call, (object? Value, DomainError? Error) answer) => answer switch
    {
        { Error: { } error } => $"{Problems.StatusOf(error.Kind).ToString(CultureInfo.InvariantCulture)} {error.Code}",
        { Value: WeChatDelivery { State: WeChatDeliveryState.NoPermission } } => "200 notify.noPermission",
        { Value: WeChatVerdict { Suggestion: WeChatSuggestion.Deferred } } or { Value: WeChatMediaJob { IsDeferred: true } } => "202 moderation.deferred",
        { Value: WeChatDelivery { State: WeChatDeliveryState.Unknown } } => "unknown",
        _ => $"{call.Name} succeeded",
    };

    private static string Expected(WeChatTold told) => $"{told.Status.ToString(CultureInfo.InvariantCulture)} {told.Code}";
}
