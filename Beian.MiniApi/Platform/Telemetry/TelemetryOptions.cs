using System.ComponentModel.DataAnnotations;

namespace Beian.MiniApi.Platform.Telemetry;

/// <summary>Metrics and traces for an OpenTelemetry collector; off without an endpoint.</summary>
public sealed class OtlpOptions
{
    public const string Section = "Telemetry:Otlp";

    public const string Grpc = "grpc";
    public const string Http = "http";

    /// <summary>Address of the collector, such as <c>http://collector:4317</c>; empty, the default, sends nothing and loads nothing.</summary>
    [RegularExpression("https?://.+", ErrorMessage = "Telemetry:Otlp:Endpoint must be an address such as http://collector:4317.")]
    public string Endpoint { get; set; } = string.Empty;

    /// <summary>How the collector is spoken to: <c>grpc</c> (usually port 4317) or <c>http</c> (usually 4318; <c>v1/traces</c> and <c>v1/metrics</c> are added to the address). Default <c>grpc</c>.</summary>
    [Required]
    [RegularExpression("grpc|http", ErrorMessage = "Telemetry:Otlp:Protocol must be 'grpc' or 'http'.")]
    public string Protocol { get; set; } = Grpc;

    /// <summary>Headers of every call, <c>name=value</c> with commas between, such as a key of the collector's; a secret. No default.</summary>
    public string Headers { get; set; } = string.Empty;

    /// <summary>Time between two deliveries of metrics; default 1 minute.</summary>
    [Range(typeof(TimeSpan), "00:00:01", "01:00:00")]
    public TimeSpan Interval { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>Part of the requests that are traced, 0 to 1; default 1. Decided by the trace's id alone: no caller can ask for more.</summary>
    [Range(0.0, 1.0, ErrorMessage = "Telemetry:Otlp:SampleRatio must be a number from 0 to 1.")]
    public double SampleRatio { get; set; } = 1;
}

/// <summary>Metrics as text for Prometheus, on a port of their own.</summary>
public sealed class MetricsOptions
{
    public const string Section = "Telemetry:Metrics";

    /// <summary>Port of <c>/metrics</c>; 0, the default, opens none and loads nothing. It knows no login: keep it inside.</summary>
    [Range(0, 65535, ErrorMessage = "Telemetry:Metrics:Port must be a port, or 0 for none.")]
    public int Port { get; set; }

    /// <summary>Host name or address it listens on; default <c>127.0.0.1</c>. <c>+</c> is every one.</summary>
    [Required]
    public string Host { get; set; } = "127.0.0.1";
}
