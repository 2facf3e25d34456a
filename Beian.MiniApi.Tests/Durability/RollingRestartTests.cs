using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.Durability;

/// <summary>Two programs behind a proxy, restarted one after the other while people work: nobody notices.</summary>
public sealed class RollingRestartTests : IDisposable
{
    private const int Users = 6;

    private static readonly (string Key, string Value)[] Settings = [.. TestApp.NoLimits, ("Shutdown:DrainSeconds", "2")];

    private readonly string _folder = Path.Combine(Path.GetTempPath(), "beian-rolling-" + Guid.NewGuid().ToString("N"));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task Restart_OfBothInTurnUnderLoad_FailsNoRequest()
    {
        int[] ports = [ChildProgram.FreePort(), ChildProgram.FreePort()];
        var programs = new[] { await ChildProgram.StartAsync(_folder, ports[0], Settings), await ChildProgram.StartAsync(_folder, ports[1], Settings) };
        await using var proxy = await TinyProxy.StartAsync(programs[0].Address, programs[1].Address);
        await proxy.WhenAsync(0, isReady: true);
        await proxy.WhenAsync(1, isReady: true);
        var (answers, failures) = (new ConcurrentQueue<int>(), new ConcurrentQueue<string>());
        using var end = new CancellationTokenSource();
        var load = Enumerable.Range(0, Users).Select(i => WorkAsync(proxy.Address, i, answers, failures, end.Token)).ToArray();
        try
        {
            var counts = new List<int>();
            for (var i = 0; i < programs.Length; i++)
            {
                await Task.Delay(500);
                var before = answers.Count;
                var watch = Stopwatch.StartNew();
                Assert.Equal(0, await programs[i].TerminateAsync());
                Assert.InRange(watch.Elapsed.TotalSeconds, 2, 20);
                await programs[i].DisposeAsync();
                programs[i] = await ChildProgram.StartAsync(_folder, ports[i], Settings);
                await proxy.WhenAsync(i, isReady: true);
                counts.Add(answers.Count - before);
            }

            await Task.Delay(500);
            Assert.All(counts, c => Assert.True(c > 20, $"hardly any load while one was away: {c} answers"));
        }
        finally
        {
            await end.CancelAsync();
            await Task.WhenAll(load);
            await Task.WhenAll(programs.Select(p => p.DisposeAsync().AsTask()));
        }

        Assert.Empty(failures);
    }

    [Fact]
    public async Task Terminate_WhileItDrains_ServesOnAndAsksForOtherConnections()
    {
        await using var program = await ChildProgram.StartAsync(_folder, ChildProgram.FreePort(), ("Shutdown:DrainSeconds", "3"));
        using var client = new HttpClient { BaseAddress = program.Address };
        using var before = await client.GetAsync("/health/live");
        Assert.Null(before.Headers.ConnectionClose);

        var ending = program.TerminateAsync();
        await Wait.UntilAsync(async () => (await client.GetAsync("/health/ready")).StatusCode == HttpStatusCode.ServiceUnavailable);
        using var live = await client.GetAsync("/health/live");

        Assert.Equal((HttpStatusCode.OK, true), (live.StatusCode, live.Headers.ConnectionClose));
        Assert.Equal("""{"status":"unavailable","reasons":["stopping"]}""", await (await client.GetAsync("/health/ready")).Content.ReadAsStringAsync());
        Assert.Equal(0, await ending);
    }

    /// <summary>Somebody for whom the second call may reach the other program than the first.</summary>
    private static async Task WorkAsync(Uri address, int user, ConcurrentQueue<int> answers, ConcurrentQueue<string> failures, CancellationToken end)
    {
        using var client = new HttpClient { BaseAddress = address };
        for (var turn = 0; !end.IsCancellationRequested; turn++)
        {
            using var login = await client.PostAsJsonAsync("/api/v1/auth/wechat", new { code = $"sandbox-rolling{user}-{turn}" }, CancellationToken.None);
            Note(login, "login");
            if (!login.IsSuccessStatusCode)
            {
                continue;
            }

            using var request = new HttpRequestMessage(HttpMethod.Get, "/api/v1/filings");
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", (await login.JsonAsync()).GetProperty("accessToken").GetString());
            using var list = await client.SendAsync(request, CancellationToken.None);
            Note(list, "filings");
        }

        void Note(HttpResponseMessage answer, string what)
        {
            answers.Enqueue((int)answer.StatusCode);
            if (!answer.IsSuccessStatusCode)
            {
                failures.Enqueue($"{what}: {(int)answer.StatusCode}");
            }
        }
    }
}
