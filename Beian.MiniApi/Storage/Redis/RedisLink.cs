using System.Security.Cryptography;
using System.Text;
using Beian.MiniApi.Coordination;
using Microsoft.Extensions.Options;
using StackExchange.Redis;

namespace Beian.MiniApi.Storage.Redis;

/// <summary>What came of asking Redis.</summary>
/// <param name="IsAnswered">False while it is away.</param>
/// <param name="Value">The answer.</param>
internal readonly record struct Asked<T>(bool IsAnswered, T Value);

/// <summary>
/// The one way to Redis. Every question has a deadline; the first that is not answered makes Redis away, and nobody waits for it any more until a look from the
/// background finds it again. Both are said once.
/// </summary>
internal sealed partial class RedisLink(IOptions<CacheOptions> options, TimeProvider time, ILogger<RedisLink> log) : ICoordinationState, IAsyncDisposable
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan LookPatience = TimeSpan.FromSeconds(1);

    /// <summary>A connection over which nothing has come for that long while it was looked at is given up for a new one, 10 s.</summary>
    private static readonly TimeSpan RenewAfter = TimeSpan.FromSeconds(10);

    /// <summary>Does what the others do: asks for the time and writes, which servers before 5 and read-only ones refuse.</summary>
    private const string Look = "redis.call('TIME') redis.call('SET', KEYS[1], '1', 'PX', 5000) return 1";

    private readonly TimeSpan _patience = TimeSpan.FromMilliseconds(options.Value.TimeoutMilliseconds);
    private readonly CancellationTokenSource _ended = new();
    private readonly Lock _gate = new();
    private readonly List<Func<IConnectionMultiplexer, Task>> _whenConnected = [];
    private Task<ConnectionMultiplexer>? _connection;
    private volatile bool _away;
    private bool _isDisposed;

    public bool IsAway => _away;

    public bool IsAlone => false;

    /// <summary>To be done with every new connection, and after each time Redis was away. May be done twice.</summary>
    public void WhenConnected(Func<IConnectionMultiplexer, Task> act)
    {
        lock (_gate)
        {
            _whenConnected.Add(act);
        }
    }

    /// <summary>Connects in the background.</summary>
    public void Begin() => _ = Task.Run(() => AskAsync(LookAsync, CancellationToken.None).AsTask());

    /// <summary>Asks within <see cref="CacheOptions.TimeoutMilliseconds"/>, the connecting included.</summary>
    /// <exception cref="OperationCanceledException">The caller does not wait any longer.</exception>
    public async ValueTask<Asked<T>> AskAsync<T>(Func<IDatabase, Task<T>> ask, CancellationToken cancellationToken)
    {
        if (_away)
        {
            return default;
        }

        try
        {
            return new Asked<T>(true, await OverAsync(ask).WaitAsync(_patience, cancellationToken));
        }
        catch (Exception e) when (IsFailure(e))
        {
            GoAway(e);
            return default;
        }
    }

    /// <summary>A key or channel of ours.</summary>
    public string Key(string kind, string name) => $"{options.Value.Prefix}{kind}:{name}";

    /// <summary>A key that does not tell whom it is about.</summary>
    public string Digest(string kind, string name) => Key(kind, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 16)));

    public async ValueTask DisposeAsync()
    {
        Task<ConnectionMultiplexer>? connection;
        lock (_gate)
        {
            // The container disposes it once for each service that it is.
            if (_isDisposed)
            {
                return;
            }

            (_isDisposed, connection) = (true, _connection);
        }

        await _ended.CancelAsync();

        await CloseAsync(connection);
        _ended.Dispose();
    }

    private async Task<T> OverAsync<T>(Func<IDatabase, Task<T>> ask)
    {
        var connection = Connection();
        var redis = connection.IsCompletedSuccessfully ? connection.Result : await connection;
        return await ask(redis.GetDatabase());
    }

    private Task<ConnectionMultiplexer> Connection()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isDisposed, this);
            return _connection = _connection is null or { IsFaulted: true } ? Task.Run(ConnectAsync) : _connection;
        }
    }

    private async Task<ConnectionMultiplexer> ConnectAsync()
    {
        var settings = ConfigurationOptions.Parse(options.Value.Redis!);
        settings.AbortOnConnectFail = false;
        settings.BacklogPolicy = BacklogPolicy.FailFast;
        settings.ClientName ??= "beian";
        settings.ConnectRetry = 1;
        settings.ConnectTimeout = 2000;
        settings.AsyncTimeout = 1000;
        settings.SyncTimeout = 1000;
        settings.KeepAlive = 5;
        settings.ReconnectRetryPolicy = new LinearRetry(500);
        settings.IncludeDetailInExceptions = false;
        var redis = await ConnectionMultiplexer.ConnectAsync(settings);
        try
        {
            if (redis.IsConnected)
            {
                await TellConnectedAsync(redis);
            }
        }
        catch (Exception e) when (IsFailure(e))
        {
            // Told again when it has come back.
            GoAway(e);
        }

        return redis;
    }

    private async Task TellConnectedAsync(ConnectionMultiplexer redis)
    {
        Func<IConnectionMultiplexer, Task>[] acts;
        lock (_gate)
        {
            acts = [.. _whenConnected];
        }

        foreach (var act in acts)
        {
            await act(redis);
        }
    }

    private void GoAway(Exception failure)
    {
        lock (_gate)
        {
            if (_away || _isDisposed)
            {
                return;
            }

            _away = true;
        }

        _ = Task.Run(() => ComeBackAsync(failure));
    }

    private async Task ComeBackAsync(Exception failure)
    {
        var since = time.GetTimestamp();
        var renewed = since;
        Exception? told = null;
        while (!_ended.IsCancellationRequested)
        {
            try
            {
                var redis = await Connection().WaitAsync(LookPatience, _ended.Token);
                await LookAsync(redis.GetDatabase()).WaitAsync(LookPatience, _ended.Token);
                await TellConnectedAsync(redis).WaitAsync(LookPatience, _ended.Token);
                break;
            }
            catch (Exception e) when (IsFailure(e))
            {
                failure = e;
            }
            catch (OperationCanceledException)
            {
                return;
            }

            // Told only now: a single late answer is not worth a line. Where the look was late as well, the cause is told once it is known.
            if ((told is null || (IsKnown(failure) && !IsKnown(told))) && !_ended.IsCancellationRequested)
            {
                told = failure;
                WentAway(Why(failure));
            }

            if (time.GetElapsedTime(renewed) > RenewAfter)
            {
                renewed = time.GetTimestamp();
                Renew();
            }

            await Task.Delay(LookEvery, CancellationToken.None);
        }

        _away = false;
        if (told is not null)
        {
            CameBack(time.GetElapsedTime(since).TotalSeconds);
        }
    }

    private void Renew()
    {
        Task<ConnectionMultiplexer>? old;
        lock (_gate)
        {
            (old, _connection) = (_connection, null);
        }

        _ = Task.Run(() => CloseAsync(old));
    }

    private static async Task CloseAsync(Task<ConnectionMultiplexer>? connection)
    {
        try
        {
            if (connection is not null)
            {
                await (await connection).CloseAsync(allowCommandsToComplete: false).WaitAsync(LookPatience);
                (await connection).Dispose();
            }
        }
        catch (Exception e) when (IsFailure(e))
        {
            // It was broken, which is why it is closed.
        }
    }

    private Task<bool> LookAsync(IDatabase database) => AnsweredAsync(database.ScriptEvaluateAsync(Look, [Key("look", Environment.MachineName)]));

    private static async Task<bool> AnsweredAsync(Task<RedisResult> asked)
    {
        await asked;
        return true;
    }

    private static bool IsFailure(Exception e) => e is TimeoutException or RedisException or RedisCommandException or ObjectDisposedException;

    /// <summary>In our own words: what the client says may hold addresses and more.</summary>
    private static string Why(Exception failure) => failure switch
    {
        RedisConnectionException refused when IsRefused(refused) => "it does not accept the user or password of Cache:Redis",
        RedisServerException refused => $"it refuses a write with {refused.Message.Split(' ')[0]}; it must be Redis 5 or newer, writable, and let this user run scripts",
        TimeoutException => "it does not answer",
        RedisCommandException => "it does not take a command that is needed: look at the options in Cache:Redis",
        _ => "it cannot be reached at the address of Cache:Redis",
    };

    /// <summary>True for what an operator can mend by the line alone; everything else is silence of some kind.</summary>
    private static bool IsKnown(Exception failure) => failure is RedisServerException or RedisCommandException || IsRefused(failure);

    private static bool IsRefused(Exception? failure) =>
        failure is RedisConnectionException { FailureType: ConnectionFailureType.AuthenticationFailure } || (failure is not null && IsRefused(failure.InnerException));

    [LoggerMessage(LogLevel.Warning, "Redis is away: {Why}. Until it is back this instance goes by what it knows itself; nothing is lost")]
    private partial void WentAway(string why);

    [LoggerMessage(LogLevel.Information, "Redis is back after {Seconds:0.0} s")]
    private partial void CameBack(double seconds);
}
