using System.Globalization;
using System.Net;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Beian.MiniApi.Platform.Tencent;

/// <summary>Whose call it is.</summary>
/// <param name="SecretId">SecretId of the API key.</param>
/// <param name="SecretKey">Its SecretKey.</param>
/// <param name="Region">Such as <c>ap-guangzhou</c>; null or empty where the product has none.</param>
public sealed record TencentAccount(string SecretId, string SecretKey, string? Region)
{
    /// <summary>Never prints: it holds a secret.</summary>
    public override string ToString() => nameof(TencentAccount);
}

/// <summary>The method that is called.</summary>
/// <param name="Service">Such as <c>faceid</c> or <c>sms</c>.</param>
/// <param name="Version">Such as <c>2021-01-11</c>.</param>
/// <param name="Name">Such as <c>SendSms</c>.</param>
public sealed record TencentAction(string Service, string Version, string Name);

/// <summary>What came back.</summary>
/// <param name="Response">The content of <c>Response</c>; undefined when there is a code.</param>
/// <param name="Code">The code of the error; null when there is none.</param>
public readonly record struct TencentAnswer(JsonElement Response, string? Code);

/// <summary>What calls of all products of Tencent Cloud have in common: how they are signed and what stands around an answer.</summary>
public static class TencentWire
{
    private const string ContentType = "application/json; charset=utf-8";

    /// <summary>Names as Tencent Cloud writes them; members that are new there do not matter here.</summary>
    public static readonly JsonSerializerOptions Json = new()
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        NumberHandling = JsonNumberHandling.AllowReadingFromString,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>A call, signed over the very bytes that are sent.</summary>
    public static HttpRequestMessage Sign(Uri address, TencentAction action, TencentAccount account, byte[] body, DateTimeOffset now)
    {
        var timestamp = now.ToUnixTimeSeconds();
        KeyValuePair<string, string>[] signed = [new("content-type", ContentType), new("host", address.Authority), new("x-tc-action", action.Name)];
        var signature = Tc3.Sign(new Tc3Call(action.Service, signed, body, timestamp), account.SecretId, account.SecretKey);
        var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new ByteArrayContent(body) };
        request.Content.Headers.TryAddWithoutValidation("Content-Type", ContentType);
        request.Headers.Host = address.Authority;
        request.Headers.TryAddWithoutValidation("Authorization", signature.Authorization);
        request.Headers.TryAddWithoutValidation("X-TC-Action", action.Name);
        request.Headers.TryAddWithoutValidation("X-TC-Version", action.Version);
        request.Headers.TryAddWithoutValidation("X-TC-Timestamp", timestamp.ToString(CultureInfo.InvariantCulture));
        if (account.Region is { Length: > 0 } region)
        {
            request.Headers.TryAddWithoutValidation("X-TC-Region", region);
        }

        return request;
    }

    /// <summary>Reads an answer, a refusal too.</summary>
    /// <exception cref="HttpRequestException">A gateway in between answered: Tencent Cloud refuses with status 200 as well.</exception>
    /// <exception cref="JsonException">It is no answer of Tencent Cloud's.</exception>
    public static async Task<TencentAnswer> ReadAsync(HttpResponseMessage response, CancellationToken cancellationToken)
    {
        if (response.StatusCode != HttpStatusCode.OK)
        {
            throw new HttpRequestException($"HTTP {(int)response.StatusCode}", null, response.StatusCode);
        }

        using var answer = JsonDocument.Parse(await response.Content.ReadAsByteArrayAsync(cancellationToken));
        if (answer.RootElement.ValueKind != JsonValueKind.Object || !answer.RootElement.TryGetProperty("Response", out var content) || content.ValueKind != JsonValueKind.Object)
        {
            throw new JsonException("No Response.");
        }

        if (!content.TryGetProperty("Error", out var error))
        {
            return new TencentAnswer(content.Clone(), null);
        }

        var code = error.ValueKind == JsonValueKind.Object && error.TryGetProperty("Code", out var named) && named.ValueKind == JsonValueKind.String ? named.GetString() : null;
        return new TencentAnswer(default, code ?? throw new JsonException("An error without a code."));
    }
}
