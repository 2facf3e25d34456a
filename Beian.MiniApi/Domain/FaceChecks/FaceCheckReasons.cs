using System.Collections.Frozen;

namespace Beian.MiniApi.Domain.FaceChecks;

/// <summary>Why a face check failed. Each has texts as <c>faceCheck.reason.&lt;name&gt;</c>.</summary>
public static class FaceCheckReasons
{
    public const string FaceMismatch = "faceMismatch";
    public const string Background = "background";
    public const string Light = "light";
    public const string MultipleFaces = "multipleFaces";
    public const string Occlusion = "occlusion";
    public const string BlackScreen = "blackScreen";
    public const string PermissionDenied = "permissionDenied";
    public const string Network = "network";
    public const string IdPhotoOrientation = "idPhotoOrientation";

    /// <summary>Name and number do not belong together, or the result is about somebody else.</summary>
    public const string RealnameMismatch = "realnameMismatch";

    /// <summary>Not finished in time.</summary>
    public const string Expired = "expired";

    /// <summary>The provider gave a reason we have no word for.</summary>
    public const string Other = "other";

    public static readonly FrozenSet<string> All = FrozenSet.Create(
        StringComparer.Ordinal,
        FaceMismatch,
        Background,
        Light,
        MultipleFaces,
        Occlusion,
        BlackScreen,
        PermissionDenied,
        Network,
        IdPhotoOrientation,
        RealnameMismatch,
        Expired,
        Other);

    /// <summary>The code whose texts explain a reason.</summary>
    public static string CodeOf(string reason) => "faceCheck.reason." + reason;
}
