using System.Net;
using Microsoft.AspNetCore.Diagnostics;

namespace Beian.MiniApi.Sandbox;

/// <summary>Who may reach the played outside world: only Development has it, and only this machine unless <c>Sandbox:AllowRemote</c> says otherwise.</summary>
public static class SandboxGate
{
    /// <summary>Setting that opens the sandbox to other machines; default false.</summary>
    public const string AllowRemote = "Sandbox:AllowRemote";

    /// <summary>A group under <paramref name="prefix"/> outside the API description, or null where there is no sandbox.</summary>
    public static RouteGroupBuilder? MapSandbox(this IEndpointRouteBuilder routes, string prefix)
    {
        var services = routes.ServiceProvider;
        if (!services.GetRequiredService<IHostEnvironment>().IsDevelopment())
        {
            return null;
        }

        var allowRemote = services.GetRequiredService<IConfiguration>().GetValue<bool>(AllowRemote);
        var group = routes.MapGroup(prefix).ExcludeFromDescription();
        group.AddEndpointFilter((context, next) =>
        {
            var http = context.HttpContext;
            if (!allowRemote && !IsThisMachine(http))
            {
                return ValueTask.FromResult<object?>(TypedResults.NotFound());
            }

            // The outside world answers with its own bodies, empty ones included.
            if (http.Features.Get<IStatusCodePagesFeature>() is { } pages)
            {
                pages.Enabled = false;
            }

            return next(context);
        });
        return group;
    }

    /// <summary>Called from here by a name of here: a page of somebody else's whose name was made to lead here has another one.</summary>
    private static bool IsThisMachine(HttpContext http)
    {
        var host = http.Request.Host.Host;
        return http.Connection.RemoteIpAddress is { } peer && IPAddress.IsLoopback(peer)
            && (host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host.Trim('[', ']'), out var named) && IPAddress.IsLoopback(named)));
    }
}
