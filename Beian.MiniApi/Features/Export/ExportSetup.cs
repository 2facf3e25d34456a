using Beian.MiniApi.Platform;

namespace Beian.MiniApi.Features.Export;

/// <summary>Registers and maps the export of personal data.</summary>
public static class ExportSetup
{
    public static WebApplicationBuilder AddExport(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<ExportedFilings>();
        builder.Services.AddSingleton<ExportedDeliveries>();
        builder.Services.AddSingleton<ExportDocument>();
        return builder;
    }

    public static void MapExport(this RouteGroupBuilder api) => api.MapGet("/me/export", ExportMe.HandleAsync).Shows("accounts")
        .WithName("exportMe")
        .WithSummary("Everything held about the user and the account, as one JSON file to save; papers by address")
        .WithTags("Me")
        .RequireAuthorization(Policies.Applicant)
        .Produces(StatusCodes.Status200OK, contentType: "application/json")
        .Refuses(401, 403, 429);
}
