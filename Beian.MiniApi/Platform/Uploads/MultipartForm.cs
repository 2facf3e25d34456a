using System.Text;
using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Materials;
using Beian.MiniApi.Storage;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace Beian.MiniApi.Platform.Uploads;

/// <summary>One multipart form with at most one file, read part by part. A part that is unknown or comes twice ends the reading, so there are never more than four. Disposing it removes the file.</summary>
/// <param name="materials">Where the file goes.</param>
/// <param name="formatOf">The formats of kinds; null for a form that is a picture and nothing else.</param>
internal sealed class MultipartForm(IMaterialStore materials, Func<string, MaterialFormat?>? formatOf) : IAsyncDisposable
{
    private const int MaxBoundaryChars = 128;
    private const int BufferBytes = 32 * 1024;
    private const int MaxHeaders = 8;
    private const int MaxHeaderBytes = 8 * 1024;

    private static readonly UTF8Encoding Utf8 = new(false, throwOnInvalidBytes: true);
    private static readonly string[] MaterialFields = ["kind", "part", "siteId", "signedOn", "uploadId"];

    private readonly Dictionary<string, string> _fields = new(StringComparer.Ordinal);
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    /// <summary>Null until a file came.</summary>
    public StagedMaterial? Staged { get; private set; }

    /// <summary>The file's type by its first bytes; meaningful once there is a file.</summary>
    public MediaType Media { get; private set; }

    public string FileName { get; private set; } = FileNames.Unnamed;

    /// <summary>Null when the field did not come or came empty.</summary>
    public string? Field(string name) => _fields.TryGetValue(name, out var value) && value.Length > 0 ? value : null;

    /// <summary>Takes a file that has arrived already, as if it had come with the form.</summary>
    public async Task<DomainError?> TakeAsync(Stream whole, CancellationToken cancellationToken)
    {
        if (Staged is not null)
        {
            return RequestErrors.DuplicateField("/file");
        }

        var format = Field("kind") is { } kind ? FormatOf(kind) : null;
        using var content = new BufferedReadStream(whole, 4096);
        await content.EnsureBufferedAsync(MediaTypes.EnoughBytes, cancellationToken);
        if (MediaTypes.Of(content.BufferedData) is not { } media || format?.Accepts(media) == false)
        {
            return MaterialErrors.TypeNotAllowed(format?.IsVideo ?? false);
        }

        Media = media;
        Staged = await materials.StageAsync(content, MaterialLimits.BytesOf(media), cancellationToken);
        return Staged is null ? MaterialErrors.TooLarge(MaterialLimits.BytesOf(media)) : null;
    }

    public MaterialFormat? FormatOf(string kind) => formatOf?.Invoke(kind);

    public async Task<DomainError?> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || !type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase))
        {
            return MaterialErrors.NotMultipart();
        }

        var boundary = HeaderUtilities.RemoveQuotes(type.Boundary).Value;
        if (string.IsNullOrEmpty(boundary) || boundary.Length > MaxBoundaryChars)
        {
            return MaterialErrors.MultipartBroken();
        }

        var reader = new MultipartReader(boundary, request.Body, BufferBytes) { HeadersCountLimit = MaxHeaders, HeadersLengthLimit = MaxHeaderBytes };
        while (await reader.ReadNextSectionAsync(cancellationToken) is { } section)
        {
            if (await PartAsync(section, cancellationToken) is { } refusal)
            {
                return refusal;
            }
        }

        return null;
    }

    /// <summary>Hands the staged file over: from here on its new owner disposes it.</summary>
    public void Release() => Staged = null;

    public ValueTask DisposeAsync() => Staged?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async Task<DomainError?> PartAsync(MultipartSection section, CancellationToken cancellationToken)
    {
        if (!ContentDispositionHeaderValue.TryParse(section.ContentDisposition, out var disposition) || !disposition.DispositionType.Equals("form-data", StringComparison.OrdinalIgnoreCase))
        {
            return MaterialErrors.MultipartBroken();
        }

        var name = HeaderUtilities.RemoveQuotes(disposition.Name).Value;
        if (string.IsNullOrEmpty(name))
        {
            return MaterialErrors.MultipartBroken();
        }

        var isFile = name == "file";
        if (!isFile && (formatOf is null || !MaterialFields.Contains(name, StringComparer.Ordinal)))
        {
            return RequestErrors.UnknownField("/" + FileNames.Clean(name));
        }

        if (!_seen.Add(name))
        {
            return RequestErrors.DuplicateField("/" + name);
        }

        return isFile ? await FileAsync(section, disposition, cancellationToken) : await FieldAsync(section, name, cancellationToken);
    }

    private async Task<DomainError?> FieldAsync(MultipartSection section, string name, CancellationToken cancellationToken)
    {
        var bytes = new byte[(MaterialLimits.FieldChars * 4) + 1];
        var length = await section.Body.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken);
        if (length == bytes.Length)
        {
            return MaterialErrors.FieldTooLong(name);
        }

        try
        {
            _fields[name] = Utf8.GetString(bytes, 0, length);
        }
        catch (DecoderFallbackException)
        {
            return RequestErrors.Malformed("/" + name);
        }

        return _fields[name].Length > MaterialLimits.FieldChars ? MaterialErrors.FieldTooLong(name) : null;
    }

    private async Task<DomainError?> FileAsync(MultipartSection section, ContentDispositionHeaderValue disposition, CancellationToken cancellationToken)
    {
        var format = Field("kind") is { } kind ? FormatOf(kind) : null;
        if (Field("kind") is not null && format is null)
        {
            return MaterialErrors.KindUnknown();
        }

        if (format is { IsUploaded: false })
        {
            return MaterialErrors.NotUploaded(format.Kind);
        }

        var name = disposition.FileNameStar.HasValue ? disposition.FileNameStar : disposition.FileName;
        FileName = FileNames.Clean(HeaderUtilities.RemoveQuotes(name).Value);

        using var content = new BufferedReadStream(section.Body, 4096);
        await content.EnsureBufferedAsync(MediaTypes.EnoughBytes, cancellationToken);
        if (content.BufferedData.Count == 0)
        {
            return MaterialErrors.Empty();
        }

        // Where the kind comes after the file, its first bytes decide alone which limit holds; the kind has its say when it is known.
        var video = format?.IsVideo ?? false;
        if (MediaTypes.Of(content.BufferedData) is not { } media || format?.Accepts(media) == false || (formatOf is null && media == MediaType.Mp4))
        {
            return MaterialErrors.TypeNotAllowed(video);
        }

        Media = media;
        Staged = await materials.StageAsync(content, MaterialLimits.BytesOf(media), cancellationToken);
        return Staged is null ? MaterialErrors.TooLarge(MaterialLimits.BytesOf(media)) : null;
    }
}
