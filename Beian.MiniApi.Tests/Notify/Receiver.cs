using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Beian.MiniApi.Tests.Notify;

/// <summary>What a receiver does with a call.</summary>
internal enum Reception
{
    Take = 1,
    Fail = 2,
    Refuse = 3,

    /// <summary>Takes it and cuts the line before it says so.</summary>
    TakeAndCut = 4,
    Hang = 5,
}

/// <summary>A call that was taken.</summary>
internal sealed record Received(string Key, string Channel, string Address, string Filing, int Seq, string Subject, string Text);

/// <summary>The far side of every channel: a real server that counts by key and takes each key once, as a partner is told to.</summary>
internal sealed class Receiver : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly Func<string, int, Reception> _does;
    private readonly CancellationTokenSource _stopping = new();
    private readonly ConcurrentDictionary<string, int> _calls = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, int> _taken = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<Received> _inOrder = new();

    private Receiver(WebApplication app, Func<string, int, Reception> does) => (_app, _does) = (app, does);

    public Uri Address => new(_app.Urls.Single());

    /// <summary>What was taken, each key once, in the order in which it first came.</summary>
    public IReadOnlyCollection<Received> Taken => _inOrder;

    /// <summary>How often each key came, refused or not.</summary>
    public IReadOnlyDictionary<string, int> Calls => _calls;

    /// <summary>How often a key that was taken came again.</summary>
    public int Repeats => _taken.Values.Sum(n => n - 1);

    /// <param name="does">Gets the address or the key and the number of the call with that key, from 1.</param>
    public static async Task<Receiver> StartAsync(Func<string, int, Reception>? does = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var receiver = new Receiver(builder.Build(), does ?? ((_, _) => Reception.Take));
        receiver._app.Run(receiver.AnswerAsync);
        await receiver._app.StartAsync();
        return receiver;
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _app.StopAsync();
        await _app.DisposeAsync();
        _stopping.Dispose();
    }

    private async Task AnswerAsync(HttpContext http)
    {
        string Header(string name) => Encoding.UTF8.GetString(Convert.FromBase64String(http.Request.Headers["X-" + name].ToString()));
        var key = http.Request.Headers["Idempotency-Key"].ToString();
        var received = new Received(
            key, Header("Channel"), Header("Address"), Header("Filing"), int.Parse("0" + Header("Seq"), CultureInfo.InvariantCulture), Header("Subject"),
            await new StreamReader(http.Request.Body).ReadToEndAsync());
        var does = _does(received.Address, _calls.AddOrUpdate(key, 1, (_, n) => n + 1));
        if (does is Reception.Take or Reception.TakeAndCut && _taken.AddOrUpdate(key, 1, (_, n) => n + 1) == 1)
        {
            _inOrder.Enqueue(received);
        }

        switch (does)
        {
            case Reception.Hang:
                await Task.Delay(Timeout.Infinite, _stopping.Token).ContinueWith(_ => { }, TaskScheduler.Default);
                http.Abort();
                break;
            case Reception.TakeAndCut:
                http.Abort();
                break;
            default:
                http.Response.StatusCode = does switch { Reception.Fail => 503, Reception.Refuse => 410, _ => 204 };
                break;
        }
    }
}
