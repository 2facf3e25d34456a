using System.Net.Http.Json;
using Beian.MiniApi.Domain;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.Platform;

/// <summary>People are told how long to wait; the header tells it to programs.</summary>
public sealed class WaitTests
{
    [Theory]
    [InlineData(0, " 1 秒", "1 second")]
    [InlineData(119, " 119 秒", "119 seconds")]
    [InlineData(121, " 3 分钟", "3 minutes")]
    [InlineData(7199, " 120 分钟", "120 minutes")]
    [InlineData(86_400, " 24 小时", "24 hours")]
    [InlineData(null, "片刻", "a while")]
    public void Say_ATime_RoundsItUpToAUnitThatPeopleUse(int? seconds, string chinese, string english)
    {
        TimeSpan? wait = seconds is { } s ? TimeSpan.FromSeconds(s) : null;

        Assert.Equal((chinese, english), (Waits.Say(wait, english: false), Waits.Say(wait, english: true)));
    }

    [Fact]
    public void Find_ATextWithAWaitThatNobodyGave_SaysAVagueOne()
    {
        var texts = TextCatalogue.Load(Path.Combine(TheBook.Folder, "texts"));

        Assert.Equal("请等待片刻后重试。", texts.Find("rate.limited", false, Texts.NoArgs).Remedy);
        Assert.Equal("Try again in a while.", texts.Find("rate.limited", true, Texts.NoArgs).Remedy);
    }

    [Fact]
    public async Task Refusal_ThatSaysWhen_TellsItInTheHeaderAndInTheRemedy()
    {
        await using var app = TestApp.Start();

        var answer = await app.Client.PostAsJsonAsync("/api/v1/auth/wechat", new { code = "sandbox-down" });

        var seconds = answer.Headers.RetryAfter!.Delta!.Value;
        Assert.Equal($"请等待{Waits.Say(seconds, english: false)}后重试。", (await answer.JsonAsync((int)answer.StatusCode)).GetProperty("remedy").GetString());
    }
}
