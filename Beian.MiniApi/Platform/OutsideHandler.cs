namespace Beian.MiniApi.Platform;

/// <summary>The handler below every HTTP client of an outside service.</summary>
public static class OutsideHandler
{
    /// <summary>No redirects, which would carry secrets to wherever they point, no cookies, and no header that the service does not ask for.</summary>
    /// <param name="configured">The service's address as configured; a call to <see cref="SelfAddress.Self"/> goes by no proxy, which knows nothing of this server.</param>
    public static SocketsHttpHandler For(string? configured) => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        UseProxy = configured != SelfAddress.Self,

        // No time-out for the connection alone: it would end in a cancellation that nobody asked for, and the pipelines have one for all of a call.
        // No trace of outgoing addresses, which may carry secrets.
        ActivityHeadersPropagator = null,
        PooledConnectionLifetime = TimeSpan.FromMinutes(2),
    };
}
