using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;

namespace Beian.MiniApi.Storage.Backups;

/// <summary>A backup is a tar of the database and the kept materials, and behind its end a line with the SHA-256 of all that precedes it.</summary>
internal static partial class BackupFormat
{
    /// <summary>Name of the database in a backup.</summary>
    public const string Database = StorageSetup.DatabaseFile;

    /// <summary>Folder of the materials in a backup, as in the data folder.</summary>
    public const string Materials = "materials/kept/";

    private const string Mark = "beian-backup 1 ";

    /// <summary>Bytes of the last line.</summary>
    public static readonly int TrailerBytes = Trailer(new byte[SHA256.HashSizeInBytes]).Length;

    public static byte[] Trailer(byte[] hash) => Encoding.ASCII.GetBytes($"{Mark}{Convert.ToHexStringLower(hash)}\n");

    /// <summary>Only what this program writes is read; nothing else can name a place on the disk.</summary>
    public static bool IsName(string name) => name == Database || MaterialName().IsMatch(name);

    [GeneratedRegex(@"\Amaterials/kept/[0-9a-f]{2}/[0-9a-f]{2}/[0-9a-f]{32}\z")]
    private static partial Regex MaterialName();
}

/// <summary>How far a backup or its restoration is.</summary>
/// <param name="Step">What is being done, as an operator reads it.</param>
/// <param name="Done">Bytes so far.</param>
/// <param name="Total">Bytes in all, or null when that is not known.</param>
public sealed record BackupProgress(string Step, long Done, long? Total);

/// <summary>What a backup holds.</summary>
/// <param name="Materials">How many materials.</param>
/// <param name="Bytes">Size of the file.</param>
public sealed record BackupSummary(int Materials, long Bytes);
