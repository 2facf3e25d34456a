using System.Text.Json.Serialization;
using Beian.MiniApi.Coordination;
using Beian.MiniApi.Storage;

namespace Beian.MiniApi.Platform;

/// <summary>What a health check answers.</summary>
/// <param name="Status"><c>ok</c> or <c>unavailable</c>.</param>
/// <param name="Reasons">Why not: <c>storeNotWritable</c>, <c>storeSlow</c>, <c>diskFull</c>, <c>stopping</c>; empty when all is well.</param>
public sealed record HealthView(string Status, IReadOnlyList<string> Reasons)
{
    /// <summary>What goes by less than it should without harm: <c>cacheAway</c>, Redis cannot be reached. Absent when nothing does.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Degraded { get; init; }
}

/// <summary>Tells load balancers and operators whether the process lives and whether it can save. Names no path, host or key.</summary>
public sealed class Health(IStoreHealth store, ICoordinationState shared, Draining draining, TimeProvider time, ILogger<Health> log) : IDisposable
{
    /// <summary>A store that takes longer is as good as away, 2 s.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>Every look writes to the disk, and anybody may ask: they share one look in this time.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromMilliseconds(500);

    private readonly SemaphoreSlim _one = new(1, 1);
    private HealthView? _last;
    private DateTimeOffset _lastAt;

    public async Task<HealthView> ReadyAsync(CancellationToken cancellationToken)
    {
        if (draining.IsOn)
        {
            return Say(["stopping"]);
        }

        await _one.WaitAsync(cancellationToken);
        try
        {
            if (_last is null || time.GetUtcNow() - _lastAt >= Fresh)
            {
                (_last, _lastAt) = (Say(await LookAsync(cancellationToken)), time.GetUtcNow());
            }

            return shared.IsAway ? _last with { Degraded = ["cacheAway"] } : _last;
        }
        finally
        {
            _one.Release();
        }
    }

    public void Dispose() => _one.Dispose();

    internal static HealthView Say(IReadOnlyList<string> reasons) => new(reasons.Count == 0 ? "ok" : "unavailable", reasons);

    private async Task<List<string>> LookAsync(CancellationToken cancellationToken)
    {
        var reasons = new List<string>();
        try
        {
            if (store.Room().IsFull)
            {
                reasons.Add("diskFull");
            }

            await store.WriteAsync(cancellationToken).WaitAsync(Patience, cancellationToken);
        }
        catch (TimeoutException)
        {
            reasons.Add("storeSlow");
        }
#pragma warning disable CA1031 // Any failure to write is the answer; what it was belongs in the log alone.
        catch (Exception e) when (e is not OperationCanceledException)
#pragma warning restore CA1031
        {
            log.LogError(e, "The store cannot be written");
            reasons.Add("storeNotWritable");
        }

        return reasons;
    }
}

/// <summary>The routes of <see cref="Health"/>.</summary>
public static class HealthEndpoints
{
    public static IEndpointRouteBuilder MapHealth(this IEndpointRouteBuilder app)
    {
        var health = app.MapGroup("/health").WithTags("Operations");
        health.MapGet("/live", () => Answer.Ok(Health.Say([])))
            .WithName("GetLiveness")
            .WithSummary("Whether the process runs")
            .Produces<HealthView>();
        health.MapGet("/ready", ReadyAsync)
            .WithName("GetReadiness")
            .WithSummary("Whether the service can save what it is given")
            .Produces<HealthView>()
            .Produces<HealthView>(StatusCodes.Status503ServiceUnavailable);
        return app;
    }

    private static async Task<IResult> ReadyAsync(Health health, HttpContext http, CancellationToken cancellationToken)
    {
        http.Response.Headers.CacheControl = "no-store";
        var view = await health.ReadyAsync(cancellationToken);
        return TypedResults.Json(view, ApiJson.Api, statusCode: view.Reasons.Count == 0 ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable);
    }
}
