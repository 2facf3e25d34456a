using System.CommandLine;
using System.Globalization;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Storage;
using Beian.MiniApi.Storage.Backups;
using Microsoft.Extensions.Options;

namespace Beian.MiniApi.Cli;

/// <summary><c>backup</c> and <c>restore</c>.</summary>
internal static class BackupCommands
{
    public static Command MakeBackup(CliHost host)
    {
        var file = NamedFile("Where to write; must not be there yet.");
        var command = new Command("backup", "Write database, materials and hand-over files into one file, as they are at one moment; the service may run. All of it stays sealed, and the key ring is not in it: keep that apart.");
        command.Arguments.Add(file);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            RefuseOtherEngines(host);
            var console = parsed.InvocationConfiguration;
            var summary = await host.Services.GetRequiredService<Backup>().WriteAsync(parsed.GetValue(file)!, Progress(console), cancellationToken);
            await console.Output.WriteLineAsync(Line("Backed up", summary));
            return 0;
        });
        return command;
    }

    public static Command MakeRestore(CliHost host)
    {
        var file = NamedFile("A file that backup wrote.");
        var command = new Command("restore", "Put a backup into the data folder, which must be empty. The file is verified first; needs the key ring of the time of the backup.");
        command.Arguments.Add(file);
        command.SetAction(async (parsed, cancellationToken) =>
        {
            RefuseOtherEngines(host);
            var console = parsed.InvocationConfiguration;
            if (host.Services.GetRequiredService<RingSource>() is var ring && ring.Find() is null)
            {
                // One made now would open nothing, and would be in the way of the right one.
                throw new InvalidDataException($"There is no key ring: set Keys:RingFile or Keys:Ring as at the time of the backup, or bring {ring.File} back. Nothing was restored.");
            }

            var summary = await host.Services.GetRequiredService<Restore>().RunAsync(parsed.GetValue(file)!, Progress(console), cancellationToken);
            await console.Output.WriteLineAsync(Line("Restored", summary));
            return 0;
        });
        return command;
    }

    /// <summary>A backup of ours is of one folder; what lies on servers is backed up by their own means.</summary>
    private static void RefuseOtherEngines(CliHost host)
    {
        if (host.Services.GetRequiredService<IOptions<StorageOptions>>().Value.Engine != StorageOptions.Sqlite)
        {
            throw new InvalidDataException("backup and restore are for Storage:Engine 'sqlite'. MongoDB is backed up by mongodump --oplog or its own snapshots, and the bucket of materials by its service: docs/operations.md.");
        }
    }

    /// <summary>An empty name is what a script passes whose variable is not set.</summary>
    private static Argument<string> NamedFile(string description)
    {
        var file = new Argument<string>("file") { Description = description };
        file.Validators.Add(given =>
        {
            if (string.IsNullOrWhiteSpace(given.GetValueOrDefault<string>()))
            {
                given.AddError("The file has no name.");
            }
        });
        return file;
    }

    private static IProgress<BackupProgress> Progress(InvocationConfiguration console) => new Ticker(console.Error).Of<BackupProgress>(p => p.Total is { } total
        ? string.Create(CultureInfo.InvariantCulture, $"{p.Step}: {p.Done / 1_000_000} of {total / 1_000_000} MB")
        : string.Create(CultureInfo.InvariantCulture, $"{p.Step}: {p.Done / 1_000_000} MB"));

    private static string Line(string what, BackupSummary summary) =>
        string.Create(CultureInfo.InvariantCulture, $"{what} the database and {summary.Files} files, {summary.Bytes} bytes.");
}
