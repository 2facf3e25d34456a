using Beian.MiniApi.Platform;
using Beian.MiniApi.Storage;

namespace Beian.MiniApi.Features.Consents;

internal static class ListConsents
{
    public static async Task<Answer> HandleAsync(PageRequest page, CurrentUser user, IConsentStore consents, CancellationToken cancellationToken)
    {
        var rows = await consents.ListAsync(user.UserId, page.After, page.Take, cancellationToken);
        return Answer.Ok(Page.Of(rows, page, c => c.Id, ConsentView.From));
    }
}
