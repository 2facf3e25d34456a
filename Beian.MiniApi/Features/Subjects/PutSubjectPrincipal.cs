using Beian.MiniApi.Journey;
using Beian.MiniApi.Platform;

namespace Beian.MiniApi.Features.Subjects;

internal static class PutSubjectPrincipal
{
    public static Task<Answer> HandleAsync(
        string filingId, Body<PersonRequest> body, IfMatch ifMatch, CurrentUser user, FilingDesk desk, CancellationToken cancellationToken)
    {
        var lengths = new Lengths();
        body.Value.Measure(lengths);
        return lengths.Refusal is { } refusal
            ? Task.FromResult(refusal.ToAnswer())
            : desk.ChangeAsync(
                filingId,
                user,
                ifMatch,
                view => view.Filing.PutSubjectPrincipal(body.Value.ToPerson(), view.Open, user.Actor, view.Now),
                cancellationToken,
                f => FilingViews.Of(f.Snapshot.Subject.Principal));
    }
}
