using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Materials;
using Beian.MiniApi.Storage;

namespace Beian.MiniApi.Platform.Uploads;

/// <summary>A file that has arrived, was looked into, and waits on the disk. Dispose it: what was not committed is removed.</summary>
/// <param name="Staged">The bytes.</param>
/// <param name="FileName">Cleaned, for display only.</param>
/// <param name="Facts">Type, sides and length, by content.</param>
public sealed record UploadedFile(StagedMaterial Staged, string FileName, MediaFacts Facts) : IAsyncDisposable
{
    public ValueTask DisposeAsync() => Staged.DisposeAsync();
}

/// <summary>An upload of a material that may be stored. Dispose it: what was not committed is removed.</summary>
/// <param name="Kind">Id of a kind that is uploaded.</param>
/// <param name="Part">One of its parts, or null when it has none.</param>
/// <param name="SiteId">As sent; null when absent or empty. Whether the filing has such a site is for the caller to say.</param>
/// <param name="File">The file.</param>
/// <param name="Hints">What may cost legibility; see <see cref="MaterialHints"/>.</param>
public sealed record Upload(string Kind, string? Part, string? SiteId, UploadedFile File, IReadOnlyList<Finding> Hints) : IAsyncDisposable
{
    /// <summary>The day a letter was signed, as told; null when it was not.</summary>
    public DateOnly? SignedOn { get; init; }

    /// <summary>Under which id it had arrived in pieces; null when it came with the form.</summary>
    public string? UploadId { get; init; }

    /// <summary>What makes two uploads the same: the fields and the file's digest, in hex. Give it to <see cref="Idempotency.Repeats"/>.</summary>
    public string RequestHash => Digest(Kind, Part, SiteId, File.Staged.Sha256, SignedOn?.ToString("O", CultureInfo.InvariantCulture));

    /// <summary>The record a filing keeps of it.</summary>
    /// <param name="id">From <see cref="IMaterialStore.NewId"/>; the id it is committed under.</param>
    /// <param name="now">Business time.</param>
    public Material ToMaterial(string id, DateTimeOffset now) => new(
        id,
        Kind,
        Part,
        SiteId,
        File.FileName,
        File.Facts.ContentType,
        File.Staged.Size,
        File.Staged.Sha256,
        File.Facts.Width,
        File.Facts.Height,
        File.Facts.DurationSeconds,
        now,
        [.. Hints.Select(h => h.Code)])
    { SignedOn = SignedOn };

    public ValueTask DisposeAsync() => File.DisposeAsync();

    private static string Digest(params ReadOnlySpan<string?> parts)
    {
        // Lengths go first, so that no two different forms join into the same text; null differs from empty.
        var text = new StringBuilder();
        foreach (var part in parts)
        {
            text.Append(CultureInfo.InvariantCulture, $"{part?.Length ?? -1}:{part};");
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}
