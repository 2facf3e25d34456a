namespace Beian.MiniApi.Storage;

/// <summary>Lets the copies of a picture go whenever the picture goes, whoever deletes it; around any engine.</summary>
public sealed class CopiesWithTheirPictures(IMaterialStore inner) : IMaterialStore
{
    public Task<StagedMaterial?> StageAsync(Stream content, long maxBytes, CancellationToken cancellationToken) => inner.StageAsync(content, maxBytes, cancellationToken);

    public Task CommitAsync(StagedMaterial staged, string materialId, CancellationToken cancellationToken) => inner.CommitAsync(staged, materialId, cancellationToken);

    public Task<Stream?> OpenAsync(string materialId, CancellationToken cancellationToken) => inner.OpenAsync(materialId, cancellationToken);

    public async Task<bool> DeleteAsync(string materialId, CancellationToken cancellationToken)
    {
        if (MaterialCopyIds.HasCopies(materialId))
        {
            await inner.DeleteAsync(MaterialCopyIds.AuthorityOf(materialId), cancellationToken);
            await inner.DeleteAsync(MaterialCopyIds.WorkingOf(materialId), cancellationToken);
        }

        return await inner.DeleteAsync(materialId, cancellationToken);
    }

    public Task<int> SweepStagedAsync(DateTimeOffset before, CancellationToken cancellationToken) => inner.SweepStagedAsync(before, cancellationToken);

    public Task<int> SweepOrphansAsync(DateTimeOffset before, Func<string, CancellationToken, Task<bool>> isKnown, CancellationToken cancellationToken) =>
        inner.SweepOrphansAsync(before, (id, ct) => isKnown(MaterialCopyIds.PictureOf(id), ct), cancellationToken);
}
