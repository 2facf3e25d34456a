using System.Collections.Concurrent;
using Beian.MiniApi.Domain;
using Beian.MiniApi.Storage;
using Microsoft.Extensions.Options;

namespace Beian.MiniApi.Platform.Audit;

/// <summary>
/// Records what an answer shows before it leaves. Staff see nothing that could not be recorded; the owner of the data does, since a full disk must not lock people out
/// of what is theirs, and that is logged.
/// </summary>
public sealed partial class ViewFilter(IAuditLog audit, OwnViews own, ILogger<ViewFilter> log) : IEndpointFilter
{
    /// <summary>The thing of a list that belongs to nobody alone; what it shows of people is masked.</summary>
    private const string Several = "*";

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var result = await next(context);
        if (http.GetEndpoint()?.Metadata.GetMetadata<ShowsAttribute>() is not { } shows || result is Answer { Status: >= 300 })
        {
            return result;
        }

        var user = http.Features.Get<CurrentUser>();
        var seen = AuditScope.Current.Sightings is { Count: > 0 } noted ? noted : user is null ? [] : [Follows(http, shows, user)];
        if (user is not { Role: Role.Applicant })
        {
            // Whoever needs no login, such as the holder of a link, has looked at something only where the handler says so.
            await (seen.Count == 0 ? Task.CompletedTask : audit.RecordAsync(seen, CancellationToken.None));
        }
        else if (seen.Where(s => own.IsNew(user, s)).ToArray() is { Length: > 0 } fresh)
        {
            await RecordOwnAsync(fresh, user);
        }

        return result;
    }

    private static Sighting Follows(HttpContext http, ShowsAttribute shows, CurrentUser user) => new(
        AuditActs.Viewed,
        shows.Kind,
        shows.RouteValue is { } name ? http.GetRouteValue(name)?.ToString() ?? string.Empty : user.Role == Role.Applicant ? user.AccountId : Several,
        user.Role == Role.Applicant ? user.AccountId : null);

    private async Task RecordOwnAsync(Sighting[] seen, CurrentUser user)
    {
        try
        {
            await audit.RecordAsync(seen, CancellationToken.None);
        }
        catch (StorageFullException e)
        {
            own.Forget(user, seen);
            NotRecorded(log, seen.Length, e);
        }
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Count} views by owners of their own data could not be recorded: the disk is full")]
    private static partial void NotRecorded(ILogger log, int count, Exception exception);
}

/// <summary>Which own data a session has just looked at: a phone that asks every few seconds is one view.</summary>
public sealed class OwnViews(IOptions<AuditOptions> options, TimeProvider time)
{
    /// <summary>Most that is remembered; beyond it everything is forgotten, and the next views are recorded again.</summary>
    private const int MaxRemembered = 50_000;

    private readonly ConcurrentDictionary<(string Session, string Act, string Kind, string Thing), DateTimeOffset> _seen = new();

    /// <summary>True when this view is to be recorded; an export always is.</summary>
    public bool IsNew(CurrentUser user, Sighting sighting)
    {
        if (sighting.Act != AuditActs.Viewed)
        {
            return true;
        }

        var now = time.GetUtcNow();
        if (_seen.TryGetValue(Key(user, sighting), out var until) && now < until)
        {
            return false;
        }

        if (_seen.Count >= MaxRemembered)
        {
            _seen.Clear();
        }

        _seen[Key(user, sighting)] = now.AddMinutes(options.Value.OwnViewMinutes);
        return true;
    }

    /// <summary>They were not recorded after all.</summary>
    public void Forget(CurrentUser user, IEnumerable<Sighting> sightings)
    {
        foreach (var sighting in sightings)
        {
            _seen.TryRemove(Key(user, sighting), out _);
        }
    }

    private static (string, string, string, string) Key(CurrentUser user, Sighting sighting) => (user.SessionId, sighting.Act, sighting.Kind, sighting.Thing);
}
