using Beian.MiniApi.Platform;
using Beian.MiniApi.Storage;

namespace Beian.MiniApi.Features.AuthCodes;

internal static class ListAuthCodes
{
    public static async Task<Answer> HandleAsync(
        PageRequest page, CurrentUser user, IAuthCodeStore codes, AuthCodeViewer viewer, CancellationToken cancellationToken)
    {
        var rows = await codes.FindByIssuerAsync(user.AccountId, page.After, page.Take, cancellationToken);
        var views = await viewer.ShowAsync(rows, user.AccountId, cancellationToken);
        return Answer.Ok(Page.Of(views, page, view => view.Id, view => view));
    }
}
