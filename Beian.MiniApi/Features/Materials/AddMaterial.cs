using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Domain.Materials;
using Beian.MiniApi.Domain.Reference;
using Beian.MiniApi.Journey;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Platform.Uploads;

namespace Beian.MiniApi.Features.Materials;

internal static class AddMaterial
{
    public static async Task<Answer> HandleAsync(
        string filingId,
        HttpContext http,
        CurrentUser user,
        FilingDesk desk,
        FilingViews views,
        ReferenceBook book,
        UploadReader uploads,
        MaterialKeeping keeping,
        ResumableUploads pieces,
        Idempotency idempotency,
        CancellationToken cancellationToken)
    {
        if (await desk.OpenAsync(filingId, user.AccountId, cancellationToken) is null)
        {
            return FilingErrors.NotFound().ToAnswer();
        }

        if (!(await uploads.ReadMaterialAsync(http, kind => MaterialFormat.Of(book, kind), cancellationToken, id => ArrivedAsync(pieces, id, user.AccountId, cancellationToken))).TryGet(out var upload, out var refusal))
        {
            return refusal.ToAnswer();
        }

        await using (upload)
        {
            if (idempotency.Repeats(upload.RequestHash) is { } repeated)
            {
                return repeated;
            }

            var answer = await keeping.KeepAsync(
                filingId, upload, null, user, paper => Answer.Created($"/api/v1/filings/{filingId}/materials/{paper.Id}", views.Of(paper)), cancellationToken);
            if (answer.Error is null && upload.UploadId is { } id)
            {
                await pieces.DeleteAsync(id, CancellationToken.None);
            }

            return answer;
        }
    }

    private static async Task<Result<Stream>> ArrivedAsync(ResumableUploads pieces, string id, string accountId, CancellationToken cancellationToken)
    {
        if (await pieces.FindAsync(id, accountId, cancellationToken) is not { } upload)
        {
            return ResumableUploadErrors.NotFound();
        }

        if (upload.Offset < upload.Length)
        {
            return ResumableUploadErrors.Incomplete(upload.Offset, upload.Length);
        }

        return await pieces.OpenReadAsync(id) is { } whole ? whole : ResumableUploadErrors.NotFound();
    }
}
