using System.IO.Compression;
using System.Net;
using System.Text.Json;
using Beian.MiniApi.ReferenceData;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.Features.Reference;

/// <summary>Reference data as it travels: small, kept by whoever has it, and the same after unpacking.</summary>
public sealed class ReferenceCompressionTests(RunningApp running) : IClassFixture<RunningApp>
{
    private const string Divisions = "/api/v1/reference/divisions";
    private readonly TestApp _app = running.App;

    [Theory]
    [InlineData(null, null)]
    [InlineData("", null)]
    [InlineData("identity", null)]
    [InlineData("br", "br")]
    [InlineData("gzip", "gzip")]
    [InlineData("x-gzip", "gzip")]
    [InlineData("GZIP, BR", "br")]
    [InlineData("gzip, deflate, br", "br")]
    [InlineData("gzip, deflate", "gzip")]
    [InlineData("br;q=0.5, gzip;q=0.8", "gzip")]
    [InlineData("br;q=0.001", "br")]
    [InlineData("br;q=0, gzip;q=0", null)]
    [InlineData("br;q=0.5, identity;q=0.8", null)]
    [InlineData("*", "br")]
    [InlineData("br;q=0, *", "gzip")]
    [InlineData("*;q=0.5, identity;q=0.9", null)]
    [InlineData("zstd, deflate", null)]
    [InlineData("identity;q=0", null)]
    [InlineData("identity;q=0, *", "br")]
    [InlineData("*;q=0", null)]
    [InlineData("gzip;q=broken, \"", null)]
    public async Task Get_WithAcceptEncoding_SendsTheBestOfWhatIsAcceptable(string? accepted, string? coding)
    {
        using var answer = await SendAsync(HttpMethod.Get, Divisions, accepted);

        var sent = await answer.Content.ReadAsByteArrayAsync();
        Assert.Equal(coding, answer.Content.Headers.ContentEncoding.SingleOrDefault());
        Assert.Equal(["Accept-Encoding"], answer.Headers.Vary);
        Assert.Equal(sent.Length, answer.Content.Headers.ContentLength);
        var bare = await _app.Client.GetByteArrayAsync(Divisions);
        Assert.Equal(bare, Unpacked(sent, coding));
        Assert.True(coding is null || sent.Length < bare.Length / 4, $"{sent.Length} of {bare.Length} bytes");
    }

    [Fact]
    public async Task Get_InEveryCoding_HasAStrongTagOfItsOwn()
    {
        var index = JsonSerializer.Deserialize<JsonElement>(await _app.Client.GetByteArrayAsync("/api/v1/reference"));
        foreach (var set in index.GetProperty("items").EnumerateArray())
        {
            var bare = set.GetProperty("eTag").GetString()!;
            string[] tags = [await TagAsync(set.GetProperty("href").GetString()!, "identity"), await TagAsync(set.GetProperty("href").GetString()!, "br"), await TagAsync(set.GetProperty("href").GetString()!, "gzip")];
            Assert.Equal([bare, bare[..^1] + "-br\"", bare[..^1] + "-gz\""], tags);
        }
    }

    [Theory]
    [InlineData("identity", "br")]
    [InlineData("br", "br")]
    [InlineData("gzip", "identity")]
    [InlineData("gzip", "gzip, br")]
    public async Task Get_OfADocumentTheCallerHasInSomeCoding_Is304WithTheTagOfTheOneAskedFor(string had, string asked)
    {
        var kept = await TagAsync(Divisions, had);
        using var answer = await SendAsync(HttpMethod.Get, Divisions, asked, "\"other\", W/" + kept);

        Assert.Equal(HttpStatusCode.NotModified, answer.StatusCode);
        Assert.Equal(await TagAsync(Divisions, asked), answer.Headers.ETag?.Tag);
        Assert.Equal(["Accept-Encoding"], answer.Headers.Vary);
        Assert.Empty(answer.Content.Headers.ContentEncoding);
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync());
    }

    [Theory]
    [InlineData(Divisions, "br", 200)]
    [InlineData(Divisions, null, 200)]
    [InlineData("/api/v1/reference", "gzip", 200)]
    [InlineData("/api/v1/reference/provinces/310000", "gzip", 200)]
    [InlineData("/api/v1/reference/provinces/710000", "gzip", 404)]
    public async Task Head_OfADocument_HasTheHeadersOfItsGet(string path, string? accepted, int status)
    {
        using var get = await SendAsync(HttpMethod.Get, path, accepted);
        using var head = await SendAsync(HttpMethod.Head, path, accepted);

        Assert.Equal((status, status), ((int)get.StatusCode, (int)head.StatusCode));
        Assert.Equal(get.Headers.ETag, head.Headers.ETag);
        Assert.Equal(get.Headers.Vary, head.Headers.Vary);
        Assert.Equal(get.Content.Headers.ContentEncoding, head.Content.Headers.ContentEncoding);
        Assert.Equal(status == 200 ? get.Content.Headers.ContentLength : null, status == 200 ? head.Content.Headers.ContentLength : null);
        Assert.Empty(await head.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task Head_OfADocumentTheCallerHas_Is304()
    {
        using var answer = await SendAsync(HttpMethod.Head, Divisions, "br", await TagAsync(Divisions, "br"));

        Assert.Equal(HttpStatusCode.NotModified, answer.StatusCode);
    }

    [Fact]
    public async Task Get_OfAnythingElse_IsNotCompressed()
    {
        foreach (var path in new[] { "/swagger/v1/swagger.json", "/health/live", "/api/v1/reference/nothing" })
        {
            using var answer = await SendAsync(HttpMethod.Get, path, "br, gzip");
            Assert.Empty(answer.Content.Headers.ContentEncoding);
        }
    }

    [Theory]
    [InlineData(PublicDocument.MinCompressed - 3, 1)]
    [InlineData(PublicDocument.MinCompressed - 2, 3)]
    public void Document_BelowOneKibibyte_IsBareOnly(int letters, int variants) =>
        Assert.Equal(variants, PublicDocument.Of(new string('a', letters)).Variants.Count);

    private static byte[] Unpacked(byte[] sent, string? coding)
    {
        if (coding is null)
        {
            return sent;
        }

        using var packed = new MemoryStream(sent);
        using Stream unpacking = coding == "br" ? new BrotliStream(packed, CompressionMode.Decompress) : new GZipStream(packed, CompressionMode.Decompress);
        using var bare = new MemoryStream();
        unpacking.CopyTo(bare);
        return bare.ToArray();
    }

    private async Task<string> TagAsync(string path, string accepted)
    {
        using var answer = await SendAsync(HttpMethod.Get, path, accepted);
        Assert.False(answer.Headers.ETag!.IsWeak);
        return answer.Headers.ETag.Tag;
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? accepted, string? known = null)
    {
        using var request = new HttpRequestMessage(method, path);
        if (accepted is not null)
        {
            request.Headers.TryAddWithoutValidation("Accept-Encoding", accepted);
        }

        if (known is not null)
        {
            request.Headers.TryAddWithoutValidation("If-None-Match", known);
        }

        return await _app.Client.SendAsync(request);
    }
}
