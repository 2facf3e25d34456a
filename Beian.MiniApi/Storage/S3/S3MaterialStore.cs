using System.Net;
using Amazon.S3;
using Amazon.S3.Model;
using Beian.MiniApi.Vault;

namespace Beian.MiniApi.Storage.S3;

/// <summary>
/// Materials as objects of an S3-compatible service (AWS, Tencent COS, Alibaba OSS, MinIO), one object an id. What arrives is staged on the local disk, because
/// it is looked into before it is kept; it is sent from there in pieces, so that memory does not grow with the file. Kept means that the service has said so.
/// </summary>
/// <param name="client">Speaks to the service.</param>
/// <param name="options">Where in it.</param>
/// <param name="staging">Takes in what arrives, on this machine.</param>
/// <param name="sealer">Seals the keys of the materials; the service gets no plain byte.</param>
public sealed class S3MaterialStore(IAmazonS3 client, S3Options options, IMaterialStore staging, Sealer sealer) : IMaterialStore, IDisposable
{
    /// <summary>Files above this are sent in parts of this size, 8 MiB; the service asks for at least 5.</summary>
    private const long PartBytes = 8 * 1024 * 1024;

    private const int IdChars = 32;

    public Task<StagedMaterial?> StageAsync(Stream content, long maxBytes, CancellationToken cancellationToken) => staging.StageAsync(content, maxBytes, cancellationToken);

    public async Task CommitAsync(StagedMaterial staged, string materialId, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(staged);
        var key = KeyOf(materialId) ?? throw new ArgumentException("Not an id of this store.", nameof(materialId));
        cancellationToken.ThrowIfCancellationRequested();
        await using var content = staged.OpenSealed(sealer, materialId);
        await S3Setup.AskAsync(async () =>
        {
            if (content.Length > PartBytes * 2)
            {
                await SendPartsAsync(key, content, content.Length);
            }
            else
            {
                await client.PutObjectAsync(new PutObjectRequest { BucketName = options.Bucket, Key = key, InputStream = content, AutoCloseStream = false, UseChunkEncoding = false }, CancellationToken.None);
            }

            return true;
        }, CancellationToken.None);
    }

    public async Task<Stream?> OpenAsync(string materialId, CancellationToken cancellationToken)
    {
        if (KeyOf(materialId) is not { } key || await LengthAsync(key, cancellationToken) is not { } length)
        {
            return null;
        }

        var kept = new S3ReadStream(client, options.Bucket, key, length);
        try
        {
            var header = new byte[SealedContent.HeaderBytes];
            var read = await kept.ReadAtLeastAsync(header, header.Length, throwOnEndOfStream: false, cancellationToken);
            return await ContentStream.OpenAsync(kept, SealedContent.KeyOf(sealer, materialId, header.AsSpan(0, read)), cancellationToken);
        }
        catch
        {
            await kept.DisposeAsync();
            throw;
        }
    }

    public async Task<bool> DeleteAsync(string materialId, CancellationToken cancellationToken)
    {
        if (KeyOf(materialId) is not { } key || await LengthAsync(key, cancellationToken) is null)
        {
            return false;
        }

        await S3Setup.AskAsync(() => client.DeleteObjectAsync(options.Bucket, key, cancellationToken), cancellationToken);
        return true;
    }

    /// <summary>Also ends sendings in parts that a stop left open: the service charges for them and lists them nowhere else.</summary>
    public async Task<int> SweepStagedAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        var removed = await staging.SweepStagedAsync(before, cancellationToken);
        var open = await S3Setup.AskAsync(() => client.ListMultipartUploadsAsync(new ListMultipartUploadsRequest { BucketName = options.Bucket, Prefix = options.Prefix }, cancellationToken), cancellationToken);
        foreach (var upload in open.MultipartUploads?.Where(u => u.Initiated?.ToUniversalTime() < before.UtcDateTime) ?? [])
        {
            await S3Setup.AskAsync(() => client.AbortMultipartUploadAsync(options.Bucket, upload.Key, upload.UploadId, cancellationToken), cancellationToken);
            removed++;
        }

        return removed;
    }

    public async Task<int> SweepOrphansAsync(DateTimeOffset before, Func<string, CancellationToken, Task<bool>> isKnown, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(isKnown);
        var removed = 0;
        var request = new ListObjectsV2Request { BucketName = options.Bucket, Prefix = options.Prefix };
        ListObjectsV2Response page;
        do
        {
            page = await S3Setup.AskAsync(() => client.ListObjectsV2Async(request, cancellationToken), cancellationToken);
            foreach (var found in page.S3Objects ?? [])
            {
                var id = found.Key[options.Prefix.Length..];
                if (KeyOf(id) is { } key && found.LastModified?.ToUniversalTime() < before.UtcDateTime && !await isKnown(id, cancellationToken))
                {
                    await S3Setup.AskAsync(() => client.DeleteObjectAsync(options.Bucket, key, cancellationToken), cancellationToken);
                    removed++;
                }
            }

            request.ContinuationToken = page.NextContinuationToken;
        }
        while (page.IsTruncated == true);
        return removed;
    }

    public void Dispose() => client.Dispose();

    private async Task SendPartsAsync(string key, Stream content, long size)
    {
        var upload = await client.InitiateMultipartUploadAsync(new InitiateMultipartUploadRequest { BucketName = options.Bucket, Key = key }, CancellationToken.None);
        try
        {
            var parts = new List<PartETag>();
            for (long at = 0; at < size; at += PartBytes)
            {
                var part = await client.UploadPartAsync(
                    new UploadPartRequest
                    {
                        BucketName = options.Bucket,
                        Key = key,
                        UploadId = upload.UploadId,
                        PartNumber = parts.Count + 1,
                        InputStream = content,
                        PartSize = Math.Min(PartBytes, size - at),
                        UseChunkEncoding = false,
                    },
                    CancellationToken.None);
                parts.Add(new PartETag(parts.Count + 1, part.ETag));
            }

            await client.CompleteMultipartUploadAsync(new CompleteMultipartUploadRequest { BucketName = options.Bucket, Key = key, UploadId = upload.UploadId, PartETags = parts }, CancellationToken.None);
        }
        catch
        {
            await client.AbortMultipartUploadAsync(options.Bucket, key, upload.UploadId, CancellationToken.None);
            throw;
        }
    }

    /// <summary>Null when there is no such object.</summary>
    private Task<long?> LengthAsync(string key, CancellationToken cancellationToken) => S3Setup.AskAsync<long?>(async () =>
    {
        try
        {
            return (await client.GetObjectMetadataAsync(options.Bucket, key, cancellationToken)).ContentLength;
        }
        catch (AmazonS3Exception e) when (e.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
    }, cancellationToken);

    /// <summary>Null for anything that is not one of our ids.</summary>
    private string? KeyOf(string id) => id.Length == IdChars && id.All(char.IsAsciiHexDigitLower) ? options.Prefix + id : null;
}
