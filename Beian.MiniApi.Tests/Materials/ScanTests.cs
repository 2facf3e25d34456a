using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using Beian.MiniApi.Platform.Scanning;
using Beian.MiniApi.Tests.Fixtures;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Beian.MiniApi.Tests.Materials;

/// <summary>Papers and the scanner: the real clamd where it is there, and what happens while it is away.</summary>
public sealed class ScanTests
{
    [ClamdFact]
    public async Task Scan_CleanAndInfected_AreToldApart()
    {
        await using var clamd = await Clamd.StartAsync();
        var scanner = Scanner(clamd.Socket);

        Assert.Equal(ScanVerdict.Clean, await scanner.ScanAsync(new MemoryStream(Samples.TinyJpeg(800, 600, 300_000)), default));
        Assert.Equal(ScanVerdict.Infected, await scanner.ScanAsync(new MemoryStream(Infected()), default));
        Assert.Equal(ScanVerdict.Clean, await scanner.ScanAsync(new MemoryStream(), default));
    }

    [Fact]
    public async Task Scan_DaemonAwayOrSpeakingNonsense_IsUnknown()
    {
        Assert.Equal(ScanVerdict.Unknown, await Scanner("/nowhere/at/all").ScanAsync(new MemoryStream([1]), default));
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var answering = Task.Run(async () =>
        {
            using var client = await listener.AcceptTcpClientAsync();
            await client.GetStream().WriteAsync("INSTREAM size limit exceeded. ERROR\0"u8.ToArray());
        });

        Assert.Equal(ScanVerdict.Unknown, await Scanner($"127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}").ScanAsync(new MemoryStream(new byte[1_000_000]), default));
        await answering;
    }

    /// <summary>One filing through everything: uploaded while the daemon is away, found clean when it comes, then a paper with something in it.</summary>
    [ClamdFact]
    public async Task Upload_UnderAScanner_WaitsForItAndWhatIsInfectedIsRemoved()
    {
        var folder = Directory.CreateTempSubdirectory("clamd-").FullName;
        await using var app = TestApp.Start(("Scan:ClamAv", Clamd.SocketOf(folder)));
        using var journey = await ApplicantJourney.FilledButAsync(app.Address, Applicant.Individual("scan", 41));
        var due = Codes(journey.Filing);
        Assert.Contains("material.pendingScan", due);
        Assert.Equal((HttpStatusCode)422, (await journey.SubmitAsync(journey.Client, null)).StatusCode);

        await using var clamd = await Clamd.StartAsync(folder);
        await UntilAsync(journey, f => f.GetProperty("materials").EnumerateArray().All(m => m.GetProperty("scan").GetString() == "clean"));
        Assert.DoesNotContain("material.pendingScan", Codes(journey.Filing));

        using var form = UploadHost.Form(Infected(), kind: "otherSupplement");
        var paper = await (await journey.Client.PostAsync($"{journey.Path}/materials", form)).JsonAsync(201);
        Assert.Equal("pendingScan", paper.GetProperty("scan").GetString());
        var id = paper.GetProperty("id").GetString()!;
        await UntilAsync(journey, f => Paper(f, id).GetProperty("scan").GetString() == "infected");
        Assert.Contains("material.infected", Codes(journey.Filing));
        await UntilGoneAsync(app, id);
        Assert.Equal(HttpStatusCode.NotFound, (await journey.Client.GetAsync($"{journey.Path}/materials/{id}/content")).StatusCode);

        await (await journey.Client.DeleteAsync(new Uri($"{journey.Path}/materials/{id}", UriKind.Relative))).JsonAsync();
        await journey.ReadAsync();
        await journey.SubmitAsync();
    }

    private static byte[] Infected() => new JpegMaker { Before = [JpegMaker.Segment(0xFE, System.Text.Encoding.ASCII.GetBytes(Clamd.Malware))] }.Make();

    private static ClamAvScanner Scanner(string where) => new(Options.Create(new ScanOptions { ClamAv = where, TimeoutSeconds = 20 }), NullLogger<ClamAvScanner>.Instance);

    private static string[] Codes(JsonElement filing) => [.. filing.GetProperty("requirements").GetProperty("due").EnumerateArray().Select(d => d.GetProperty("code").GetString()!)];

    private static JsonElement Paper(JsonElement filing, string id) => filing.GetProperty("materials").EnumerateArray().Single(m => m.GetProperty("id").GetString() == id);

    private static async Task UntilAsync(ApplicantJourney journey, Func<JsonElement, bool> there)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!there(await journey.ReadAsync()))
        {
            await Task.Delay(100, limit.Token);
        }
    }

    private static async Task UntilGoneAsync(TestApp app, string id)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        while (Directory.GetFiles(app.Folder, id, SearchOption.AllDirectories).Length > 0)
        {
            await Task.Delay(20, limit.Token);
        }
    }
}
