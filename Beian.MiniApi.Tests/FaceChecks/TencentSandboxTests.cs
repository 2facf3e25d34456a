using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Beian.MiniApi.Coordination;
using Beian.MiniApi.FaceChecks;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Platform.Tencent;
using Beian.MiniApi.Sandbox.Tencent;
using Beian.MiniApi.Tests.Fixtures;
using Beian.MiniApi.WeChat;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Beian.MiniApi.Tests.FaceChecks;

/// <summary>The played Tencent Cloud is as strict as the real one.</summary>
public sealed class TencentSandboxTests : IAsyncLifetime
{
    private const string Id = "AKIDsandboxsandboxsandboxsandbox0001";
    private const string Key = "sandboxKeyNotARealOneAtAll000001";
    private const string Asked = """{"RuleId":"1","IdCard":"00000019000101000X","Name":"测试甲","Extra":"check-1"}""";

    private readonly TestApp _app = TestApp.Start();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _app.DisposeAsync();

    [Theory]
    [InlineData("AuthFailure.SignatureExpire", -310, Id, Key, "DetectAuth", "2018-03-01", "")]
    [InlineData("AuthFailure.SignatureExpire", 310, Id, Key, "DetectAuth", "2018-03-01", "")]
    [InlineData("AuthFailure.SecretIdNotFound", 0, "AKIDother", Key, "DetectAuth", "2018-03-01", "")]
    [InlineData("AuthFailure.SignatureFailure", 0, Id, "another", "DetectAuth", "2018-03-01", "")]
    [InlineData("AuthFailure.SignatureFailure", 0, Id, Key, "DetectAuth", "2018-03-01", " ")]
    [InlineData("NoSuchVersion", 0, Id, Key, "DetectAuth", "2017-03-12", "")]
    [InlineData("InvalidAction", 0, Id, Key, "DescribeInstances", "2018-03-01", "")]
    [InlineData("MissingParameter", 0, Id, Key, "GetEidToken", "2018-03-01", "")]
    [InlineData(null, 0, Id, Key, "DetectAuth", "2018-03-01", "")]
    [InlineData(null, -290, Id, Key, "DetectAuth", "2018-03-01", "")]
    public async Task Post_Call_IsCheckedByteForByte(string? code, int skew, string id, string key, string action, string version, string added)
    {
        var answer = await CallAsync(action, Asked, skew, id, key, version, added);

        Assert.Equal(code, answer.TryGetProperty("Error", out var error) ? error.GetProperty("Code").GetString() : null);
        Assert.True(Guid.TryParse(answer.GetProperty("RequestId").GetString(), out _));
    }

    [Fact]
    public async Task Post_WithoutASignature_IsRefused()
    {
        using var content = new StringContent(Asked, Encoding.UTF8, "application/json");

        var answer = await (await _app.Client.PostAsync("/sandbox/tencent/", content)).Content.ReadFromJsonAsync<JsonElement>();

        Assert.Equal("AuthFailure.InvalidAuthorization", answer.GetProperty("Response").GetProperty("Error").GetProperty("Code").GetString());
    }

    [Theory]
    [InlineData("测试甲", 17, 0)]
    [InlineData("测试拒", 17, 2016)]
    [InlineData("测试待", 17, 17)]
    public async Task Result_ByName_IsThereOnceThePageWasOpened(string name, int before, int after)
    {
        var started = await CallAsync("DetectAuth", Asked.Replace("测试甲", name, StringComparison.Ordinal));
        var token = started.GetProperty("BizToken").GetString();

        Assert.Equal(before, await ErrCodeAsync(token));
        var page = await _app.Client.GetStringAsync(started.GetProperty("Url").GetString());
        Assert.Equal(after, await ErrCodeAsync(token));
        Assert.DoesNotContain(name, page, StringComparison.Ordinal);
        Assert.DoesNotContain(token!, started.GetProperty("Url").GetString()!, StringComparison.OrdinalIgnoreCase);

        Assert.Equal(HttpStatusCode.OK, (await _app.Client.PutAsJsonAsync($"/sandbox/tencent/face/{token}", new { errCode = 1002 })).StatusCode);
        Assert.Equal(1002, await ErrCodeAsync(token));
        Assert.Equal(HttpStatusCode.NotFound, (await _app.Client.PutAsJsonAsync("/sandbox/tencent/face/unknown", new { errCode = 0 })).StatusCode);
    }

    [Fact]
    public void Begin_TenThousandTimesAndOnce_ForgetsTheOldestAlone()
    {
        var sandbox = new TencentSandbox(TimeProvider.System, Options.Create(new TencentFaceOptions { RuleId = "1" }));
        var asked = JsonNode.Parse(Asked)!.AsObject();
        var begun = Enumerable.Range(0, 10_001).Select(_ => sandbox.Do("DetectAuth", asked, "http://localhost").Answer!["BizToken"]!.GetValue<string>()).ToArray();

        Assert.Equal((false, true, true), (sandbox.Set(begun[0], 0), sandbox.Set(begun[1], 0), sandbox.Set(begun[^1], 0)));
    }

    /// <summary>A page that is opened while the result is set loses neither.</summary>
    [Fact]
    public async Task Set_WhileThePageIsOpened_LosesNeither()
    {
        var sandbox = new TencentSandbox(TimeProvider.System, Options.Create(new TencentFaceOptions { MerchantId = "m" }));
        for (var i = 0; i < 2_000; i++)
        {
            var started = sandbox.Do("GetEidToken", JsonNode.Parse(Asked.Replace("\"RuleId\":\"1\"", "\"MerchantId\":\"m\"", StringComparison.Ordinal))!.AsObject(), "http://localhost").Answer!;
            var token = started["EidToken"]!.GetValue<string>();
            var page = started["Url"]!.GetValue<string>().Split('/')[^1];
            using var together = new Barrier(2);
            void At(Action act)
            {
                together.SignalAndWait();
                act();
            }

            await Task.WhenAll(Task.Run(() => At(() => sandbox.Open(page))), Task.Run(() => At(() => sandbox.Set(token, 17))));

            // Both: fixed as not finished, and opened.
            Assert.Equal("doing", sandbox.Do("CheckEidTokenStatus", new JsonObject { ["EidToken"] = token }, string.Empty).Answer!["Status"]!.GetValue<string>());
        }
    }

    [Fact]
    public async Task Fault_OfOneAction_IsMetByThatOneAlone()
    {
        await _app.Client.PutAsJsonAsync("/sandbox/faults", new { endpoint = "tencent/GetDetectInfoEnhanced", kind = "http5xx" });

        Assert.True((await CallAsync("DetectAuth", Asked)).TryGetProperty("BizToken", out _));
        await Assert.ThrowsAsync<HttpRequestException>(() => ErrCodeAsync("any"));
    }

    [Theory]
    [InlineData("FaceCheck:Tencent:SecretId is needed", "FaceCheck:Tencent:SecretId", "")]
    [InlineData("FaceCheck:Tencent:SecretKey is needed", "FaceCheck:Tencent:SecretKey", " ")]
    [InlineData("FaceCheck:Tencent:MerchantId is needed", "FaceCheck:Tencent:MerchantId", "")]
    [InlineData("FaceCheck:Tencent:Endpoint must be", "FaceCheck:Tencent:Endpoint", "https://faceid.tencentcloudapi.com/path/")]
    [InlineData("FaceCheck:Tencent:Endpoint must be", "FaceCheck:Tencent:Endpoint", "faceid.tencentcloudapi.com")]
    public void Start_ChosenWithoutItsSettings_SaysWhatIsMissing(string complaint, string key, string value)
    {
        using var services = Services("Development", ("FaceCheck:Provider", "tencentEid"), (key, value));

        Assert.Contains(complaint, Complaint(services), StringComparison.Ordinal);
    }

    [Fact]
    public void Start_SandboxOutsideDevelopmentOrWithoutAnAddress_IsRefused()
    {
        using var production = Services("Production", ("FaceCheck:Provider", "tencentFaceId"));
        using var nowhere = Services("Production", ("FaceCheck:Provider", "sandbox"), ("FaceCheck:BaseUrl", "none"));
        using var unknown = Services("Production", ("FaceCheck:Provider", "alipay"));

        Assert.Contains("only Development has", Complaint(production), StringComparison.Ordinal);
        Assert.Contains("needs the address", Complaint(nowhere), StringComparison.Ordinal);
        Assert.Contains("FaceCheck:Provider must be", Complaint(unknown), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(null, "none", "none")]
    [InlineData(null, "self", "sandbox")]
    [InlineData(null, "https://face.example/", "sandbox")]
    [InlineData("none", "self", "none")]
    [InlineData("tencentEid", "none", "tencentEid")]
    [InlineData("tencentFaceId", "none", "tencentFaceId")]
    [InlineData("wechat", "none", "wechat")]
    public void Choose_BySettings_IsThatProvider(string? provider, string address, string name)
    {
        using var services = Services("Development", [("FaceCheck:BaseUrl", address), .. provider is null ? [] : new[] { ("FaceCheck:Provider", provider) }]);

        services.GetRequiredService<IStartupValidator>().Validate();

        Assert.Equal(name, services.GetRequiredService<IFaceCheckProvider>().Name);
    }

    private static string Complaint(ServiceProvider services) => Assert.Throws<OptionsValidationException>(services.GetRequiredService<IStartupValidator>().Validate).Message;

    private static ServiceProvider Services(string environment, params (string Key, string Value)[] settings)
    {
        (string Key, string Value)[] defaults =
        [
            ("WeChat:AppId", "wx"), ("WeChat:AppSecret", "s"), ("FaceCheck:Tencent:SecretId", Id), ("FaceCheck:Tencent:SecretKey", Key), ("FaceCheck:Tencent:MerchantId", "m"),
            ("FaceCheck:Tencent:RuleId", "1"), ("FaceCheck:Tencent:Endpoint", "self"),
        ];
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { EnvironmentName = environment });
        builder.Configuration.AddInMemoryCollection(settings.UnionBy(defaults, s => s.Key).Select(s => KeyValuePair.Create(s.Key, (string?)s.Value)));
        builder.Services.AddSingleton<SelfAddress>();
        builder.AddCoordination();
        builder.AddWeChat();
        builder.AddFaceChecks();
        return builder.Services.BuildServiceProvider();
    }

    private async Task<int> ErrCodeAsync(string? token) =>
        (await CallAsync("GetDetectInfoEnhanced", $$"""{"BizToken":"{{token}}","RuleId":"1","InfoType":"1"}""")).GetProperty("Text").GetProperty("ErrCode").GetInt32();

    /// <param name="added">Sent after what was signed.</param>
    private async Task<JsonElement> CallAsync(string action, string body, int skew = 0, string id = Id, string key = Key, string version = "2018-03-01", string added = "")
    {
        var timestamp = DateTimeOffset.UtcNow.ToUnixTimeSeconds() + skew;
        KeyValuePair<string, string>[] headers = [new("content-type", "application/json; charset=utf-8"), new("host", _app.Address.Authority), new("x-tc-action", action)];
        var signed = Tc3.Sign(new Tc3Call("faceid", headers, Encoding.UTF8.GetBytes(body), timestamp), id, key);
        using var request = new HttpRequestMessage(HttpMethod.Post, "/sandbox/tencent/") { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body + added)) };
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse("application/json; charset=utf-8");
        request.Headers.TryAddWithoutValidation("Authorization", signed.Authorization);
        request.Headers.TryAddWithoutValidation("X-TC-Action", action);
        request.Headers.TryAddWithoutValidation("X-TC-Version", version);
        request.Headers.TryAddWithoutValidation("X-TC-Timestamp", timestamp.ToString(System.Globalization.CultureInfo.InvariantCulture));
        using var answer = await _app.Client.SendAsync(request);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("Response");
    }
}
