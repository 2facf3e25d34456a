using Beian.MiniApi.Domain.AuthCodes;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Storage;

namespace Beian.MiniApi.Features.AuthCodes;

internal static class DeleteAuthCode
{
    public static async Task<Answer> HandleAsync(string codeId, CurrentUser user, IAuthCodeStore codes, CancellationToken cancellationToken) =>
        await codes.DeleteAsync(codeId, user.AccountId, cancellationToken) switch
        {
            AuthCodeChange.Done => Answer.NoContent(),
            AuthCodeChange.InUse => AuthCodeErrors.InUse().ToAnswer(),
            _ => AuthCodeErrors.NotFound().ToAnswer(),
        };
}
