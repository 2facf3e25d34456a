using System.Globalization;
using System.Text.Json;
using Beian.MiniApi.Coordination;
using Beian.MiniApi.Storage;

namespace Beian.MiniApi.Platform.Audit;

/// <summary>
/// Signed heads and checkpoints as lines of a file: <c>audit/heads.jsonl</c> in the data folder, only ever added to. Copied elsewhere, each shows a trail that was cut
/// off or made anew after it.
/// </summary>
public sealed class AuditHeads(IServiceProvider services)
{
    private const string FileName = "heads.jsonl";

    /// <summary>The file of this machine.</summary>
    public string File { get; } = Path.Combine(StorageSetup.FolderOf(services), "audit", FileName);

    /// <summary>One line, without its end.</summary>
    public static string Line(AuditHead head) => JsonSerializer.Serialize(
        new HeadLine(head.Kind, head.Instance, head.Seq, head.At, Convert.ToHexStringLower(head.Mac), Convert.ToHexStringLower(head.Signature)), ApiJson.Data);

    /// <summary>Every head of a file; none where there is no such file.</summary>
    /// <exception cref="InvalidDataException">A line is none of ours. One that a power cut left half is passed over.</exception>
    public static IReadOnlyList<AuditHead> Read(string file)
    {
        if (!System.IO.File.Exists(file))
        {
            return [];
        }

        return
        [
            .. System.IO.File.ReadLines(file).Select((line, index) => (Text: line.Trim(), Number: index + 1)).Where(l => l.Text.EndsWith('}'))
                .Select(l => Parse(l.Text) ?? throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"{file}: line {l.Number} is no head of an audit trail."))),
        ];
    }

    /// <summary>Adds a line and waits until it is on the disk.</summary>
    public void Append(AuditHead head)
    {
        LocalKeys.CreateFolder(Path.GetDirectoryName(File)!);
        var begins = !System.IO.File.Exists(File) || System.IO.File.ReadAllBytes(File) is [] or [.., (byte)'\n'];
        var options = new FileStreamOptions { Mode = FileMode.Append, Access = FileAccess.Write, Share = FileShare.Read };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var stream = new FileStream(File, options);
        stream.Write(System.Text.Encoding.UTF8.GetBytes((begins ? string.Empty : "\n") + Line(head) + "\n"));
        stream.Flush(flushToDisk: true);
    }

    /// <summary>The head of a line, or null when it is none.</summary>
    public static AuditHead? Parse(string line)
    {
        try
        {
            return JsonSerializer.Deserialize<HeadLine>(line, ApiJson.Data) is { Kind: AuditHead.Head or AuditHead.Checkpoint, Instance: not null, Mac: not null, Signature: not null } l
                ? new AuditHead(l.Kind, l.Instance, l.Seq, l.At, Convert.FromHexString(l.Mac), Convert.FromHexString(l.Signature))
                : null;
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            return null;
        }
    }

    private sealed record HeadLine(string Kind, string Instance, long Seq, DateTimeOffset At, string Mac, string Signature);
}

/// <summary>Exports the head of the trail once a day, and deletes what is too old.</summary>
internal sealed partial class AuditKeeper(
    IAuditLog audit, AuditHeads heads, Microsoft.Extensions.Options.IOptions<AuditOptions> options, Turns turns, TimeProvider time, ILogger<AuditKeeper> log) : HourlyWork(turns, time, log)
{
    protected override Task TidyAsync(DateTimeOffset now, CancellationToken cancellationToken) => KeepAsync(now, cancellationToken);

    /// <summary>What an hour's round does; also for tests, which do not wait for it.</summary>
    internal async Task KeepAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (await audit.PruneAsync(now.AddDays(-options.Value.KeepDays), cancellationToken) is { } pruned)
        {
            heads.Append(pruned.Checkpoint);
            Pruned(log, pruned.Deleted, pruned.Checkpoint.Seq);
        }

        if (audit.Head() is { } head && AuditHeads.Read(heads.File).LastOrDefault(h => h.Kind == AuditHead.Head) is var last && (last is null || (last.At.Date < now.Date && last.Seq < head.Seq)))
        {
            heads.Append(head);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "{Count} audit entries were older than they are kept, up to {Seq}; a signed checkpoint stands for them")]
    private static partial void Pruned(ILogger log, long count, long seq);
}
