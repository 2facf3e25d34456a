#if CLUSTER
using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.Coordination;

/// <summary>Two real programs at one Redis. Each has a database of its own, so that whatever one knows of the other came over Redis.</summary>
public sealed class TwoProgramsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("beian-two-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [RedisFact]
    public async Task Programs_AtOneRedis_CountTogether_AndGoOnWithoutIt()
    {
        await using var redis = await RedisServer.StartAsync(RedisServer.Password);
        await using var one = await StartAsync("one", redis);
        await using var other = await StartAsync("other", redis);
        using var atOne = new HttpClient { BaseAddress = one.Address };
        using var atOther = new HttpClient { BaseAddress = other.Address };

        var answers = new List<HttpStatusCode>();
        for (var i = 0; i < 10; i++)
        {
            answers.Add(await LogInAsync(i % 2 == 0 ? atOne : atOther, "sandbox-caller" + i));
        }

        Assert.Equal(6, answers.Count(a => a == HttpStatusCode.OK));
        Assert.Equal(4, answers.Count(a => a == HttpStatusCode.TooManyRequests));
        Assert.False((await ReadyAsync(atOne)).TryGetProperty("degraded", out _));

        await redis.KillAsync();
        var watch = Stopwatch.StartNew();
        Assert.Equal(HttpStatusCode.OK, await LogInAsync(atOne, "sandbox-later"));
        Assert.True(watch.Elapsed < TimeSpan.FromSeconds(5), $"The login waited {watch.Elapsed}.");
        var degraded = await ReadyAsync(atOne);
        Assert.Equal("ok", degraded.GetProperty("status").GetString());
        Assert.Equal("cacheAway", degraded.GetProperty("degraded")[0].GetString());

        await redis.StartAgainAsync();
        await Wait.UntilAsync(async () => !(await ReadyAsync(atOne)).TryGetProperty("degraded", out _));
        await Wait.UntilAsync(() => Task.FromResult(one.Output.Contains("Redis is away", StringComparison.Ordinal)));
        Assert.DoesNotContain(RedisServer.Password, one.Output + other.Output, StringComparison.Ordinal);
    }

    [RedisFact]
    public async Task Work_OfTwoPrograms_IsOnes_AndTheOthersWhenItIsKilled()
    {
        await using var redis = await RedisServer.StartAsync();
        await using var one = await StartAsync("one", redis);
        var holder = string.Empty;
        await Wait.UntilAsync(async () => (holder = await HolderAsync(redis)).Length > 0);
        await using var other = await StartAsync("other", redis);
        await Task.Delay(TimeSpan.FromSeconds(3));
        Assert.Equal(holder, await HolderAsync(redis));

        var watch = Stopwatch.StartNew();
        await one.KillAsync();

        await Wait.UntilAsync(async () => await HolderAsync(redis) is { Length: > 0 } next && next != holder);
        Assert.InRange(watch.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(20));
    }

    private Task<ChildProgram> StartAsync(string name, RedisServer redis) => ChildProgram.StartAsync(
        Path.Combine(_folder, name), ChildProgram.FreePort(), ("Cache:Engine", "redis"), ("Cache:Redis", redis.ConnectionString), ("Cache:TimeoutMilliseconds", "1000"), ("RateLimits:LoginPerMinute", "6"));

    private static async Task<HttpStatusCode> LogInAsync(HttpClient client, string code)
    {
        using var answer = await client.PostAsJsonAsync("/api/v1/auth/wechat", new { code });
        return answer.StatusCode;
    }

    private static Task<JsonElement> ReadyAsync(HttpClient client) => client.GetFromJsonAsync<JsonElement>("/health/ready");

    /// <summary>Who has the timers of filings.</summary>
    private static async Task<string> HolderAsync(RedisServer redis) => (string?)await redis.DoAsync("GET", "beian:lease:{work:BackgroundWork}") ?? string.Empty;
}
#endif
