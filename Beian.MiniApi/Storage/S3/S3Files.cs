using System.Net;
using System.Runtime.CompilerServices;
using Amazon.S3;
using Amazon.S3.Model;

namespace Beian.MiniApi.Storage.S3;

/// <summary>Shared files as objects beside the materials.</summary>
public sealed class S3Files(IAmazonS3 client, S3Options options) : ISharedFiles
{
    public Task PutAsync(string folder, string name, byte[] bytes, CancellationToken cancellationToken) => S3Setup.AskAsync(
        () => client.PutObjectAsync(
            new PutObjectRequest { BucketName = options.Bucket, Key = KeyOf(folder, name), InputStream = new MemoryStream(bytes, writable: false), UseChunkEncoding = false }, cancellationToken),
        cancellationToken);

    public Task<byte[]?> FindAsync(string folder, string name, CancellationToken cancellationToken) => S3Setup.AskAsync(
        async () =>
        {
            try
            {
                using var found = await client.GetObjectAsync(options.Bucket, KeyOf(folder, name), cancellationToken);
                using var bytes = new MemoryStream();
                await found.ResponseStream.CopyToAsync(bytes, cancellationToken);
                return bytes.ToArray();
            }
            catch (AmazonS3Exception e) when (e.StatusCode == HttpStatusCode.NotFound)
            {
                return null;
            }
        },
        cancellationToken);

    public Task DeleteAsync(string folder, string name, CancellationToken cancellationToken) =>
        S3Setup.AskAsync(() => client.DeleteObjectAsync(options.Bucket, KeyOf(folder, name), cancellationToken), cancellationToken);

    public async IAsyncEnumerable<string> NamesAsync(string folder, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var request = new ListObjectsV2Request { BucketName = options.Bucket, Prefix = KeyOf(folder, string.Empty) };
        ListObjectsV2Response page;
        do
        {
            page = await S3Setup.AskAsync(() => client.ListObjectsV2Async(request, cancellationToken), cancellationToken);
            foreach (var found in page.S3Objects ?? [])
            {
                yield return found.Key[request.Prefix.Length..];
            }

            request.ContinuationToken = page.NextContinuationToken;
        }
        while (page.IsTruncated == true);
    }

    private string KeyOf(string folder, string name) => $"{options.Prefix}{folder}/{name}";
}
