using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Beian.MiniApi.Tests.Fixtures;

namespace Beian.MiniApi.Tests.Accounts;

public sealed class AccountFeedRefusalTests(RunningApp running) : IClassFixture<RunningApp>
{
    [Theory]
    [InlineData("""{"realName":{"status":"verified"}}""", 422, "/realName/kind,/realName/name")]
    [InlineData("""{"realName":{"status":"verified","kind":"individual","name":" "}}""", 422, "/realName/name")]
    [InlineData("""{"realName":{"status":"verified","kind":"individual","name":"张三例","certificateType":2}}""", 422, "/realName/certificateNumber")]
    [InlineData("""{"realName":{"status":"verified","kind":"individual","name":"张三例","certificateNumber":"X1"}}""", 422, "/realName/certificateType")]
    [InlineData("""{"realName":{"status":"verified","kind":"individual","name":"张三例","certificateType":0,"certificateNumber":"X1"}}""", 422, "/realName/certificateType")]
    [InlineData("""{"realName":{"status":"none","name":"张三例"}}""", 422, "/realName/status")]
    [InlineData("""{"realName":{"status":"maybe"}}""", 400, "/realName/status")]
    [InlineData("""{"realName":{"status":"verified","kind":"robot"}}""", 400, "/realName/kind")]
    [InlineData("""{"realName":{"kind":"individual"}}""", 400, "/realName/status")]
    [InlineData("""{"realName":{"status":"none","colour":"red"}}""", 400, "/realName/colour")]
    [InlineData("""{"userIds":["nobody","nobody-else"]}""", 422, "/userIds/0,/userIds/1")]
    [InlineData("""{"userIds":"all"}""", 400, "/userIds")]
    public async Task Put_WhatCannotBeStored_IsRefusedFieldByField(string body, int status, string pointers)
    {
        var admin = await running.App.StaffAsync("admin");

        var answer = await admin.PutAsync(new Uri("/api/v1/admin/accounts/c1", UriKind.Relative), new StringContent(body, null, "application/json"));

        Assert.Equal(status, (int)answer.StatusCode);
        var problem = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(pointers.Split(','), problem.GetProperty("errors").EnumerateArray().Select(e => e.GetProperty("pointer").GetString()!));
        Assert.Equal(HttpStatusCode.NotFound, (await admin.GetAsync(new Uri("/api/v1/admin/accounts/c1", UriKind.Relative))).StatusCode);
    }

    [Theory]
    [InlineData("a.b")]
    [InlineData("%E8%B4%A6%E5%8F%B7")]
    [InlineData("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa")]
    public async Task Put_BadId_IsRefused(string id)
    {
        var admin = await running.App.StaffAsync("admin");

        var answer = await admin.PutAsJsonAsync($"/api/v1/admin/accounts/{id}", new { });

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("account.badId", await answer.CodeAsync());
    }
}
