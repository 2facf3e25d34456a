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
        Idempotency idempotency,
        CancellationToken cancellationToken)
    {
        if (await desk.OpenAsync(filingId, user.AccountId, cancellationToken) is null)
        {
            return FilingErrors.NotFound().ToAnswer();
        }

        if (!(await uploads.ReadMaterialAsync(http, kind => MaterialFormat.Of(book, kind), cancellationToken)).TryGet(out var upload, out var refusal))
        {
            return refusal.ToAnswer();
        }

        await using (upload)
        {
            return idempotency.Repeats(upload.RequestHash) ?? await keeping.KeepAsync(
                filingId, upload, null, user, paper => Answer.Created($"/api/v1/filings/{filingId}/materials/{paper.Id}", views.Of(paper)), cancellationToken);
        }
    }
}
