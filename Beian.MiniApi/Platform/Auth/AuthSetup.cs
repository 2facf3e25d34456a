using System.Net;
using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Accounts;
using Beian.MiniApi.Platform.Audit;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Authentication.JwtBearer;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.HttpOverrides;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Beian.MiniApi.Platform.Auth;

/// <summary>Registers who may call what, and how often.</summary>
public static class AuthSetup
{
    private const string ByPath = "byPath";

    public static WebApplicationBuilder AddAuth(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<AuthOptions>().BindConfiguration(AuthOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<StaffOptions>().BindConfiguration(StaffOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<DjbhOptions>().BindConfiguration(DjbhOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<RateLimitOptions>().BindConfiguration(RateLimitOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddOptions<ProxyOptions>().BindConfiguration(ProxyOptions.Section).ValidateOnStart();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<SigningKeys>();
        services.AddSingleton<AccessTokens>();
        services.AddSingleton<StaffPolicy>();
        services.AddSingleton<IPasswordHasher<StaffMember>, PasswordHasher<StaffMember>>();
        services.AddSingleton<IConfigureOptions<JwtBearerOptions>, BearerAuthentication>();
        services.AddOptions<ConsoleOptions>().BindConfiguration(ConsoleOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        services.AddSingleton<IConfigureOptions<CookieAuthenticationOptions>, ConsoleCookies>();

        // Who calls has to be known before the audit trail and the limits look, hence by the path and not by the route's policy.
        services.AddAuthentication(ByPath)
            .AddPolicyScheme(ByPath, null, o => o.ForwardDefaultSelector = http => ConsoleCookies.IsConsole(http) ? ConsoleCookies.Scheme : JwtBearerDefaults.AuthenticationScheme)
            .AddJwtBearer()
            .AddCookie(ConsoleCookies.Scheme);
        services.AddAuthorizationBuilder()
            .AddPolicy(Policies.Applicant, p => p.RequireClaim(AccessTokens.RoleClaim, "applicant"))
            .AddPolicy(Policies.Reviewer, p => p.RequireClaim(AccessTokens.RoleClaim, "reviewer", "admin"))
            .AddPolicy(Policies.Admin, p => p.RequireClaim(AccessTokens.RoleClaim, "admin"));
        services.AddSingleton<RateLimits>();
        services.AddSingleton<SessionEnds>();
        services.AddHostedService<StaffSeeder>();
        services.AddHostedService<SessionPruner>();
        return builder;
    }

    /// <summary>Judges the configured passwords of staff.</summary>
    /// <exception cref="OptionsValidationException">One is less than the profile asks for.</exception>
    public static void Read(IServiceProvider services)
    {
        var staff = services.GetRequiredService<IOptions<StaffOptions>>().Value;
        if (staff.Login != StaffOptions.LocalLogin || services.GetRequiredService<IHostEnvironment>().IsDevelopment())
        {
            return;
        }

        var unmet = StaffGuards.Unmet(staff, services.GetRequiredService<StaffPolicy>()).ToList();
        if (unmet.Count > 0)
        {
            throw new OptionsValidationException(StaffOptions.Section, typeof(StaffOptions), unmet);
        }
    }

    /// <summary>The caller's address, the limits on it, who calls, the limits on them, and what they may; in this order.</summary>
    public static WebApplication UseAuth(this WebApplication app)
    {
        var limits = app.Services.GetRequiredService<RateLimits>();
        app.UseForwardedHeaders(Forwarded(app.Services.GetRequiredService<IOptions<ProxyOptions>>().Value));
        app.Use(limits.CountAddress);
        app.UseAuthentication();
        app.Use(limits.CountUser);
        app.Use(AuditSetup.Enter);
        app.UseAuthorization();
        app.Use((http, next) => UnmetDemand(http) is { } refusal ? Answer.Refuse(refusal).ExecuteAsync(http) : next(http));
        return app;
    }

    /// <summary>The refusal of a member of staff who has something to do first, on any protected route but those that do it.</summary>
    private static DomainError? UnmetDemand(HttpContext http)
    {
        var route = http.GetEndpoint()?.Metadata;
        if (http.Features.Get<CurrentUser>() is not { Demands.Count: > 0 } user || route?.GetMetadata<IAuthorizeData>() is null || route.GetMetadata<IAllowAnonymous>() is not null
            || user.Demands.Any(d => route.GetMetadata<MeetsAttribute>()?.Demands.Contains(d) == true))
        {
            return null;
        }

        return user.Demands[0] == StaffDemand.PasswordChange ? AuthErrors.PasswordExpired() : AuthErrors.SecondFactorEnrolment();
    }

    /// <summary>From the right, every hop that is a known proxy is passed over; the first that is not is the caller.</summary>
    private static ForwardedHeadersOptions Forwarded(ProxyOptions proxies)
    {
        var options = new ForwardedHeadersOptions
        {
            ForwardedHeaders = ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto,
            ForwardLimit = null,
        };

        // The framework trusts loopback by default; we trust what is configured and nothing else.
        options.KnownProxies.Clear();
        options.KnownIPNetworks.Clear();
        foreach (var known in proxies.Known)
        {
            if (known.Contains('/', StringComparison.Ordinal))
            {
                options.KnownIPNetworks.Add(System.Net.IPNetwork.Parse(known));
            }
            else
            {
                options.KnownProxies.Add(IPAddress.Parse(known));
            }
        }

        if (proxies.Known.Count == 0)
        {
            // With nothing known the middleware would believe everybody.
            options.ForwardedHeaders = ForwardedHeaders.None;
        }

        return options;
    }
}
