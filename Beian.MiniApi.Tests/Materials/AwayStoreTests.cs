using System.Net;
using Beian.MiniApi.Tests.Fixtures;
using Microsoft.AspNetCore.Http;

namespace Beian.MiniApi.Tests.Materials;

/// <summary>An object store that is there, and then does not answer, breaks off or refuses.</summary>
#pragma warning disable CA1001 // xunit disposes through IAsyncLifetime.
public sealed class AwayStoreTests : IAsyncLifetime
#pragma warning restore CA1001
{
    private S3Server _server = null!;
    private TestApp _app = null!;
    private ApplicantJourney _journey = null!;

    private string Url => _journey.Path + "/materials";

    public async Task InitializeAsync()
    {
        _server = await S3Server.StartAsync();
        _app = TestApp.Start(
            ("Storage:Materials", "s3"), ("Storage:S3:ServiceUrl", _server.Address), ("Storage:S3:Bucket", S3Server.Bucket), ("Storage:S3:AccessKey", S3Server.AccessKey),
            ("Storage:S3:SecretKey", S3Server.SecretKey), ("Storage:S3:PathStyle", "true"), ("Storage:S3:TimeoutSeconds", "1"));
        _journey = await ApplicantJourney.OpenAsync(_app.Address, Applicant.Organisation("away", 6200));
        await _journey.StartAsync();
    }

    public async Task DisposeAsync()
    {
        _journey.Dispose();
        await _app.DisposeAsync();
        await _server.DisposeAsync();
    }

    [Theory]
    [InlineData("silent")]
    [InlineData("broken off")]
    [InlineData("refusing")]
    public async Task Upload_WhileTheStoreIsAway_Is503AndLeavesNothing(string how)
    {
        _server.Instead = http => AwayAsync(http, how);

        using var form = UploadHost.Form(Samples.TinyJpeg());
        using var answer = await _journey.Client.PostAsync(Url, form);

        await Is503Async(answer);
        Assert.Empty(Directory.GetFiles(Path.Combine(_app.Folder, "materials"), "*", SearchOption.AllDirectories));
        Assert.Empty((await _journey.ReadAsync()).GetProperty("materials").EnumerateArray());
        _server.Instead = _ => Task.FromResult(false);
        Assert.Equal(HttpStatusCode.Created, (await UploadAsync()).Status);
    }

    [Fact]
    public async Task Copy_OfAPictureInTheStore_IsMade()
    {
        // Longer than what the first answer of the store brings.
        var (_, id) = await UploadAsync(300_000);

        await _app.WhenPapersAreDoneAsync();

        using var copy = await _journey.Client.GetAsync(new Uri($"{Url}/{id}/copies/working", UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, copy.StatusCode);
        Assert.Empty(Directory.GetFiles(Path.Combine(_app.Folder, "materials"), "*", SearchOption.AllDirectories));
    }

    [Theory]
    [InlineData("silent")]
    [InlineData("broken off")]
    [InlineData("refusing")]
    public async Task Download_WhileTheStoreIsAway_Is503AndTheFilingCanBeChanged(string how)
    {
        var (_, id) = await UploadAsync();
        _server.Instead = http => AwayAsync(http, how);

        using (var answer = await _journey.Client.GetAsync($"{Url}/{id}/content"))
        {
            await Is503Async(answer);
        }

        using var deleted = await _journey.Client.DeleteAsync($"{Url}/{id}");
        Assert.True(deleted.IsSuccessStatusCode, deleted.StatusCode.ToString());
        Assert.Empty((await _journey.ReadAsync()).GetProperty("materials").EnumerateArray());
    }

    private static async Task<bool> AwayAsync(HttpContext http, string how)
    {
        if (how == "silent")
        {
            await Task.Delay(Timeout.Infinite, http.RequestAborted).ContinueWith(_ => { }, TaskScheduler.Default);
        }
        else if (how == "refusing")
        {
            http.Response.StatusCode = 503;
        }
        else
        {
            http.Abort();
        }

        return true;
    }

    private static async Task Is503Async(HttpResponseMessage answer)
    {
        Assert.Equal("storage.unavailable", (await answer.JsonAsync(503)).GetProperty("code").GetString());
        Assert.True(answer.Headers.RetryAfter?.Delta > TimeSpan.Zero);
    }

    private async Task<(HttpStatusCode Status, string Id)> UploadAsync(int bytes = 0)
    {
        using var form = UploadHost.Form(Samples.TinyJpeg(sizeBytes: bytes));
        using var answer = await _journey.Client.PostAsync(Url, form);
        return (answer.StatusCode, (await answer.JsonAsync(201)).GetProperty("id").GetString()!);
    }
}
