using Beian.MiniApi.Domain;
using Beian.MiniApi.Features.Authority;
using Beian.MiniApi.Journey;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Storage;
using Beian.MiniApi.Timers;

namespace Beian.MiniApi.ReviewConsole.Outcomes;

/// <summary>The page that takes files of results.</summary>
/// <param name="Result">What came of each row; null before a file was sent.</param>
/// <param name="Error">Why the file as a whole was refused, or null.</param>
public sealed record ResultsModel(ResultImportView? Result, DomainError? Error);

internal static class ImportResults
{
    public static IResult Show(HttpContext http) => ConsolePage.Show<ResultsPage>(http, "results.title", new ResultsModel(null, null));

    /// <summary>Applies the file. The page is shown at once, since its rows are what was asked for; sending the same file again changes nothing.</summary>
    public static async Task<IResult> HandleAsync(
        HttpContext http, CurrentUser user, IFilingStore filings, ISubjectStore subjects, FilingDesk desk, Outbox outbox, FilingViews views, CancellationToken cancellationToken)
    {
        var form = await ConsoleForms.ReadAsync(http);
        var text = await TextOf(form.File("file"), cancellationToken);
        var applied = text.TryGet(out var csv, out var unreadable)
            ? await ImportAuthorityResults.ApplyAsync(csv, user, filings, subjects, desk, outbox, views, cancellationToken)
            : unreadable;
        return applied.TryGet(out var result, out var refusal)
            ? ConsolePage.Show<ResultsPage>(http, "results.title", new ResultsModel(result, null))
            : ConsolePage.Show<ResultsPage>(http, "results.title", new ResultsModel(null, refusal), Problems.StatusOf(refusal.Kind));
    }

    private static async Task<Result<string>> TextOf(IFormFile? file, CancellationToken cancellationToken)
    {
        if (file is null || file.Length == 0)
        {
            return ImportErrors.Empty();
        }

        if (file.Length > ImportBody.MaxBytes)
        {
            return RequestErrors.BodyTooLarge(ImportBody.MaxBytes);
        }

        using var bytes = new MemoryStream((int)file.Length);
        await using var sent = file.OpenReadStream();
        await sent.CopyToAsync(bytes, cancellationToken);
        return ImportText.Decode(bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
    }
}
