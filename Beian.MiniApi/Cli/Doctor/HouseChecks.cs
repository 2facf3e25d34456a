using System.Globalization;
using Beian.MiniApi.FaceChecks;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Platform.Pictures;
using Beian.MiniApi.ReferenceData;
using Beian.MiniApi.Storage;
using Beian.MiniApi.WeChat;
using Microsoft.Extensions.Options;

namespace Beian.MiniApi.Cli.Doctor;

#pragma warning disable CS1998 // Checks look alike, and those of this machine have nothing to wait for.

/// <summary>Checks of what lies on this machine.</summary>
internal static class HouseChecks
{
    public const string Configuration = "configuration";

    /// <summary>A clock may be this much behind the newest entry: two machines that took turns.</summary>
    private static readonly TimeSpan ClockSlack = TimeSpan.FromMinutes(1);

    public static async IAsyncEnumerable<Finding> ConfigurationAsync(CliHost host, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var reasons = StartupGuards.Reasons(host.App, ReferenceDataSetup.Read, WeChatSetup.Read, FaceCheckSetup.Read);
        foreach (var reason in reasons)
        {
            yield return Finding.Fail(Configuration, reason, "change that setting or file: the service does not start with it");
        }

        if (reasons.Count == 0)
        {
            yield return Finding.Ok(Configuration, $"is accepted for {host.Environment.EnvironmentName}");
        }
    }

    public static async IAsyncEnumerable<Finding> FolderAsync(CliHost host, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var folder = StorageSetup.FolderOf(host.Services);
        if (!Directory.Exists(folder))
        {
            yield return Finding.Warn("folder", $"{folder} is not there yet", "the first start makes it; if data should be there, set Storage:Folder");
            yield break;
        }

        yield return CanWrite(folder)
            ? Finding.Ok("folder", $"{folder} can be written")
            : Finding.Fail("folder", $"{folder} cannot be written", "give the account of the service the right to write there");
        if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(folder) & (UnixFileMode.OtherRead | UnixFileMode.OtherExecute | UnixFileMode.OtherWrite)) != 0)
        {
            yield return Finding.Warn("folder", $"{folder} is open to every user of this machine", $"chmod 700 {folder}");
        }
    }

    public static async IAsyncEnumerable<Finding> DiskAsync(CliHost host, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var reserve = host.Services.GetRequiredService<IOptions<StorageOptions>>().Value.MinFreeBytes;
        var folder = StorageSetup.FolderOf(host.Services);
        while (!Directory.Exists(folder) && Path.GetDirectoryName(folder) is { } parent)
        {
            folder = parent;
        }

        var free = new DriveInfo(folder).AvailableFreeSpace;
        var text = string.Create(CultureInfo.InvariantCulture, $"{free >> 20} MiB free, {reserve >> 20} MiB are the reserve");
        const string Remedy = "make room on the volume of the data folder";
        yield return free < reserve
            ? Finding.Fail("disk", text + ": uploads are refused", Remedy)
            : free < 2 * reserve ? Finding.Warn("disk", text, Remedy) : Finding.Ok("disk", text);
    }

    public static async IAsyncEnumerable<Finding> StoreAsync(CliHost host, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var store = host.Services.GetRequiredService<IStoreExaminer>();
        if (!store.IsThere())
        {
            yield return Finding.Warn("store", "there is no database yet", "the first start makes it; if data should be there, set Storage:Folder");
            yield break;
        }

        var seen = store.Examine();
        foreach (var fault in seen.Faults)
        {
            yield return Finding.Fail("store", fault, "stop the service and restore the newest backup");
        }

        if (seen.Faults.Count == 0)
        {
            yield return Finding.Ok("store", "the database is sound");
        }

        yield return seen switch
        {
            { Unknown.Count: > 0 } => Finding.Fail("schema", $"a newer program was here: {seen.Unknown[0]}", "run the newer program, or restore a backup from before"),
            { Missing.Count: > 0 } => Finding.Warn("schema", $"{seen.Missing.Count} steps are to be applied, the first {seen.Missing[0]}", "back up; the next start applies them"),
            _ => Finding.Ok("schema", "is that of this program"),
        };
        yield return seen.NewestAt is { } newest && newest > TimeProvider.System.GetUtcNow() + ClockSlack
            ? Finding.Fail("clock", $"the newest entry is of {newest:O}, later than now", "set this machine's clock by a time service (NTP)")
            : Finding.Ok("clock", "is not behind what is stored");
    }

    public static async IAsyncEnumerable<Finding> KeysAsync(CliHost host, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var folder = LocalKeys.FolderOf(host.Services);
        if (Directory.Exists(folder) && Directory.EnumerateFiles(folder).Prepend(folder).FirstOrDefault(IsOpen) is { } open)
        {
            yield return Finding.Fail("keys", $"{open} can be read by others", $"chmod -R go= {folder}");
        }
        else
        {
            yield return Finding.Ok("keys", Directory.Exists(folder) ? $"{folder} is for this user alone" : "none are in the data folder");
        }
    }

    public static async IAsyncEnumerable<Finding> AuditAsync(CliHost host, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (host.Services.GetRequiredService<IStoreExaminer>().AuditHead() is not { } head)
        {
            yield return Finding.Warn("audit", "there is no trail yet", "it begins with the first change");
            yield break;
        }

        yield return host.Services.GetRequiredService<AuditSecret>().IsSigned(head)
            ? Finding.Ok("audit", string.Create(CultureInfo.InvariantCulture, $"{head.Seq} entries; audit verify reads them all"))
            : Finding.Fail("audit", "the head of the trail is not signed with this key", "set Keys:Audit (or Keys:BlindIndex) as it was, or look who changed the database");
    }

    public static async IAsyncEnumerable<Finding> ToolsAsync(CliHost host, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var options = host.Services.GetRequiredService<IOptions<PictureOptions>>().Value;
        foreach (var (tool, package) in new[] { (options.Thumbnailer, "libvips-tools"), (options.Limiter, "util-linux") })
        {
            yield return IsThere(tool)
                ? Finding.Ok("pictures", $"{tool} is there")
                : Finding.Warn("pictures", $"{tool} is not there: smaller copies of pictures wait", $"install {package}, or name it in Pictures");
        }
    }

    /// <summary>True for what is there and can be read by others than its owner.</summary>
    internal static bool IsOpen(string path) => !OperatingSystem.IsWindows() && Path.Exists(path) && (File.GetUnixFileMode(path) & (UnixFileMode.GroupRead | UnixFileMode.OtherRead)) != 0;

    private static bool IsThere(string program) => program.Contains(Path.DirectorySeparatorChar, StringComparison.Ordinal)
        ? File.Exists(program)
        : (Environment.GetEnvironmentVariable("PATH") ?? string.Empty).Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));

    private static bool CanWrite(string folder)
    {
        try
        {
            var file = Path.Combine(folder, ".doctor-" + Guid.NewGuid().ToString("N"));
            using (new FileStream(file, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1, FileOptions.DeleteOnClose))
            {
                return true;
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
