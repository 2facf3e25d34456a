using System.Net;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text.Json;
using Beian.MiniApi.Domain.Materials;
using Beian.MiniApi.Storage;
using Beian.MiniApi.Tests.Fixtures;
using Microsoft.Extensions.DependencyInjection;

namespace Beian.MiniApi.Tests.Materials;

public sealed class TakenUploadTests : IAsyncLifetime
{
    private UploadHost _host = null!;

    public async Task InitializeAsync() => _host = await UploadHost.StartAsync();

    public async Task DisposeAsync() => await _host.DisposeAsync();

    [Fact]
    public async Task Upload_Jpeg_KeepsTheBytesAndTellsWhatTheyAre()
    {
        var file = Samples.TinyJpeg(1500, 1100, 200_000);

        var answer = await PostAsync(UploadHost.Form(file, "营业执照.jpg", "idCard", "front", "0198"), keep: true);

        var material = answer.GetProperty("material");
        Assert.Equal("image/jpeg", material.GetProperty("contentType").GetString());
        Assert.Equal((1500, 1100), (material.GetProperty("width").GetInt32(), material.GetProperty("height").GetInt32()));
        Assert.Equal(("front", "0198", "营业执照.jpg"), (material.GetProperty("part").GetString(), material.GetProperty("siteId").GetString(), material.GetProperty("fileName").GetString()));
        Assert.Equal(200_000, material.GetProperty("size").GetInt64());
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(file)), material.GetProperty("sha256").GetString());
        Assert.Empty(material.GetProperty("hints").EnumerateArray());
        await using var kept = await _host.Services.GetRequiredService<IMaterialStore>().OpenAsync(Path.GetFileName(Assert.Single(_host.FilesLeft)), default);
        using var bytes = new MemoryStream();
        await kept!.CopyToAsync(bytes);
        Assert.Equal(file, bytes.ToArray());
    }

    [Fact]
    public async Task Upload_PictureOfExactlyTenMiB_IsTaken()
    {
        var answer = await PostAsync(UploadHost.Form(Samples.TinyPng(2000, 1500, 10 * 1024 * 1024)));

        Assert.Equal("image/png", answer.GetProperty("material").GetProperty("contentType").GetString());
        Assert.Equal([MaterialHints.ManyBytes], Hints(answer));
        Assert.Empty(_host.FilesLeft);
    }

    [Theory]
    [InlineData(true, 60)]
    [InlineData(false, 1)]
    public async Task Upload_Mp4_TellsItsLengthWhereverTheMovieBoxIs(bool movieLast, int seconds)
    {
        var answer = await PostAsync(UploadHost.Form(Samples.TinyMp4(seconds, 300_000, movieLast), "v.mov", "promiseVideoJiangsu"));

        var material = answer.GetProperty("material");
        Assert.Equal(("video/mp4", (double)seconds), (material.GetProperty("contentType").GetString(), material.GetProperty("durationSeconds").GetDouble()));
    }

    [Fact]
    public async Task Upload_KindAfterTheFile_IsTakenAlike()
    {
        using var form = new MultipartFormDataContent
        {
            { new ByteArrayContent(Samples.TinyMp4()), "file", "v.mp4" },
            { new StringContent("promiseVideoJiangsu"), "kind" },
        };

        var answer = await PostAsync(form);

        Assert.Equal("promiseVideoJiangsu", answer.GetProperty("material").GetProperty("kind").GetString());
    }

    [Fact]
    public async Task Upload_SmallPicture_IsTakenWithMeasuredHints()
    {
        var answer = await PostAsync(UploadHost.Form(Samples.TinyJpeg(640, 480), kind: "idCard", part: "back"));

        Assert.Equal([MaterialHints.FewBytes, MaterialHints.Small], Hints(answer));
        var small = answer.GetProperty("hints")[1];
        Assert.Equal(("640", "1280"), (small.GetProperty("args").GetProperty("width").GetString(), small.GetProperty("args").GetProperty("minLong").GetString()));
    }

    [Fact]
    public async Task Upload_JpegWithLongCameraDataAndATrailer_IsRead()
    {
        var jpeg = Samples.TinyJpeg(3000, 2000, 400_000);

        var answer = await PostAsync(UploadHost.Form([.. jpeg, .. new byte[5000]]));

        Assert.Equal(3000, answer.GetProperty("material").GetProperty("width").GetInt32());
    }

    [Fact]
    public async Task Upload_Twice_HasOneHashAndOtherFieldsAnother()
    {
        var file = Samples.TinyJpeg();
        var hashes = new List<string?>();
        foreach (var form in new[]
                 {
                     UploadHost.Form(file, "a.jpg", "idCard", "front"),
                     UploadHost.Form(file, "b.jpg", "idCard", "front"),
                     UploadHost.Form(file, "a.jpg", "idCard", "back"),
                     UploadHost.Form(Samples.TinyJpeg(17), "a.jpg", "idCard", "front"),
                 })
        {
            hashes.Add((await PostAsync(form)).GetProperty("requestHash").GetString());
        }

        Assert.Equal(hashes[0], hashes[1]);
        Assert.Equal(3, hashes.Distinct().Count());
    }

    [Theory]
    [InlineData("../../etc/passwd", "passwd")]
    [InlineData("C:\\Users\\a\\身份证.jpg", "身份证.jpg")]
    [InlineData("a\u202Egpj.exe", "agpj.exe")]
    [InlineData("a\u0000b\u001b[31m.jpg", "ab[31m.jpg")]
    [InlineData("..", "material")]
    [InlineData("", "material")]
    [InlineData(null, "material")]
    [InlineData("\uD83D", "material")]
    public void Clean_FileName_IsOnlyText(string? raw, string expected) => Assert.Equal(expected, FileNames.Clean(raw));

    [Fact]
    public void Clean_LongFileName_KeepsItsExtension()
    {
        var name = FileNames.Clean(string.Concat(Enumerable.Repeat("🙂", 200)) + ".jpeg");

        Assert.True(name.Length is 127 or 128);
        Assert.EndsWith("🙂.jpeg", name, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Upload_PathInTheFileName_StaysText()
    {
        var content = UploadHost.Raw(
            "b",
            UploadHost.Text("--b\r\nContent-Disposition: form-data; name=\"kind\"\r\n\r\notherSupplement\r\n--b\r\nContent-Disposition: form-data; name=\"file\"; filename=\"../../../evil.jpg\"\r\n\r\n"),
            Samples.TinyJpeg(),
            UploadHost.Text("\r\n--b--\r\n"));

        var answer = await PostAsync(content, keep: true);

        Assert.Equal("evil.jpg", answer.GetProperty("material").GetProperty("fileName").GetString());
        Assert.EndsWith(answer.GetProperty("material").GetProperty("id").GetString()!, Assert.Single(_host.FilesLeft), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Content_OfAStoredMaterial_IsServedSafely()
    {
        var file = Samples.TinyPng();
        var id = (await PostAsync(UploadHost.Form(file), keep: true)).GetProperty("material").GetProperty("id").GetString();

        var answer = await _host.Client.GetAsync($"/content/{id}?type=image/png");

        Assert.Equal(file, await answer.Content.ReadAsByteArrayAsync());
        Assert.Equal(("image/png", (long?)file.Length), (answer.Content.Headers.ContentType?.ToString(), answer.Content.Headers.ContentLength));
        Assert.Equal("inline; filename=\"material.png\"", answer.Content.Headers.ContentDisposition?.ToString());
        Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
        Assert.Equal("default-src 'none'; sandbox", answer.Headers.GetValues("Content-Security-Policy").Single());
        Assert.True(answer.Headers.CacheControl is { NoStore: true, Private: true });
    }

    [Fact]
    public async Task Content_OfARange_IsThatRange()
    {
        var file = Samples.TinyMp4();
        var id = (await PostAsync(UploadHost.Form(file, kind: "promiseVideoJiangsu"), keep: true)).GetProperty("material").GetProperty("id").GetString();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/content/{id}?type=video/mp4") { Headers = { Range = new RangeHeaderValue(4, 7) } };

        var answer = await _host.Client.SendAsync(request);

        Assert.Equal(HttpStatusCode.PartialContent, answer.StatusCode);
        Assert.Equal("ftyp", await answer.Content.ReadAsStringAsync());
    }

    [Fact]
    public void Limits_InTheReferenceData_AreThoseOfTheProgram()
    {
        using var data = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "ReferenceData", "materials.json")));
        var limits = data.RootElement.GetProperty("uploadLimits");

        Assert.Equal(
            (MaterialLimits.PictureBytes, (long)MaterialLimits.MaxSide, MaterialLimits.MaxPixels, MaterialLimits.VideoBytes, MaterialLimits.VideoSeconds),
            (Number("pictureMaxBytes"), Number("pictureMaxSide"), Number("pictureMaxPixels"), Number("videoMaxBytes"), Number("videoMaxSeconds")));
        Assert.Equal((MaterialLimits.VideoBytes, Journey.ResumableUploads.Lifetime.TotalHours), (Number("resumableMaxBytes"), Number("resumableHours")));

        long Number(string name) => limits.GetProperty(name).GetInt64();
    }

    private static IEnumerable<string?> Hints(JsonElement answer) => answer.GetProperty("material").GetProperty("hints").EnumerateArray().Select(h => h.GetString());

    private async Task<JsonElement> PostAsync(HttpContent content, bool keep = false)
    {
        using (content)
        {
            var answer = await _host.Client.PostAsync(keep ? "/upload?keep" : "/upload", content);
            var body = await answer.Content.ReadAsStringAsync();
            Assert.True(answer.StatusCode == HttpStatusCode.Created, body);
            return JsonSerializer.Deserialize<JsonElement>(body);
        }
    }
}
