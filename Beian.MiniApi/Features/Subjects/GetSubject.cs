using Beian.MiniApi.Domain;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Storage;

namespace Beian.MiniApi.Features.Subjects;

internal static class GetSubject
{
    public static async Task<IResult> HandleAsync(string subjectId, CurrentUser user, ISubjectStore subjects, CancellationToken cancellationToken) =>
        await subjects.FindAsync(subjectId, user.AccountId, cancellationToken) is { } subject
            ? Answer.Ok(FiledSubjectViews.Of(subject))
            : new DomainError("subject.notFound", ErrorKind.NotFound).ToAnswer();
}
