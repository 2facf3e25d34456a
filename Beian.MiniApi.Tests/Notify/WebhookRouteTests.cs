using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Beian.MiniApi.Storage;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.Notify;

/// <summary>Admins keep partners' webhooks.</summary>
public sealed class WebhookRouteTests : IAsyncLifetime
{
    private const string Path = "/api/v1/admin/webhooks";

    private readonly TestApp _app = TestApp.Start();
    private HttpClient _admin = null!;

    private Uri Partner => new(_app.Address, "/sandbox/webhooks");

    public async Task InitializeAsync() => _admin = await ApplicantJourney.StaffAsync(_app.Address, "admin");

    public async Task DisposeAsync()
    {
        _admin.Dispose();
        await _app.DisposeAsync();
    }

    [Fact]
    public async Task Add_ShowsTheSecretOnce_AndKeepsItSealed()
    {
        var made = await AddAsync(new { url = Partner });

        var secret = made.GetProperty("secret").GetString()!;
        Assert.Equal(32, Convert.FromBase64String(secret).Length);
        var list = await (await _admin.GetAsync(Path)).JsonAsync();
        Assert.Equal(Partner.ToString(), Assert.Single(list.GetProperty("items").EnumerateArray()).GetProperty("url").GetString());
        Assert.DoesNotContain(secret, list.GetRawText(), StringComparison.Ordinal);
        var file = await File.ReadAllBytesAsync(System.IO.Path.Combine(_app.Folder, "beian.db-wal"));
        Assert.True(file.AsSpan().IndexOf(Convert.FromBase64String(secret)) < 0);
        Assert.True(file.AsSpan().IndexOf(Encoding.UTF8.GetBytes(Partner.ToString())) < 0);
    }

    [Theory]
    [InlineData("""{"url":"http://10.0.0.1/"}""", 422, "webhookUrl.notPublic", null)]
    [InlineData("""{"url":"https://[::ffff:169.254.169.254]/"}""", 422, "webhookUrl.notPublic", null)]
    [InlineData("""{"url":"ftp://partner.example/"}""", 422, "webhookUrl.bad", null)]
    [InlineData("""{"url":"/relative"}""", 422, "webhookUrl.bad", null)]
    [InlineData("""{"url":" "}""", 400, "request.invalid", "webhook.urlMissing")]
    [InlineData("""{}""", 400, "request.invalid", "webhook.urlMissing")]
    [InlineData("""{"url":"https://partner.example/","events":["approve","dance"]}""", 400, "request.invalid", "webhook.eventUnknown")]
    [InlineData("""{"url":"https://partner.example/","accountId":"nobody"}""", 400, "request.invalid", "webhook.accountUnknown")]
    public async Task Add_OfWhatCannotBe_IsRefused(string body, int status, string code, string? finding)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");

        var refusal = await (await _admin.PostAsync(Path, content)).JsonAsync(status);

        Assert.Equal(code, refusal.GetProperty("code").GetString());
        if (finding is not null)
        {
            Assert.Equal(finding, Assert.Single(refusal.GetProperty("errors").EnumerateArray()).GetProperty("code").GetString());
        }

        Assert.Empty(await _app.Get<IWebhookStore>().ListAsync(default));
    }

    [Fact]
    public async Task Add_OneMoreThanIsAllowed_IsRefused()
    {
        for (var i = 0; i < 100; i++)
        {
            await _app.Get<IWebhookStore>().AddAsync(new Webhook($"w{i:D3}", Partner, null, [], true, DateTimeOffset.UtcNow, null), [1], default);
        }

        var refusal = await (await _admin.PostAsJsonAsync(Path, new { url = Partner })).JsonAsync(409);

        Assert.Equal("webhook.tooMany", refusal.GetProperty("code").GetString());
    }

    [Fact]
    public async Task Change_OfAddressEventsAndActivity_KeepsTheSecret()
    {
        var id = IdOf(await AddAsync(new { url = Partner }));
        var before = (await _app.Get<IWebhookStore>().FindAsync(id, default))!.Secrets;

        var changed = await (await _admin.PutAsJsonAsync($"{Path}/{id}", new { url = Partner + "?b", events = new[] { "reject", "reject" }, active = false })).JsonAsync();

        Assert.Equal(["reject"], changed.GetProperty("events").EnumerateArray().Select(e => e.GetString()));
        Assert.False(changed.GetProperty("active").GetBoolean());
        Assert.Equal(before, (await _app.Get<IWebhookStore>().FindAsync(id, default))!.Secrets);
        await (await _admin.PutAsJsonAsync($"{Path}/{id}", new { url = "http://10.0.0.1/" })).JsonAsync(422);
        await (await _admin.PutAsJsonAsync($"{Path}/{id}", new { url = Partner, accountId = "another" })).JsonAsync(400);
        await (await _admin.PutAsJsonAsync($"{Path}/none", new { url = Partner })).JsonAsync(404);
    }

    /// <summary>A partner that knows the old secret alone and one that knows the new one alone both take calls meanwhile.</summary>
    [Fact]
    public async Task Rotate_BothSecretsSign_AndAReplayIsTheSameMessage()
    {
        var made = await AddAsync(new { url = Partner });
        var id = IdOf(made);
        await KnowAsync(made);
        await QueueAsync(id);
        await Wait.UntilAsync(async () => (await CallsAsync()).Length == 1);

        var rotated = await (await _admin.PostAsJsonAsync($"{Path}/{id}/secret", new { keepOldHours = 1 })).JsonAsync();
        Assert.NotEqual(made.GetProperty("secret").GetString(), rotated.GetProperty("secret").GetString());
        Assert.Equal(JsonValueKind.String, rotated.GetProperty("webhook").GetProperty("oldSecretUntil").ValueKind);
        await ReplayAsync(id);
        await Wait.UntilAsync(async () => (await CallsAsync()).Length == 2);
        await KnowAsync(rotated);
        await ReplayAsync(id);
        await Wait.UntilAsync(async () => (await CallsAsync()).Length == 3);

        var calls = await CallsAsync();
        Assert.Equal([1, 2, 2], calls.Select(c => c.GetProperty("signatures").GetInt32()));
        Assert.All(calls, c => Assert.True(c.GetProperty("verified").GetBoolean()));
        Assert.Single(calls.Select(c => c.GetProperty("key").GetString()).Distinct());
    }

    [Fact]
    public async Task Rotate_WithStrangeHoursOrNoWebhook_IsRefused()
    {
        var id = IdOf(await AddAsync(new { url = Partner }));

        await (await _admin.PostAsJsonAsync($"{Path}/{id}/secret", new { keepOldHours = 169 })).JsonAsync(400);
        await (await _admin.PostAsync($"{Path}/none/secret", null)).JsonAsync(404);
        var now = await (await _admin.PostAsJsonAsync($"{Path}/{id}/secret", new { keepOldHours = 0 })).JsonAsync();

        Assert.Equal(JsonValueKind.Null, now.GetProperty("webhook").GetProperty("oldSecretUntil").ValueKind);
        Assert.Single((await _app.Get<IWebhookStore>().FindAsync(id, default))!.Secrets);
    }

    [Fact]
    public async Task Delete_ForgetsIt_AndItsMessagesBecomeDeadLetters()
    {
        var id = IdOf(await AddAsync(new { url = Partner }));

        Assert.Equal(HttpStatusCode.NoContent, (await _admin.DeleteAsync($"{Path}/{id}")).StatusCode);

        await (await _admin.DeleteAsync($"{Path}/{id}")).JsonAsync(404);
        await (await _admin.GetAsync($"{Path}/{id}/deliveries")).JsonAsync(404);
        await QueueAsync(id);
        await Wait.UntilAsync(async () => (await _app.Get<IDeliveryStore>().CountAsync(default)).Dead == 1);
    }

    private async Task<JsonElement> AddAsync(object request) => await (await _admin.PostAsJsonAsync(Path, request)).JsonAsync(201);

    private static string IdOf(JsonElement made) => made.GetProperty("webhook").GetProperty("id").GetString()!;

    private async Task KnowAsync(JsonElement made) =>
        Assert.Equal(HttpStatusCode.OK, (await _app.Client.PutAsJsonAsync("/sandbox/webhooks", new { secrets = new[] { made.GetProperty("secret").GetString() } })).StatusCode);

    private Task<bool> QueueAsync(string webhookId)
    {
        var now = DateTimeOffset.UtcNow;
        var delivery = ADelivery.Of("f", 1, webhookId);
        return _app.Get<IDeliveryStore>().AddAsync(delivery with { QueuedAt = now, ExpiresAt = now.AddDays(1), Body = delivery.Body with { Payload = "{}"u8.ToArray() } }, default);
    }

    private async Task ReplayAsync(string webhookId)
    {
        JsonElement only = default;
        await Wait.UntilAsync(async () =>
        {
            only = Assert.Single((await (await _admin.GetAsync($"{Path}/{webhookId}/deliveries")).JsonAsync()).GetProperty("items").EnumerateArray());
            return only.GetProperty("state").GetString() == "sent";
        });
        await (await _admin.PostAsync($"{Path}/{webhookId}/deliveries/{only.GetProperty("id").GetString()}/replay", null)).JsonAsync();
        await (await _admin.PostAsync($"{Path}/none/deliveries/{only.GetProperty("id").GetString()}/replay", null)).JsonAsync(404);
    }

    private async Task<JsonElement[]> CallsAsync() => [.. (await _app.Client.GetFromJsonAsync<JsonElement>("/sandbox/webhooks")).GetProperty("items").EnumerateArray()];
}
