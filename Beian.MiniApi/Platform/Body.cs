using System.Reflection;
using Beian.MiniApi.Domain;
using Microsoft.AspNetCore.Http.Metadata;

namespace Beian.MiniApi.Platform;

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

    /// <summary>A body made in this process, for a caller that is no HTTP client; it was never bytes, so <see cref="Bytes"/> is empty and nothing is refused here.</summary>
    public static Body<T> Of(T value) => new(value, default, null);

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
