namespace Beian.MiniApi.Journey;

/// <summary>Wakes whoever works on papers, so that a picture is copied when it arrives and not at the next round.</summary>
public sealed class PaperBell : IDisposable
{
    private readonly SemaphoreSlim _rung = new(0, 1);

    public void Ring()
    {
        try
        {
            _rung.Release();
        }
        catch (SemaphoreFullException)
        {
            // It is ringing already.
        }
    }

    /// <summary>Returns when somebody rings, or after that time.</summary>
    public async Task WaitAsync(TimeSpan atMost, CancellationToken cancellationToken) => await _rung.WaitAsync(atMost, cancellationToken);

    public void Dispose() => _rung.Dispose();
}
