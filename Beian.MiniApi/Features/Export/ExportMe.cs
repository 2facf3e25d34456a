using System.Globalization;
using Beian.MiniApi.Domain.Accounts;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Platform.Auth;
using Beian.MiniApi.Storage;

namespace Beian.MiniApi.Features.Export;

internal static class ExportMe
{
    /// <summary>Exports of one user an hour; each reads all there is.</summary>
    private const int ExportsPerHour = 5;

    private static readonly TimeSpan Window = TimeSpan.FromHours(1);

    public static async Task<IResult> HandleAsync(
        CurrentUser caller, IUserStore users, IAttemptStore attempts, ExportDocument document, TextCatalogue texts, TimeProvider time, HttpContext http, CancellationToken cancellationToken)
    {
        if (await users.FindAsync(caller.UserId, cancellationToken) is not { } user)
        {
            return AuthErrors.SessionEnded().ToAnswer();
        }

        var now = time.GetUtcNow();
        var key = AttemptKeys.ExportsOf(caller.UserId);
        if (!await attempts.TryAddAsync(key, ExportsPerHour, now - Window, now, cancellationToken))
        {
            var made = await attempts.CountAsync(key, now - Window, cancellationToken);
            return AccountErrors.TooManyExports((made.Oldest ?? now) + Window - now).ToAnswer();
        }

        AuditScope.Sees(new Sighting(AuditActs.Exported, "accounts", user.AccountId, user.AccountId));
        var english = Problems.WantsEnglish(http);
        var about = texts.Find("name.export.about", english, Domain.Texts.NoArgs).Title;
        return new ExportAnswer((stream, stopped) => document.WriteAsync(stream, user, about, english, stopped), now);
    }

    /// <summary>A file to save, written while it is sent. One that breaks off breaks the connection, so that nobody takes it for whole.</summary>
    private sealed class ExportAnswer(Func<ExportStream, CancellationToken, Task> write, DateTimeOffset at) : IResult
    {
        public async Task ExecuteAsync(HttpContext httpContext)
        {
            var response = httpContext.Response;
            response.ContentType = "application/json; charset=utf-8";
            response.Headers.CacheControl = "no-store";
            response.Headers.XContentTypeOptions = "nosniff";
            response.Headers.ContentDisposition = string.Create(CultureInfo.InvariantCulture, $"attachment; filename=\"beian-export-{at:yyyyMMdd}.json\"");
            using var stream = new ExportStream(response.BodyWriter);
            await write(stream, httpContext.RequestAborted);
        }
    }
}
