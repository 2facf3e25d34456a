using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.Auth;

/// <summary>Tokens that differ from a good one in a single point.</summary>
public sealed class TokenTests(RunningApp running) : IClassFixture<RunningApp>
{
    private static readonly Uri Me = new("/api/v1/me", UriKind.Relative);
    private static readonly byte[] Key = Convert.FromBase64String(Logins.ProductionSettings[1].Value);

    [Fact]
    public async Task Call_RebuiltTokenWithNothingChanged_IsLetIn()
    {
        var good = await GoodAsync();

        Assert.Equal(HttpStatusCode.OK, (await CallAsync(Sign(good.Header, good.Payload, Key))).StatusCode);
    }

    [Fact]
    public async Task Call_WithoutToken_IsMissing()
    {
        var answer = await running.App.Client.GetAsync(Me);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("auth.tokenMissing", await answer.CodeAsync());
        Assert.Equal("Bearer", answer.Headers.WwwAuthenticate.ToString());
    }

    [Fact]
    public async Task Call_ExpiredToken_IsExpired()
    {
        var (header, payload) = await GoodAsync();
        payload["iat"] = DateTimeOffset.UnixEpoch.ToUnixTimeSeconds();
        payload["exp"] = TimeProvider.System.GetUtcNow().ToUnixTimeSeconds() - 1;

        var answer = await CallAsync(Sign(header, payload, Key));

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("auth.tokenExpired", await answer.CodeAsync());
    }

    [Theory]
    [InlineData("alg", "HS384")]
    [InlineData("alg", "HS512")]
    [InlineData("alg", "hs256")]
    [InlineData("kid", "k2")]
    [InlineData("kid", null)]
    [InlineData("typ", "at+jwt")]
    [InlineData("typ", null)]
    [InlineData("crit", "[\"exp\"]")]
    [InlineData("crit", "[]")]
    public async Task Call_HeaderChanged_IsInvalid(string member, string? value)
    {
        var (header, payload) = await GoodAsync();
        Set(header, member, value);

        await RefusedAsync(Sign(header, payload, Key));
    }

    [Theory]
    [InlineData("iss", "somebody-else")]
    [InlineData("iss", null)]
    [InlineData("aud", "somebody-else")]
    [InlineData("aud", null)]
    [InlineData("exp", null)]
    [InlineData("exp", "99999999999")]
    [InlineData("sid", null)]
    public async Task Call_ClaimChanged_IsInvalid(string member, string? value)
    {
        var (header, payload) = await GoodAsync();
        Set(payload, member, value);

        await RefusedAsync(Sign(header, payload, Key));
    }

    [Theory]
    [InlineData("sid", "no-such-session")]
    [InlineData("sub", "somebody-else")]
    [InlineData("role", "admin")]
    public async Task Call_ClaimsThatAreNotTheSessions_SessionHasEnded(string member, string value)
    {
        var (header, payload) = await GoodAsync();
        payload[member] = value;

        Assert.Equal("auth.sessionEnded", await (await CallAsync(Sign(header, payload, Key))).CodeAsync());
    }

    [Theory]
    [InlineData("none", false)]
    [InlineData("None", false)]
    [InlineData("nOnE", true)]
    public async Task Call_AlgorithmNone_IsInvalid(string algorithm, bool keepSignature)
    {
        var (header, payload) = await GoodAsync();
        var signature = Sign(header, payload, Key).Split('.')[2];
        header["alg"] = algorithm;

        await RefusedAsync($"{Encode(header)}.{Encode(payload)}.{(keepSignature ? signature : string.Empty)}");
    }

    [Fact]
    public async Task Call_WrongKey_IsInvalid()
    {
        var (header, payload) = await GoodAsync();

        await RefusedAsync(Sign(header, payload, RandomNumberGenerator.GetBytes(32)));
    }

    [Fact]
    public async Task Call_PayloadExchangedUnderItsSignature_IsInvalid()
    {
        var (header, payload) = await GoodAsync();
        var signature = Sign(header, payload, Key).Split('.')[2];
        payload["role"] = "admin";

        await RefusedAsync($"{Encode(header)}.{Encode(payload)}.{signature}");
    }

    [Theory]
    [InlineData("x")]
    [InlineData("a.b.c")]
    [InlineData("....")]
    [InlineData("eyJhbGciOiJIUzI1NiJ9.e30.")]
    public async Task Call_Garbage_IsInvalid(string token) => await RefusedAsync(token);

    [Fact]
    public async Task Call_SixteenKilobytes_IsInvalid() => await RefusedAsync(new string('a', 16 * 1024));

    private async Task RefusedAsync(string token)
    {
        var answer = await CallAsync(token);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("auth.tokenInvalid", await answer.CodeAsync());
        Assert.Equal("Bearer", answer.Headers.WwwAuthenticate.ToString());
    }

    private async Task<HttpResponseMessage> CallAsync(string token)
    {
        using var client = running.App.NewClient();
        client.DefaultRequestHeaders.TryAddWithoutValidation("Authorization", "Bearer " + token);
        return await client.GetAsync(Me);
    }

    private async Task<(JsonObject Header, JsonObject Payload)> GoodAsync()
    {
        var parts = (await running.App.LogInAsync("token")).AccessToken.Split('.');
        return (Decode(parts[0]), Decode(parts[1]));
    }

    private static void Set(JsonObject json, string member, string? value)
    {
        json.Remove(member);
        if (value is not null)
        {
            json[member] = value[0] == '[' ? JsonNode.Parse(value) : JsonValue.Create(value);
        }
    }

    /// <summary>Signs with the HMAC that the header names, whatever else the header says.</summary>
    private static string Sign(JsonObject header, JsonObject payload, byte[] key)
    {
        var signed = $"{Encode(header)}.{Encode(payload)}";
        var bytes = Encoding.ASCII.GetBytes(signed);
        var signature = header["alg"]?.GetValue<string>() switch
        {
            "HS384" => HMACSHA384.HashData(key, bytes),
            "HS512" => HMACSHA512.HashData(key, bytes),
            _ => HMACSHA256.HashData(key, bytes),
        };
        return $"{signed}.{Base64Url.EncodeToString(signature)}";
    }

    private static string Encode(JsonObject json) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(json));

    private static JsonObject Decode(string part) => JsonNode.Parse(Base64Url.DecodeFromChars(part))!.AsObject();
}
