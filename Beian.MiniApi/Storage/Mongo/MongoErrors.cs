using System.Text.RegularExpressions;
using MongoDB.Driver;

namespace Beian.MiniApi.Storage.Mongo;

/// <summary>A unique index refused a document; nothing was written.</summary>
/// <param name="index">Name of the index.</param>
#pragma warning disable CA1032, CA1064 // Carries an index to the store that knows what it means; never leaves this room.
internal sealed class MongoDuplicateException(string index, Exception inner) : Exception($"Another document has this value in {index}.", inner)
#pragma warning restore CA1032, CA1064
{
    public string Index { get; } = index;
}

/// <summary>What the driver throws, in the words of the storage room.</summary>
internal static partial class MongoErrors
{
    private const int DuplicateKey = 11000;
    private const int OutOfDiskSpace = 14031;

    /// <summary>Runs one call to the database.</summary>
    /// <exception cref="MongoDuplicateException">A unique index refused it.</exception>
    /// <exception cref="StorageFullException">The server has no room left.</exception>
    /// <exception cref="StorageFailedException">No server took it in time, or it refused for another reason. What it was to write may be there all the same.</exception>
    public static async Task<T> RunAsync<T>(Func<Task<T>> call)
    {
        try
        {
            return await call();
        }
        catch (Exception e) when (e is MongoException or TimeoutException)
        {
            throw Translate(e);
        }
    }

    public static Exception Translate(Exception e) => e switch
    {
        MongoWriteException { WriteError.Category: ServerErrorCategory.DuplicateKey } write => new MongoDuplicateException(IndexIn(write.WriteError.Message), e),
        MongoBulkWriteException { WriteErrors: [{ Category: ServerErrorCategory.DuplicateKey } first, ..] } => new MongoDuplicateException(IndexIn(first.Message), e),
        MongoCommandException { Code: DuplicateKey } command => new MongoDuplicateException(IndexIn(command.Message), e),
        MongoCommandException { Code: OutOfDiskSpace } or MongoWriteException { WriteError.Code: OutOfDiskSpace } => new StorageFullException("There is no room left for the database.", e),
        MongoWriteException or MongoBulkWriteException => new StorageFailedException("The database refused a write: " + e.GetType().Name, e),
        _ => new StorageFailedException("The database did not answer: " + e.GetType().Name, e),
    };

    /// <summary>The index that the server's message names; empty when it names none.</summary>
    private static string IndexIn(string message) => Named().Match(message) is { Success: true } m ? m.Groups[1].Value : string.Empty;

    [GeneratedRegex(@"index: (?:[^ ]*\$)?([A-Za-z0-9_.]+)")]
    private static partial Regex Named();
}
