using System.Diagnostics;

namespace Beian.MiniApi.Tests.Fixtures;

/// <summary>The real clamd on a socket of its own, with one signature of ours: it finds <see cref="Malware"/> and nothing else.</summary>
public sealed class Clamd : IAsyncDisposable
{
    /// <summary>Stands for malware; the signature is its bytes.</summary>
    public const string Malware = "made up malware";

    private readonly Process _process;
    private readonly string _folder;

    private Clamd(Process process, string folder) => (_process, _folder) = (process, folder);

    public string Socket => SocketOf(_folder);

    /// <summary>Where it will listen, before it is started.</summary>
    public static string SocketOf(string folder) => Path.Combine(folder, "s");

    public static async Task<Clamd> StartAsync(string? folder = null)
    {
        var place = folder ?? Directory.CreateTempSubdirectory("clamd-").FullName;
        var signatures = Directory.CreateDirectory(Path.Combine(place, "db")).FullName;
        await File.WriteAllTextAsync(Path.Combine(signatures, "test.ndb"), $"Beian.Test:0:*:{Convert.ToHexStringLower(System.Text.Encoding.ASCII.GetBytes(Malware))}\n");
        await File.WriteAllTextAsync(Path.Combine(place, "clamd.conf"), $"LocalSocket {SocketOf(place)}\nDatabaseDirectory {signatures}\nForeground yes\nUser {Environment.UserName}\nStreamMaxLength 110M\n");
        var start = new ProcessStartInfo(ClamdFactAttribute.Program) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.ArgumentList.Add("--config-file=" + Path.Combine(place, "clamd.conf"));
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, _) => { };
        process.ErrorDataReceived += (_, _) => { };
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!File.Exists(SocketOf(place)))
        {
            Assert.False(process.HasExited, "clamd has ended");
            await Task.Delay(50, limit.Token);
        }

        return new Clamd(process, place);
    }

    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}

/// <summary>A test that needs clamd. On a machine without it is reported as skipped; in CI, which installs it, it runs all the same and fails.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ClamdFactAttribute : FactAttribute
{
    /// <summary>Debian keeps it where the path of ordinary users does not lead.</summary>
    public static readonly string Program = new[] { "/usr/sbin/clamd", "/usr/local/sbin/clamd", "/usr/bin/clamd" }.FirstOrDefault(File.Exists) ?? "clamd";

    public ClamdFactAttribute()
    {
        if (Program == "clamd" && Environment.GetEnvironmentVariable("CI") is null or "")
        {
            Skip = "clamd is not installed (Debian package clamav-daemon).";
        }
    }
}
