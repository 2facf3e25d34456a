using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Rules.Packs;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Storage;

namespace Beian.MiniApi.Features.Subjects;

internal static class GetSubject
{
    public static async Task<IResult> HandleAsync(
        string subjectId, CurrentUser user, ISubjectStore subjects, IRuleSource rules, BusinessClock clock, CancellationToken cancellationToken) =>
        await subjects.FindAsync(subjectId, user.AccountId, cancellationToken) is { } subject
            ? Answer.Ok(FiledSubjectViews.Of(subject, rules.Current, clock.GetUtcNow()))
            : new DomainError("subject.notFound", ErrorKind.NotFound).ToAnswer();
}
