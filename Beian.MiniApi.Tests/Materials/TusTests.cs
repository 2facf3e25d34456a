using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using Beian.MiniApi.Journey;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.Materials;

/// <summary>The sentences with MUST in tus 1.0.0, core, creation, expiration and termination, and how an upload in pieces becomes a paper.</summary>
public sealed class TusTests : IAsyncLifetime
{
    private const string Uploads = "/api/v1/uploads";

    private static int _next = 60;

    private readonly string _folder = Path.Combine(Path.GetTempPath(), "beian-tus-" + Guid.NewGuid().ToString("N"));
    private TestApp _app = null!;
    private ApplicantJourney _journey = null!;
    private HttpClient _client = null!;

    public async Task InitializeAsync()
    {
        _app = TestApp.Start("Development", _folder);
        _journey = await ApplicantJourney.OpenAsync(_app.Address, Applicant.Individual("tus" + Interlocked.Increment(ref _next), _next));
        await _journey.StartAsync();
        _client = _journey.Client;
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        _journey.Dispose();
        await _app.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task Options_TellVersionExtensionsAndSize()
    {
        using var answer = await SendAsync(HttpMethod.Options, Uploads, version: null);

        Assert.Equal(HttpStatusCode.NoContent, answer.StatusCode);
        Assert.Equal(("1.0.0", "creation,expiration,termination", "104857600"), (Header(answer, "Tus-Version"), Header(answer, "Tus-Extension"), Header(answer, "Tus-Max-Size")));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("0.2.2")]
    public async Task AnyRequest_OfAnotherVersion_Is412AndTellsOurs(string? version)
    {
        using var answer = await SendAsync(HttpMethod.Post, Uploads, version, null, ("Upload-Length", "10"));

        Assert.Equal(HttpStatusCode.PreconditionFailed, answer.StatusCode);
        Assert.Equal("1.0.0", Header(answer, "Tus-Version"));
    }

    [Theory]
    [InlineData("Upload-Length", "", 400)]
    [InlineData("Upload-Length", "-1", 400)]
    [InlineData("Upload-Length", "0", 400)]
    [InlineData("Upload-Length", "ten", 400)]
    [InlineData("Upload-Defer-Length", "1", 400)]
    [InlineData("Upload-Length", "104857601", 413)]
    public async Task Create_WithoutALengthThatFits_IsRefused(string header, string value, int status)
    {
        using var answer = await SendAsync(HttpMethod.Post, Uploads, headers: (header, value));

        Assert.Equal(status, (int)answer.StatusCode);
    }

    [Fact]
    public async Task Create_TellsWhereAndUntilWhen_AndHeadTellsTheRest()
    {
        var metadata = "filename " + Convert.ToBase64String(Encoding.UTF8.GetBytes("承诺.mp4")) + ",is_confidential";
        using var created = await SendAsync(HttpMethod.Post, Uploads, headers: [("Upload-Length", "100"), ("Upload-Metadata", metadata)]);

        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        Assert.Equal("1.0.0", Header(created, "Tus-Resumable"));
        Assert.True(DateTimeOffset.ParseExact(Header(created, "Upload-Expires")!, "R", CultureInfo.InvariantCulture) > TimeProvider.System.GetUtcNow().AddHours(23));
        using var head = await SendAsync(HttpMethod.Head, created.Headers.Location!.ToString());
        Assert.Equal(HttpStatusCode.OK, head.StatusCode);
        Assert.Equal(("0", "100", metadata), (Header(head, "Upload-Offset"), Header(head, "Upload-Length"), Header(head, "Upload-Metadata")));
        Assert.True(head.Headers.CacheControl?.NoStore);
        using var broken = await SendAsync(HttpMethod.Post, Uploads, headers: [("Upload-Length", "100"), ("Upload-Metadata", "filename not/base64!")]);
        Assert.Equal(HttpStatusCode.BadRequest, broken.StatusCode);
    }

    [Fact]
    public async Task Patch_WrongOffsetTypeOrLength_ChangesNothing()
    {
        var at = await CreateAsync(10);

        Assert.Equal(HttpStatusCode.Conflict, (await PatchAsync(at, 1, [1])).StatusCode);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, (await PatchAsync(at, 0, [1], type: "application/octet-stream")).StatusCode);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await PatchAsync(at, 0, new byte[11])).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await SendAsync(HttpMethod.Patch, at, content: Piece([1]))).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await PatchAsync(Uploads + "/" + new string('0', 32), 0, [1])).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await PatchAsync(Uploads + "/..%2fx", 0, [1])).StatusCode);
        Assert.Equal("0", await OffsetAsync(at));
    }

    [Fact]
    public async Task Patch_InPiecesOverARestart_BecomesAPaper()
    {
        var film = Samples.TinyMp4(5, 300_000);
        var at = await CreateAsync(film.Length);
        using (var first = await PatchAsync(at, 0, film[..100_000]))
        {
            Assert.Equal((HttpStatusCode.NoContent, "100000"), (first.StatusCode, Header(first, "Upload-Offset")));
            Assert.NotNull(Header(first, "Upload-Expires"));
        }

        await AbortedAsync(at, 100_000, film[100_000..150_000], film.Length - 100_000);
        var arrived = int.Parse((await OffsetAsync(at))!, CultureInfo.InvariantCulture);
        Assert.InRange(arrived, 100_000, 150_000);
        await RestartAsync();
        Assert.Equal(arrived.ToString(CultureInfo.InvariantCulture), await OffsetAsync(at));
        using var early = await AddAsync(at);
        Assert.Equal("upload.incomplete", (await early.JsonAsync(409)).GetProperty("code").GetString());

        // A Mini Program cannot send PATCH.
        using (var rest = await SendAsync(HttpMethod.Post, at, content: Piece(film[arrived..]), headers: [("Upload-Offset", arrived.ToString(CultureInfo.InvariantCulture)), ("X-HTTP-Method-Override", "PATCH")]))
        {
            Assert.Equal(HttpStatusCode.NoContent, rest.StatusCode);
        }

        var paper = await (await AddAsync(at)).JsonAsync(201);

        Assert.Equal(("video/mp4", (long)film.Length), (paper.GetProperty("contentType").GetString(), paper.GetProperty("size").GetInt64()));
        var content = await _client.GetByteArrayAsync(new Uri($"{_journey.Path}/materials/{paper.GetProperty("id").GetString()}/content", UriKind.Relative));
        Assert.Equal(film, content);
        Assert.Equal(HttpStatusCode.NotFound, (await SendAsync(HttpMethod.Head, at)).StatusCode);
        Assert.Empty(Directory.GetFiles(Path.Combine(_app.Folder, "uploads")));
    }

    [Fact]
    public async Task Add_WhatWasAlteredOnTheDisk_IsRefusedAndForgotten()
    {
        var film = Samples.TinyMp4(5, 300_000);
        var at = await CreateAsync(film.Length);
        (await PatchAsync(at, 0, film)).EnsureSuccessStatusCode();
        var file = Directory.GetFiles(Path.Combine(_app.Folder, "uploads")).Single();
        var bytes = await File.ReadAllBytesAsync(file);
        bytes[250_000] ^= 1;
        await File.WriteAllBytesAsync(file, bytes);

        Assert.Equal("upload.notFound", (await (await AddAsync(at)).JsonAsync(404)).GetProperty("code").GetString());

        Assert.Equal(HttpStatusCode.NotFound, (await SendAsync(HttpMethod.Head, at)).StatusCode);
        Assert.False(File.Exists(file));
        Assert.Empty(Directory.GetFiles(Path.Combine(_app.Folder, "materials"), "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Add_WhatIsNoFilm_IsRefusedByTheSameChecks()
    {
        var at = await CreateAsync(5_000);
        (await PatchAsync(at, 0, BadFiles.Noise(1, 5_000))).EnsureSuccessStatusCode();

        Assert.Equal("material.typeNotAllowed", (await (await AddAsync(at)).JsonAsync(415)).GetProperty("code").GetString());
        Assert.Empty(Directory.GetFiles(Path.Combine(_app.Folder, "materials"), "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task Uploads_OfAnother_AreNotThere()
    {
        var at = await CreateAsync(10);
        using var other = await ApplicantJourney.OpenAsync(_app.Address, Applicant.Individual("tusother", 59));

        Assert.Equal(HttpStatusCode.NotFound, (await SendAsync(HttpMethod.Head, at, client: other.Client)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await SendAsync(HttpMethod.Delete, at, client: other.Client)).StatusCode);
        Assert.Equal("0", await OffsetAsync(at));
    }

    [Fact]
    public async Task DeleteAndPrune_EndUploads_AndFreeTheirPlaces()
    {
        var ats = new List<string> { await CreateAsync(10), await CreateAsync(10), await CreateAsync(10) };
        using (var fourth = await SendAsync(HttpMethod.Post, Uploads, headers: ("Upload-Length", "10")))
        {
            Assert.Equal("upload.tooMany", (await fourth.JsonAsync(409)).GetProperty("code").GetString());
        }

        (await PatchAsync(ats[0], 0, [1, 2, 3])).EnsureSuccessStatusCode();
        Assert.Equal(HttpStatusCode.NoContent, (await SendAsync(HttpMethod.Delete, ats[0])).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await SendAsync(HttpMethod.Head, ats[0])).StatusCode);
        Assert.Empty(Directory.GetFiles(Path.Combine(_app.Folder, "uploads")));
        await CreateAsync(10);
        Assert.Equal(0, await _app.Get<ResumableUploads>().PruneAsync(default));
    }

    /// <summary>Ends the program and starts it on the same folder; the session goes on.</summary>
    private async Task RestartAsync()
    {
        await _app.DisposeAsync();
        _app = TestApp.Start("Development", _folder);
        var client = _app.NewClient();
        client.DefaultRequestHeaders.Authorization = _client.DefaultRequestHeaders.Authorization;
        _client = client;
    }

    private static ByteArrayContent Piece(byte[] bytes, string type = "application/offset+octet-stream") => new(bytes) { Headers = { ContentType = new MediaTypeHeaderValue(type) } };

    private static string? Header(HttpResponseMessage answer, string name) => answer.Headers.TryGetValues(name, out var values) ? string.Join(",", values) : null;

    private Task<HttpResponseMessage> AddAsync(string at)
    {
        var form = new MultipartFormDataContent { { new StringContent("promiseVideoJiangsu"), "kind" }, { new StringContent(at[(at.LastIndexOf('/') + 1)..]), "uploadId" } };
        return _client.PostAsync($"{_journey.Path}/materials", form);
    }

    private async Task<string> CreateAsync(long length)
    {
        using var created = await SendAsync(HttpMethod.Post, Uploads, headers: ("Upload-Length", length.ToString(CultureInfo.InvariantCulture)));
        await created.JsonAsync(201);
        return created.Headers.Location!.ToString();
    }

    private async Task<string?> OffsetAsync(string at) => Header(await SendAsync(HttpMethod.Head, at), "Upload-Offset");

    private Task<HttpResponseMessage> PatchAsync(string at, long offset, byte[] bytes, string type = "application/offset+octet-stream") =>
        SendAsync(HttpMethod.Patch, at, content: Piece(bytes, type), headers: ("Upload-Offset", offset.ToString(CultureInfo.InvariantCulture)));

    /// <summary>Says that more comes, sends some of it and hangs up.</summary>
    private async Task AbortedAsync(string at, long offset, byte[] some, int said)
    {
        using (var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp))
        {
            await socket.ConnectAsync(_app.Address.Host, _app.Address.Port);
            await socket.SendAsync(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"PATCH {at} HTTP/1.1\r\nHost: {_app.Address.Authority}\r\nAuthorization: {_client.DefaultRequestHeaders.Authorization}\r\nTus-Resumable: 1.0.0\r\nUpload-Offset: {offset}\r\nContent-Type: application/offset+octet-stream\r\nContent-Length: {said}\r\n\r\n")));
            await socket.SendAsync(some);
            await Task.Delay(200);
        }

        // Until the server has noticed, the upload is locked; it gives it up with what came.
        await Task.Delay(300);
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? version = "1.0.0", HttpContent? content = null, params (string Name, string Value)[] headers) =>
        await SendAsync(method, path, _client, version, content, headers);

    private static Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpClient client) => SendAsync(method, path, client, "1.0.0", null);

    private static async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, HttpClient client, string? version, HttpContent? content, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        foreach (var (name, value) in headers.Append(("Tus-Resumable", version ?? string.Empty)).Where(h => h.Item2.Length > 0))
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        return await client.SendAsync(request);
    }
}
