using System.Net.Http.Headers;
using System.Text;
using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Resources;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Platform.Uploads;
using Beian.MiniApi.Storage;

namespace Beian.MiniApi.Features.Resources;

/// <summary>What an import did.</summary>
/// <param name="Accepted">Rows stored: all of them.</param>
public sealed record ImportView(int Accepted);

/// <summary>All rows or none: a feed that stops half-way would leave an inventory that nobody can describe.</summary>
internal static class ImportResources
{
    /// <summary>10 MiB, about 50,000 rows.</summary>
    public const int MaxBytes = 10 * 1024 * 1024;

    /// <summary>Rows of one import; larger inventories come in several.</summary>
    public const int MaxRows = 20_000;

    public static async Task<Answer> HandleAsync(
        HttpRequest request, IResourceStore resources, ResourceTypes types, BusinessClock time, Idempotency idempotency, CancellationToken cancellationToken)
    {
        var mediaType = MediaTypeHeaderValue.TryParse(request.ContentType, out var parsed) ? parsed.MediaType?.ToLowerInvariant() : null;
        if (mediaType is not ("text/csv" or "application/x-ndjson"))
        {
            return ImportErrors.BadType().ToAnswer();
        }

        if (request.ContentLength > MaxBytes)
        {
            BodyLimits.LetFinish(request.HttpContext);
            return RequestErrors.BodyTooLarge(MaxBytes).ToAnswer();
        }

        await using var metered = new MeteredStream(request.Body, MaxBytes);
        var read = await ReadAsync(metered, mediaType, types, time.GetUtcNow(), cancellationToken);
        if (read.Unread is { } unread)
        {
            return unread.ToAnswer();
        }

        // Only now is known what was sent: the whole body has gone through the digest.
        if (idempotency.Repeats($"{mediaType}:{metered.Digest()}") is { } first)
        {
            return first;
        }

        if (!read.Rows.TryGet(out var rows, out var refusal))
        {
            return refusal.ToAnswer();
        }

        var answer = Answer.Ok(new ImportView(rows.Count));
        await resources.SaveAsync(rows, idempotency.Record(answer), cancellationToken);
        return answer;
    }

    /// <summary>The rows, or why they are refused as a whole; <c>Unread</c> when the body could not even be read to its end.</summary>
    private static async Task<(Result<List<CloudResource>> Rows, DomainError? Unread)> ReadAsync(
        MeteredStream body, string mediaType, ResourceTypes types, DateTimeOffset now, CancellationToken cancellationToken)
    {
        using var text = new StreamReader(body, new UTF8Encoding(false, throwOnInvalidBytes: true), detectEncodingFromByteOrderMarks: false, leaveOpen: true);
        var collector = new Collector(types, now);
        try
        {
            var rows = mediaType == "text/csv" ? ResourceImport.CsvAsync(text, cancellationToken) : ResourceImport.JsonLinesAsync(text, cancellationToken);
            await foreach (var row in rows.WithCancellation(cancellationToken))
            {
                if (!collector.Take(row))
                {
                    return (collector.Result(), ImportErrors.TooManyRows(MaxRows));
                }
            }

            // A header that is refused ends the rows early; the digest needs the rest as well.
            var rest = new char[8192];
            while (await text.ReadAsync(rest, cancellationToken) > 0)
            {
            }

            return (collector.Result(), null);
        }
        catch (UploadTooLargeException)
        {
            return (collector.Result(), RequestErrors.BodyTooLarge(MaxBytes));
        }
        catch (DecoderFallbackException)
        {
            return (collector.Result(), ImportErrors.NotUtf8());
        }
        catch (CsvFormatException e)
        {
            return (collector.Result(), ImportErrors.NotCsv(e.Line));
        }
    }

    private sealed class Collector(ResourceTypes types, DateTimeOffset now)
    {
        private readonly List<CloudResource> _rows = [];
        private readonly HashSet<string> _ids = new(StringComparer.Ordinal);
        private readonly List<Finding> _errors = [];
        private int _bad;

        /// <summary>False when there are too many.</summary>
        public bool Take(ImportRow row)
        {
            var errors = row.Errors;
            if (row.Facts is not null && errors.Count == 0)
            {
                if (!row.Facts.ToResource(types, now).TryGet(out var resource, out var refusal))
                {
                    errors = refusal.Errors;
                }
                else if (!_ids.Add(resource.Id))
                {
                    errors = [new Finding("/id", "import.duplicateId")];
                }
                else
                {
                    _rows.Add(resource);
                }
            }

            if (errors.Count > 0)
            {
                _bad++;
                if (_bad <= ImportErrors.MaxNamed)
                {
                    _errors.AddRange(errors.Select(e => e with { Pointer = FormattableString.Invariant($"/{row.Line}{e.Pointer}") }));
                }
            }

            return _rows.Count + _bad <= MaxRows;
        }

        public Result<List<CloudResource>> Result()
        {
            if (_bad > 0)
            {
                return ImportErrors.Rejected(_bad, _errors);
            }

            return _rows.Count == 0 ? ImportErrors.Empty() : _rows;
        }
    }
}
