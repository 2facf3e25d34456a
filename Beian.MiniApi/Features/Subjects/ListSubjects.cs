using Beian.MiniApi.Domain.Rules.Packs;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Storage;

namespace Beian.MiniApi.Features.Subjects;

internal static class ListSubjects
{
    public static async Task<IResult> HandleAsync(CurrentUser user, ISubjectStore subjects, IRuleSource rules, BusinessClock clock, CancellationToken cancellationToken)
    {
        // An account files one subject.
        var subject = await subjects.FindByAccountAsync(user.AccountId, cancellationToken);
        return Answer.Ok(new Page<FiledSubjectView>(subject is null ? [] : [FiledSubjectViews.Of(subject, rules.Current, clock.GetUtcNow())], null));
    }
}
