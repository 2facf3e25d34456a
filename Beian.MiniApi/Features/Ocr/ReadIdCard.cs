using Beian.MiniApi.Platform;

namespace Beian.MiniApi.Features.Ocr;

internal static class ReadIdCard
{
    public static Task<Answer> HandleAsync([AsParameters] OcrQuery asked, HttpContext http, CurrentUser user, OcrDesk desk, OcrViews views, CancellationToken cancellationToken) =>
        desk.ReadAsync(Paper.IdCard, asked.Plain(), http, user, views.IdCard, cancellationToken);
}
