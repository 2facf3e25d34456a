using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Beian.MiniApi.Tests.Fixtures;

/// <summary>A reverse proxy as plain as can be: asks its targets four times a second whether they are ready, sends each request to the next that was, keeps connections, and never tries twice.</summary>
public sealed class TinyProxy : IAsyncDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(250);

    private readonly HttpClient _client = new(new SocketsHttpHandler { UseProxy = false, UseCookies = false, AllowAutoRedirect = false, ActivityHeadersPropagator = null });
    private readonly CancellationTokenSource _end = new();
    private readonly WebApplication _app;
    private readonly Uri[] _targets;
    private readonly bool[] _isReady;
    private readonly Task _watch;
    private int _turn;

    private TinyProxy(WebApplication app, Uri[] targets)
    {
        (_app, _targets, _isReady) = (app, targets, new bool[targets.Length]);
        _watch = WatchAsync();
    }

    public Uri Address => new(_app.Urls.First());

    public static async Task<TinyProxy> StartAsync(params Uri[] targets)
    {
        var builder = WebApplication.CreateBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var app = builder.Build();
        TinyProxy? proxy = null;
        app.Run(http => proxy!.PassAsync(http));
        await app.StartAsync();
        proxy = new TinyProxy(app, targets);
        return proxy;
    }

    /// <summary>When that target is as ready, or as little, as said.</summary>
    public async Task WhenAsync(int target, bool isReady) => await Wait.UntilAsync(() => Task.FromResult(Volatile.Read(ref _isReady[target]) == isReady), TimeSpan.FromSeconds(60));

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _watch;
        await _app.DisposeAsync();
        _client.Dispose();
        _end.Dispose();
    }

    private async Task WatchAsync()
    {
        while (!_end.IsCancellationRequested)
        {
            for (var i = 0; i < _targets.Length; i++)
            {
                Volatile.Write(ref _isReady[i], await IsReadyAsync(_targets[i]));
            }

            await Task.Delay(Interval, _end.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<bool> IsReadyAsync(Uri target)
    {
        try
        {
            using var answer = await _client.GetAsync(new Uri(target, "/health/ready"));
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private async Task PassAsync(HttpContext http)
    {
        var turn = Interlocked.Increment(ref _turn);
        var ready = Enumerable.Range(0, _targets.Length).Select(i => (turn + i) % _targets.Length).Where(i => Volatile.Read(ref _isReady[i])).ToArray();
        if (ready.Length == 0)
        {
            http.Response.StatusCode = (int)HttpStatusCode.ServiceUnavailable;
            return;
        }

        using var request = new HttpRequestMessage(new HttpMethod(http.Request.Method), new Uri(_targets[ready[0]], http.Request.Path + http.Request.QueryString));
        if (http.Request.ContentType is not null)
        {
            using var body = new MemoryStream();
            await http.Request.Body.CopyToAsync(body);
            request.Content = new ByteArrayContent(body.ToArray());
            request.Content.Headers.TryAddWithoutValidation("Content-Type", http.Request.ContentType);
        }

        if (http.Request.Headers.Authorization is { Count: > 0 } authorization)
        {
            request.Headers.TryAddWithoutValidation("Authorization", (string?)authorization);
        }

        try
        {
            using var answer = await _client.SendAsync(request);
            http.Response.StatusCode = (int)answer.StatusCode;
            http.Response.ContentType = answer.Content.Headers.ContentType?.ToString();
            await answer.Content.CopyToAsync(http.Response.Body);
        }
        catch (HttpRequestException)
        {
            http.Response.StatusCode = (int)HttpStatusCode.BadGateway;
        }
    }
}
