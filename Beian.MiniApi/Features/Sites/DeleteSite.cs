using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Domain.Materials;
using Beian.MiniApi.Journey;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Storage;

namespace Beian.MiniApi.Features.Sites;

internal static class DeleteSite
{
    public static async Task<Answer> HandleAsync(
        string filingId, string siteId, IfMatch ifMatch, CurrentUser user, FilingDesk desk, FilingViews views, IMaterialStore store, CancellationToken cancellationToken)
    {
        Filing? saved = null;
        IReadOnlyList<Material> gone = [];
        var answer = await desk.ChangeAsync(
            filingId,
            user,
            ifMatch,
            view =>
            {
                gone = [.. view.Filing.Snapshot.Materials.Where(m => m.SiteId == siteId)];
                return view.Filing.RemoveSite(siteId, view.Open, user.Actor, view.Now);
            },
            cancellationToken,
            answer: (filing, requirements, now) =>
            {
                saved = filing;
                return Answer.Ok(views.Of(filing, requirements, now), filing.Version);
            });
        if (answer.Error is null && saved is not null)
        {
            await MaterialBytes.DropAsync(gone, saved, store);
        }

        return answer;
    }
}
