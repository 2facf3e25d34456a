using Beian.MiniApi.Platform;
using Beian.MiniApi.ReferenceData;

namespace Beian.MiniApi.Features.Reference;

/// <summary>GET /reference/provinces/{code}.</summary>
public static class GetProvince
{
    public static IResult Handle(string code, ReferenceSets sets) =>
        sets.FindProvince(code) is { } document ? new CacheableResult(document) : ReferenceErrors.UnknownProvince(code).ToAnswer();
}
