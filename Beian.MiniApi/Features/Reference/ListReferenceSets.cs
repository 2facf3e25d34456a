using Beian.MiniApi.ReferenceData;

namespace Beian.MiniApi.Features.Reference;

/// <summary>GET /reference.</summary>
public static class ListReferenceSets
{
    public static IResult Handle(ReferenceSets sets) => new CacheableResult(sets.Index);
}
