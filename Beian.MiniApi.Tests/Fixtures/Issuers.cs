using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace Beian.MiniApi.Tests.Fixtures;

/// <summary>Accounts and resources, fed by the admin as a provider would.</summary>
internal static class Issuers
{
    /// <summary>A sandbox user whose account the provider has verified as an organisation.</summary>
    public static async Task<(HttpClient Client, string AccountId)> OrganisationAsync(this TestApp app, string name)
    {
        var login = await app.LogInAsync(name);
        using var admin = await app.StaffAsync("admin");
        var accountId = "acc-" + name;
        var fed = await admin.PutAsJsonAsync($"/api/v1/admin/accounts/{accountId}", new
        {
            realName = new { status = "verified", kind = "organisation", name = "示例科技有限公司", verifiedAt = "2025-01-01T00:00:00Z" },
            userIds = new[] { login.Id },
        });
        Assert.True(fed.IsSuccessStatusCode, await fed.Content.ReadAsStringAsync());
        return (app.ClientOf(await app.LogInAsync(name)), accountId);
    }

    /// <summary>Feeds an eligible server; <paramref name="changes"/> override single fields.</summary>
    public static async Task ServerAsync(this TestApp app, string id, string owner, object? changes = null)
    {
        using var admin = await app.StaffAsync("admin");
        var answer = await admin.PutAsJsonAsync($"/api/v1/admin/resources/{id}", Facts(owner, changes));
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync());
    }

    public static Dictionary<string, object?> Facts(string owner, object? changes = null)
    {
        var facts = new Dictionary<string, object?>
        {
            ["ownerAccountId"] = owner,
            ["type"] = "cvm",
            ["region"] = "ap-shanghai",
            ["mainland"] = true,
            ["publicIps"] = new[] { "203.0.113.9" },
            ["billing"] = "prepaid",
            ["purchasedDaysTotal"] = 365,
            ["expiresAt"] = TimeProvider.System.GetUtcNow().AddDays(200),
            ["bandwidthMbps"] = 5,
        };
        foreach (var property in changes?.GetType().GetProperties() ?? [])
        {
            facts[property.Name] = property.GetValue(changes);
        }

        return facts;
    }

    public static async Task<JsonElement> JsonAsync(this HttpResponseMessage answer, int status = 200)
    {
        var body = await answer.Content.ReadAsStringAsync();
        Assert.True((int)answer.StatusCode == status, $"{(int)answer.StatusCode} {body}");
        return JsonSerializer.Deserialize<JsonElement>(body);
    }

    public static StringContent Text(string body, string mediaType) => new(body, Encoding.UTF8, mediaType);
}
