using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Beian.MiniApi.Storage.Backups;

/// <summary>A backup is a tar of the database, the kept materials and the hand-over files, and behind its end a line with the SHA-256 of all that precedes it.</summary>
internal static partial class BackupFormat
{
    /// <summary>Name of the database in a backup.</summary>
    public const string Database = StorageSetup.DatabaseFile;

    /// <summary>Folders of files in a backup, as in the data folder: the materials, and what was handed over to the authority.</summary>
    public static readonly IReadOnlyList<string> Folders = ["materials/kept", "hand-over"];

    private const string Mark = "beian-backup 1 ";

    /// <summary>Bytes of the last line.</summary>
    public static readonly int TrailerBytes = Trailer(new byte[SHA256.HashSizeInBytes]).Length;

    public static byte[] Trailer(byte[] hash) => Encoding.ASCII.GetBytes($"{Mark}{Convert.ToHexStringLower(hash)}\n");

    /// <summary>Only what this program writes is read; nothing else can name a place on the disk.</summary>
    public static bool IsName(string name) => name == Database || FileName().IsMatch(name);

    [GeneratedRegex(@"\A(materials/kept/[0-9a-f]{2}/[0-9a-f]{2}/[0-9a-f]{32}|hand-over/[0-9A-Za-z-]{1,64}\.json)\z")]
    private static partial Regex FileName();
}

/// <summary>How far a backup or its restoration is.</summary>
/// <param name="Step">What is being done, as an operator reads it.</param>
/// <param name="Done">Bytes so far.</param>
/// <param name="Total">Bytes in all, or null when that is not known.</param>
public sealed record BackupProgress(string Step, long Done, long? Total);

/// <summary>What a backup holds.</summary>
/// <param name="Files">How many materials and hand-over files.</param>
/// <param name="Bytes">Size of the file.</param>
public sealed record BackupSummary(int Files, long Bytes);
