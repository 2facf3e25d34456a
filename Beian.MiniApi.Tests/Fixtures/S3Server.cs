using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Beian.MiniApi.Tests.Fixtures;

/// <summary>As much of S3 as the store asks for, on loopback and in memory; every request must carry a signature of version 4 that fits it.</summary>
public sealed partial class S3Server : IAsyncDisposable
{
    public const string Bucket = "papers";
    public const string AccessKey = "key-of-the-tests";
    public const string SecretKey = "secret-of-the-tests";

    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, (byte[] Bytes, DateTime At)> _objects = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, ConcurrentDictionary<int, byte[]>> _uploads = new(StringComparer.Ordinal);
    private int _parts;
    private int _badSignatures;

    private S3Server(WebApplication app) => _app = app;

    public string Address => _app.Urls.First();

    /// <summary>Asked first; true when it has answered in the place of the service.</summary>
    public Func<HttpContext, Task<bool>> Instead { get; set; } = _ => Task.FromResult(false);

    public int PartsReceived => _parts;

    public int BadSignatures => _badSignatures;

    public int Objects => _objects.Count;

    /// <summary>Changes the bytes of every object where they lie.</summary>
    public void Alter(Action<byte[]> change)
    {
        foreach (var (bytes, _) in _objects.Values)
        {
            change(bytes);
        }
    }

    /// <summary>True when those bytes stand in an object.</summary>
    public bool Holds(byte[] bytes) => _objects.Values.Any(o => o.Bytes.AsSpan().IndexOf(bytes) >= 0);

    public static async Task<S3Server> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.SetMinimumLevel(LogLevel.Error);
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.WebHost.ConfigureKestrel(k => k.Limits.MaxRequestBodySize = null);
        var app = builder.Build();
        var server = new S3Server(app);
        app.Run(server.AnswerAsync);
        await app.StartAsync();
        return server;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task AnswerAsync(HttpContext http)
    {
        using var memory = new MemoryStream();
        await http.Request.Body.CopyToAsync(memory);
        var body = memory.ToArray();
        if (await Instead(http))
        {
            return;
        }

        if (!IsSigned(http.Request, body))
        {
            Interlocked.Increment(ref _badSignatures);
            await XmlAsync(http, 403, "<Error><Code>SignatureDoesNotMatch</Code></Error>");
            return;
        }

        var path = http.Request.Path.Value!.TrimStart('/');
        var key = path.Length > Bucket.Length ? path[(Bucket.Length + 1)..] : string.Empty;
        var query = http.Request.Query;
        await (http.Request.Method switch
        {
            "GET" when key.Length == 0 && query.ContainsKey("uploads") => XmlAsync(http, 200, "<ListMultipartUploadsResult/>"),
            "GET" when key.Length == 0 => ListAsync(http, query["prefix"].ToString()),
            "GET" or "HEAD" => GetAsync(http, key),
            "PUT" when query.ContainsKey("partNumber") => PartAsync(http, query["uploadId"].ToString(), int.Parse(query["partNumber"].ToString(), CultureInfo.InvariantCulture), body),
            "PUT" => PutAsync(http, key, body),
            "POST" when query.ContainsKey("uploads") => BeginAsync(http),
            "POST" => CompleteAsync(http, key, query["uploadId"].ToString()),
            "DELETE" => DeleteAsync(http, key),
            _ => XmlAsync(http, 501, "<Error/>"),
        });
    }

    private async Task GetAsync(HttpContext http, string key)
    {
        if (!_objects.TryGetValue(key, out var found))
        {
            await XmlAsync(http, 404, "<Error><Code>NoSuchKey</Code></Error>");
            return;
        }

        var (from, to) = (0, found.Bytes.Length - 1);
        if (Range().Match(http.Request.Headers.Range.ToString()) is { Success: true } range)
        {
            (from, to) = (int.Parse(range.Groups[1].Value, CultureInfo.InvariantCulture), int.Parse(range.Groups[2].Value, CultureInfo.InvariantCulture));
            http.Response.StatusCode = 206;
            http.Response.Headers.ContentRange = $"bytes {from}-{to}/{found.Bytes.Length}";
        }

        http.Response.Headers.LastModified = found.At.ToString("R", CultureInfo.InvariantCulture);
        http.Response.ContentLength = to - from + 1;
        if (http.Request.Method == "GET")
        {
            await http.Response.Body.WriteAsync(found.Bytes.AsMemory(from, to - from + 1));
        }
    }

    private Task PutAsync(HttpContext http, string key, byte[] body)
    {
        _objects[key] = (body, DateTime.UtcNow);
        return TaggedAsync(http, body);
    }

    private Task PartAsync(HttpContext http, string upload, int number, byte[] body)
    {
        Interlocked.Increment(ref _parts);
        _uploads[upload][number] = body;
        return TaggedAsync(http, body);
    }

    private Task BeginAsync(HttpContext http)
    {
        var id = Guid.NewGuid().ToString("N");
        _uploads[id] = new();
        return XmlAsync(http, 200, $"<InitiateMultipartUploadResult><UploadId>{id}</UploadId></InitiateMultipartUploadResult>");
    }

    private Task CompleteAsync(HttpContext http, string key, string upload)
    {
        _uploads.TryRemove(upload, out var parts);
        _objects[key] = ([.. parts!.OrderBy(p => p.Key).SelectMany(p => p.Value)], DateTime.UtcNow);
        return XmlAsync(http, 200, $"<CompleteMultipartUploadResult><Key>{key}</Key><ETag>\"0\"</ETag></CompleteMultipartUploadResult>");
    }

    private Task DeleteAsync(HttpContext http, string key)
    {
        _objects.TryRemove(key, out _);
        http.Response.StatusCode = 204;
        return Task.CompletedTask;
    }

    private Task ListAsync(HttpContext http, string prefix) => XmlAsync(
        http,
        200,
        "<ListBucketResult><IsTruncated>false</IsTruncated>"
        + string.Concat(_objects.Where(o => o.Key.StartsWith(prefix, StringComparison.Ordinal)).Select(o => $"<Contents><Key>{o.Key}</Key><LastModified>{o.Value.At:yyyy-MM-ddTHH:mm:ss.fffZ}</LastModified><Size>{o.Value.Bytes.Length}</Size></Contents>"))
        + "</ListBucketResult>");

    private static Task TaggedAsync(HttpContext http, byte[] body)
    {
#pragma warning disable CA5351 // What S3 calls an entity tag.
        http.Response.Headers.ETag = $"\"{Convert.ToHexStringLower(MD5.HashData(body))}\"";
#pragma warning restore CA5351
        return Task.CompletedTask;
    }

    private static async Task XmlAsync(HttpContext http, int status, string xml)
    {
        (http.Response.StatusCode, http.Response.ContentType) = (status, "application/xml");
        await http.Response.WriteAsync("<?xml version=\"1.0\" encoding=\"UTF-8\"?>" + xml);
    }

    /// <summary>Signature version 4 of AWS, made again from the request and compared; the digest it states of the body must be that of the body.</summary>
    private static bool IsSigned(HttpRequest request, byte[] body)
    {
        if (Authorization().Match(request.Headers.Authorization.ToString()) is not { Success: true } said || said.Groups["key"].Value != AccessKey)
        {
            return false;
        }

        var digest = request.Headers["x-amz-content-sha256"].ToString();
        if (digest != "UNSIGNED-PAYLOAD" && digest != Hex(SHA256.HashData(body)))
        {
            return false;
        }

        var names = said.Groups["headers"].Value.Split(';');
        var query = string.Join('&', request.Query.SelectMany(q => q.Value.Select(v => $"{Uri.EscapeDataString(q.Key)}={Uri.EscapeDataString(v ?? string.Empty)}")).Order(StringComparer.Ordinal));
        var canonical = $"{request.Method}\n{request.Path.Value}\n{query}\n{string.Concat(names.Select(n => $"{n}:{request.Headers[n].ToString().Trim()}\n"))}\n{said.Groups["headers"].Value}\n{digest}";
        var scope = said.Groups["scope"].Value;
        var text = $"AWS4-HMAC-SHA256\n{request.Headers["x-amz-date"]}\n{scope}\n{Hex(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)))}";
        var key = scope.Split('/').Aggregate(Encoding.UTF8.GetBytes("AWS4" + SecretKey), (k, part) => HMACSHA256.HashData(k, Encoding.UTF8.GetBytes(part)));
        return Hex(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text))) == said.Groups["signature"].Value;
    }

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);

    [GeneratedRegex(@"^bytes=(\d+)-(\d+)$")]
    private static partial Regex Range();

    [GeneratedRegex("^AWS4-HMAC-SHA256 Credential=(?<key>[^/]+)/(?<scope>[^,]+), ?SignedHeaders=(?<headers>[^,]+), ?Signature=(?<signature>[0-9a-f]{64})$")]
    private static partial Regex Authorization();
}
