using System.ComponentModel.DataAnnotations;

namespace Beian.MiniApi.Coordination;

/// <summary>What the instances of the service share beside the database: short notes that may be lost.</summary>
public sealed class CacheOptions
{
    public const string Section = "Cache";

    public const string Memory = "memory";
    public const string RedisEngine = "redis";

    /// <summary>Where the notes are kept: <c>memory</c>, for one instance, or <c>redis</c>, for several, which only the cluster stack has; default <c>memory</c>.</summary>
    [Required]
    [RegularExpression("memory|redis", ErrorMessage = "Cache:Engine must be 'memory' or 'redis'.")]
    public string Engine { get; set; } = Memory;

    /// <summary>Connection string, such as <c>redis:6379,user=beian,password=…,ssl=true</c>; demanded with <c>Cache:Engine</c> <c>redis</c>.</summary>
    public string? Redis { get; set; }

    /// <summary>How long anybody waits for Redis before this instance goes by what it knows itself, 10 to 5,000 ms; default 200.</summary>
    [Range(10, 5000)]
    public int TimeoutMilliseconds { get; set; } = 200;

    /// <summary>Begins every key and channel, so that several installations may share a server; letters, digits and <c>.:_-</c>; default <c>beian:</c>.</summary>
    [Required]
    [RegularExpression("[A-Za-z0-9.:_-]{1,64}", ErrorMessage = "Cache:Prefix must be 1 to 64 letters, digits, dots, colons, hyphens or underscores.")]
    public string Prefix { get; set; } = "beian:";
}
