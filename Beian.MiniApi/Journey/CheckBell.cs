namespace Beian.MiniApi.Journey;

/// <summary>A bell for the background worker: something was saved that it should look at now rather than at its next round.</summary>
public sealed class CheckBell : IDisposable
{
    private readonly SemaphoreSlim _bell = new(0, 1);

    public void Wake()
    {
        if (_bell.CurrentCount == 0)
        {
            try
            {
                _bell.Release();
            }
            catch (SemaphoreFullException)
            {
                // Rung by somebody else in the same moment.
            }
        }
    }

    /// <summary>Returns when the bell rang or the time is over.</summary>
    public Task<bool> WaitAsync(TimeSpan atMost, CancellationToken cancellationToken) => _bell.WaitAsync(atMost, cancellationToken);

    public void Dispose() => _bell.Dispose();
}
