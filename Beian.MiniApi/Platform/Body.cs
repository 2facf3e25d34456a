using System.Reflection;
using System.Text;
using System.Text.Json;
using Beian.MiniApi.Domain;
using Microsoft.AspNetCore.Http.Metadata;

namespace Beian.MiniApi.Platform;

/// <summary>An argument that may carry a refusal instead of a value; <see cref="RefusalFilter"/> answers it before the handler runs.</summary>
public interface IRefusable
{
    DomainError? Refusal { get; }
}

/// <summary>
/// A JSON request body, read strictly: UTF-8 only, no unknown or repeated members, no wrong types, at most <see cref="MaxBytes"/>. Every way it can
/// be wrong has its own code and points at the field.
/// </summary>
public sealed class Body<T> : IRefusable, IBindableFromHttpContext<Body<T>>, IEndpointParameterMetadataProvider
    where T : class
{
    /// <summary>Limit of every JSON body, 256 KiB.</summary>
    public const int MaxBytes = 256 * 1024;

    private readonly T? _value;

    private Body(T? value, ReadOnlyMemory<byte> bytes, DomainError? refusal) => (_value, Bytes, Refusal) = (value, bytes, refusal);

    public DomainError? Refusal { get; }

    /// <summary>The bytes as they came, for the comparison of repeated requests.</summary>
    public ReadOnlyMemory<byte> Bytes { get; }

    public T Value => _value ?? throw new InvalidOperationException("Refused; RefusalFilter is missing on this route.");

    public static async ValueTask<Body<T>?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var (bytes, refusal) = await RequestBytes.ReadAsync(context, MaxBytes);
        if (refusal is not null)
        {
            return new Body<T>(null, default, refusal);
        }

        var read = StrictJson.Read<T>(bytes.Span);
        return new Body<T>(read.Value, bytes, read.Error);
    }

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) =>
        builder.Metadata.Add(new AcceptsMetadata(["application/json"], typeof(T)));
}

/// <summary>A JSON body that may be left out; when it is there it is read like <see cref="Body{T}"/>.</summary>
public sealed class OptionalBody<T> : IRefusable, IBindableFromHttpContext<OptionalBody<T>>, IEndpointParameterMetadataProvider
    where T : class
{
    private OptionalBody(T? value, DomainError? refusal) => (Value, Refusal) = (value, refusal);

    public DomainError? Refusal { get; }

    /// <summary>Null when there is no body.</summary>
    public T? Value { get; }

    public static async ValueTask<OptionalBody<T>?> BindAsync(HttpContext context, ParameterInfo parameter)
    {
        var (bytes, refusal) = await RequestBytes.ReadAsync(context, Body<T>.MaxBytes);
        if (refusal is not null || bytes.Length == 0)
        {
            return new OptionalBody<T>(null, refusal);
        }

        var read = StrictJson.Read<T>(bytes.Span);
        return new OptionalBody<T>(read.Value, read.Error);
    }

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) =>
        builder.Metadata.Add(new AcceptsMetadata(["application/json"], typeof(T), isOptional: true));
}

/// <summary>Reads a whole small body, once per request.</summary>
internal static class RequestBytes
{
    private static readonly object Key = new();

    /// <summary>The body's bytes, or why it cannot be taken. The second call in a request gets what the first one read.</summary>
    public static async ValueTask<(ReadOnlyMemory<byte> Bytes, DomainError? Refusal)> ReadAsync(HttpContext context, int maxBytes)
    {
        if (context.Items.TryGetValue(Key, out var known) && known is ReadOnlyMemory<byte> kept)
        {
            return (kept, null);
        }

        var request = context.Request;
        if (request.ContentLength > maxBytes)
        {
            return (default, RequestErrors.BodyTooLarge(maxBytes));
        }

        var mayHaveBody = context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpRequestBodyDetectionFeature>()?.CanHaveBody ?? true;
        if (mayHaveBody && request.ContentLength is not 0 && !request.HasJsonContentType())
        {
            return (default, RequestErrors.NotJson());
        }

        using var buffer = new MemoryStream((int)(request.ContentLength ?? 1024));
        var chunk = new byte[8192];
        int read;
        while ((read = await request.Body.ReadAsync(chunk, context.RequestAborted)) > 0)
        {
            if (buffer.Length + read > maxBytes)
            {
                return (default, RequestErrors.BodyTooLarge(maxBytes));
            }

            buffer.Write(chunk, 0, read);
        }

        ReadOnlyMemory<byte> bytes = buffer.ToArray();
        context.Items[Key] = bytes;
        return (bytes, null);
    }
}

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

/// <summary>Turns a System.Text.Json path (<c>$.a['b'][0]</c>) into a JSON pointer (<c>/a/b/0</c>).</summary>
internal static class JsonPaths
{
    public static string ToPointer(string? path)
    {
        if (string.IsNullOrEmpty(path) || path[0] != '$')
        {
            return string.Empty;
        }

        var pointer = new StringBuilder();
        var i = 1;
        while (i < path.Length)
        {
            if (path[i] == '.')
            {
                var end = path.AsSpan(i + 1).IndexOfAny('.', '[');
                end = end < 0 ? path.Length : i + 1 + end;
                Append(pointer, path[(i + 1)..end]);
                i = end;
            }
            else if (path.AsSpan(i).StartsWith("['"))
            {
                var end = path.IndexOf("']", i, StringComparison.Ordinal);
                end = end < 0 ? path.Length : end;
                Append(pointer, path[(i + 2)..end]);
                i = Math.Min(path.Length, end + 2);
            }
            else if (path[i] == '[')
            {
                var end = path.IndexOf(']', i);
                end = end < 0 ? path.Length : end;
                Append(pointer, path[(i + 1)..end]);
                i = Math.Min(path.Length, end + 1);
            }
            else
            {
                i++;
            }
        }

        return pointer.ToString();
    }

    /// <summary>Pointer of the first null that stands in an array, or null when there is none.</summary>
    public static string? NullInArray(ReadOnlySpan<byte> utf8)
    {
        var reader = new Utf8JsonReader(utf8, new JsonReaderOptions { MaxDepth = ApiJson.MaxDepth });
        var path = new List<(bool IsArray, string Token, int Index)>();
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.EndArray or JsonTokenType.EndObject)
            {
                path.RemoveAt(path.Count - 1);
                continue;
            }

            if (reader.TokenType == JsonTokenType.PropertyName)
            {
                path[^1] = path[^1] with { Token = reader.GetString()! };
                continue;
            }

            if (path.Count > 0 && path[^1] is { IsArray: true } array)
            {
                path[^1] = array with { Token = array.Index.ToString(System.Globalization.CultureInfo.InvariantCulture), Index = array.Index + 1 };
                if (reader.TokenType == JsonTokenType.Null)
                {
                    var pointer = new StringBuilder();
                    path.ForEach(p => Append(pointer, p.Token));
                    return pointer.ToString();
                }
            }

            if (reader.TokenType is JsonTokenType.StartArray or JsonTokenType.StartObject)
            {
                path.Add((reader.TokenType == JsonTokenType.StartArray, string.Empty, 0));
            }
        }

        return null;
    }

    private static void Append(StringBuilder pointer, string token) =>
        pointer.Append('/').Append(token.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal));
}

/// <summary>Answers a refusal that an argument brought along, before the handler runs.</summary>
public sealed class RefusalFilter : IEndpointFilter
{
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        foreach (var argument in context.Arguments)
        {
            if (argument is IRefusable { Refusal: { } refusal })
            {
                return ValueTask.FromResult<object?>(refusal.ToAnswer());
            }
        }

        return next(context);
    }
}
