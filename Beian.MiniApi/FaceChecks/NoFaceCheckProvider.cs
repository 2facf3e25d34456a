using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.FaceChecks;

namespace Beian.MiniApi.FaceChecks;

/// <summary>Nobody does checks: a picture of the person with the certificate takes the place of each.</summary>
internal sealed class NoFaceCheckProvider : IFaceCheckProvider
{
    public string Name => FaceCheckOptions.None;

    public string NameCode => "name.faceProvider.none";

    public bool Supports(int certificateType) => false;

    public Task<Result<FaceCheckStart>> StartAsync(FaceCheckRequest request, CancellationToken cancellationToken) => Task.FromResult<Result<FaceCheckStart>>(FaceCheckErrors.NotSupported());

    /// <summary>A check from before the provider was taken away has nobody to ask about it.</summary>
    public Task<Result<FaceCheckResult>> ReadAsync(FaceCheckQuery query, CancellationToken cancellationToken) => Task.FromResult<Result<FaceCheckResult>>(FaceCheckResult.Expired);

    public Task<Result<FaceCheckFrame>> ReadFrameAsync(FaceCheckQuery query, CancellationToken cancellationToken) => Task.FromResult<Result<FaceCheckFrame>>(FaceCheckFrame.None);
}
