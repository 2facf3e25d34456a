using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Beian.MiniApi.FaceChecks;

/// <summary>How the provider of face checks is reached.</summary>
public sealed class FaceCheckOptions
{
    public const string Section = "FaceCheck";

    /// <summary>The word for having no provider: a picture of the person with the certificate takes the place of every check.</summary>
    public const string None = "none";

    /// <summary>Absolute address ending in a slash, <c>self</c> for this server's sandbox, or <c>none</c>. Default <c>none</c>; Development sets <c>self</c>.</summary>
    [Required]
    [RegularExpression("none|self|https?://.+/", ErrorMessage = "FaceCheck:BaseUrl must be 'none', 'self' or an absolute http(s) address ending in a slash.")]
    public string BaseUrl { get; set; } = None;

    /// <summary>How long one call may take. Default 4 s, so that a caller is answered within 5.</summary>
    [Range(typeof(TimeSpan), "00:00:00.050", "00:00:30")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(4);

    /// <summary>How long no call is made once half of at least five within 30 s have failed. Default 15 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.500", "00:10:00")]
    public TimeSpan Break { get; set; } = TimeSpan.FromSeconds(15);
}

/// <summary>Registers the provider.</summary>
public static class FaceCheckSetup
{
    public static WebApplicationBuilder AddFaceChecks(this WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<FaceCheckOptions>().BindConfiguration(FaceCheckOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.TryAddSingleton(TimeProvider.System);
        builder.Services.AddHttpClient(SandboxFaceCheckProvider.ClientName, client =>
            {
                // The pipeline of the provider has the time-out; the client's own would only hide which of the two it was.
                client.Timeout = System.Threading.Timeout.InfiniteTimeSpan;
                client.MaxResponseContentBufferSize = 64 * 1024;
            })
            .ConfigurePrimaryHttpMessageHandler(() => new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, ConnectTimeout = TimeSpan.FromSeconds(3) });
        builder.Services.AddSingleton<IFaceCheckProvider, SandboxFaceCheckProvider>();
        return builder;
    }
}
