using Beian.MiniApi.Journey;
using Beian.MiniApi.Platform;

namespace Beian.MiniApi.Features.Filings;

internal static class WithdrawFiling
{
    public static Task<Answer> HandleAsync(
        string filingId, OptionalBody<LeaveFilingRequest> body, IfMatch ifMatch, CurrentUser user, FilingDesk desk, CancellationToken cancellationToken) =>
        desk.ChangeAsync(filingId, user, ifMatch, view => view.Filing.Withdraw(user.Actor, view.Now), cancellationToken);
}
