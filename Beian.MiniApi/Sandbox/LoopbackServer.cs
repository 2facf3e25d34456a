using System.Net;
using System.Net.Sockets;

namespace Beian.MiniApi.Sandbox;

/// <summary>A played service that is no HTTP: a real TCP listener on a loopback port, from the start of the host to its end.</summary>
/// <param name="port">0 for a free one.</param>
/// <param name="maxLife">Longest life of a connection; longer than the slowest answer.</param>
/// <param name="logger">Hears of connections that broke.</param>
public abstract class LoopbackServer(int port, TimeSpan maxLife, ILogger logger) : IHostedService, IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, port);
    private readonly CancellationTokenSource _stopping = new();
    private readonly SemaphoreSlim _connections = new(64);
    private Task _accepting = Task.CompletedTask;
    private int _stopped;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        _listener.Start();
        Listens(((IPEndPoint)_listener.LocalEndpoint).Port);
        _accepting = Task.Run(AcceptAsync, CancellationToken.None);
        return Task.CompletedTask;
    }

    public async Task StopAsync(CancellationToken cancellationToken)
    {
        // A host that is disposed without having been stopped asks twice, the second time after disposal.
        if (Interlocked.Exchange(ref _stopped, 1) == 1)
        {
            return;
        }

        await _stopping.CancelAsync();
        _listener.Stop();
        await _accepting;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync(CancellationToken.None);
        _listener.Dispose();
        _stopping.Dispose();
        _connections.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Tells the program where to call.</summary>
    protected abstract void Listens(int port);

    /// <summary>Serves one connection, which is closed afterwards.</summary>
    protected abstract Task ServeAsync(TcpClient client, CancellationToken cancellationToken);

    private async Task AcceptAsync()
    {
        try
        {
            while (!_stopping.IsCancellationRequested)
            {
                await _connections.WaitAsync(_stopping.Token);
                _ = ConnectedAsync(await _listener.AcceptTcpClientAsync(_stopping.Token));
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Stopped.
        }
    }

    private async Task ConnectedAsync(TcpClient client)
    {
        try
        {
            using var deadline = CancellationTokenSource.CreateLinkedTokenSource(_stopping.Token);
            deadline.CancelAfter(maxLife);
            await ServeAsync(client, deadline.Token);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or SocketException or ObjectDisposedException)
        {
            logger.LogDebug("Sandbox connection ended: {Reason}", e.GetType().Name);
        }
        finally
        {
            client.Dispose();
            if (!_stopping.IsCancellationRequested)
            {
                _connections.Release();
            }
        }
    }
}
