using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.Options;

namespace Beian.MiniApi.Identity;

/// <summary>Speaks HTTP with the provider. What is read has a limit, and redirects are not followed.</summary>
public sealed class OidcWire(IHttpClientFactory clients, IOptions<OidcOptions> options)
{
    public const string ClientName = "identityProvider";

    /// <summary>Largest answer read, 256 KiB.</summary>
    public const int MaxBytes = 256 * 1024;

    /// <exception cref="HttpRequestException">No connection, too large, or a status that is no success.</exception>
    public async Task<byte[]> LoadAsync(Uri address, CancellationToken cancellationToken)
    {
        using var response = await clients.CreateClient(ClientName).GetAsync(address, cancellationToken);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadAsByteArrayAsync(cancellationToken);
    }

    /// <summary>Sends the code and what belongs to it.</summary>
    /// <param name="address">The token endpoint.</param>
    /// <param name="methods">Ways to show the secret that the provider names; empty for the usual one.</param>
    /// <param name="form">Without the secret.</param>
    /// <param name="cancellationToken">Ends the call.</param>
    /// <returns>The answer; null when the provider does not take the code.</returns>
    /// <exception cref="HttpRequestException">No connection, too large, or a refusal that is not the code's fault.</exception>
    /// <exception cref="InvalidDataException">No JSON object.</exception>
    public async Task<JsonElement?> ExchangeAsync(Uri address, ICollection<string> methods, Dictionary<string, string> form, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address);
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        if (options.Value.ClientSecret is { Length: > 0 } secret)
        {
            if (methods.Contains("client_secret_post") && !methods.Contains("client_secret_basic"))
            {
                form["client_secret"] = secret;
            }
            else
            {
                var pair = $"{Uri.EscapeDataString(options.Value.ClientId!)}:{Uri.EscapeDataString(secret)}";
                request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes(pair)));
            }
        }

        request.Content = new FormUrlEncodedContent(form);
        using var response = await clients.CreateClient(ClientName).SendAsync(request, cancellationToken);
        var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
        if (response.StatusCode == HttpStatusCode.BadRequest && IsOfTheCode(body))
        {
            return null;
        }

        response.EnsureSuccessStatusCode();
        return Parse(body);
    }

    /// <summary>A member that is a text, or null.</summary>
    internal static string? TextOf(JsonElement json, string member) => json.TryGetProperty(member, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static bool IsOfTheCode(byte[] refusal)
    {
        try
        {
            return TextOf(Parse(refusal), "error") == "invalid_grant";
        }
        catch (InvalidDataException)
        {
            return false;
        }
    }

    private static JsonElement Parse(byte[] body)
    {
        try
        {
            var json = JsonSerializer.Deserialize<JsonElement>(body);
            return json.ValueKind == JsonValueKind.Object ? json : throw new InvalidDataException("The provider's answer is no object.");
        }
        catch (JsonException e)
        {
            throw new InvalidDataException("The provider's answer is no JSON.", e);
        }
    }
}
