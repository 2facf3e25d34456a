using Beian.MiniApi.Domain.Reference;
using Beian.MiniApi.Domain.Rules.Packs;
using Microsoft.Extensions.Options;

namespace Beian.MiniApi.ReferenceData;

/// <summary>
/// The rules in force, read again when a file of the overlay folder changes. What does not load is logged and left out: the rules of before stay.
/// </summary>
public sealed partial class LiveRules(ReferenceDataLoader loader, ReferenceBook book, OverlayFolder overlay, IOptions<ReferenceDataOptions> options, TimeProvider time, ILogger<LiveRules> log)
    : BackgroundService, IRuleSource
{
    private volatile RuleBook _current = loader.LoadRules(book);
    private string _seen = overlay.Stamp();

    public RuleBook Current => _current;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (overlay.Path is null || options.Value.ReloadSeconds == 0)
        {
            return;
        }

        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(options.Value.ReloadSeconds), time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            ReloadWhenChanged();
        }
    }

    private void ReloadWhenChanged()
    {
        var stamp = overlay.Stamp();
        if (stamp == _seen)
        {
            return;
        }

        _seen = stamp;
        try
        {
            _current = loader.LoadRules(book);
            Reloaded(_current.Rows.Count);
        }
        catch (Exception e) when (e is InvalidDataException or IOException or UnauthorizedAccessException)
        {
            NotReloaded(e.Message);
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The rules were read again: {Rules} rules")]
    private partial void Reloaded(int rules);

    [LoggerMessage(Level = LogLevel.Error, Message = "The rules were not read again, those of before stay: {Reason}")]
    private partial void NotReloaded(string reason);
}

/// <summary>The folder whose files replace or add to the built-in ones.</summary>
/// <param name="Path">Full path; null for none.</param>
public sealed record OverlayFolder(string? Path)
{
    /// <summary>Names, sizes and times of the files that hold rules; differs when any of them changes. Empty without a folder.</summary>
    public string Stamp()
    {
        if (Path is null)
        {
            return string.Empty;
        }

        var rules = System.IO.Path.Combine(Path, "rules");
        var names = new FileInfo(System.IO.Path.Combine(Path, "site-name-rules.json"));
        var files = (Directory.Exists(rules) ? new DirectoryInfo(rules).GetFiles("*.json") : []).Append(names).Where(f => f.Exists);
        return string.Join('|', files.OrderBy(f => f.FullName, StringComparer.Ordinal).Select(f => $"{f.Name} {f.Length} {f.LastWriteTimeUtc.Ticks}"));
    }
}
