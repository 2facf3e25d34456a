using Beian.MiniApi.Platform.Auth;
using Beian.MiniApi.ReviewConsole.Desk;
using Beian.MiniApi.ReviewConsole.Outcomes;
using Beian.MiniApi.ReviewConsole.Reasons;
using Microsoft.AspNetCore.Http.Features;

namespace Beian.MiniApi.ReviewConsole;

/// <summary>Registers the review console, the pages for the provider's staff (docs/adr/0018-the-review-console.md).</summary>
public static class ConsoleSetup
{
    /// <summary>Fields of one form: two for every line of the largest filing, and room.</summary>
    private const int MaxFormFields = 4096;

    public static WebApplicationBuilder AddReviewConsole(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton(_ => ConsoleWords.Load());
        builder.Services.AddSingleton<ReasonCatalogue>();
        builder.Services.AddSingleton<DeskReader>();
        builder.Services.AddSingleton<DeskPages>();
        builder.Services.AddScoped<HandOvers>();

        // A filing of ten sites has more fields than the framework's 1024.
        builder.Services.Configure<FormOptions>(o => o.ValueCountLimit = MaxFormFields);
        builder.Services.AddAntiforgery(o =>
        {
            o.Cookie.Name = "beian-form";
            o.Cookie.Path = ConsoleCookies.Root;
            o.Cookie.SameSite = SameSiteMode.Strict;

            // The framework refuses to make a form where TLS is demanded and a proxy that nobody named has ended it; by itself this cookie opens nothing.
            o.Cookie.SecurePolicy = CookieSecurePolicy.SameAsRequest;
            o.SuppressXFrameOptionsHeader = true;
        });
        return builder;
    }

    /// <summary>Stands before everything else, so that whatever refuses a request of the console does it by a page.</summary>
    public static WebApplication UseReviewConsole(this WebApplication app)
    {
        app.Use(ConsoleGate.EnterAsync);
        return app;
    }

    /// <summary>How the console's small cookies travel.</summary>
    /// <param name="http">The request.</param>
    /// <param name="environment">A developer's own machine has no TLS.</param>
    /// <param name="lifetime">How long they live; null for as long as the browser runs.</param>
    internal static CookieOptions CookieOf(HttpContext http, IHostEnvironment environment, TimeSpan? lifetime) => new()
    {
        Path = ConsoleCookies.Root,
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Secure = http.Request.IsHttps || !environment.IsDevelopment(),
        MaxAge = lifetime,
    };
}
