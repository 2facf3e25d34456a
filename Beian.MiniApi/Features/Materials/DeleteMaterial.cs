using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Journey;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Storage;

namespace Beian.MiniApi.Features.Materials;

internal static class DeleteMaterial
{
    public static async Task<Answer> HandleAsync(
        string filingId, string materialId, CurrentUser user, FilingDesk desk, FilingViews views, IMaterialStore store, CancellationToken cancellationToken)
    {
        Filing? saved = null;
        Domain.Materials.Material? gone = null;
        var answer = await desk.ChangeAsync(
            filingId,
            user,
            IfMatch.Any,
            view =>
            {
                gone = view.Filing.Snapshot.Materials.FirstOrDefault(m => m.Id == materialId);
                return view.Filing.RemoveMaterial(materialId, view.Open, user.Actor, view.Now);
            },
            cancellationToken,
            answer: (filing, requirements, now) =>
            {
                saved = filing;
                return Answer.Ok(views.Of(filing, requirements, now), filing.Version);
            });
        if (answer.Error is null && saved is not null && gone is not null)
        {
            await MaterialBytes.DropAsync([gone], saved, store);
        }

        return answer;
    }
}
