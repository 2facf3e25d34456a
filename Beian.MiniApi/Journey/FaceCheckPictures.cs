using Beian.MiniApi.Domain.Materials;
using Beian.MiniApi.Domain.Rules;
using Beian.MiniApi.FaceChecks;
using Beian.MiniApi.Platform.Uploads;
using Beian.MiniApi.Storage;
using Microsoft.Extensions.Options;

namespace Beian.MiniApi.Journey;

/// <summary>Keeps the one picture of a face check that a province demands, with the day it goes.</summary>
public sealed class FaceCheckPictures(IMaterialStore store, IOptions<FaceCheckOptions> options)
{
    /// <summary>Stores the bytes; null, with nothing stored, when they are no whole JPEG or PNG or are too many.</summary>
    /// <param name="bytes">As the provider gave them.</param>
    /// <param name="siteId">Whose principal it shows.</param>
    /// <param name="now">Business time.</param>
    /// <param name="cancellationToken">Until the bytes are made durable.</param>
    public async Task<Material?> KeepAsync(byte[] bytes, string siteId, DateTimeOffset now, CancellationToken cancellationToken)
    {
        using var content = new MemoryStream(bytes, writable: false);
        await using var staged = await store.StageAsync(content, MaterialLimits.PictureBytes, cancellationToken);
        if (staged is null || MediaTypes.Of(staged.Head.Span) is not { } media || media == MediaType.Mp4 || !MediaProbe.Inspect(staged, media).TryGet(out var facts, out _))
        {
            return null;
        }

        var id = IMaterialStore.NewId();
        await store.CommitAsync(staged, id, CancellationToken.None);
        return new Material(id, FaceCheckRules.PictureKind, null, siteId, media == MediaType.Png ? "face-check.png" : "face-check.jpg", facts.ContentType, staged.Size, staged.Sha256, facts.Width, facts.Height, null, now, [])
        {
            DeleteAt = now.AddDays(options.Value.PictureDays),
        };
    }

    /// <summary>Deletes the bytes of a picture that no filing names.</summary>
    public Task DropAsync(Material? picture) => picture is null ? Task.CompletedTask : store.DeleteAsync(picture.Id, CancellationToken.None);
}
