using Beian.MiniApi.Domain.Materials;
using Beian.MiniApi.Journey;
using Beian.MiniApi.Platform;

namespace Beian.MiniApi.Features.Uploads;

internal static class DeleteUpload
{
    public static async Task<Answer> HandleAsync(string uploadId, CurrentUser user, ResumableUploads uploads, CancellationToken cancellationToken)
    {
        if (await uploads.FindAsync(uploadId, user.AccountId, cancellationToken) is null)
        {
            return ResumableUploadErrors.NotFound().ToAnswer();
        }

        await uploads.DeleteAsync(uploadId, cancellationToken);
        return Answer.NoContent();
    }
}
