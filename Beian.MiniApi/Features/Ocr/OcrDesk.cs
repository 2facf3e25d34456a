using System.Security.Cryptography;
using System.Text;
using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Domain.Materials;
using Beian.MiniApi.Domain.Reference;
using Beian.MiniApi.Domain.Rules;
using Beian.MiniApi.Journey;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Platform.Uploads;
using Beian.MiniApi.Storage;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;

namespace Beian.MiniApi.Features.Ocr;

/// <summary>Where a picture is kept; without a filing it is not.</summary>
public sealed record OcrQuery
{
    /// <summary>The caller's filing, or null.</summary>
    [FromQuery(Name = "filingId")]
    public string? FilingId { get; init; }

    /// <summary>Whose paper: a site's principal, or null for the subject and its principal.</summary>
    [FromQuery(Name = "siteId")]
    public string? SiteId { get; init; }

    /// <summary>Id of the materials data; null for the kind of the route.</summary>
    [FromQuery(Name = "kind")]
    public string? Kind { get; init; }

    /// <summary>One of the kind's parts; null for the side that is recognised.</summary>
    [FromQuery(Name = "part")]
    public string? Part { get; init; }

    /// <summary>What was sent empty was not sent.</summary>
    public OcrQuery Plain() => new() { FilingId = NullIfEmpty(FilingId), SiteId = NullIfEmpty(SiteId), Kind = NullIfEmpty(Kind), Part = NullIfEmpty(Part) };

    private static string? NullIfEmpty(string? text) => string.IsNullOrEmpty(text) ? null : text;
}

/// <summary>
/// Reads a picture and keeps it where that is asked for. A picture that is kept is never lost to a recognition that fails: the applicant types by hand,
/// and the reviewer sees why.
/// </summary>
public sealed class OcrDesk(
    FilingDesk desk,
    MaterialKeeping keeping,
    PaperReader reader,
    UploadReader uploads,
    ReferenceBook book,
    Idempotency idempotency,
    IAttemptStore attempts,
    IOptions<OcrOptions> options,
    TimeProvider time)
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    /// <param name="paper">What it is read as.</param>
    /// <param name="asked">Where it is kept.</param>
    /// <param name="http">The request with the picture.</param>
    /// <param name="user">Who.</param>
    /// <param name="view">Makes the answer from what was read, the part that was asked for and the paper as kept.</param>
    /// <param name="cancellationToken">Ends the reading of the request.</param>
    public async Task<Answer> ReadAsync<T>(
        Paper paper, OcrQuery asked, HttpContext http, CurrentUser user, Func<Reading, string?, Domain.Materials.Material?, T> view, CancellationToken cancellationToken)
    {
        DeskView? seen = null;
        MaterialFormat? format = null;
        if (asked.FilingId is not null)
        {
            seen = await desk.OpenAsync(asked.FilingId, user.AccountId, cancellationToken);
            if (seen is null)
            {
                return FilingErrors.NotFound().ToAnswer();
            }

            if (!FormatOf(paper, asked).TryGet(out format, out var misplaced))
            {
                return misplaced.ToAnswer();
            }
        }

        if (!(await uploads.ReadPictureAsync(http, cancellationToken)).TryGet(out var file, out var refusal))
        {
            return refusal.ToAnswer();
        }

        await using (file)
        {
            if (idempotency.Repeats(HashOf(asked, file)) is { } repeated)
            {
                return repeated;
            }

            return seen is null || format is null
                ? await ReadOnlyAsync(paper, asked, file, user, view, cancellationToken)
                : await ReadAndKeepAsync(paper, asked, seen, format, file, user, view, cancellationToken);
        }
    }

    private async Task<Answer> ReadOnlyAsync<T>(
        Paper paper, OcrQuery asked, UploadedFile file, CurrentUser user, Func<Reading, string?, Domain.Materials.Material?, T> view, CancellationToken cancellationToken) =>
        (await RecogniseAsync(paper, file, user, cancellationToken)).TryGet(out var reading, out var refusal) ? Answer.Ok(view(reading, asked.Part, null)) : AtFile(refusal).ToAnswer();

    /// <summary>What is wrong with the picture is told at the picture; where WeChat is in trouble the way on is to type.</summary>
    private static DomainError AtFile(DomainError refusal) => refusal switch
    {
        { Kind: ErrorKind.Unprocessable, Errors.Count: 0 } => refusal with { Errors = [new Finding("/file", refusal.Code)] },
        { Kind: not ErrorKind.Unprocessable } when refusal.Code.StartsWith("wechat.", StringComparison.Ordinal) => refusal with { RemedyCode = "ocr.unavailable" },
        _ => refusal,
    };

    private async Task<Answer> ReadAndKeepAsync<T>(
        Paper paper,
        OcrQuery asked,
        DeskView seen,
        MaterialFormat format,
        UploadedFile file,
        CurrentUser user,
        Func<Reading, string?, Domain.Materials.Material?, T> view,
        CancellationToken cancellationToken)
    {
        Upload At(string? part) => new(format.Kind, part, asked.SiteId, file, MaterialHints.Of(format, file.Staged.Size, file.Facts.Width, file.Facts.Height));

        // What the filing does not take anyway is refused before a recognition is spent on it.
        string?[] possible = asked.Part is not null ? [asked.Part] : format.Parts.Count == 0 ? [null] : [.. format.Parts];
        var refusals = possible.Select(p => keeping.Refuses(seen, At(p), user)).ToArray();
        if (refusals.All(r => r is not null))
        {
            return refusals[0]!.ToAnswer();
        }

        var recognised = await RecogniseAsync(paper, file, user, cancellationToken);
        var reading = recognised.TryGet(out var found, out var why) ? found : Reading.Failed(why, time.GetUtcNow());
        Result<Upload> Place(Filing filing) => (asked.Part ?? PartOf(reading, filing, format, asked.SiteId)) is var part && part is null && format.Parts.Count > 0
            ? MaterialErrors.PartMissing(format.Parts)
            : At(part);
        return await keeping.KeepAsync(asked.FilingId!, file, Place, reading, user, kept => Answer.Ok(view(reading, kept.Part, kept)), cancellationToken);
    }

    /// <summary>The format of the kind it is kept as, if a picture may be kept so.</summary>
    private Result<MaterialFormat> FormatOf(Paper paper, OcrQuery asked)
    {
        if (MaterialFormat.Of(book, asked.Kind ?? (paper == Paper.IdCard ? ReadingRules.IdCard : ReadingRules.Licence)) is not { } format)
        {
            return MaterialErrors.KindUnknown();
        }

        if (format.IsVideo)
        {
            return MaterialErrors.TypeNotAllowed(video: true);
        }

        var partLeftOpen = format.IsUploaded && format.Parts.Count > 0 && asked.Part is null;
        return !partLeftOpen && format.Refuses(asked.Part) is { } refusal ? refusal : format;
    }

    /// <summary>
    /// The side that was recognised; otherwise one that is not there yet. Where both are there nobody can tell which one the picture replaces: null.
    /// </summary>
    private static string? PartOf(Reading reading, Filing filing, MaterialFormat format, string? siteId) =>
        reading.Side is { } side && format.Parts.Contains(side)
            ? side
            : format.Parts.FirstOrDefault(p => !filing.Snapshot.Materials.Any(m => m.Kind == format.Kind && m.Part == p && m.SiteId == siteId));

    /// <summary>Asks for the reading once the user has not had too many. What is known already is given for nothing.</summary>
    private async Task<Result<Reading>> RecogniseAsync(Paper paper, UploadedFile file, CurrentUser user, CancellationToken cancellationToken)
    {
        if (reader.Find(paper, user.AccountId, file) is { } known)
        {
            return await known;
        }

        var now = time.GetUtcNow();
        var key = AttemptKeys.RecognitionsOf(user.UserId);
        if (!await attempts.TryAddAsync(key, options.Value.PicturesPerUserAndDay, now - Day, now, cancellationToken))
        {
            var used = await attempts.CountAsync(key, now - Day, cancellationToken);
            return ReadingErrors.TooManyAttempts((used.Oldest ?? now) + Day - now);
        }

        // Not cancelled with the caller: others may have joined, and the picture has been sent.
        var recognised = await reader.ReadAsync(paper, user.AccountId, file);
        if (recognised.Error is { Kind: not ErrorKind.Unprocessable })
        {
            // An outage is not the user's to pay for.
            await attempts.RemoveAsync(key, now, CancellationToken.None);
        }

        return recognised;
    }

    /// <summary>What makes two requests the same; lengths go first so that no two different ones join into the same text.</summary>
    private static string HashOf(OcrQuery asked, UploadedFile file)
    {
        var text = string.Concat(new[] { asked.FilingId, asked.SiteId, asked.Kind, asked.Part, file.Staged.Sha256 }.Select(p => $"{p?.Length ?? -1}:{p};"));
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)));
    }
}
