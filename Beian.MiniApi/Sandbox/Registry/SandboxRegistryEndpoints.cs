using System.Text.Json;
using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Verification;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Registry;

namespace Beian.MiniApi.Sandbox.Registry;

/// <summary>The played registries: RDAP and WHOIS over one book of domains.</summary>
public static class SandboxRegistryEndpoints
{
    /// <param name="builder">Needs <c>AddReferenceData</c> and <c>AddRegistry</c>.</param>
    /// <param name="clock">The clock by which "a year left" is counted; null for the registered <see cref="TimeProvider"/>, or the system's.</param>
    public static WebApplicationBuilder AddSandboxRegistry(this WebApplicationBuilder builder, Func<IServiceProvider, TimeProvider>? clock = null)
    {
        builder.Services.AddSingleton(s => new SandboxRegistryBook(s.GetRequiredService<Domain.Reference.ReferenceBook>(), clock?.Invoke(s) ?? s.GetService<TimeProvider>() ?? TimeProvider.System));
        builder.Services.AddSingleton<SandboxWhois>();
        builder.Services.AddHostedService(s => s.GetRequiredService<SandboxWhois>());
        return builder;
    }

    /// <param name="routes">The application or a group without prefix.</param>
    public static void MapSandboxRegistry(this IEndpointRouteBuilder routes)
    {
        if (routes.MapSandbox("/sandbox/rdap") is not { } group)
        {
            return;
        }

        group.AddEndpointFilter(new RefusalFilter());
        group.MapGet("/domain/{name}", LookUpAsync);
        group.MapPut("/{domain}", Set);
    }

    private static async Task<IResult> LookUpAsync(string name, SandboxRegistryBook book, CancellationToken cancellationToken)
    {
        var domain = book.Find(name);
        if (domain is null)
        {
            return Rdap(StatusCodes.Status404NotFound, SandboxRdap.NotFound());
        }

        if (domain.Behaviour == SandboxBehaviour.Slow)
        {
            await Task.Delay(SandboxWhois.SlowAfter, cancellationToken);
        }

        return domain.Behaviour == SandboxBehaviour.Down
            ? Results.StatusCode(StatusCodes.Status503ServiceUnavailable)
            : Rdap(StatusCodes.Status200OK, SandboxRdap.Domain(book.Canonical(name)!, domain));
    }

    private static Answer Set(string domain, Body<SandboxDomain> body, SandboxRegistryBook book, RegistryCache cache)
    {
        if (book.Canonical(domain) is not { } ascii || !book.TrySet(ascii, body.Value))
        {
            return new DomainError("sandbox.badDomain", ErrorKind.Invalid).ToAnswer();
        }

        cache.Forget(ascii);
        return Answer.Ok(book.Find(ascii)!);
    }

    private static IResult Rdap(int status, object body) =>
        Results.Text(JsonSerializer.Serialize(body, ApiJson.Api), "application/rdap+json", System.Text.Encoding.UTF8, status);
}

/// <summary>Writes RDAP objects (RFC 9083).</summary>
internal static class SandboxRdap
{
    public static object NotFound() => new { rdapConformance = new[] { "rdap_level_0" }, errorCode = 404, title = "Not Found", description = new[] { "No such domain." } };

    public static object Domain(string ascii, SandboxDomain domain) => new
    {
        rdapConformance = new[] { "rdap_level_0", "beian_realName" },
        objectClassName = "domain",
        handle = "SANDBOX-" + ascii,
        ldhName = ascii,
        unicodeName = DomainNames.ToUnicode(ascii),
        status = new[] { "active" },
        events = new[]
        {
            new { eventAction = "registration", eventDate = domain.RegisteredAt },
            new { eventAction = "expiration", eventDate = domain.ExpiresAt },
        },
        beian_realName = new { status = domain.RealNamedAt is null ? "none" : "verified", verifiedAt = domain.RealNamedAt },
        entities = domain.Holder is { } holder ? [Registrar(domain), Registrant(holder)] : new[] { Registrar(domain) },
    };

    private static object Registrar(SandboxDomain domain) => new
    {
        objectClassName = "entity",
        roles = new[] { "registrar" },
        publicIds = new[] { new { type = "IANA Registrar ID", identifier = domain.RegistrarIanaId } },
        vcardArray = Card(domain.Registrar),
    };

    private static object Registrant(SandboxHolder holder) => new
    {
        objectClassName = "entity",
        roles = new[] { "registrant" },
        vcardArray = Card(holder.Name),
        beian_certificateType = holder.CertificateType,
        beian_certificateNumber = holder.CertificateNumber,
    };

    /// <summary>jCard, RFC 7095.</summary>
    private static object[] Card(string? name) =>
        ["vcard", new object[] { new object[] { "version", new { }, "text", "4.0" }, new object[] { "fn", new { }, "text", name ?? string.Empty } }];
}
