using System.Text.RegularExpressions;
using Beian.MiniApi.Coordination;
using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Reference;
using Beian.MiniApi.Platform.Audit;
using Beian.MiniApi.Platform.Uploads;
using Beian.MiniApi.Storage;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Http.Features;

namespace Beian.MiniApi.Platform;

/// <summary>Registers what every route needs and the outermost behaviour of the pipeline.</summary>
public static partial class PlatformSetup
{
    /// <summary>How long running requests may take to finish when the service is told to stop, 30 s.</summary>
    public static readonly TimeSpan ShutdownTimeout = TimeSpan.FromSeconds(30);

    public static WebApplicationBuilder AddPlatform(this WebApplicationBuilder builder)
    {
        builder.Services.AddHttpContextAccessor();
        builder.AddDraining();
        builder.AddKeys();
        builder.Services.AddSingleton(services => TextCatalogue.Load(Path.Combine(AppContext.BaseDirectory, "ReferenceData", "texts")).With(ReferenceNames.Of(services.GetRequiredService<ReferenceBook>())));
        builder.Services.AddScoped<Idempotency>();
        builder.Services.AddSingleton<AuthCodeVault>();
        builder.Services.AddSingleton<SelfAddress>();
        builder.Services.AddSingleton<BusinessClock>();
        builder.Services.AddSingleton<IHttpContextFactory, SecretPathContextFactory>();
        builder.Services.Configure<RouteHandlerOptions>(o => o.ThrowOnBadRequest = true);
        builder.Services.AddSingleton<UploadReader>();
        builder.Services.AddSingleton<Health>();
        builder.Services.Configure<HostOptions>(o => o.ShutdownTimeout = ShutdownTimeout);
        builder.WebHost.ConfigureKestrel(k =>
        {
            k.AddServerHeader = false;
            k.Limits.MaxRequestBodySize = BodyLimits.DefaultBytes;
        });
        return builder;
    }

    /// <summary>Every failure leaves as a problem: what the framework refuses (404, 405, unreadable arguments) and what we did not foresee (500).</summary>
    public static WebApplication UsePlatform(this WebApplication app)
    {
        app.UseExceptionHandler(new ExceptionHandlerOptions
        {
            SuppressDiagnosticsCallback = c => c.Exception is BadHttpRequestException,
            ExceptionHandler = async http =>
            {
                var thrown = http.Features.Get<IExceptionHandlerFeature>()?.Error;
                if (thrown is StorageFullException or StorageFailedException)
                {
                    await Answer.Refuse(thrown is StorageFullException ? StorageErrors.Full() : StorageErrors.Unavailable()).ExecuteAsync(http);
                    return;
                }

                var bad = thrown as BadHttpRequestException;
                if (bad is not null && QueryArgument().Match(bad.Message) is { Success: true } argument)
                {
                    await RequestErrors.WrongType("/" + argument.Groups[1].Value).ToAnswer().ExecuteAsync(http);
                    return;
                }

                await AnswerAsync(http, bad?.StatusCode ?? StatusCodes.Status500InternalServerError);
            },
        });
        app.UseStatusCodePages(pages => AnswerAsync(pages.HttpContext, pages.HttpContext.Response.StatusCode));

        // The server resolves them: DELETE /me/sessions/.. would be DELETE /me.
        app.Use((http, next) => HasDotSegment(http.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget)
            ? RequestErrors.RouteNotFound().ToAnswer().ExecuteAsync(http)
            : next(http));
        return app;
    }

    /// <summary>True for a path with a segment <c>.</c> or <c>..</c>, written as it is or encoded.</summary>
    private static bool HasDotSegment(string target) =>
        target.Split('?')[0].Replace("%2e", ".", StringComparison.OrdinalIgnoreCase).Split('/').Any(segment => segment is "." or "..");

    /// <summary>Group for everything under <c>/api/v1</c>: arguments that carry a refusal are answered, POSTs are idempotent.</summary>
    public static RouteGroupBuilder MapApi(this WebApplication app)
    {
        var api = app.MapGroup("/api/v1");
        api.AddEndpointFilter(new RefusalFilter());
        api.AddEndpointFilter(app.Services.GetRequiredService<ViewFilter>());
        return api;
    }

    /// <summary>Marks a POST that changes something: repeats with the same <c>Idempotency-Key</c> get the first answer.</summary>
    public static RouteHandlerBuilder Idempotent(this RouteHandlerBuilder route) =>
        route.AddEndpointFilterFactory((factory, next) =>
        {
            var filter = new IdempotencyFilter(factory.ApplicationServices.GetRequiredService<IIdempotencyStore>(), factory.ApplicationServices.GetRequiredService<ILeases>());
            return context => filter.InvokeAsync(context, next);
        }).WithMetadata(new IdempotentAttribute());

    /// <summary>How the framework names a query argument of the wrong type; the value it also tells stays out of the answer.</summary>
    [GeneratedRegex(@"^Failed to bind parameter ""[^ ""]+ ([A-Za-z]+)"" from ")]
    private static partial Regex QueryArgument();

    private static async Task AnswerAsync(HttpContext http, int status)
    {
        var error = status switch
        {
            StatusCodes.Status404NotFound => RequestErrors.RouteNotFound(),
            StatusCodes.Status405MethodNotAllowed => RequestErrors.MethodNotAllowed(),
            StatusCodes.Status413PayloadTooLarge => RequestErrors.BodyTooLarge(http.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize ?? BodyLimits.DefaultBytes),
            StatusCodes.Status415UnsupportedMediaType => RequestErrors.NotJson(),
            >= 400 and < 500 => RequestErrors.Malformed(),
            _ => new DomainError("server.error", ErrorKind.Broken),
        };
        await Answer.Refuse(error).WithStatus(status).ExecuteAsync(http);
    }
}

/// <summary>On routes whose repeats are answered from their record; Swagger documents the header from it.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class IdempotentAttribute : Attribute;
