namespace Beian.MiniApi.Sandbox.Registry;

/// <summary>The played name service: domains that were set to resolve have this machine's loopback address, all others have none.</summary>
internal static class SandboxDns
{
    /// <summary>Longer than a whole probe takes.</summary>
    private static readonly TimeSpan SlowAfter = TimeSpan.FromSeconds(30);

    private static readonly string[] Loopback = ["127.0.0.1"];

    public static void MapSandboxDns(this IEndpointRouteBuilder routes)
    {
        if (routes.MapSandbox("/sandbox/dns") is { } dns)
        {
            dns.MapGet("/{name}", LookUpAsync);
        }
    }

    private static async Task<IResult> LookUpAsync(string name, SandboxRegistryBook book, CancellationToken cancellationToken)
    {
        var domain = book.Find(name);
        if (domain?.Behaviour == SandboxBehaviour.Slow)
        {
            await Task.Delay(SlowAfter, cancellationToken);
        }

        return domain?.Behaviour == SandboxBehaviour.Down
            ? Results.StatusCode(StatusCodes.Status503ServiceUnavailable)
            : Results.Json(new { Name = name, Addresses = domain is { Resolves: true } ? Loopback : [] });
    }
}
