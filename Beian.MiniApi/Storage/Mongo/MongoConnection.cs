using MongoDB.Bson;
using MongoDB.Driver;

namespace Beian.MiniApi.Storage.Mongo;

/// <summary>The way to the server, and what is said when there is none.</summary>
internal static class MongoConnection
{
    /// <summary>Wire version of MongoDB 6.0, the oldest that is tried.</summary>
    private const int MinWireVersion = 17;

    /// <summary>Name by which the server knows the connections of an instance.</summary>
    public const string Service = "beian-miniapi";

    /// <exception cref="MongoConfigurationException">The connection string cannot be read.</exception>
    public static MongoClient Client(MongoOptions options, string program = Service)
    {
        var settings = MongoClientSettings.FromConnectionString(options.ConnectionString);
        settings.ServerSelectionTimeout = TimeSpan.FromMilliseconds(options.ServerSelectionMilliseconds);
        settings.SocketTimeout = TimeSpan.FromMilliseconds(options.SocketMilliseconds);
        settings.ConnectTimeout = TimeSpan.FromMilliseconds(Math.Min(options.ServerSelectionMilliseconds, 10_000));
        settings.MaxConnectionPoolSize = options.MaxConnections;
        settings.WriteConcern = WriteConcern.WMajority.With(journal: true);
        settings.ReadConcern = ReadConcern.Majority;

        // A read right after a write must see it: from the primary.
        settings.ReadPreference = ReadPreference.Primary;
        settings.RetryWrites = true;
        settings.RetryReads = true;
        settings.ApplicationName = program;
        return new MongoClient(settings);
    }

    /// <summary>The database, once a server has answered.</summary>
    /// <exception cref="InvalidDataException">The server is older than this program can use.</exception>
    public static IMongoDatabase Database(MongoClient client, MongoOptions options)
    {
        var database = client.GetDatabase(options.Database);
        var hello = client.GetDatabase("admin").RunCommand<BsonDocument>(new BsonDocument("hello", 1));
        if (hello.GetValue("maxWireVersion", 0).ToInt32() < MinWireVersion)
        {
            throw new InvalidDataException("Storage:Mongo: the server is older than MongoDB 6.0, which is the oldest that this program is tried on: upgrade it.");
        }

        return database;
    }

    /// <summary>One sentence with the remedy; hosts may be in it, the login never.</summary>
    public static string Explain(Exception e, MongoOptions options) => e switch
    {
        MongoConfigurationException or FormatException => "Storage:Mongo:ConnectionString cannot be read: give it as mongodb://name:password@host:27017/?replicaSet=rs0, with special characters of the password percent-encoded.",
        MongoAuthenticationException => $"Storage:Mongo: {Hosts(options)} refuse the login: check name, password and authSource in Storage:Mongo:ConnectionString.",
        TimeoutException when e.InnerException is MongoAuthenticationException || e.Message.Contains("MongoAuthenticationException", StringComparison.Ordinal) =>
            $"Storage:Mongo: {Hosts(options)} refuse the login: check name, password and authSource in Storage:Mongo:ConnectionString.",
        MongoIncompatibleDriverException => "Storage:Mongo: the server is older than MongoDB 6.0, which is the oldest that this program is tried on: upgrade it.",
        TimeoutException when e.Message.Contains("IncompatibleDriver", StringComparison.Ordinal) => "Storage:Mongo: the server is older than MongoDB 6.0, which is the oldest that this program is tried on: upgrade it.",
        MongoCommandException { Code: 13 } => $"Storage:Mongo: the login may not use the database '{options.Database}': give it the role readWrite there.",
        TimeoutException => $"Storage:Mongo: no primary answered at {Hosts(options)} within {options.ServerSelectionMilliseconds} ms: check the hosts, the replica set's name and that it has a primary.",
        _ => $"Storage:Mongo: {Hosts(options)} cannot be used: {e.GetType().Name}.",
    };

    /// <summary>Database and hosts, without the login.</summary>
    public static string Place(MongoOptions options) => $"{Hosts(options)}, database {options.Database}";

    private static string Hosts(MongoOptions options)
    {
        try
        {
            return string.Join(", ", new MongoUrl(options.ConnectionString).Servers.Select(s => s.ToString()));
        }
        catch (MongoConfigurationException)
        {
            return "the servers";
        }
    }
}
