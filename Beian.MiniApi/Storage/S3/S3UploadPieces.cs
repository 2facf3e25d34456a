using System.Globalization;
using System.Security.Cryptography;
using Amazon.S3;
using Amazon.S3.Model;
using Beian.MiniApi.Storage.Files;

namespace Beian.MiniApi.Storage.S3;

/// <summary>
/// Uploads in pieces that any instance can go on with: each sending is taken in on this machine, sealed as every upload is, and becomes an object of its own. The names say from where and how much, so that
/// the objects that follow on each other are the whole, whoever sent them, and one that was sent twice does no harm.
/// </summary>
/// <param name="client">Speaks to the service.</param>
/// <param name="options">Where in it.</param>
/// <param name="files">Takes in what arrives, and puts the whole together, on this machine.</param>
public sealed class S3UploadPieces(IAmazonS3 client, S3Options options, FileUploadPieces files) : IUploadPieces
{
    public async Task<long> OffsetOfAsync(string id, CancellationToken cancellationToken) => (await PiecesAsync(id, cancellationToken)).Sum(p => p.Length);

    public async Task<long?> AppendAsync(string id, long offset, Stream content, long maxBytes, CancellationToken cancellationToken)
    {
        if (await OffsetOfAsync(id, cancellationToken) != offset)
        {
            return null;
        }

        var here = NewId();
        var arrived = 0L;
        try
        {
            await files.AppendAsync(here, 0, content, maxBytes, cancellationToken);
        }
        finally
        {
            // What has come is kept, even when its sender is gone by now.
            arrived = await files.OffsetOfAsync(here, CancellationToken.None);
            if (arrived > 0)
            {
                await SendAsync(id, new Piece(offset, arrived, here));
            }

            await files.DeleteAsync(here, CancellationToken.None);
        }

        return offset + arrived;
    }

    public async Task<Stream?> OpenReadAsync(string id, CancellationToken cancellationToken)
    {
        var pieces = await PiecesAsync(id, cancellationToken);
        if (pieces.Count == 0)
        {
            return null;
        }

        var whole = NewId();
        try
        {
            foreach (var piece in pieces)
            {
                await FetchAsync(id, piece, cancellationToken);
                await using (var plain = await files.OpenReadAsync(piece.Here, cancellationToken))
                {
                    await files.AppendAsync(whole, piece.Offset, plain!, piece.Length, cancellationToken);
                }

                await files.DeleteAsync(piece.Here, CancellationToken.None);
            }

            return await files.OpenReadAsync(whole, cancellationToken);
        }
        finally
        {
            // What is open stays readable; systems that do not allow this keep the file until the sweep.
            await DeleteQuietlyAsync(whole);
            foreach (var piece in pieces)
            {
                await DeleteQuietlyAsync(piece.Here);
            }
        }
    }

    public async Task DeleteAsync(string id, CancellationToken cancellationToken)
    {
        foreach (var key in await KeysAsync(id, cancellationToken))
        {
            await S3Setup.AskAsync(() => client.DeleteObjectAsync(options.Bucket, key, cancellationToken), cancellationToken);
        }
    }

    private static string NewId() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    private async Task SendAsync(string id, Piece piece)
    {
        await using var content = new FileStream(files.PathOf(piece.Here), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        await S3Setup.AskAsync(
            () => client.PutObjectAsync(
                new PutObjectRequest { BucketName = options.Bucket, Key = Folder(id) + piece, InputStream = content, AutoCloseStream = false, UseChunkEncoding = false }, CancellationToken.None),
            CancellationToken.None);
    }

    private Task<bool> FetchAsync(string id, Piece piece, CancellationToken cancellationToken) => S3Setup.AskAsync(
        async () =>
        {
            using var found = await client.GetObjectAsync(options.Bucket, Folder(id) + piece, cancellationToken);
            await using var file = Folders.NewFile(files.PathOf(piece.Here));
            await found.ResponseStream.CopyToAsync(file, cancellationToken);
            return true;
        },
        cancellationToken);

    /// <summary>The pieces that follow on each other from the beginning, in the way that reaches furthest: a sending that came late must not hide what others have built on.</summary>
    private async Task<List<Piece>> PiecesAsync(string id, CancellationToken cancellationToken)
    {
        var best = new Dictionary<long, (long Reach, Piece Next)>();
        foreach (var piece in (await KeysAsync(id, cancellationToken)).Select(k => Piece.Parse(k[Folder(id).Length..])).OfType<Piece>().Where(p => p.Length > 0).OrderByDescending(p => p.Offset))
        {
            var end = piece.Offset + piece.Length;
            var reach = best.TryGetValue(end, out var on) ? on.Reach : end;
            if (!best.TryGetValue(piece.Offset, out var known) || known.Reach < reach)
            {
                best[piece.Offset] = (reach, piece);
            }
        }

        var whole = new List<Piece>();
        for (var offset = 0L; best.TryGetValue(offset, out var next); offset += next.Next.Length)
        {
            whole.Add(next.Next);
        }

        return whole;
    }

    private async Task<List<string>> KeysAsync(string id, CancellationToken cancellationToken)
    {
        var keys = new List<string>();
        var request = new ListObjectsV2Request { BucketName = options.Bucket, Prefix = Folder(id) };
        ListObjectsV2Response page;
        do
        {
            page = await S3Setup.AskAsync(() => client.ListObjectsV2Async(request, cancellationToken), cancellationToken);
            keys.AddRange(page.S3Objects?.Select(o => o.Key) ?? []);
            request.ContinuationToken = page.NextContinuationToken;
        }
        while (page.IsTruncated == true);
        return keys;
    }

    private async Task DeleteQuietlyAsync(string here)
    {
        try
        {
            await files.DeleteAsync(here, CancellationToken.None);
        }
        catch (IOException)
        {
        }
    }

    private string Folder(string id) => $"{options.Prefix}uploads/{id}/";

    /// <param name="Offset">Where it begins.</param>
    /// <param name="Length">Bytes in the clear.</param>
    /// <param name="Here">Id under which its bytes are sealed.</param>
    private sealed record Piece(long Offset, long Length, string Here)
    {
        public static Piece? Parse(string name) =>
            name.Split('-') is [var offset, var length, { Length: 32 } here] && long.TryParse(offset, NumberStyles.None, CultureInfo.InvariantCulture, out var at)
                && long.TryParse(length, NumberStyles.None, CultureInfo.InvariantCulture, out var bytes)
                ? new Piece(at, bytes, here)
                : null;

        public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Offset}-{Length}-{Here}");
    }
}
