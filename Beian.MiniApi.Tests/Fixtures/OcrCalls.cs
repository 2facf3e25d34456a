using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;

namespace Beian.MiniApi.Tests.Fixtures;

/// <summary>Pictures sent to the routes of recognition, as the mini program does.</summary>
internal static class OcrCalls
{
    public const string IdCard = "/api/v1/ocr/id-card";
    public const string Licence = "/api/v1/ocr/business-licence";

    /// <summary>Number of the next picture, so that no two are the same by chance.</summary>
    private static int _next;

    /// <summary>A picture that nobody has sent before. The sandbox reads by the file's name, or what a comment in the picture says.</summary>
    public static byte[] Picture(string? comment = null)
    {
        var picture = Samples.TinyJpeg(1000, 640 + (Interlocked.Increment(ref _next) % 400));
        if (comment is null)
        {
            return picture;
        }

        var text = Encoding.UTF8.GetBytes(comment);
        return [.. picture[..20], 0xFF, 0xFE, (byte)((text.Length + 2) >> 8), (byte)(text.Length + 2), .. text, .. picture[20..]];
    }

    public static async Task<HttpResponseMessage> ReadAsync(this HttpClient client, string route, byte[] picture, string fileName = "id-front.jpg", string? key = null)
    {
        using var file = new ByteArrayContent(picture);
        file.Headers.ContentType = new MediaTypeHeaderValue("image/jpeg");
        using var request = new HttpRequestMessage(HttpMethod.Post, route) { Content = new MultipartFormDataContent { { file, "file", fileName } } };
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        return await client.SendAsync(request);
    }

    /// <summary>Switches a fault of the sandbox on.</summary>
    public static async Task FaultAsync(this TestApp app, object fault) => await (await app.Client.PutAsJsonAsync("/sandbox/faults", fault)).JsonAsync();

    /// <summary>Switches all faults off.</summary>
    public static async Task MendAsync(this TestApp app) => await (await app.Client.DeleteAsync("/sandbox/faults")).JsonAsync();
}
