using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Beian.MiniApi.Tests.Fixtures;

/// <summary>
/// Watches every program that a test starts: what the sandbox handed out in secret (session keys, openids, access tokens) may stand in no log line and in no
/// answer, and a telephone or identity number in no log line. Whoever disposes of the program is told.
/// </summary>
internal sealed partial class Canaries : ILoggerProvider, IStartupFilter
{
    private static readonly string[] Secrets = ["session_key", "openid", "access_token"];

    private readonly ConcurrentDictionary<string, bool> _secrets = new(StringComparer.Ordinal);
    private readonly ConcurrentQueue<string> _found = new();

    /// <summary>Where something stood that should not, without the thing itself; empty when all is well.</summary>
    public IReadOnlyCollection<string> Found => _found;

    /// <summary>How many secrets are looked for.</summary>
    public int Known => _secrets.Count;

    public static void Watch(IServiceCollection services)
    {
        services.AddSingleton<Canaries>();
        services.AddSingleton<ILoggerProvider>(s => s.GetRequiredService<Canaries>());
        services.AddSingleton<IStartupFilter>(s => s.GetRequiredService<Canaries>());
    }

    public ILogger CreateLogger(string categoryName) => new Listener(this, categoryName);

    public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
    {
        app.Use(ReadAsync);
        next(app);
    };

    public void Dispose()
    {
    }

    /// <summary>A look at what is answered: secrets are learnt from the played WeChat and looked for everywhere else.</summary>
    private async Task ReadAsync(HttpContext http, RequestDelegate next)
    {
        var path = http.Request.Path.Value!;
        var isWeChat = path.StartsWith("/sandbox/wechat/", StringComparison.Ordinal);
        if (!isWeChat && path.StartsWith("/sandbox", StringComparison.Ordinal))
        {
            await next(http);
            return;
        }

        var wire = http.Response.Body;
        await using var copy = new Copying(wire);
        http.Response.Body = copy;
        try
        {
            await next(http);
        }
        finally
        {
            http.Response.Body = wire;
        }

        if (http.Response.ContentType is { } type && (type.Contains("json", StringComparison.Ordinal) || type.StartsWith("text/", StringComparison.Ordinal)))
        {
            Look(isWeChat, path, copy.Text);
        }
    }

    private void Look(bool isWeChat, string path, string body)
    {
        if (isWeChat)
        {
            Learn(body);
        }
        else if (_secrets.Keys.FirstOrDefault(s => body.Contains(s, StringComparison.Ordinal)) is not null)
        {
            _found.Enqueue($"A secret of WeChat's stands in the answer of {path}");
        }
    }

    private void Learn(string body)
    {
        try
        {
            using var answer = JsonDocument.Parse(body);
            foreach (var name in Secrets)
            {
                if (answer.RootElement.ValueKind == JsonValueKind.Object && answer.RootElement.TryGetProperty(name, out var secret) && secret.GetString() is { Length: > 12 } text)
                {
                    _secrets.TryAdd(text, true);
                }
            }
        }
        catch (JsonException)
        {
            // A fault was switched on, or it is a page; there is nothing to learn.
        }
    }

    private void Hear(string category, string line)
    {
        if (_secrets.Keys.Any(s => line.Contains(s, StringComparison.Ordinal)))
        {
            _found.Enqueue($"A secret of WeChat's stands in a log line of {category}");
        }

        if (Person().IsMatch(line))
        {
            _found.Enqueue($"A number of a person stands in a log line of {category}");
        }
    }

    /// <summary>A mobile number, or an identity number with its date of birth.</summary>
    [GeneratedRegex(@"(?<![0-9A-Za-z-])(1[3-9][0-9]{9}|[1-9][0-9]{5}(19|20)[0-9]{2}(0[1-9]|1[0-2])[0-3][0-9][0-9]{3}[0-9Xx])(?![0-9A-Za-z-])", RegexOptions.CultureInvariant)]
    private static partial Regex Person();

    private sealed class Listener(Canaries all, string category) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            all.Hear(category, formatter(state, exception) + exception);
    }

    /// <summary>Passes everything on and keeps the beginning.</summary>
    private sealed class Copying(Stream wire) : Stream
    {
        private const int MaxKept = 1024 * 1024;

        private readonly MemoryStream _kept = new();

        public string Text => Encoding.UTF8.GetString(_kept.GetBuffer(), 0, (int)_kept.Length);

        public override bool CanRead => false;

        public override bool CanSeek => false;

        public override bool CanWrite => true;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override void Flush() => wire.Flush();

        public override Task FlushAsync(CancellationToken cancellationToken) => wire.FlushAsync(cancellationToken);

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException("Synchronous writing is off.");

        public override async ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (_kept.Length + buffer.Length <= MaxKept)
            {
                _kept.Write(buffer.Span);
            }

            await wire.WriteAsync(buffer, cancellationToken);
        }

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) => WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        protected override void Dispose(bool disposing)
        {
            _kept.Dispose();
            base.Dispose(disposing);
        }
    }
}
