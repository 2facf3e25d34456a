using System.ComponentModel.DataAnnotations;
using Microsoft.Extensions.Options;

namespace Beian.MiniApi.Storage;

/// <summary>The MongoDB deployment that keeps the data where <c>Storage:Engine</c> is <c>mongo</c>.</summary>
public sealed class MongoOptions
{
    public const string Section = "Storage:Mongo";

    /// <summary>Address with hosts, replica set and login: <c>mongodb://name:password@a,b,c/?replicaSet=rs0</c>. Secret, never logged; no default.</summary>
    public string? ConnectionString { get; set; }

    /// <summary>Name of the database; default <c>beian</c>.</summary>
    [RegularExpression("[A-Za-z0-9_-]{1,38}", ErrorMessage = "Storage:Mongo:Database must be 1 to 38 letters, digits, '_' or '-'.")]
    public string Database { get; set; } = "beian";

    /// <summary>Milliseconds to wait for a server that takes the call, an election included; afterwards the call is answered with 503. Default 10,000.</summary>
    [Range(500, 60_000)]
    public int ServerSelectionMilliseconds { get; set; } = 10_000;

    /// <summary>Milliseconds that a server may be silent in the middle of a call; default 20,000.</summary>
    [Range(500, 300_000)]
    public int SocketMilliseconds { get; set; } = 20_000;

    /// <summary>Most connections of one instance; default 100.</summary>
    [Range(1, 10_000)]
    public int MaxConnections { get; set; } = 100;
}

/// <summary>What has to be said where the engine is chosen.</summary>
internal sealed class MongoOptionsDemands(IConfiguration configuration) : IValidateOptions<MongoOptions>
{
    public ValidateOptionsResult Validate(string? name, MongoOptions options)
    {
        // One that is not in the build is refused as that, and by nothing else; so the options that are refused are not asked either.
        if (configuration[$"{StorageOptions.Section}:{nameof(StorageOptions.Engine)}"] != StorageOptions.Mongo || !Engines.HasMongo)
        {
            return ValidateOptionsResult.Skip;
        }

        return Missing(options) is { } missing ? ValidateOptionsResult.Fail(missing) : ValidateOptionsResult.Success;
    }

    /// <summary>What is wrong with the address, or null. The string itself may hold a password, so it is not repeated.</summary>
    internal static string? Missing(MongoOptions options) => options.ConnectionString switch
    {
        null or "" => "Storage:Mongo:ConnectionString is missing: Storage:Engine 'mongo' needs it, as mongodb://host:27017/?replicaSet=rs0.",
        _ when !options.ConnectionString.StartsWith("mongodb://", StringComparison.Ordinal) && !options.ConnectionString.StartsWith("mongodb+srv://", StringComparison.Ordinal) =>
            "Storage:Mongo:ConnectionString must begin with mongodb:// or mongodb+srv://.",
        _ => null,
    };
}
