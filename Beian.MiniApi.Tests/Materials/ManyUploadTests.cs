using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.Materials;

/// <summary>Thousands of files in one go: what must be refused is, what must be taken is, and the server is the same afterwards.</summary>
[Collection(nameof(AloneCollection))]
public sealed class ManyUploadTests : IAsyncLifetime
{
    private const int MiB = 1024 * 1024;
    private const int Members = 40;
    private const int AtOnce = 8;

    private UploadHost _host = null!;

    public async Task InitializeAsync() => _host = await UploadHost.StartAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Upload_TwoThousandMalformed_NoneIsTakenAndNothingStays()
    {
        var cases = BadFiles.Families.SelectMany(f => Enumerable.Range(0, Members + 5).Select(n => (f.Family, f.Kind, f.Make, N: n))).ToArray();
        var wrong = new List<string>();
        await EachAsync(cases.Where(c => c.N >= Members), wrong);
        var before = Resident();

        await EachAsync(cases.Where(c => c.N < Members), wrong);

        Assert.True(BadFiles.Families.Length >= 25 && cases.Length >= 2000, $"{cases.Length} uploads of {BadFiles.Families.Length} families.");
        Assert.True(wrong.Count == 0, string.Join('\n', wrong.Take(40)));
        Assert.Empty(_host.FilesLeft);
        var grown = (Resident() - before) / MiB;
        Assert.True(grown <= 64, $"The process grew by {grown} MiB.");
    }

    [Fact]
    public async Task Upload_FiveHundredGood_AllAreTaken()
    {
        var wrong = new List<string>();
        var count = 0;
        await Parallel.ForEachAsync(GoodFiles.All(250, 220), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (good, ct) =>
        {
            using var form = UploadHost.Form(good.File, kind: good.Kind);
            using var answer = await _host.Client.PostAsync("/upload", form, ct);
            var body = answer.StatusCode == HttpStatusCode.Created ? null : await answer.Content.ReadAsStringAsync(ct);
            lock (wrong)
            {
                count++;
                if (body is not null)
                {
                    wrong.Add($"{good.Name}: {body}");
                }
            }
        });

        Assert.True(wrong.Count == 0, $"{wrong.Count} of {count}:\n" + string.Join('\n', wrong.Take(20)));
        Assert.True(count >= 500, $"only {count}");
        Assert.Empty(_host.FilesLeft);
    }

    [Fact]
    public async Task Upload_SendersThatDribble_AreCutOffAndLeaveNothing()
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => DribbleAsync()));

        Assert.All(answers, a => Assert.True(a.Length == 0 || a.StartsWith("HTTP/1.1 408", StringComparison.Ordinal), a));
        Assert.Empty(_host.FilesLeft);
    }

    /// <summary>Sends a byte now and then until the server has had enough; its answer, or nothing where it only hung up.</summary>
    private async Task<string> DribbleAsync()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(_host.Address.Host, _host.Address.Port);
        await socket.SendAsync(Encoding.ASCII.GetBytes("POST /upload HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=b\r\nContent-Length: 5000000\r\n\r\n--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.jpg\"\r\n\r\n"));
        await socket.SendAsync(Samples.TinyJpeg());
        var buffer = new byte[4096];
        var reading = socket.ReceiveAsync(buffer);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        try
        {
            while (!reading.IsCompleted)
            {
                await socket.SendAsync(new byte[] { 0 });
                await Task.WhenAny(reading, Task.Delay(300, limit.Token));
                limit.Token.ThrowIfCancellationRequested();
            }

            return Encoding.UTF8.GetString(buffer, 0, await reading);
        }
        catch (SocketException)
        {
            return string.Empty;
        }
    }

    private async Task EachAsync(IEnumerable<(string Family, string Kind, Func<int, byte[]> Make, int N)> cases, List<string> wrong) =>
        await Parallel.ForEachAsync(cases, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (c, ct) =>
        {
            using var content = Content(c.Make(c.N), c.Kind, BadFiles.NameOf(c.N));
            using var answer = await _host.Client.PostAsync("/upload", content, ct);
            var body = await answer.Content.ReadAsStringAsync(ct);
            if ((int)answer.StatusCode is < 400 or >= 500 || !body.Contains("\"code\":\"", StringComparison.Ordinal))
            {
                lock (wrong)
                {
                    wrong.Add(string.Create(CultureInfo.InvariantCulture, $"{c.Family} {c.N}: {(int)answer.StatusCode} {body[..Math.Min(body.Length, 150)]}"));
                }
            }
        });

    /// <summary>Names that HttpClient would not send are written by hand.</summary>
    private static ByteArrayContent Content(byte[] file, string kind, string name)
    {
        var content = new ByteArrayContent([.. Encoding.UTF8.GetBytes($"--bx\r\nContent-Disposition: form-data; name=\"kind\"\r\n\r\n{kind}\r\n--bx\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n"), .. file, .. "\r\n--bx--\r\n"u8]);
        content.Headers.ContentType = MediaTypeHeaderValue.Parse("multipart/form-data; boundary=bx");
        return content;
    }

    private static long Resident()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        GC.WaitForPendingFinalizers();
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        var line = File.ReadLines("/proc/self/status").First(l => l.StartsWith("VmRSS:", StringComparison.Ordinal));
        return long.Parse(line.AsSpan(6).Trim().TrimEnd(" kB"), CultureInfo.InvariantCulture) * 1024;
    }
}
