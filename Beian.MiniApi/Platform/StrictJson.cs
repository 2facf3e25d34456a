using System.Text;
using System.Text.Json;
using Beian.MiniApi.Domain;

namespace Beian.MiniApi.Platform;

/// <summary>System.Text.Json with the refusals spelled out.</summary>
public static class StrictJson
{
    private static readonly UTF8Encoding Utf8 = new(false, throwOnInvalidBytes: true);

    /// <summary>The value, or the precise refusal. An empty body reads like an absent one: malformed.</summary>
    public static (T? Value, DomainError? Error) Read<T>(ReadOnlySpan<byte> utf8)
        where T : class
    {
        try
        {
            _ = Utf8.GetCharCount(utf8);
            var value = JsonSerializer.Deserialize<T>(utf8, ApiJson.Api);
            if (value is null)
            {
                return (null, RequestErrors.WrongType(string.Empty));
            }

            // No list of ours holds nulls, but nullable annotations do not reach the elements of a list.
            return JsonPaths.NullInArray(utf8) is { } pointer ? (null, RequestErrors.WrongType(pointer)) : (value, null);
        }
        catch (DecoderFallbackException)
        {
            return (null, RequestErrors.Malformed());
        }
        catch (JsonException e)
        {
            return (null, Explain(utf8, e));
        }
        catch (InvalidOperationException)
        {
            // An unpaired surrogate inside a string.
            return (null, RequestErrors.Malformed());
        }
    }

    private static DomainError Explain(ReadOnlySpan<byte> utf8, JsonException e)
    {
        // A document that is no JSON, or is too deep, is refused as a whole; what is JSON but not ours is refused by field.
        if (!IsJson(utf8))
        {
            return RequestErrors.Malformed();
        }

        var pointer = JsonPaths.ToPointer(e.Path);
        if (e.Message.Contains("could not be mapped to any .NET member", StringComparison.Ordinal))
        {
            return RequestErrors.UnknownField(pointer);
        }

        if (e.Message.Contains("missing required properties", StringComparison.Ordinal))
        {
            // The message names them in quotes after the type's name; System.Text.Json has no other way to tell.
            var names = e.Message[e.Message.IndexOf("including:", StringComparison.Ordinal)..].Split('\'').Where((_, i) => i % 2 == 1);
            return RequestErrors.Invalid([.. names.Select(name => new Finding($"{pointer}/{name}", "request.missingField"))]);
        }

        return e.Message.Contains("uplicate", StringComparison.Ordinal) ? RequestErrors.DuplicateField(pointer) : RequestErrors.WrongType(pointer);
    }

    private static bool IsJson(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = ApiJson.MaxDepth });
        try
        {
            while (reader.Read())
            {
                if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName)
                {
                    _ = reader.GetString();
                }
            }

            return true;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return false;
        }
    }
}
