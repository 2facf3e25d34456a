using System.Globalization;
using System.Reflection;
using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Filings;
using Beian.MiniApi.Platform;
using Microsoft.AspNetCore.Http.Metadata;

namespace Beian.MiniApi.Journey;

/// <summary>The version the caller last saw, from <c>If-Match: "3"</c>; without the header, or with <c>*</c>, any version will do.</summary>
public sealed class IfMatch : IRefusable, IBindableFromHttpContext<IfMatch>, IEndpointParameterMetadataProvider
{
    /// <summary>No expectation.</summary>
    public static readonly IfMatch Any = new(null, null);

    private IfMatch(int? version, DomainError? refusal) => (Version, Refusal) = (version, refusal);

    /// <summary>Null when any version will do.</summary>
    public int? Version { get; }

    public DomainError? Refusal { get; }

    /// <summary>The refusal of a caller who saw another version, or null.</summary>
    /// <param name="filing">As stored.</param>
    /// <param name="current">The step as stored, or null to tell the state.</param>
    public DomainError? Refuses(Filing filing, object? current = null) => Version is { } expected && expected != filing.Version
        ? FilingErrors.VersionConflict(filing.Version, current ?? new { filing.State })
        : null;

    public static ValueTask<IfMatch?> BindAsync(HttpContext context, ParameterInfo parameter) =>
        ValueTask.FromResult<IfMatch?>(Parse(context.Request.Headers.IfMatch.ToString()));

    public static void PopulateMetadata(ParameterInfo parameter, EndpointBuilder builder) => builder.Metadata.Add(new VersionedAttribute());

    public static IfMatch Parse(string header)
    {
        if (header.Length == 0 || header == "*")
        {
            return Any;
        }

        return header.Length > 2 && header[0] == '"' && header[^1] == '"'
            && int.TryParse(header.AsSpan(1, header.Length - 2), NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? new IfMatch(version, null)
            : new IfMatch(null, RequestErrors.BadIfMatch());
    }
}
