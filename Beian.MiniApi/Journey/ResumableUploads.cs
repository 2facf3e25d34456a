using System.Security.Cryptography;
using System.Text;
using Beian.MiniApi.Storage;

namespace Beian.MiniApi.Journey;

/// <summary>An upload that arrives in pieces, as it is now.</summary>
/// <param name="Offset">Bytes that have arrived.</param>
/// <param name="Metadata">What came with it, as it came; null for nothing.</param>
public sealed record UploadInPieces(string Id, long Length, long Offset, string? Metadata, DateTimeOffset ExpiresAt);

/// <summary>Files that arrive in pieces until they are added to a filing as papers.</summary>
public sealed partial class ResumableUploads(IResumableUploadStore store, IUploadPieces pieces, TimeProvider time, ILogger<ResumableUploads> log)
{
    /// <summary>How long an unfinished upload is kept.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    /// <summary>Null when the owner has too many under way.</summary>
    public async Task<UploadInPieces?> CreateAsync(string ownerId, long length, string? metadata, int maxOpen, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

        // Whole seconds, as the header that tells it has.
        var expires = DateTimeOffset.FromUnixTimeSeconds((now + Lifetime).ToUnixTimeSeconds());
        var upload = new ResumableUpload(id, ownerId, length, metadata is null ? null : Encoding.UTF8.GetBytes(metadata), expires);
        return await store.AddAsync(upload, maxOpen, now, cancellationToken) ? new UploadInPieces(id, length, 0, metadata, expires) : null;
    }

    /// <summary>Null for one that is not there, not theirs, or expired.</summary>
    public async Task<UploadInPieces?> FindAsync(string id, string ownerId, CancellationToken cancellationToken) =>
        await store.FindAsync(id, ownerId, time.GetUtcNow(), cancellationToken) is { } upload
            ? new UploadInPieces(id, upload.Length, await pieces.OffsetOfAsync(id, cancellationToken), upload.Metadata is null ? null : Encoding.UTF8.GetString(upload.Metadata), upload.ExpiresAt)
            : null;

    /// <summary>The new offset, or null when these are not the bytes that come next. An upload whose key does not open is forgotten.</summary>
    public async Task<long?> AppendAsync(UploadInPieces upload, Stream content, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(upload);
        return await GuardedAsync(upload.Id, async () => await pieces.AppendAsync(upload.Id, upload.Offset, content, upload.Length - upload.Offset, cancellationToken));
    }

    /// <summary>The whole file, from its start, every byte as it came. Null when it is not as it came: then it is forgotten, and has to be sent anew.</summary>
    public Task<Stream?> OpenReadAsync(string id) => GuardedAsync(id, () => pieces.OpenReadAsync(id, CancellationToken.None));

    public async Task DeleteAsync(string id, CancellationToken cancellationToken)
    {
        await pieces.DeleteAsync(id, cancellationToken);
        await store.DeleteAsync(id, cancellationToken);
    }

    /// <summary>Forgets what has expired; returns how many.</summary>
    public async Task<int> PruneAsync(CancellationToken cancellationToken)
    {
        const int AtOnce = 500;
        var expired = await store.ExpiredAsync(time.GetUtcNow(), AtOnce, cancellationToken);
        foreach (var id in expired)
        {
            await DeleteAsync(id, cancellationToken);
        }

        return expired.Count;
    }

    private async Task<T?> GuardedAsync<T>(string id, Func<Task<T?>> work)
    {
        try
        {
            return await work();
        }
        catch (CryptographicException e)
        {
            Altered(e);
            await DeleteAsync(id, CancellationToken.None);
            return default;
        }
    }

    [LoggerMessage(LogLevel.Warning, "An upload in pieces does not open any more, altered on the disk or without its key; it is forgotten, and its sender has to begin anew")]
    private partial void Altered(Exception e);
}
