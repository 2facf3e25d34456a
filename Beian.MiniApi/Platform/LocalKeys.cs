using System.Security.Cryptography;
using System.Text;
using Beian.MiniApi.Storage;

namespace Beian.MiniApi.Platform;

/// <summary>Secret keys: from configuration everywhere, made up and kept in the data folder in Development alone.</summary>
public sealed class LocalKeys(IServiceProvider services, IHostEnvironment environment)
{
    /// <summary>Fewest bytes of any secret key here: as long as the SHA-256 it keys.</summary>
    public const int MinBytes = 32;

    private static readonly Lock Gate = new();

    /// <summary>Folder of all keys of this machine, inside the data folder.</summary>
    public static string FolderOf(IServiceProvider services) => Path.Combine(StorageSetup.FolderOf(services), "keys");

    /// <summary>The bytes of a configured base64 key, or null when it is no base64 or shorter than <see cref="MinBytes"/>.</summary>
    public static byte[]? Parse(string? base64)
    {
        var bytes = new byte[(base64?.Length ?? 0) + 4];
        return Convert.TryFromBase64String(base64 ?? string.Empty, bytes, out var length) && length >= MinBytes ? bytes[..length] : null;
    }

    /// <summary>The generated key of that name; the first call on a data folder creates it.</summary>
    /// <exception cref="InvalidOperationException">Outside Development, where <see cref="StartupGuards"/> has refused to start already.</exception>
    public byte[] Generated(string name)
    {
        if (!environment.IsDevelopment())
        {
            throw new InvalidOperationException($"The key '{name}' must be configured outside Development.");
        }

        var folder = FolderOf(services);
        CreateFolder(folder);
        var file = Path.Combine(folder, name + ".key");
        lock (Gate)
        {
            if (!File.Exists(file))
            {
                WriteOnce(file, Convert.ToBase64String(RandomNumberGenerator.GetBytes(MinBytes)));
            }

            return Parse(File.ReadAllText(file).Trim()) ?? throw new InvalidDataException($"{file} holds no key; delete it to have a new one made.");
        }
    }

    /// <summary>Makes the folder for this user alone, where the system knows such a thing.</summary>
    internal static void CreateFolder(string folder)
    {
        // A parent that is made along the way would be everybody's to read.
        if (Path.GetDirectoryName(folder) is { } parent && !Directory.Exists(parent))
        {
            CreateFolder(parent);
        }

        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
        }
        else
        {
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }
    }

    /// <summary>How a file is made for this user alone, where the system knows such a thing.</summary>
    internal static FileStreamOptions NewFile()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        return options;
    }

    /// <summary>Writes a file as a whole, on the disk when this returns; when another program made it meanwhile, that one stays.</summary>
    internal static void WriteOnce(string file, string text)
    {
        var temporary = $"{file}.{Guid.NewGuid():N}.tmp";
        try
        {
            using (var stream = new FileStream(temporary, NewFile()))
            {
                stream.Write(Encoding.UTF8.GetBytes(text));
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, file, overwrite: false);
        }
        catch (IOException) when (File.Exists(file))
        {
            // Another program was first.
        }
        finally
        {
            File.Delete(temporary);
        }
    }
}

/// <summary>Long-lived secrets of this service.</summary>
public sealed class KeysOptions
{
    public const string Section = "Keys";

    /// <summary>
    /// Key of the blind indexes, base64 of at least 32 bytes. No default outside Development. It cannot be changed without rebuilding every index.
    /// </summary>
    public string? BlindIndex { get; set; }

    /// <summary>
    /// JSON file of the key ring, relative to the content root, instead of <c>Keys:Ring</c>: <c>{ "active": "…", "keys": [{ "id": "…", "key": "…" }] }</c>. It is read
    /// again when it changes; one that cannot be used is told in the log, and the keys of before stay.
    /// </summary>
    public string? RingFile { get; set; }

    /// <summary>
    /// Key of the audit trail, base64 of at least 32 bytes. Default: one that follows from <c>Keys:BlindIndex</c>. With another key what was written before no longer verifies.
    /// </summary>
    public string? Audit { get; set; }
}
