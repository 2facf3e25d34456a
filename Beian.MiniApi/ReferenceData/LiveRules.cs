using System.Text.Json.Nodes;
using Beian.MiniApi.Domain.Reference;
using Beian.MiniApi.Domain.Rules.Packs;
using Microsoft.Extensions.Options;

namespace Beian.MiniApi.ReferenceData;

/// <summary>
/// The rules in force, read again when a file of the overlay folder changes. What does not load is logged once and left out: the rules of before stay.
/// </summary>
public sealed partial class LiveRules(ReferenceDataLoader loader, ReferenceBook book, OverlayFolder overlay, IOptions<ReferenceDataOptions> options, TimeProvider time, ILogger<LiveRules> log)
    : BackgroundService, IRuleSource
{
    // The stamp comes first: a file that changes while the rules are read is then seen as changed.
    private string _seen = overlay.Stamp();
    private volatile LoadedRules _current = Load(loader, book);
    private string? _complaint;

    /// <summary>The rules, and the file of the rules about names as it is served.</summary>
    private sealed record LoadedRules(RuleBook Book, JsonObject Names);

    public RuleBook Current => _current.Book;

    /// <summary>The rules about names as they are served, of the same reading as <see cref="Current"/>. Not to be changed.</summary>
    public JsonObject Names => _current.Names;

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

    private static LoadedRules Load(ReferenceDataLoader loader, ReferenceBook book) => new(loader.LoadRules(book), loader.NameRules());

    private void ReloadWhenChanged()
    {
        var stamp = _seen;
        try
        {
            stamp = overlay.Stamp();
            if (stamp == _seen)
            {
                return;
            }

            _current = Load(loader, book);
            (_seen, _complaint) = (stamp, null);
            Reloaded(Current.Rows.Count);
        }
        catch (InvalidDataException e)
        {
            _seen = stamp;
            Complain(e.Message);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // Not seen yet: it may become readable without changing.
            Complain(e.Message);
        }
    }

    private void Complain(string reason)
    {
        if (reason != _complaint)
        {
            _complaint = reason;
            NotReloaded(reason);
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
    /// <exception cref="IOException">The folder is not there any more, or a file vanished while it was looked at.</exception>
    public string Stamp()
    {
        if (Path is null)
        {
            return string.Empty;
        }

        if (!Directory.Exists(Path))
        {
            throw new DirectoryNotFoundException($"{Path} is not there any more.");
        }

        var rules = System.IO.Path.Combine(Path, "rules");
        var names = new FileInfo(System.IO.Path.Combine(Path, "site-name-rules.json"));
        var files = (Directory.Exists(rules) ? new DirectoryInfo(rules).GetFiles("*.json") : []).Append(names).Where(f => f.Exists);
        return string.Join('|', files.OrderBy(f => f.FullName, StringComparer.Ordinal).Select(f => $"{f.Name} {f.Length} {f.LastWriteTimeUtc.Ticks}"));
    }
}
