using System.Globalization;
using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Materials;
using Beian.MiniApi.Storage;

namespace Beian.MiniApi.Platform.Uploads;

/// <summary>
/// Reads uploads straight from the connection to the disk: no form is buffered, memory does not grow with the file, and a wrong type is refused by its
/// first bytes. Whatever goes wrong, nothing is left behind.
/// </summary>
public sealed class UploadReader(IMaterialStore materials)
{
    /// <summary>Reads <c>file</c>, <c>kind</c>, <c>part</c>, <c>siteId</c> and <c>signedOn</c>, in any order; <c>uploadId</c> may stand for <c>file</c>.</summary>
    /// <param name="http">The request; the route needs <see cref="BodyLimits.WithBodyLimit"/> with <see cref="BodyLimits.MaterialRequestBytes"/>.</param>
    /// <param name="formatOf">The format of a kind, or null for a kind that does not exist.</param>
    /// <param name="cancellationToken">Ends the reading; what has arrived is removed.</param>
    /// <param name="arrived">Opens a file that arrived before under that id, or says why not; null where there are none.</param>
    /// <exception cref="StorageFullException">No room; the pipeline answers 507.</exception>
    public async Task<Result<Upload>> ReadMaterialAsync(
        HttpContext http, Func<string, MaterialFormat?> formatOf, CancellationToken cancellationToken, Func<string, Task<Result<Stream>>>? arrived = null)
    {
        await using var form = new MultipartForm(materials, formatOf);
        if (await ReadAsync(http, form, BodyLimits.MaterialRequestBytes, MaterialLimits.VideoBytes, cancellationToken) is { } broken)
        {
            return broken;
        }

        if (form.Field("uploadId") is { } id && await ArrivedAsync(form, id, arrived, cancellationToken) is { } notThere)
        {
            return notThere;
        }

        var judged = Judge(form);
        ReleaseIfTaken(form, judged.Error);
        return judged;
    }

    /// <summary>Reads one picture as <c>file</c> and nothing else, for recognition.</summary>
    /// <param name="http">The request; the route needs <see cref="BodyLimits.WithBodyLimit"/> with <see cref="BodyLimits.PictureRequestBytes"/>.</param>
    /// <param name="cancellationToken">Ends the reading; what has arrived is removed.</param>
    /// <exception cref="StorageFullException">No room; the pipeline answers 507.</exception>
    public async Task<Result<UploadedFile>> ReadPictureAsync(HttpContext http, CancellationToken cancellationToken)
    {
        await using var form = new MultipartForm(materials, formatOf: null);
        if (await ReadAsync(http, form, BodyLimits.PictureRequestBytes, MaterialLimits.PictureBytes, cancellationToken) is { } broken)
        {
            return broken;
        }

        var looked = Look(form);
        ReleaseIfTaken(form, looked.Error);
        return looked;
    }

    private static async Task<DomainError?> ReadAsync(HttpContext http, MultipartForm form, long requestBytes, long fileBytes, CancellationToken cancellationToken)
    {
        if (http.Request.ContentLength > requestBytes)
        {
            BodyLimits.LetFinish(http);
            return MaterialErrors.TooLarge(fileBytes);
        }

        try
        {
            return await form.ReadAsync(http.Request, cancellationToken);
        }
        catch (BadHttpRequestException e) when (e.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return MaterialErrors.TooLarge(fileBytes);
        }
        catch (Exception e) when (e is InvalidDataException or BadHttpRequestException { StatusCode: StatusCodes.Status400BadRequest } or (IOException and not BadHttpRequestException))
        {
            // The store wraps what the disk says, so this is the form or the connection.
            return MaterialErrors.MultipartBroken();
        }
    }

    private static async Task<DomainError?> ArrivedAsync(MultipartForm form, string id, Func<string, Task<Result<Stream>>>? arrived, CancellationToken cancellationToken)
    {
        if (arrived is null)
        {
            return RequestErrors.UnknownField("/uploadId");
        }

        if (!(await arrived(id)).TryGet(out var whole, out var refusal))
        {
            return refusal;
        }

        await using (whole)
        {
            return await form.TakeAsync(whole, cancellationToken);
        }
    }

    private static void ReleaseIfTaken(MultipartForm form, DomainError? refusal)
    {
        if (refusal is null)
        {
            form.Release();
        }
    }

    private static Result<Upload> Judge(MultipartForm form)
    {
        if (form.Field("kind") is not { } kind)
        {
            return MaterialErrors.KindMissing();
        }

        if (form.FormatOf(kind) is not { } format)
        {
            return MaterialErrors.KindUnknown();
        }

        var part = form.Field("part");
        if (format.Refuses(part) is { } refusal)
        {
            return refusal;
        }

        if (form.Staged is not null && !format.Accepts(form.Media))
        {
            return MaterialErrors.TypeNotAllowed(format.IsVideo);
        }

        if (!Look(form).TryGet(out var file, out var unreadable))
        {
            return unreadable;
        }

        DateOnly? signedOn = null;
        if (form.Field("signedOn") is { } text)
        {
            if (!DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            {
                return MaterialErrors.SignedOnFormat();
            }

            signedOn = date;
        }

        var hints = MaterialHints.Of(format, file.Staged.Size, file.Facts.Width, file.Facts.Height);
        return new Upload(kind, part, form.Field("siteId"), file, hints) { SignedOn = signedOn, UploadId = form.Field("uploadId") };
    }

    private static Result<UploadedFile> Look(MultipartForm form)
    {
        if (form.Staged is not { } staged)
        {
            return MaterialErrors.FileMissing();
        }

        return MediaProbe.Inspect(staged, form.Media).TryGet(out var facts, out var error) ? new UploadedFile(staged, form.FileName, facts) : error;
    }
}
