using System.Xml;
using Beian.MiniApi.Domain;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Timers;

namespace Beian.MiniApi.Sandbox.Clock;

/// <summary>How to move business time: one of the two.</summary>
public sealed record MoveClockRequest
{
    /// <summary>ISO 8601 duration, such as <c>PT1H</c> or <c>P46D</c>.</summary>
    public string? Advance { get; init; }

    /// <summary>A later instant.</summary>
    public DateTimeOffset? To { get; init; }
}

/// <param name="Now">Business time afterwards.</param>
/// <param name="Fired">How many timers happened on the way.</param>
public sealed record ClockView(DateTimeOffset Now, int Fired);

/// <summary>Moves business time forward, so that 45 days fit into a test.</summary>
public static class SandboxClock
{
    private static readonly TimeSpan Farthest = TimeSpan.FromDays(366 * 5);

    public static void MapSandboxClock(this IEndpointRouteBuilder routes)
    {
        if (routes.MapSandbox("/sandbox/clock") is not { } group)
        {
            return;
        }

        group.AddEndpointFilter(new RefusalFilter());
        group.MapGet("", (BusinessClock clock) => Answer.Ok(new ClockView(clock.GetUtcNow(), 0)));
        group.MapPost("", MoveAsync);
    }

    private static async Task<IResult> MoveAsync(Body<MoveClockRequest> body, BusinessClock clock, DueTimers timers, Outbox outbox, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (Target(body.Value, now) is not { } target || target < now || target > now + Farthest)
        {
            return new DomainError("sandbox.badClock", ErrorKind.Unprocessable).ToAnswer();
        }

        // First what is due on the way, each at its own time; then the clock itself.
        var fired = await timers.FireUntilAsync(target, cancellationToken);
        await clock.MoveToAsync(target, cancellationToken);
        await outbox.DrainAsync(cancellationToken);
        return Answer.Ok(new ClockView(clock.GetUtcNow(), fired));
    }

    private static DateTimeOffset? Target(MoveClockRequest request, DateTimeOffset now)
    {
        if (request.To is not null)
        {
            return request.Advance is null ? request.To : null;
        }

        try
        {
            return request.Advance is { Length: > 0 and <= 64 } text ? now + XmlConvert.ToTimeSpan(text) : null;
        }
        catch (Exception e) when (e is FormatException or OverflowException or ArgumentOutOfRangeException)
        {
            return null;
        }
    }
}
