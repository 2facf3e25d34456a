using System.Diagnostics;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Platform.Auth;
using Beian.MiniApi.ReferenceData;
using Beian.MiniApi.Tests.Fixtures;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.FileProviders;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Options;

namespace Beian.MiniApi.Tests.Platform;

public sealed class StartupGuardTests
{
    private static readonly (string, string)[] Keys = [.. Logins.ProductionSettings[..3], .. ARing.Settings("r1", "r1")];
    private static readonly (string, string)[] SampleStaff =
        [("Staff:Members:0:UserName", "reviewer"), ("Staff:Members:0:Role", "reviewer"), ("Staff:Members:0:Password", "sandbox-reviewer")];

    public static TheoryData<string, string, string> Conveniences => new()
    {
        { "Sandbox:Enabled", "true", "Sandbox:Enabled" },
        { "Staff:Members:0:Password", "sandbox-reviewer", "sample password" },
        { "Staff:Members:0:Password", "sandbox-admin", "sample password" },
        { "Auth:SigningKeys:0:Key", "", "generated signing key" },
        { "Keys:BlindIndex", "", "generated blind index key" },
        { "Keys:Ring", "", "generated key ring" },
        { "SiteProbe:AllowedNetworks:0", "127.0.0.0/8", "SiteProbe:AllowedNetworks" },
        { "Webhooks:AllowedNetworks:0", "127.0.0.0/8", "Webhooks:AllowedNetworks" },
        { "SiteProbe:OwnPort", "true", "SiteProbe:OwnPort" },
        { "SiteProbe:Resolver", "self", "SiteProbe:Resolver" },
    };

    [Theory]
    [MemberData(nameof(Conveniences))]
    public void Start_ConvenienceOutsideDevelopment_IsRefusedByName(string key, string value, string named)
    {
        foreach (var environment in new[] { "Production", "Staging" })
        {
            var reason = Assert.Single(Reasons(environment, With(key, value)));

            Assert.Contains(named, reason, StringComparison.Ordinal);
            Assert.Contains(environment, reason, StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Conveniences))]
    public void Start_ConvenienceInDevelopment_IsRefusedWhenReachableFromOutside(string key, string value, string named)
    {
        var settings = With(key, value);

        Assert.Empty(Reasons("Development", settings));
        Assert.Contains(named, Assert.Single(Reasons("Development", [.. settings, ("urls", "http://0.0.0.0:5000")])), StringComparison.Ordinal);
        Assert.Empty(Reasons("Development", [.. settings, ("urls", "http://0.0.0.0:5000"), ("Sandbox:AllowRemote", "true")]));
    }

    [Theory]
    [InlineData("urls", "http://localhost:5000;http://[::1]:5000;http://127.0.0.9:5000", true)]
    [InlineData("urls", "http://localhost:5000;http://*:5000", false)]
    [InlineData("urls", "http://+:5000", false)]
    [InlineData("urls", "http://192.0.2.7:5000", false)]
    [InlineData("urls", "http://[::]:5000", false)]
    [InlineData("urls", "http://example.cn:5000", false)]
    [InlineData("urls", "nonsense", false)]
    [InlineData("http_ports", "8080", false)]
    [InlineData("https_ports", "8443", false)]
    [InlineData("Kestrel:Endpoints:Http:Url", "http://*:80", false)]
    [InlineData("Kestrel:Endpoints:Http:Url", "http://localhost:80", true)]
    public void Start_SandboxInDevelopment_DependsOnTheAddress(string key, string value, bool allowed) =>
        Assert.Equal(allowed, Reasons("Development", [.. Keys, ("Sandbox:Enabled", "true"), (key, value)]).Count == 0);

    [Theory]
    [InlineData("Auth:SigningKeys:0:Key", "c2hvcnQ=")]
    [InlineData("Auth:SigningKeys:0:Key", "not base64 at all, however long it may be, at all")]
    [InlineData("Auth:SigningKeys:0:Id", " ")]
    [InlineData("Keys:BlindIndex", "c2hvcnQ=")]
    [InlineData("Keys:Ring:Active", "another")]
    [InlineData("Staff:Members:0:Role", "boss")]
    [InlineData("Staff:Members:0:Password", "")]
    [InlineData("Proxies:Known:0", "10.0.0.0/99")]
    public void Start_UnusableSetting_IsRefusedEverywhere(string key, string value)
    {
        (string, string)[] staff = [("Staff:Members:0:UserName", "carol"), ("Staff:Members:0:Role", "admin"), ("Staff:Members:0:Password", "carols-password")];
        foreach (var environment in new[] { "Development", "Production" })
        {
            Assert.Empty(Reasons(environment, [.. Keys, .. staff]));

            var reason = Assert.Single(Reasons(environment, [.. Keys, .. staff, (key, value)]));

            Assert.Contains(key[..key.LastIndexOf(':')], reason, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("10.0.0.0/99")]
    [InlineData("everything")]
    public void Start_ProbeNetworkThatIsNone_IsRefused(string network) =>
        Assert.Contains("SiteProbe:AllowedNetworks:0 must be a network", Assert.Single(Reasons("Development", [.. Keys, ("SiteProbe:AllowedNetworks:0", network)])), StringComparison.Ordinal);

    [Theory]
    [InlineData("nist", "required", "short", "have at least 8 characters")]
    [InlineData("nist", "optional", "fourteen chars", "have at least 15 characters")]
    [InlineData("nist", "required", "Password123", "tried first")]
    [InlineData("nist", "required", "carol-2026!", "user name")]
    [InlineData("djbh-l3", "required", "only lower case", "of 3 kinds")]
    [InlineData("djbh-l3", "required", "qwerty", "have at least 8 characters, and must have characters of 3 kinds")]
    public void Start_ConfiguredPasswordBelowTheProfile_IsRefusedOutsideDevelopment(string policy, string factor, string password, string demand)
    {
        (string, string)[] settings =
        [
            .. Keys, ("Staff:Members:0:UserName", "carol"), ("Staff:Members:0:Role", "admin"), ("Staff:Members:0:Password", password), ("Staff:PasswordPolicy", policy), ("Staff:SecondFactor", factor),
        ];

        Assert.Empty(Reasons("Production", settings));
        var staff = Configuration(settings).GetSection(StaffOptions.Section).Get<StaffOptions>()!;
        var rules = new StaffPolicy(Options.Create(staff), Options.Create(new DjbhOptions()), new Named("Production"), CommonPasswordFile.Load(TheBook.Folder, null));

        var reason = Assert.Single(StaffGuards.Unmet(staff, rules));

        Assert.Contains("carol", reason, StringComparison.Ordinal);
        Assert.Contains(demand, reason, StringComparison.Ordinal);
        Assert.DoesNotContain(password, reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Start_Level3WithoutSecondFactor_IsRefused() =>
        Assert.Contains("Staff:SecondFactor", Assert.Single(Reasons("Development", [.. Keys, ("Staff:PasswordPolicy", "djbh-l3"), ("Staff:SecondFactor", "optional")])), StringComparison.Ordinal);

    [Fact]
    public void Start_SameKeyIdTwice_IsRefused() =>
        Assert.Single(Reasons("Production", [.. Keys, ("Auth:SigningKeys:1:Id", "k1"), ("Auth:SigningKeys:1:Key", Keys[1].Item2)]));

    [Fact]
    public async Task Start_Production_RunsWithKeysAndNotWithoutThem()
    {
        await using var app = TestApp.Start("Production", null, Logins.ProductionSettings);

        Assert.Equal(System.Net.HttpStatusCode.Unauthorized, (await app.Client.GetAsync(new Uri("/api/v1/me", UriKind.Relative))).StatusCode);
        Assert.Throws<InvalidOperationException>(() => TestApp.Start("Production", null, Logins.ProductionSettings[1..]));
        Assert.False(Directory.EnumerateFiles(Path.Combine(app.Folder, "keys"), "*.key").Any());
    }

    [Theory]
    [InlineData("Production", false)]
    [InlineData("Development", true)]
    public async Task Start_PasswordThatIsTriedFirst_StopsTheProgramOutsideDevelopment(string environment, bool starts)
    {
        (string, string)[] settings = [.. Logins.ProductionSettings, ("Staff:Members:0:UserName", "carol"), ("Staff:Members:0:Role", "admin"), ("Staff:Members:0:Password", "Password123")];
        if (starts)
        {
            await using var app = TestApp.Start(environment, null, settings);
            return;
        }

        var folder = Path.Combine(Path.GetTempPath(), "beian-test-" + Guid.NewGuid().ToString("N"));
        var (code, output) = await ChildProgram.RefuseAsync(folder, [.. settings, ("ASPNETCORE_ENVIRONMENT", environment)]);

        Assert.Equal((1, "Refusing to start: Staff:Members:0:Password of carol must not be one of those that are tried first."), (code, output.Trim()));
        Assert.False(Directory.Exists(folder));
    }

    [Fact]
    public async Task Start_ProgramRefused_EndsWithOneLineAndACode()
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardError = true, RedirectStandardOutput = true };
        start.ArgumentList.Add(typeof(StartupGuards).Assembly.Location);
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        start.Environment["ASPNETCORE_URLS"] = "http://127.0.0.1:0";
        start.Environment["Sandbox__Enabled"] = "true";
        foreach (var (key, value) in Logins.ProductionSettings)
        {
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        using var program = Process.Start(start)!;
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var error = await program.StandardError.ReadToEndAsync(patience.Token);
        await program.WaitForExitAsync(patience.Token);

        Assert.Equal(1, program.ExitCode);
        Assert.Equal("Refusing to start: Sandbox:Enabled is for Development only, and this is Production.", error.Trim());
    }

    private static (string, string)[] With(string key, string value) =>
        key.StartsWith("Staff", StringComparison.Ordinal) ? [.. Keys, .. SampleStaff, (key, value)]
        : value.Length == 0 ? [.. Keys.Where(k => k.Item1[..8] != key[..8])]
        : [.. Keys, (key, value)];

    private static IReadOnlyList<string> Reasons(string environment, params (string Key, string Value)[] settings) =>
        StartupGuards.Reasons(new Named(environment), Configuration(settings));

    private static IConfigurationRoot Configuration((string Key, string Value)[] settings) =>
        new ConfigurationBuilder().AddInMemoryCollection(settings.GroupBy(s => s.Key).Select(g => KeyValuePair.Create(g.Key, (string?)g.Last().Value))).Build();

    private sealed class Named(string name) : IHostEnvironment
    {
        public string EnvironmentName { get; set; } = name;

        public string ApplicationName { get; set; } = "Beian.MiniApi";

        public string ContentRootPath { get; set; } = ".";

        public IFileProvider ContentRootFileProvider { get; set; } = new NullFileProvider();
    }
}
