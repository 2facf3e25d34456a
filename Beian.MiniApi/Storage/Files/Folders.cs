using System.Runtime.InteropServices;
using System.Text;

namespace Beian.MiniApi.Storage.Files;

/// <summary>Folders and files that only this user may read, and the one system call .NET has no method for.</summary>
internal static class Folders
{
    /// <summary>Creates a folder and its parents; on the disk when this returns.</summary>
    public static void Create(string path)
    {
        if (Directory.Exists(path))
        {
            return;
        }

        var parent = Path.GetDirectoryName(path)!;
        Create(parent);
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(path);
        }
        else
        {
            Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        Sync(parent);
    }

    /// <summary>A new file for writing.</summary>
    public static FileStream NewFile(string path)
    {
        var options = new FileStreamOptions
        {
            Mode = FileMode.CreateNew,
            Access = FileAccess.Write,
            Share = FileShare.None,
            BufferSize = 0,
        };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return new FileStream(path, options);
    }

    /// <summary>Makes the names in a folder durable. Windows does so by itself and cannot open a folder this way.</summary>
    public static void Sync(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }

        var handle = open([.. Encoding.UTF8.GetBytes(folder), 0], 0);
        if (handle < 0)
        {
            throw new IOException($"The folder cannot be opened (errno {Marshal.GetLastPInvokeError()}).");
        }

        // Some file systems refuse to sync folders; their names are as durable as they get, so the result is not an error.
        _ = fsync(handle);
        _ = close(handle);
    }

#pragma warning disable IDE1006, SYSLIB1054 // Names of the C library; source-generated calls would need unsafe code for three plain functions.
    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int open(byte[] path, int flags);

    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int fsync(int handle);

    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int close(int handle);
#pragma warning restore IDE1006, SYSLIB1054
}
