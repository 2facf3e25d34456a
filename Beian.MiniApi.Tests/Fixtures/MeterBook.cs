using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Globalization;

namespace Beian.MiniApi.Tests.Fixtures;

/// <summary>Keeps everything one program counts on one meter, such as <c>refused stale 1</c>.</summary>
public sealed class MeterBook : IDisposable
{
    private readonly MeterListener _listener = new();
    private readonly ConcurrentQueue<string> _counted = new();

    public MeterBook(TestApp app, string meter)
    {
        var meters = app.Get<IMeterFactory>();
        _listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Name == meter && ReferenceEquals(instrument.Meter.Scope, meters))
            {
                listener.EnableMeasurementEvents(instrument);
            }
        };
        _listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
            _counted.Enqueue($"{instrument.Name.Split('.')[^1]} {string.Join(' ', tags.ToArray().Select(t => t.Value))} {value.ToString(CultureInfo.InvariantCulture)}"));
        _listener.Start();
    }

    public IReadOnlyList<string> Counted => [.. _counted];

    public void Dispose() => _listener.Dispose();
}
