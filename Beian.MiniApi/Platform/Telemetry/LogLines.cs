using System.Text.Encodings.Web;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging.Console;
using Microsoft.Extensions.Options;

namespace Beian.MiniApi.Platform.Telemetry;

/// <summary>The framework's own formatters of console lines, with <see cref="Redaction"/> behind them.</summary>
/// <remarks>The formatters are asked for late: they are in the same list as this one.</remarks>
internal sealed class LogLines(IServiceProvider services, IOptions<LogsOptions> options) : ConsoleFormatter(FormatterName)
{
    public const string FormatterName = "beian";

    private ConsoleFormatter? _inner;

    public static void Add(WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<LogsOptions>().BindConfiguration(LogsOptions.Section).ValidateDataAnnotations().ValidateOnStart();
        builder.Services.TryAddEnumerable(ServiceDescriptor.Singleton<ConsoleFormatter, LogLines>());
        builder.Services.PostConfigure<ConsoleLoggerOptions>(o => o.FormatterName = FormatterName);
        builder.Services.Configure<JsonConsoleFormatterOptions>(o =>
        {
            // The scopes have the ids of trace and span.
            o.IncludeScopes = true;
            o.UseUtcTimestamp = true;
            o.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";
            o.JsonWriterOptions = o.JsonWriterOptions with { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        });
    }

    public override void Write<TState>(in LogEntry<TState> logEntry, IExternalScopeProvider? scopeProvider, TextWriter textWriter)
    {
        var inner = _inner ??= Find();
        if (!options.Value.Redact)
        {
            inner.Write(logEntry, scopeProvider, textWriter);
            return;
        }

        using var line = new StringWriter();
        inner.Write(logEntry, scopeProvider, line);
        textWriter.Write(Redaction.Clean(line.ToString()));
    }

    private ConsoleFormatter Find()
    {
        var name = options.Value.Format switch
        {
            "json" => ConsoleFormatterNames.Json,
            "systemd" => ConsoleFormatterNames.Systemd,
            _ => ConsoleFormatterNames.Simple,
        };
        return services.GetServices<ConsoleFormatter>().First(f => f.Name == name);
    }
}
