using System.Diagnostics;

namespace Beian.MiniApi.Tests.Fixtures;

/// <summary>
/// A test that needs a disk of its own that it can fill: a small file system in memory, which only root may mount. Where it cannot be mounted the test is reported
/// as skipped; in CI it runs all the same and fails, or nothing would say what a full disk does.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class FullDiskFactAttribute : FactAttribute
{
    private static readonly bool CanMount = Tries();

    public FullDiskFactAttribute()
    {
        if (!CanMount && Environment.GetEnvironmentVariable("CI") is null or "")
        {
            Skip = "No file system in memory can be mounted here: that takes root on Linux.";
        }
    }

    /// <summary>Mounts 16 MB there; false when that is not allowed.</summary>
    public static bool Mount(string folder) => Run("mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", folder);

    public static void Unmount(string folder) => Run("umount", "-l", folder);

    private static bool Tries()
    {
        var folder = Directory.CreateTempSubdirectory("beian-full-").FullName;
        var isMounted = Mount(folder);
        if (isMounted)
        {
            Unmount(folder);
        }

        Directory.Delete(folder);
        return isMounted;
    }

    private static bool Run(string program, params string[] arguments)
    {
        try
        {
            var start = new ProcessStartInfo(program) { RedirectStandardError = true, RedirectStandardOutput = true };
            foreach (var argument in arguments)
            {
                start.ArgumentList.Add(argument);
            }

            using var process = Process.Start(start)!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
