using Beian.MiniApi.Journey;
using Beian.MiniApi.Platform;

namespace Beian.MiniApi.Features.Subjects;

/// <summary>Whether the filed subject is as it was.</summary>
public sealed record ConfirmSubjectRequest
{
    public required bool Unchanged { get; init; }
}

internal static class ConfirmSubject
{
    public static Task<Answer> HandleAsync(
        string filingId, Body<ConfirmSubjectRequest> body, IfMatch ifMatch, CurrentUser user, FilingDesk desk, CancellationToken cancellationToken) =>
        desk.ChangeAsync(filingId, user, ifMatch, view => view.Filing.ConfirmSubject(body.Value.Unchanged, view.Rules, user.Actor, view.Now), cancellationToken);
}
