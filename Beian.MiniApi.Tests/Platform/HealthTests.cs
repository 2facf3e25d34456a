using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Beian.MiniApi.Coordination;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Storage.Sqlite;
using Beian.MiniApi.Tests.Fixtures;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Beian.MiniApi.Tests.Platform;

public sealed class HealthTests
{
    [Fact]
    public async Task Get_LiveAndReady_AreOk()
    {
        await using var app = TestApp.Start();

        foreach (var path in new[] { "/health/live", "/health/ready" })
        {
            var answer = await app.Client.GetAsync(path);

            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal("ok", (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("status").GetString());
        }
    }

    [Fact]
    public async Task Get_ReadyWithTooLittleRoom_IsUnavailableAndLiveIsOk()
    {
        await using var app = TestApp.Start(("Storage:MinFreeBytes", long.MaxValue.ToString(System.Globalization.CultureInfo.InvariantCulture)));

        var ready = await app.Client.GetAsync("/health/ready");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        Assert.Equal(["diskFull"], (await ready.Content.ReadFromJsonAsync<HealthView>())!.Reasons);
        Assert.Equal(HttpStatusCode.OK, (await app.Client.GetAsync("/health/live")).StatusCode);
    }

    [Fact]
    public async Task Get_ReadyWhileTheStoreIsStuck_SaysSoWithinItsPatience()
    {
        await using var app = TestApp.Start();
        using var release = new ManualResetEventSlim();
        var stuck = app.Get<SqliteDatabase>().WriteAsync(_ => release.Wait(TimeSpan.FromSeconds(20)), CancellationToken.None);

        var ready = await app.Client.GetAsync("/health/ready");
        release.Set();
        await stuck;

        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        Assert.Equal(["storeSlow"], (await ready.Content.ReadFromJsonAsync<HealthView>())!.Reasons);
    }

    [Fact]
    public async Task Get_ReadyWhenTheStoreCannotBeWritten_SaysSoWithoutDetails()
    {
        await using var app = TestApp.Start();
        await app.Get<SqliteDatabase>().WriteAsync(
            connection =>
            {
                SqliteDatabase.Execute(connection, "DROP TABLE store_probe;");
                return true;
            },
            CancellationToken.None);

        var ready = await app.Client.GetAsync("/health/ready");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        Assert.Equal("""{"status":"unavailable","reasons":["storeNotWritable"]}""", await ready.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task Stop_DuringARequest_LetsItFinish()
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.AddCoordination();
        builder.AddPlatform();
        await using var app = builder.Build();
        var entered = new TaskCompletionSource();
        app.MapGet("/slow", async () =>
        {
            entered.SetResult();
            await Task.Delay(500);
            return Results.Text("done");
        });
        await app.StartAsync();
        using var client = new HttpClient { BaseAddress = new Uri(app.Urls.First()) };

        var slow = client.GetStringAsync("/slow");
        await entered.Task;
        await app.StopAsync();

        Assert.Equal("done", await slow);
        Assert.Equal(TimeSpan.FromSeconds(30), app.Services.GetService(typeof(IOptions<HostOptions>)) is IOptions<HostOptions> o ? o.Value.ShutdownTimeout : default);
    }
}
