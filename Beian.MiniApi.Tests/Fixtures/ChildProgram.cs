using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Beian.MiniApi.Tests.Fixtures;

/// <summary>The real program as a process of its own, which can be killed as a power cut would.</summary>
public sealed class ChildProgram : IAsyncDisposable
{
    private static readonly TimeSpan StartWithin = TimeSpan.FromSeconds(60);

    private readonly Process _process;

    private readonly StringBuilder _output = new();

    private ChildProgram(Process process, Uri address)
    {
        (_process, Address) = (process, address);
        process.OutputDataReceived += Take;
        process.ErrorDataReceived += Take;
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public Uri Address { get; }

    public int ProcessId => _process.Id;

    /// <summary>Everything it has written so far.</summary>
    public string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    /// <summary>Starts it on that data folder and port and waits until it is ready.</summary>
    public static async Task<ChildProgram> StartAsync(string folder, int port, params (string Key, string Value)[] settings)
    {
        var (process, address) = Run(folder, port, settings);
        var child = new ChildProgram(process, address);
        await child.ReadyAsync();
        return child;
    }

    /// <summary>Starts it in the belief that it refuses, and waits until it has ended.</summary>
    /// <returns>Its exit code and everything it wrote, to both outputs.</returns>
    public static async Task<(int ExitCode, string Output)> RefuseAsync(string folder, params (string Key, string Value)[] settings)
    {
        var (process, address) = Run(folder, FreePort(), settings);
        await using var child = new ChildProgram(process, address);
        using var patience = new CancellationTokenSource(StartWithin);
        await process.WaitForExitAsync(patience.Token);
        return (process.ExitCode, child.Output);
    }

    private static (Process Process, Uri Address) Run(string folder, int port, (string Key, string Value)[] settings)
    {
        var address = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}"));
        var start = new ProcessStartInfo("dotnet")
        {
            ArgumentList = { Path.Combine(AppContext.BaseDirectory, "Beian.MiniApi.dll"), "--urls", address.ToString() },
            WorkingDirectory = AppContext.BaseDirectory,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Development";
        start.Environment["Storage__Folder"] = folder;
        start.Environment["Logging__LogLevel__Default"] = "Warning";
        foreach (var (key, value) in settings)
        {
            start.Environment[key.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        if (start.Environment["ASPNETCORE_ENVIRONMENT"] == "Development")
        {
            // Tests look for what the program would tell, not for what is blotted out behind it.
            start.Environment.TryAdd("Logs__Redact", "false");
        }

        return (Process.Start(start)!, address);
    }

    /// <summary>A port nobody listens on right now.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    /// <summary>SIGKILL: no shutdown, no flush.</summary>
    public async Task KillAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
    }

    /// <summary>SIGTERM, as an orchestrator ends a program; returns its exit code once it has.</summary>
    public async Task<int> TerminateAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
        using var patience = new CancellationTokenSource(StartWithin);
        await _process.WaitForExitAsync(patience.Token);
        return _process.ExitCode;
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            await KillAsync();
        }

        _process.Dispose();
    }

    private void Take(object sender, DataReceivedEventArgs line)
    {
        lock (_output)
        {
            _output.AppendLine(line.Data);
        }
    }

    private async Task ReadyAsync()
    {
        using var client = new HttpClient { BaseAddress = Address };
        var watch = Stopwatch.StartNew();
        while (watch.Elapsed < StartWithin && !_process.HasExited)
        {
            try
            {
                using var answer = await client.GetAsync("/health/ready");
                if (answer.IsSuccessStatusCode)
                {
                    return;
                }
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }

            await Task.Delay(50);
        }

        await DisposeAsync();
        throw new InvalidOperationException("The program did not become ready.");
    }
}
