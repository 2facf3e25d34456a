using Beian.MiniApi.Storage;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Beian.MiniApi.Tests.Fixtures;

/// <summary>
/// The real program on a real loopback port with its own data folder: what a newcomer starts, but on a free port. Disposing deletes the folder.
/// </summary>
public sealed class TestApp : IAsyncDisposable
{
    /// <summary>Settings for tests that call faster than any user may.</summary>
    public static readonly (string Key, string Value)[] NoLimits =
        [("RateLimits:UserPerMinute", "1000000"), ("RateLimits:AddressPerMinute", "1000000"), ("RateLimits:LoginPerMinute", "1000000")];

    private readonly Factory _factory;
    private readonly Canaries _canaries;
    private readonly bool _ownsFolder;

    private TestApp(Factory factory, string folder, bool ownsFolder)
    {
        (_factory, Folder, _ownsFolder) = (factory, folder, ownsFolder);

        // Not UseKestrel(0): the factory sets that port while the program, on a thread of its own, may be listening already. The port is a setting below.
        _factory.UseKestrel();
        _factory.StartServer();
        if (!_factory.Services.GetRequiredService<IHostApplicationLifetime>().ApplicationStarted.IsCancellationRequested)
        {
            _factory.Dispose();
            throw new InvalidOperationException("The program ended before it listened; its reason stands on standard error.");
        }

        _canaries = Get<Canaries>();
        Address = _factory.ClientOptions.BaseAddress;
        Client = NewClient();
    }

    /// <summary>The data folder: database, materials, keys.</summary>
    public string Folder { get; }

    /// <summary>Where the server listens.</summary>
    public Uri Address { get; }

    /// <summary>A client without any token.</summary>
    public HttpClient Client { get; }

    public IServiceProvider Services => _factory.Services;

    /// <param name="settings">Configuration over the defaults, such as <c>("Policy:RealNameMustMatch", "false")</c>.</param>
    public static TestApp Start(params (string Key, string Value)[] settings) => Start("Development", null, settings);

    /// <param name="environment">Development or Production.</param>
    /// <param name="folder">An existing data folder to go on with, kept afterwards; null for a new one.</param>
    /// <param name="settings">Configuration over the defaults.</param>
    public static TestApp Start(string environment, string? folder, params (string Key, string Value)[] settings) => Start(environment, folder, _ => { }, settings);

    /// <param name="environment">Development or Production.</param>
    /// <param name="folder">An existing data folder to go on with, kept afterwards; null for a new one.</param>
    /// <param name="services">Registers what only a test has, after the program's own.</param>
    /// <param name="settings">Configuration over the defaults.</param>
    public static TestApp Start(string environment, string? folder, Action<IServiceCollection> services, params (string Key, string Value)[] settings)
    {
        var data = folder ?? Path.Combine(Path.GetTempPath(), "beian-test-" + Guid.NewGuid().ToString("N"));
        return new TestApp(new Factory(environment, data, services, settings), data, folder is null);
    }

    public HttpClient NewClient() => new() { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(60) };

    public T Get<T>()
        where T : notnull => _factory.Services.GetRequiredService<T>();

    /// <summary>Until every paper has its copies, which are made in the background; a minute at most, since without libvips they never are.</summary>
    public async Task WhenPapersAreDoneAsync()
    {
        for (var tries = 0; tries < 600 && await Get<IPaperWorkStore>().CountAsync(default) > 0; tries++)
        {
            await Task.Delay(100);
        }
    }

    /// <exception cref="Xunit.Sdk.XunitException">A secret or a person's number stood where it should not while the program ran.</exception>
    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        await _factory.DisposeAsync();
        if (_ownsFolder && Directory.Exists(Folder))
        {
            Directory.Delete(Folder, recursive: true);
        }

        Assert.Empty(_canaries.Found);
    }

    private sealed class Factory(string environment, string folder, Action<IServiceCollection> services, (string Key, string Value)[] settings) : WebApplicationFactory<Program>
    {
        protected override void ConfigureWebHost(IWebHostBuilder builder)
        {
            builder.UseEnvironment(environment);
            builder.UseUrls("http://127.0.0.1:0");
            builder.UseSetting("Storage:Folder", folder);
            builder.UseSetting("WeChat:AppId", "wx-of-the-tests");
            builder.UseSetting("WeChat:AppSecret", "secret-of-the-tests");

            // Its call at the start would take part in whatever a test makes of WeChat.
            builder.UseSetting("StartPage:MiniProgramCode", "false");
            foreach (var (key, value) in settings)
            {
                builder.UseSetting(key, value);
            }

            builder.ConfigureTestServices(Canaries.Watch);
            builder.ConfigureTestServices(services);
            builder.ConfigureAppConfiguration(c =>
            {
                ForgetTheTest();
                c.AddInMemoryCollection(settings.Append(("Storage:Folder", folder)).Select(s => KeyValuePair.Create(s.Item1, (string?)s.Item2)));
            });
        }

        /// <summary>
        /// Called on the thread that builds the program, whose execution context knows this factory. Timers that outlive the program (of rate limiters, of SQLite's
        /// pool) would remember that context, and every program ended would stay in memory, about 17 MB each.
        /// </summary>
        private static void ForgetTheTest()
        {
            if (!ExecutionContext.IsFlowSuppressed())
            {
                ExecutionContext.SuppressFlow();
            }
        }
    }
}
