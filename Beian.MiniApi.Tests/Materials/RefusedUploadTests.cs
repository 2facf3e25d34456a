using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.Materials;

/// <summary>Uploads that must be refused: each with its own code, and with nothing left on the disk.</summary>
public sealed class RefusedUploadTests : IClassFixture<RefusedUploadTests.Host>
{
    private const int MiB = 1024 * 1024;

    private static readonly byte[] Jpeg = Samples.TinyJpeg();

    private static readonly Dictionary<string, (Func<HttpContent> Make, int Status, string Code)> Cases = new()
    {
        ["no body"] = (() => new ByteArrayContent([]), 415, "request.notMultipart"),
        ["json"] = (() => new StringContent("{}", null, "application/json"), 415, "request.notMultipart"),
        ["url-encoded"] = (() => new FormUrlEncodedContent([new("kind", "otherSupplement")]), 415, "request.notMultipart"),
        ["multipart/mixed"] = (() => new MultipartContent("mixed"), 415, "request.notMultipart"),
        ["no boundary"] = (() => UploadHost.Raw("", UploadHost.Text("--x\r\n")), 400, "request.multipartBroken"),
        ["long boundary"] = (() => UploadHost.Raw(new string('b', 200), UploadHost.Text("x")), 400, "request.multipartBroken"),
        ["other boundary"] = (() => UploadHost.Raw("right", UploadHost.Text("--wrong\r\nContent-Disposition: form-data; name=\"kind\"\r\n\r\na\r\n--wrong--\r\n")), 400, "request.multipartBroken"),
        ["no closing boundary"] = (() => UploadHost.Raw("b", Part("file"), Jpeg), 400, "request.multipartBroken"),
        ["ends inside headers"] = (() => UploadHost.Raw("b", UploadHost.Text("--b\r\nContent-Disposition: form-")), 400, "request.multipartBroken"),
        ["part without name"] = (() => UploadHost.Raw("b", UploadHost.Text("--b\r\nContent-Disposition: form-data\r\n\r\nx\r\n--b--\r\n")), 400, "request.multipartBroken"),
        ["part without disposition"] = (() => UploadHost.Raw("b", UploadHost.Text("--b\r\nContent-Type: text/plain\r\n\r\nx\r\n--b--\r\n")), 400, "request.multipartBroken"),
        ["many headers"] = (() => UploadHost.Raw("b", UploadHost.Text("--b\r\n" + string.Concat(Enumerable.Range(0, 40).Select(i => $"X-{i}: a\r\n")) + "\r\nx\r\n--b--\r\n")), 400, "request.multipartBroken"),
        ["long header"] = (() => UploadHost.Raw("b", UploadHost.Text("--b\r\nX: " + new string('a', 20_000) + "\r\n\r\nx\r\n--b--\r\n")), 400, "request.multipartBroken"),
        ["no parts"] = (() => UploadHost.Raw("b", UploadHost.Text("--b--\r\n")), 422, "material.kindMissing"),
        ["no file"] = (() => UploadHost.Raw("b", Field("kind", "otherSupplement"), End), 422, "material.fileMissing"),
        ["no kind"] = (() => UploadHost.Form(Jpeg, kind: null), 422, "material.kindMissing"),
        ["empty kind"] = (() => UploadHost.Form(Jpeg, kind: ""), 422, "material.kindMissing"),
        ["unknown kind"] = (() => UploadHost.Form(Jpeg, kind: "passportOfMars"), 422, "material.kindUnknown"),
        ["unknown kind after the file"] = (() => UploadHost.Raw("b", Part("file"), Jpeg, Field("kind", "nope", first: false), End), 422, "material.kindUnknown"),
        ["kind that is not uploaded"] = (() => UploadHost.Form(Jpeg, kind: "livenessPhoto"), 422, "material.notUploaded"),
        ["part missing"] = (() => UploadHost.Form(Jpeg, kind: "idCard"), 422, "material.partMissing"),
        ["part unknown"] = (() => UploadHost.Form(Jpeg, kind: "idCard", part: "side"), 422, "material.partUnknown"),
        ["part of a kind without parts"] = (() => UploadHost.Form(Jpeg, part: "front"), 422, "material.partUnknown"),
        ["unknown field"] = (() => UploadHost.Raw("b", Field("filingId", "1"), End), 400, "request.unknownField"),
        ["field twice"] = (() => UploadHost.Raw("b", Field("kind", "otherSupplement"), Field("kind", "idCard", first: false), End), 400, "request.duplicateField"),
        ["two files"] = (() => UploadHost.Raw("b", Part("file"), Jpeg, UploadHost.Text("\r\n"), Part("file"), Jpeg, End), 400, "request.duplicateField"),
        ["long field"] = (() => UploadHost.Form(Jpeg, kind: new string('k', 257)), 400, "request.invalid"),
        ["huge field"] = (() => UploadHost.Form(Jpeg, kind: new string('k', 300_000)), 400, "request.invalid"),
        ["field not UTF-8"] = (() => UploadHost.Raw("b", Part("kind"), [0xC3, 0x28], End), 400, "request.malformed"),
        ["empty file"] = (() => UploadHost.Form([]), 422, "material.empty"),
        ["html named jpg"] = (() => UploadHost.Form(UploadHost.Text("<html><script>alert(1)</script></html>")), 415, "material.typeNotAllowed"),
        ["svg"] = (() => UploadHost.Form(UploadHost.Text("<svg xmlns='http://www.w3.org/2000/svg'/>"), "a.svg"), 415, "material.typeNotAllowed"),
        ["gif"] = (() => UploadHost.Form([.. "GIF89a"u8, .. new byte[40]]), 415, "material.typeNotAllowed"),
        ["pdf"] = (() => UploadHost.Form([.. "%PDF-1.7\n"u8, .. new byte[40]]), 415, "material.typeNotAllowed"),
        ["webp"] = (() => UploadHost.Form([.. "RIFF\0\0\0\0WEBPVP8 "u8, .. new byte[40]]), 415, "material.typeNotAllowed"),
        ["script in front of a jpeg"] = (() => UploadHost.Form([.. "<script></script>"u8, .. Jpeg]), 415, "material.typeNotAllowed"),
        ["three bytes"] = (() => UploadHost.Form([0xFF, 0xD8, 0xFF]), 415, "material.typeNotAllowed"),
        ["script where two pieces of a text meet"] = (
            () => UploadHost.Form(new PngMaker { Before = [Samples.Chunk("tEXt"u8, [.. "Comment\0"u8, .. Enumerable.Repeat((byte)'a', 16_372), .. "<script>alert(1)</script>"u8])] }.Make()), 422, "material.foreignContent"),
        ["heic"] = (() => UploadHost.Form(Samples.TinyMp4(brand: "heic")), 415, "material.typeNotAllowed"),
        ["quicktime"] = (() => UploadHost.Form(Samples.TinyMp4(brand: "qt  "), kind: "promiseVideoJiangsu"), 415, "material.typeNotAllowed"),
        ["video for a picture"] = (() => UploadHost.Form(Samples.TinyMp4()), 415, "material.typeNotAllowed"),
        ["video for a picture, kind after it"] = (() => UploadHost.Raw("b", Part("file"), Samples.TinyMp4(), Field("kind", "otherSupplement", first: false), End), 415, "material.typeNotAllowed"),
        ["picture for a video"] = (() => UploadHost.Form(Jpeg, kind: "promiseVideoJiangsu"), 415, "material.typeNotAllowed"),
        ["sound only"] = (() => UploadHost.Form(Samples.TinyMp4(handler: "soun"), kind: "promiseVideoJiangsu"), 415, "material.typeNotAllowed"),
        ["video of 61 s"] = (() => UploadHost.Form(Samples.TinyMp4(61), kind: "promiseVideoJiangsu"), 422, "material.videoTooLong"),
        ["video without length"] = (() => UploadHost.Form(Samples.TinyMp4(0), kind: "promiseVideoJiangsu"), 422, "material.durationUnknown"),
        ["video cut off"] = (() => UploadHost.Form(Samples.TinyMp4()[..^40], kind: "promiseVideoJiangsu"), 422, "material.cutOff"),
        ["video without movie box"] = (() => UploadHost.Form([.. Samples.Box("ftyp", "isom\0\0\0\0isom"u8.ToArray()), .. Samples.Box("mdat", new byte[64])], kind: "promiseVideoJiangsu"), 422, "material.cutOff"),
        ["video with endless boxes"] = (() => UploadHost.Form([.. Samples.Box("ftyp", "isom\0\0\0\0isom"u8.ToArray()), .. Enumerable.Range(0, 30_000).SelectMany(_ => Samples.Box("free", []))], kind: "promiseVideoJiangsu"), 422, "material.unreadable"),
        ["video with a box of size 4"] = (() => UploadHost.Form([.. Samples.Box("ftyp", "isom\0\0\0\0isom"u8.ToArray()), 0, 0, 0, 4, .. "moov"u8, .. new byte[64]], kind: "promiseVideoJiangsu"), 422, "material.unreadable"),
        ["jpeg without end"] = (() => UploadHost.Form(Samples.TinyJpeg(800, 600)[..^20]), 422, "material.cutOff"),
        ["jpeg cut off in its header"] = (() => UploadHost.Form(Jpeg[..40]), 422, "material.cutOff"),
        ["jpeg without frame"] = (() => UploadHost.Form([0xFF, 0xD8, 0xFF, 0xDA, 0, 4, 0, 0, 0xFF, 0xD9, .. new byte[8]]), 422, "material.unreadable"),
        ["jpeg of zeros"] = (() => UploadHost.Form([0xFF, 0xD8, 0xFF, 0xE0, .. new byte[200]]), 422, "material.unreadable"),
        ["jpeg of height zero"] = (() => UploadHost.Form(Samples.TinyJpeg(16, 0)), 422, "material.badDimensions"),
        ["jpeg too wide"] = (() => UploadHost.Form(Samples.TinyJpeg(30_001, 8)), 422, "material.badDimensions"),
        ["png of width zero"] = (() => UploadHost.Form(Samples.TinyPng(0, 16)), 422, "material.badDimensions"),
        ["png too high"] = (() => UploadHost.Form(Samples.TinyPng(8, 30_001)), 422, "material.badDimensions"),
        ["png without end"] = (() => UploadHost.Form(Samples.TinyPng()[..^12]), 422, "material.cutOff"),
        ["png cut off in its data"] = (() => UploadHost.Form(Samples.TinyPng(800, 600)[..^20]), 422, "material.cutOff"),
        ["png of a signature"] = (() => UploadHost.Form(Samples.TinyPng()[..8]), 422, "material.cutOff"),
        ["png without data"] = (() => UploadHost.Form([.. Samples.TinyPng()[..33], .. Samples.Chunk("IEND"u8, [])]), 422, "material.unreadable"),
        ["picture one byte over 10 MiB"] = (() => UploadHost.Form(Samples.TinyJpeg(sizeBytes: (10 * MiB) + 1)), 413, "material.tooLarge"),
        ["picture over 10 MiB, no length"] = (() => Chunked(UploadHost.Form(Samples.TinyJpeg(sizeBytes: 11 * MiB))), 413, "material.tooLarge"),
        ["picture over 10 MiB, kind after it"] = (() => UploadHost.Raw("b", Part("file"), Samples.TinyPng(sizeBytes: 11 * MiB), Field("kind", "otherSupplement", first: false), End), 413, "material.tooLarge"),
    };

    private readonly Host _host;

    public RefusedUploadTests(Host host) => _host = host;

    public static TheoryData<string> Names => [.. Cases.Keys];

    private static byte[] End => UploadHost.Text("\r\n--b--\r\n");

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Upload_Malformed_IsRefusedAndLeavesNothing(string name)
    {
        var (make, status, code) = Cases[name];
        using var content = make();

        var answer = await _host.App.Client.PostAsync("/upload", content);

        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal((code, status), (problem.GetProperty("code").GetString(), (int)answer.StatusCode));
        Assert.NotEqual(code, problem.GetProperty("title").GetString());
        Assert.DoesNotContain('{', problem.GetProperty("detail").GetString()!);
        Assert.Empty(_host.App.FilesLeft);
    }

    [Fact]
    public async Task Upload_OverTheLimit_NamesTheLimitAndTheField()
    {
        using var content = UploadHost.Form(Samples.TinyJpeg(sizeBytes: (10 * MiB) + 1));
        using var request = new HttpRequestMessage(HttpMethod.Post, "/upload") { Content = content };
        request.Headers.Add("Accept-Language", "en");

        var answer = await _host.App.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Contains("10 MiB", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal("/file", problem.GetProperty("errors")[0].GetProperty("pointer").GetString());
    }

    [Fact]
    public async Task Picture_WithAFieldOrAVideo_IsRefused()
    {
        using var withKind = UploadHost.Form(Jpeg);
        using var video = UploadHost.Form(Samples.TinyMp4(), kind: null);

        var first = await (await _host.App.Client.PostAsync("/picture", withKind)).Content.ReadFromJsonAsync<JsonElement>();
        var second = await (await _host.App.Client.PostAsync("/picture", video)).Content.ReadFromJsonAsync<JsonElement>();

        Assert.Equal("request.unknownField", first.GetProperty("code").GetString());
        Assert.Equal("material.typeNotAllowed", second.GetProperty("code").GetString());
        Assert.Empty(_host.App.FilesLeft);
    }

    private static byte[] Part(string name) => UploadHost.Text($"--b\r\nContent-Disposition: form-data; name=\"{name}\"{(name == "file" ? "; filename=\"a.jpg\"" : string.Empty)}\r\n\r\n");

    private static byte[] Field(string name, string value, bool first = true) => [.. UploadHost.Text(first ? string.Empty : "\r\n"), .. Part(name), .. UploadHost.Text(value)];

    private static StreamContent Chunked(MultipartFormDataContent form)
    {
        var content = new StreamContent(new Unsized(form.ReadAsStream()));
        content.Headers.ContentType = form.Headers.ContentType;
        return content;
    }

    /// <summary>One host for all of them: they leave nothing behind, which every one of them checks.</summary>
    public sealed class Host : IAsyncLifetime
    {
        public UploadHost App { get; private set; } = null!;

        public async Task InitializeAsync() => App = await UploadHost.StartAsync();

        public async Task DisposeAsync() => await App.DisposeAsync();
    }

    /// <summary>A stream that does not tell its length, so that it is sent in chunks.</summary>
    private sealed class Unsized(Stream inner) : Stream
    {
        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position
        {
            get => throw new NotSupportedException();
            set => throw new NotSupportedException();
        }

        public override int Read(byte[] buffer, int offset, int count) => inner.Read(buffer, offset, count);

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
