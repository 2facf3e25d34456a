using System.Diagnostics;

namespace Beian.MiniApi.Cli;

/// <summary>Writes how far long work is, a line a second at most.</summary>
internal sealed class Ticker(TextWriter error)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly Stopwatch _watch = new();
    private readonly Lock _gate = new();

    public IProgress<T> Of<T>(Func<T, string> line) => new Told<T>(value => Tell(() => line(value)));

    private void Tell(Func<string> line)
    {
        lock (_gate)
        {
            if (!_watch.IsRunning || _watch.Elapsed >= Interval)
            {
                _watch.Restart();
                error.WriteLine(line());
            }
        }
    }

    private sealed class Told<T>(Action<T> tell) : IProgress<T>
    {
        public void Report(T value) => tell(value);
    }
}
