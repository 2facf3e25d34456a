#if CLUSTER
using System.Diagnostics;
using System.Globalization;
using StackExchange.Redis;

namespace Beian.MiniApi.Tests.Fixtures;

/// <summary>A test that needs <c>redis-server</c>. Skipped on a machine without it; in CI, which installs it, it runs all the same and fails.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class RedisFactAttribute : FactAttribute
{
    public RedisFactAttribute() => Skip = RedisServer.WhyNot;
}

/// <summary>A Redis server of the test's own on a free loopback port, which can be killed, stopped in the middle and started again. It keeps nothing on the disk.</summary>
public sealed class RedisServer : IAsyncDisposable
{
    public const string Password = "password-of-the-tests";

    private const string Program = "/usr/bin/redis-server";

    private readonly string? _password;
    private Process? _process;

    private RedisServer(int port, string? password) => (Port, _password) = (port, password);

    public static string? WhyNot { get; } =
        File.Exists(Program) || Environment.GetEnvironmentVariable("CI") is not (null or "") ? null : "redis-server is not installed (Debian package redis-server).";

    public int Port { get; }

    public string ConnectionString => Address + (_password is null ? string.Empty : ",password=" + _password);

    public string Address => string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{Port}");

    public static async Task<RedisServer> StartAsync(string? password = null)
    {
        var server = NotStarted(password);
        await server.StartAgainAsync();
        return server;
    }

    /// <summary>Its port is known, but nobody listens there yet.</summary>
    public static RedisServer NotStarted(string? password = null) => new(ChildProgram.FreePort(), password);

    /// <summary>Starts an empty one at the same port.</summary>
    public async Task StartAgainAsync()
    {
        var start = new ProcessStartInfo(Program)
        {
            ArgumentList = { "--port", Port.ToString(CultureInfo.InvariantCulture), "--bind", "127.0.0.1", "--save", string.Empty, "--appendonly", "no", "--dir", Path.GetTempPath() },
            RedirectStandardOutput = true,
        };
        if (_password is not null)
        {
            start.ArgumentList.Add("--requirepass");
            start.ArgumentList.Add(_password);
        }

        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, _) => { };
        _process.BeginOutputReadLine();
        await Wait.UntilAsync(async () =>
        {
            try
            {
                await DoAsync("PING");
                return true;
            }
            catch (RedisException)
            {
                return false;
            }
        });
    }

    /// <summary>SIGKILL.</summary>
    public async Task KillAsync()
    {
        _process!.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>It keeps its connections and says nothing any more.</summary>
    public Task StopAsync() => SignalAsync("STOP");

    public Task GoOnAsync() => SignalAsync("CONT");

    /// <summary>Gives a command over a connection of its own.</summary>
    public async Task<RedisResult> DoAsync(string command, params object[] arguments)
    {
        await using var redis = await ConnectionMultiplexer.ConnectAsync(ConnectionString + ",allowAdmin=true,connectRetry=0,connectTimeout=1000");
        return await redis.GetDatabase().ExecuteAsync(command, arguments);
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
        {
            await KillAsync();
        }

        _process?.Dispose();
    }

    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("/bin/kill", ["-" + signal, _process!.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }
}
#endif
