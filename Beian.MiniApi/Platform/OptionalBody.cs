using System.Reflection;
using Beian.MiniApi.Domain;
using Microsoft.AspNetCore.Http.Metadata;

namespace Beian.MiniApi.Platform;

/// <summary>A JSON body that may be left out; when it is there it is read like <see cref="Body{T}"/>.</summary>
public sealed class OptionalBody<T> : IRefusable, IBindableFromHttpContext<OptionalBody<T>>, IEndpointParameterMetadataProvider
    where T : class
{
    private OptionalBody(T? value, DomainError? refusal) => (Value, Refusal) = (value, refusal);

    public DomainError? Refusal { get; }

    /// <summary>Null when there is no body.</summary>
    public T? Value { get; }

    /// <summary>A body made in this process, or none when null; nothing is refused here.</summary>
    public static OptionalBody<T> Of(T? value) => new(value, null);

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
