using Beian.MiniApi.ReferenceData;
using Microsoft.Net.Http.Headers;

namespace Beian.MiniApi.Features.Reference;

/// <summary>Chooses among the variants of a document by <c>Accept-Encoding</c>, as RFC 9110 section 12.5.3 has it.</summary>
internal static class ContentCodings
{
    /// <summary>Bare bytes that nobody named are welcome, but less than anything that was.</summary>
    private const double Unnamed = 0.0001;

    /// <summary>
    /// The variant with the highest weight, the smallest among equals. Where nothing we have is acceptable the bare bytes are sent all the same: the
    /// caller can throw them away, and a refusal would help nobody.
    /// </summary>
    /// <param name="document">What was asked for.</param>
    /// <param name="accepted">The header; what cannot be read in it counts as absent. Empty asks for the bare bytes.</param>
    public static DocumentVariant Choose(PublicDocument document, IList<StringWithQualityHeaderValue> accepted)
    {
        var best = document.Variants.Select(v => (Variant: v, Weight: WeightOf(v.Coding, accepted))).MaxBy(v => v.Weight);
        return best.Weight > 0 ? best.Variant : document.Variants[^1];
    }

    private static double WeightOf(string? coding, IList<StringWithQualityHeaderValue> accepted) =>
        Named(coding ?? "identity", accepted) ?? (coding == "gzip" ? Named("x-gzip", accepted) : null) ?? Named("*", accepted) ?? (coding is null ? Unnamed : 0);

    private static double? Named(string name, IList<StringWithQualityHeaderValue> accepted) =>
        accepted.FirstOrDefault(a => a.Value.Equals(name, StringComparison.OrdinalIgnoreCase)) is { } found ? found.Quality ?? 1 : null;
}
