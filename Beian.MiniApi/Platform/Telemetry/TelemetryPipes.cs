using System.Diagnostics;
using System.Globalization;
using System.Reflection;
using Microsoft.Extensions.Options;
using OpenTelemetry;
using OpenTelemetry.Exporter;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace Beian.MiniApi.Platform.Telemetry;

/// <summary>Collects metrics and spans while the program runs and sends them out, or has them read. Made only when the settings ask for it: nothing else here touches the libraries.</summary>
/// <remarks>A collector that is away costs what was not delivered, and nothing else: exports run on threads of their own and queues are bounded.</remarks>
internal sealed partial class TelemetryPipes(IOptions<OtlpOptions> otlp, IOptions<MetricsOptions> metrics, ILogger<TelemetryPipes> log) : IHostedService, IDisposable
{
    private const string ServiceName = "beian-miniapi";

    /// <summary>What is left is given this long at the end, 5 s.</summary>
    private const int FlushMs = 5000;

    private static readonly string[] Meters =
        ["Beian.MiniApi.*", "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Net.Http", "System.Runtime"];

    private TracerProvider? _traces;
    private MeterProvider? _meters;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (otlp.Value.Endpoint.Length > 0)
        {
            _traces = Traces();
        }

        _meters = Metrics();
        Begun(log, otlp.Value.Endpoint.Length > 0 ? new Uri(otlp.Value.Endpoint).GetLeftPart(UriPartial.Authority) : "nowhere", metrics.Value.Port);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.Run(
        () =>
        {
            _traces?.Shutdown(FlushMs);
            _meters?.Shutdown(FlushMs);
        },
        CancellationToken.None);

    public void Dispose()
    {
        _traces?.Dispose();
        _meters?.Dispose();
    }

    private static ResourceBuilder About() => ResourceBuilder.CreateDefault().AddService(
        ServiceName, serviceVersion: typeof(TelemetryPipes).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion);

    private TracerProvider Traces() => Sdk.CreateTracerProviderBuilder()
        .SetResourceBuilder(About())
        .AddSource(Spans.Sources)
        .SetSampler(new TraceIdRatioBasedSampler(otlp.Value.SampleRatio))
        .AddProcessor(new Stripping())
        .AddOtlpExporter(o => Deliver(o, "v1/traces"))
        .Build();

    private MeterProvider Metrics()
    {
        var builder = Sdk.CreateMeterProviderBuilder().SetResourceBuilder(About()).AddMeter(Meters)
            // Every site that is looked at would be a series of its own.
            .AddView("http.client.request.duration", new MetricStreamConfiguration { TagKeys = ["http.request.method", "http.response.status_code", "error.type"] })
            .AddView(instrument => instrument.Meter.Name == "System.Net.Http" && instrument.Name != "http.client.request.duration" ? MetricStreamConfiguration.Drop : null);
        if (otlp.Value.Endpoint.Length > 0)
        {
            builder.AddOtlpExporter((o, reader) =>
            {
                Deliver(o, "v1/metrics");
                reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = (int)otlp.Value.Interval.TotalMilliseconds;
            });
        }

        if (metrics.Value.Port > 0)
        {
            builder.AddPrometheusHttpListener(o => (o.Host, o.Port) = (metrics.Value.Host, metrics.Value.Port));
        }

        return builder.Build();
    }

    private void Deliver(OtlpExporterOptions to, string signal)
    {
        var isHttp = otlp.Value.Protocol == OtlpOptions.Http;
        to.Protocol = isHttp ? OtlpExportProtocol.HttpProtobuf : OtlpExportProtocol.Grpc;
        to.Endpoint = isHttp ? new Uri(string.Create(CultureInfo.InvariantCulture, $"{otlp.Value.Endpoint.TrimEnd('/')}/{signal}")) : new Uri(otlp.Value.Endpoint);
        to.Headers = otlp.Value.Headers.Length > 0 ? otlp.Value.Headers : null;
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Metrics and traces go to {Endpoint}; metrics can be read on port {Port} (0 for none)")]
    private static partial void Begun(ILogger log, string endpoint, int port);

    private sealed class Stripping : BaseProcessor<Activity>
    {
        public override void OnEnd(Activity data) => Spans.Strip(data);
    }
}
