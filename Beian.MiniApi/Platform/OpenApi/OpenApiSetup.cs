using Microsoft.OpenApi;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Beian.MiniApi.Platform.OpenApi;

/// <summary>The published description of the API.</summary>
public sealed class OpenApiDocsOptions
{
    public const string Section = "OpenApi";

    /// <summary>Whether <c>/swagger</c> and its document are served, in Production too; default true. They hold nothing secret.</summary>
    public bool Enabled { get; set; } = true;
}

/// <summary>Registers and serves the OpenAPI document and the page to try it on.</summary>
public static class OpenApiSetup
{
    /// <summary>Where the document is.</summary>
    public const string DocumentPath = "/swagger/v1/swagger.json";

    /// <summary>Name of the security scheme.</summary>
    internal const string Bearer = "bearer";

    public static WebApplicationBuilder AddOpenApiDocs(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<OpenApiDocsOptions>().BindConfiguration(OpenApiDocsOptions.Section).ValidateOnStart();

        // The document describes JSON as this service writes it, not as the framework would.
        builder.Services.AddSingleton<ISerializerDataContractResolver>(new JsonSerializerDataContractResolver(ApiJson.Api));
        builder.Services.AddSingleton(_ => ExampleBook.Load());
        builder.Services.AddEndpointsApiExplorer();
        builder.Services.AddSwaggerGen(Describe);
        return builder;
    }

    public static WebApplication MapOpenApiDocs(this WebApplication app)
    {
        if (!IsOn(app.Configuration))
        {
            return app;
        }

        app.MapSwagger("/swagger/{documentName}/swagger.json").ExcludeFromDescription();
        app.UseSwaggerUI(ui =>
        {
            ui.SwaggerEndpoint("v1/swagger.json", "Beian MiniApi v1");
            ui.DocumentTitle = "Beian MiniApi";
            ui.EnablePersistAuthorization();
            ui.DisplayRequestDuration();
            ui.DisplayOperationId();
        });
        return app;
    }

    /// <summary>Whether the document is served.</summary>
    internal static bool IsOn(IConfiguration configuration) => (configuration.GetSection(OpenApiDocsOptions.Section).Get<OpenApiDocsOptions>() ?? new OpenApiDocsOptions()).Enabled;

    private static void Describe(SwaggerGenOptions gen)
    {
        gen.SwaggerDoc("v1", new OpenApiInfo
        {
            Title = "Beian MiniApi",
            Version = "v1",
            Description =
                "ICP filing (备案) for WeChat Mini Programs, from login to filing number. Log in with POST /api/v1/auth/wechat or /api/v1/staff/login and give "
                + "the accessToken to Authorize. Every refusal is an application/problem+json with a stable code; docs/errors.md lists them all.",
        });
        gen.DocInclusionPredicate((_, api) => api.RelativePath is { } path && (path.StartsWith("api/", StringComparison.Ordinal) || path.StartsWith("health/", StringComparison.Ordinal) || path.StartsWith("wechat/", StringComparison.Ordinal)));
        gen.AddSecurityDefinition(Bearer, new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "bearer",
            BearerFormat = "JWT",
            Description = "The accessToken of a login; good for 15 minutes, then POST /api/v1/auth/refresh.",
        });
        gen.SupportNonNullableReferenceTypes();
        gen.UseAllOfToExtendReferenceSchemas();
        gen.CustomOperationIds(OperationDetails.IdOf);
        gen.SchemaFilter<RequiredMembers>();
        gen.OperationFilter<OperationDetails>();
        gen.OperationFilter<OperationHeaders>();
        gen.OperationFilter<OperationForms>();
        gen.OperationFilter<OperationExamples>();
        gen.DocumentFilter<JourneyTags>();
        var comments = Path.Combine(AppContext.BaseDirectory, typeof(OpenApiSetup).Assembly.GetName().Name + ".xml");
        if (File.Exists(comments))
        {
            gen.IncludeXmlComments(comments);
        }
    }
}
