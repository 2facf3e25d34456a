using System.ComponentModel.DataAnnotations;

namespace Beian.MiniApi.Platform.Telemetry;

/// <summary>What the program writes about itself to its standard output. Which levels, <c>Logging:LogLevel</c> says.</summary>
public sealed class LogsOptions
{
    public const string Section = "Logs";

    /// <summary>How a line looks: <c>text</c> for people, <c>json</c> for machines (one object a line, with trace ids), <c>systemd</c>; default <c>text</c>.</summary>
    [Required]
    [RegularExpression("text|json|systemd", ErrorMessage = "Logs:Format must be 'text', 'json' or 'systemd'.")]
    public string Format { get; set; } = "text";

    /// <summary>Whether what looks like a mobile number, an identity number, an e-mail address or a token is blotted out wherever it stands in a line; default true. False is for Development, to see what the program itself would have told.</summary>
    public bool Redact { get; set; } = true;

    /// <summary>A request that takes longer is told in the log, with its route and not its address, as one that ends with 5xx is; other requests are not. Default 5 s; 0 for none.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan SlowRequest { get; set; } = TimeSpan.FromSeconds(5);
}
