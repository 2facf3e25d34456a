using Beian.MiniApi.Domain;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Platform.Uploads;
using Microsoft.AspNetCore.Http.Features;

namespace Beian.MiniApi.ReviewConsole;

/// <summary>What a form sent. A field that was not sent is empty.</summary>
public sealed class ConsoleForm(IFormCollection fields)
{
    /// <summary>Longest text read of one field, in characters; the rest is cut off.</summary>
    public const int MaxLength = 4000;

    /// <summary>Most values read of one name.</summary>
    private const int MaxValues = 1000;

    /// <summary>The field's text without white space around it.</summary>
    public string Text(string name) => Raw(name).Trim();

    /// <summary>The field's text as typed, for passwords.</summary>
    public string Raw(string name) => Bounded(fields[name].FirstOrDefault());

    /// <summary>The field's text, or null when there is none.</summary>
    public string? TextOrNull(string name) => Text(name) is { Length: > 0 } text ? text : null;

    /// <summary>Whether a box was ticked.</summary>
    public bool IsOn(string name) => fields[name].Any(v => v is "on" or "true" or "1");

    /// <summary>Every value of the name, trimmed, in order; empty ones stay, so that names sent side by side keep together.</summary>
    public IReadOnlyList<string> All(string name) => [.. fields[name].Take(MaxValues).Select(v => Bounded(v).Trim())];

    /// <summary>The field's lines that hold something.</summary>
    public IReadOnlyList<string> Lines(string name) => [.. Text(name).Split('\n', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)];

    /// <summary>The names of all fields that were sent.</summary>
    public IEnumerable<string> Names => fields.Keys;

    /// <summary>A file, or null.</summary>
    public IFormFile? File(string name) => fields.Files.GetFile(name);

    private static string Bounded(string? value) => value is null ? string.Empty : value.Length <= MaxLength ? value : value[..MaxLength];
}

/// <summary>Reads forms.</summary>
public static class ConsoleForms
{
    /// <summary>The form of the request; its token was looked at before the handler ran.</summary>
    public static async Task<ConsoleForm> ReadAsync(HttpContext http) =>
        new(http.Request.HasFormContentType ? await http.Request.ReadFormAsync(http.RequestAborted) : FormCollection.Empty);

    /// <summary>Reads the form once and for all; what looks at it later gets the same.</summary>
    /// <returns>Why it cannot be read, or null when it can or there is none.</returns>
    public static async Task<DomainError?> TryReadAsync(HttpContext http)
    {
        if (!http.Request.HasFormContentType)
        {
            return null;
        }

        try
        {
            await http.Request.ReadFormAsync(http.RequestAborted);
            return null;
        }
        catch (BadHttpRequestException bad) when (bad.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            return RequestErrors.BodyTooLarge(http.Features.Get<IHttpMaxRequestBodySizeFeature>()?.MaxRequestBodySize ?? BodyLimits.DefaultBytes);
        }
        catch (Exception broken) when (broken is InvalidDataException or IOException)
        {
            // Too many fields, a part without its end, a body shorter than it said: none of it can be trusted.
            return ConsoleErrors.FormUnreadable();
        }
    }
}
