using System.Globalization;
using System.Text.Json;
using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.FaceChecks;
using Beian.MiniApi.FaceChecks;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Tests.WeChat;

namespace Beian.MiniApi.Tests.FaceChecks;

/// <summary>What our caller gets for every row of the tables, by the providers as they are and real HTTP.</summary>
public sealed class FaceAnswerTests
{
    private static readonly string TableFile = Path.Combine(AppContext.BaseDirectory, "ReferenceData", "face-checks.json");

    public static TheoryData<string, string> TencentResults => FaceAnswerRows.Of(FaceAnswerRows.TencentResults);

    public static TheoryData<string, string> TencentCodes => FaceAnswerRows.Of(FaceAnswerRows.TencentCodes);

    public static TheoryData<string, string> WeChatResults => FaceAnswerRows.Of(FaceAnswerRows.WeChatResults);

    public static TheoryData<string, string> WeChatStarts => FaceAnswerRows.Of(FaceAnswerRows.WeChatStarts);

    public static TheoryData<string, string> WeChatReads => FaceAnswerRows.Of(FaceAnswerRows.WeChatReads);

    [Theory]
    [MemberData(nameof(TencentResults))]
    public async Task Read_ResultOfTencent_MeansWhatItShould(string code, string meaning)
    {
        foreach (var provider in new[] { "tencentEid", "tencentFaceId" })
        {
            await using var wire = Tencent($$"""{"Status":"finished","Text":{"ErrCode":{{code}},"Sim":"88.50","Name":"测试甲","IdCard":"{{FaceRig.Number}}","Extra":"{{FaceRig.CheckId}}"}""");
            await using var rig = new FaceRig(provider, wire.Address);

            var read = await rig.Provider.ReadAsync(FaceRig.Query, default);

            Assert.Equal(meaning, Said(read));
            Assert.Equal(meaning.StartsWith("500", StringComparison.Ordinal), rig.Logged.Any(l => l.StartsWith("Error OperatorAlert ", StringComparison.Ordinal)));
        }
    }

    [Theory]
    [MemberData(nameof(TencentCodes))]
    public async Task Call_RefusedByTencent_TellsWhatItShould(string code, string told)
    {
        var meanings = told.Split(" > ");
        await using var wire = Tencent($$$"""{"Error":{"Code":"{{{code}}}","Message":"测试甲 {{{FaceRig.Number}}}"}""");
        await using var rig = new FaceRig("tencentFaceId", wire.Address);

        var started = await rig.Provider.StartAsync(FaceRig.Asked, default);
        var read = await rig.Provider.ReadAsync(FaceRig.Query, default);

        Assert.Equal(meanings[0], Refusal(started.Error!));
        Assert.Equal(meanings[^1], Said(read));
        Assert.Equal(started.Error!.Kind is ErrorKind.TooMany or ErrorKind.Unavailable, started.Error.RetryAfter is not null);

        // An alert for what an operator has to mend; never what Tencent Cloud writes beside the code.
        Assert.True(!meanings[0].StartsWith("500", StringComparison.Ordinal) || rig.Logged.Any(l => l.StartsWith("Error OperatorAlert ", StringComparison.Ordinal) && l.Contains(code, StringComparison.Ordinal)));
        Assert.DoesNotContain(rig.Logged, l => l.Contains(FaceRig.Number, StringComparison.Ordinal) || l.Contains("测试甲", StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(WeChatResults))]
    public async Task Read_ResultOfWeChat_MeansWhatItShould(string code, string meaning)
    {
        await using var wire = WireRecorder.Scripted($$"""{"errcode":0,"errmsg":"ok","verify_ret":{{code}}}""");
        await using var rig = new FaceRig("wechat", wire.Address);

        Assert.Equal(meaning, Said(await rig.Provider.ReadAsync(FaceRig.Query, default)));
    }

    [Theory]
    [MemberData(nameof(WeChatStarts))]
    public async Task Start_RefusedByWeChat_TellsWhatItShould(string code, string told)
    {
        await using var wire = WireRecorder.Scripted($$"""{"errcode":{{code}},"errmsg":"x"}""");
        await using var rig = new FaceRig("wechat", wire.Address);

        Assert.Equal(told, Refusal((await rig.Provider.StartAsync(FaceRig.Asked, default)).Error!));
    }

    [Theory]
    [MemberData(nameof(WeChatReads))]
    public async Task Read_RefusedByWeChat_MeansWhatItShould(string code, string meaning)
    {
        await using var wire = WireRecorder.Scripted($$"""{"errcode":{{code}},"errmsg":"x"}""");
        await using var rig = new FaceRig("wechat", wire.Address);

        Assert.Equal(meaning, Said(await rig.Provider.ReadAsync(FaceRig.Query, default)));
    }

    [Fact]
    public void Rows_OfTheTable_AreAllTested()
    {
        var table = JsonSerializer.Deserialize<JsonElement>(File.ReadAllBytes(TableFile));
        var results = table.GetProperty("tencentResults").EnumerateArray().SelectMany(r => r.GetProperty("codes").EnumerateArray()).Select(c => c.GetInt32()).ToArray();
        var codes = table.GetProperty("tencentCodes").EnumerateArray().Select(c => c.GetProperty("code").GetString()!).ToHashSet();

        Assert.NotEmpty(results);
        Assert.NotEmpty(codes);
        Assert.Equal(results.Order(), FaceAnswerRows.Keys(FaceAnswerRows.TencentResults).Select(k => int.Parse(k, CultureInfo.InvariantCulture)).Order());
        Assert.Subset(FaceAnswerRows.Keys(FaceAnswerRows.TencentCodes).ToHashSet(), codes);
        Assert.Subset(
            FaceAnswerRows.Keys(FaceAnswerRows.WeChatResults).ToHashSet(),
            ErrcodeRows.All.Where(r => r.Contains(" face.", StringComparison.Ordinal)).Select(r => r.Split(' ')[0]).Where(c => c.Length == 5 && !c.StartsWith('8')).ToHashSet());
    }

    [Theory]
    [InlineData("\"told\": \"face.passed\", \"outcome\": \"passed\"", "\"told\": \"face.passed\", \"outcome\": \"passed\", \"reason\": \"light\"", "face.passed has a reason")]
    [InlineData("\"reason\": \"noRecord\"", "\"reason\": \"noSuchWord\"", "face.noRecord has a reason")]
    [InlineData("\"refusal\": \"faceCheck.rateLimited\"", "\"refusal\": \"faceCheck.notSupported\"", "tencent.rateLimited has a reason")]
    [InlineData("\"code\": \"IpNotInWhitelist\"", "\"code\": \"InvalidAction\"", "InvalidAction stands twice")]
    [InlineData("\"codes\": [17]", "\"codes\": [17, 16]", "16 stands twice")]
    [InlineData("\"told\": \"tencent.busy\", \"retry\"", "\"told\": \"tencent.idle\", \"retry\"", "unknown meaning 'tencent.idle'")]
    [InlineData("\"source\": \"results\"}", "\"source\": \"hearsay\"}", "unknown source 'hearsay'")]
    [InlineData("\"retry\": true", "\"retries\": true", "retries")]
    public void Load_TableThatCannotBeUsed_SaysWhatIsWrong(string text, string by, string complaint)
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("beian-face-").FullName, "face-checks.json");
        var table = File.ReadAllText(TableFile);
        Assert.Contains(text, table, StringComparison.Ordinal);
        File.WriteAllText(file, table.Replace(text, by, StringComparison.Ordinal));

        var refused = Assert.Throws<InvalidDataException>(() => FaceCheckAnswers.Load(file));

        Assert.Contains(complaint, refused.Message, StringComparison.Ordinal);
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
    }

    [Fact]
    public async Task Read_UnknownResultOfTencent_FailsWithoutAReasonAndAlerts()
    {
        await using var wire = Tencent("""{"Text":{"ErrCode":4711}""");
        await using var rig = new FaceRig("tencentFaceId", wire.Address);

        Assert.Equal("failed other", Said(await rig.Provider.ReadAsync(FaceRig.Query, default)));
        Assert.Contains(rig.Logged, l => l.StartsWith("Error OperatorAlert ", StringComparison.Ordinal) && l.Contains("4711", StringComparison.Ordinal));
    }

    /// <summary>Answers each call with these members of <c>Response</c>; their last brace is left out.</summary>
    private static WireRecorder Tencent(string members) => new(WireRecorder.Http($"{{\"Response\":{members},\"RequestId\":\"r\"}}}}"));

    private static string Said(Result<FaceCheckResult> read) => read.Error is { } error ? Refusal(error) : read.Value switch
    {
        { Status: FaceCheckOutcome.Passed } passed when passed.CheckId == FaceRig.CheckId && passed.PersonDigest == PersonDigest.Of(FaceRig.Name, 2, FaceRig.Number) => "passed",
        { Status: FaceCheckOutcome.Pending } => "pending",
        var other => $"{other.Status.ToString().ToLowerInvariant()} {other.Reason}",
    };

    private static string Refusal(DomainError error) => $"{Problems.StatusOf(error.Kind)} {error.Code}";
}
