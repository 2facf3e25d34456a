using System.Net;
using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Beian.MiniApi.Tests.Fixtures;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;

namespace Beian.MiniApi.Tests.Auth;

/// <summary>Every protected route with everybody who may not use it, and with those who may.</summary>
public sealed partial class StaffRoleTests(RunningApp running) : IClassFixture<RunningApp>
{
    [Fact]
    public async Task Call_EveryRouteWithEveryRole_IsOpenToItsOwnAlone()
    {
        var routes = running.App.Get<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(e => e.RoutePattern.RawText!.StartsWith("/api/", StringComparison.Ordinal) && e.Metadata.GetMetadata<IAuthorizeData>() is not null && e.Metadata.GetMetadata<IAllowAnonymous>() is null)
            .SelectMany(e => e.Metadata.GetRequiredMetadata<HttpMethodMetadata>().HttpMethods.Select(m => (Method: m, Path: Parameter().Replace("/" + e.RoutePattern.RawText!.Trim('/'), "nothing"), Policy: e.Metadata.GetOrderedMetadata<IAuthorizeData>()[^1].Policy!)))
            .ToArray();
        var wrong = new List<string>();
        foreach (var role in new[] { "applicant", "reviewer", "admin" })
        {
            // Erasing the user comes last: nothing would be open to it afterwards.
            foreach (var (method, path, policy) in routes.Where(r => !r.Path.EndsWith("/logout", StringComparison.Ordinal)).OrderBy(r => r.Method == "DELETE" && r.Path.EndsWith("/me", StringComparison.Ordinal)))
            {
                var client = await ClientAsync(role);
                using var request = new HttpRequestMessage(new HttpMethod(method), path);
                var status = (await client.SendAsync(request)).StatusCode;
                var may = policy == role || (policy == "reviewer" && role == "admin");
                if (may == status is HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized)
                {
                    wrong.Add($"{role} {method} {path}: {(int)status}");
                }
            }
        }

        Assert.All(new[] { ("admin", 6), ("reviewer", 15), ("applicant", 30) }, least => Assert.InRange(routes.Count(r => r.Policy == least.Item1), least.Item2, 200));
        Assert.All(routes.Where(r => r.Path.Contains("/admin/", StringComparison.Ordinal)), r => Assert.Equal("admin", r.Policy));
        Assert.Equal([], wrong);
        foreach (var (method, path, _) in routes)
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), path);
            Assert.Equal(HttpStatusCode.Unauthorized, (await running.App.Client.SendAsync(request)).StatusCode);
        }
    }

    [Fact]
    public async Task List_Staff_IsPagedAndForAdmins()
    {
        var admin = await running.App.StaffAsync("admin");

        var first = await admin.GetFromJsonAsync<System.Text.Json.JsonElement>("/api/v1/admin/staff?limit=1");
        var second = await admin.GetFromJsonAsync<System.Text.Json.JsonElement>($"/api/v1/admin/staff?limit=1&cursor={first.GetProperty("nextCursor").GetString()}");

        var both = new[] { first, second }.Select(p => Assert.Single(p.GetProperty("items").EnumerateArray())).ToArray();
        Assert.Equal(["admin", "reviewer"], both.Select(m => m.GetProperty("userName").GetString()));
        Assert.All(both, m => Assert.Equal(["id", "userName", "role", "active", "secondFactor", "lastLoginAt"], m.EnumerateObject().Select(p => p.Name)));
        Assert.True(second.GetProperty("nextCursor").ValueKind == System.Text.Json.JsonValueKind.Null);
    }

    private readonly Dictionary<string, HttpClient> _clients = [];

    private async Task<HttpClient> ClientAsync(string role) =>
        _clients.TryGetValue(role, out var known) ? known : _clients[role] = role == "applicant" ? await running.App.ApplicantAsync("roles") : await running.App.StaffAsync(role);

    [GeneratedRegex(@"\{[^}]+\}")]
    private static partial Regex Parameter();
}
