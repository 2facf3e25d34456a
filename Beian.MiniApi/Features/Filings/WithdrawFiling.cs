using Beian.MiniApi.Journey;
using Beian.MiniApi.Platform;

namespace Beian.MiniApi.Features.Filings;

internal static class WithdrawFiling
{
    public static async Task<Answer> HandleAsync(
        string filingId, OptionalBody<LeaveFilingRequest> body, IfMatch ifMatch, CurrentUser user, FilingDesk desk, CancellationToken cancellationToken) =>
        LeaveFilingRequest.TooLong(body.Value) is { } refusal
            ? refusal.ToAnswer()
            : await desk.ChangeAsync(filingId, user, ifMatch, view => view.Filing.Withdraw(LeaveFilingRequest.Words(body.Value), user.Actor, view.Now), cancellationToken);
}
