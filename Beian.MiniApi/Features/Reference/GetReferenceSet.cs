using Beian.MiniApi.Platform;
using Beian.MiniApi.ReferenceData;

namespace Beian.MiniApi.Features.Reference;

/// <summary>GET /reference/{set}.</summary>
public static class GetReferenceSet
{
    public static IResult Handle(string set, ReferenceSets sets) =>
        sets.Find(set) is { } document ? new CacheableResult(document) : ReferenceErrors.UnknownSet(set).ToAnswer();
}
