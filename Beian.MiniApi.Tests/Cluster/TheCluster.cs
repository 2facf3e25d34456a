#if CLUSTER
using System.Net;
using System.Net.Sockets;
using Beian.MiniApi.Storage;
using Beian.MiniApi.Storage.Mongo;
using Beian.MiniApi.Tests.Fixtures;
using MongoDB.Bson;
using MongoDB.Driver;

namespace Beian.MiniApi.Tests.Cluster;

/// <summary>
/// Two instances over one MongoDB, one Redis and one object store, behind a proxy that gives each new connection to the next of them; a third program plays the outside world for both. MongoDB is where
/// <c>BEIAN_TEST_MONGO</c> says, Redis where <c>BEIAN_TEST_REDIS</c> says.
/// </summary>
public sealed class TheCluster : IAsyncDisposable
{
    private static readonly string Key = Convert.ToBase64String(Enumerable.Repeat((byte)5, 32).ToArray());

    private readonly AuditSecret _secret = new(Enumerable.Repeat((byte)6, 32).ToArray());
    private readonly string _folder = Path.Combine(Path.GetTempPath(), "beian-cluster-" + Guid.NewGuid().ToString("N"));
    private readonly string _database = "beian-test-" + Guid.NewGuid().ToString("N")[..12];
    private readonly S3Server _bucket;
    private readonly ChildProgram _world;
    private readonly ChildProgram?[] _instances = new ChildProgram?[2];
    private readonly (string Key, string Value)[] _settings;

    private TheCluster(S3Server bucket, ChildProgram world, (string Key, string Value)[] settings)
    {
        (_bucket, _world) = (bucket, world);
        _settings =
        [
            .. TestApp.NoLimits,
            ("Storage:Engine", "mongo"),
            ("Storage:Mongo:ConnectionString", Mongo),
            ("Storage:Mongo:Database", _database),
            ("Cache:Engine", "redis"),
            ("Cache:Redis", Redis),
            ("Cache:Prefix", _database + ":"),
            ("Storage:Materials", "s3"),
            ("Storage:S3:ServiceUrl", bucket.Address),
            ("Storage:S3:Bucket", S3Server.Bucket),
            ("Storage:S3:AccessKey", S3Server.AccessKey),
            ("Storage:S3:SecretKey", S3Server.SecretKey),
            ("Storage:S3:PathStyle", "true"),
            ("Auth:SigningKeys:0:Id", "k1"),
            ("Auth:SigningKeys:0:Key", Key),
            ("Keys:BlindIndex", Key),
            ("Keys:Audit", Convert.ToBase64String(Enumerable.Repeat((byte)6, 32).ToArray())),
            ("Keys:Ring:Active", "r1"),
            ("Keys:Ring:Keys:0:Id", "r1"),
            ("Keys:Ring:Keys:0:Key", Key),
            ("Sandbox:PlayedBy", world.Address.ToString()),
            .. settings,
        ];
    }

    public static string Mongo => Environment.GetEnvironmentVariable("BEIAN_TEST_MONGO") ?? throw new InvalidOperationException("BEIAN_TEST_MONGO names no server.");

    public static string Redis => Environment.GetEnvironmentVariable("BEIAN_TEST_REDIS") ?? throw new InvalidOperationException("BEIAN_TEST_REDIS names no server.");

    /// <summary>Where applicants and reviewers go.</summary>
    public Uri Address => Proxy.Address;

    public RoundRobin Proxy { get; private set; } = null!;

    public ChildProgram this[int instance] => _instances[instance]!;

    public static Task<TheCluster> StartAsync(params (string Key, string Value)[] settings) => StartAsync(settings, []);

    /// <param name="settings">Of both instances.</param>
    /// <param name="ofSecond">Of the second one alone.</param>
    public static async Task<TheCluster> StartAsync((string Key, string Value)[] settings, (string Key, string Value)[] ofSecond)
    {
        var bucket = await S3Server.StartAsync();
        var world = await ChildProgram.StartAsync(Path.Combine(Path.GetTempPath(), "beian-world-" + Guid.NewGuid().ToString("N")), ChildProgram.FreePort(), TestApp.NoLimits);
        var cluster = new TheCluster(bucket, world, settings);
        int[] ports = [ChildProgram.FreePort(), ChildProgram.FreePort()];
        cluster.Proxy = new RoundRobin(ports);
        try
        {
            await Task.WhenAll(cluster.StartInstanceAsync(0), cluster.StartInstanceAsync(1, ofSecond));
        }
        catch
        {
            await cluster.DisposeAsync();
            throw;
        }

        return cluster;
    }

    /// <summary>Starts an instance that is not there, on its old port, and lets the proxy use it once it is ready.</summary>
    public async Task StartInstanceAsync(int instance, params (string Key, string Value)[] settings)
    {
        _instances[instance] = await ChildProgram.StartAsync(Path.Combine(_folder, "i" + instance), Proxy.Ports[instance], [.. _settings, .. settings]);
        Proxy.Use(instance, true);
    }

    /// <summary>SIGKILL; the proxy finds out by itself.</summary>
    public async Task KillAsync(int instance)
    {
        await _instances[instance]!.KillAsync();
        await _instances[instance]!.DisposeAsync();
        _instances[instance] = null;
    }

    /// <summary>SIGTERM; ends when it has ended by itself, with its exit code.</summary>
    public async Task<int> TerminateAsync(int instance)
    {
        var code = await _instances[instance]!.TerminateAsync();
        await _instances[instance]!.DisposeAsync();
        _instances[instance] = null;
        return code;
    }

    /// <summary>What is wrong with the audit trail that the instances wrote together; one line each.</summary>
    public IReadOnlyList<string> AuditFaults()
    {
        using var examiner = new MongoExaminer(new MongoOptions { ConnectionString = Mongo, Database = _database }, () => _secret);
        var verdict = examiner.VerifyAudit([], null, default);
        return [.. verdict.Faults.Select(f => f.Text), .. verdict.Entries > 0 ? Array.Empty<string>() : ["There is no entry."]];
    }

    /// <summary>An administrator's command to the server of MongoDB.</summary>
    public static async Task CommandAsync(BsonDocument command)
    {
        using var client = new MongoClient(Mongo);
        await client.GetDatabase("admin").RunCommandAsync<BsonDocument>(command);
    }

    public async ValueTask DisposeAsync()
    {
        Proxy.Dispose();
        foreach (var instance in _instances.OfType<ChildProgram>())
        {
            await instance.DisposeAsync();
        }

        await _world.DisposeAsync();
        await _bucket.DisposeAsync();
        using var client = new MongoClient(Mongo);
        await client.DropDatabaseAsync(_database);
        if (Directory.Exists(_folder))
        {
            Directory.Delete(_folder, recursive: true);
        }
    }
}

/// <summary>A proxy of connections: each new one goes to the next instance that takes it.</summary>
public sealed class RoundRobin : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly bool[] _isUsed;
    private int _next;

    public RoundRobin(int[] ports)
    {
        (Ports, _isUsed) = (ports, new bool[ports.Length]);
        _listener.Start();
        _ = AcceptAsync();
    }

    public int[] Ports { get; }

    public Uri Address => new($"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}");

    /// <summary>Connections given to each instance so far.</summary>
    public int[] Given { get; } = new int[2];

    public void Use(int instance, bool isUsed) => _isUsed[instance] = isUsed;

    public void Dispose() => _listener.Stop();

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await _listener.AcceptTcpClientAsync());
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Stopped.
        }
    }

    private async Task ServeAsync(TcpClient from)
    {
        using (from)
        {
            for (var i = 0; i < Ports.Length; i++)
            {
                var instance = Interlocked.Increment(ref _next) % Ports.Length;
                if (!_isUsed[instance])
                {
                    continue;
                }

                using var to = new TcpClient();
                try
                {
                    await to.ConnectAsync(IPAddress.Loopback, Ports[instance]);
                }
                catch (SocketException)
                {
                    // It is down: not asked again until somebody says that it is back.
                    _isUsed[instance] = false;
                    continue;
                }

                Interlocked.Increment(ref Given[instance]);
                await BothWaysAsync(from, to);
                return;
            }
        }
    }

    private static async Task BothWaysAsync(TcpClient from, TcpClient to)
    {
        var (a, b) = (from.GetStream(), to.GetStream());
        try
        {
            await await Task.WhenAny(a.CopyToAsync(b), b.CopyToAsync(a));
        }
        catch (IOException)
        {
            // One side is gone; the other one is closed with this.
        }
    }
}
#endif
