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

    /// <summary>It seemed not to be a living person: a picture, a screen, a mask.</summary>
    public const string NotLive = "notLive";

    /// <summary>The certificate has expired.</summary>
    public const string CardExpired = "cardExpired";

    /// <summary>The person left.</summary>
    public const string Cancelled = "cancelled";

    /// <summary>This phone cannot do it.</summary>
    public const string Device = "device";

    /// <summary>The register does not have the person, or no usable picture of them.</summary>
    public const string NoRecord = "noRecord";

    /// <summary>The provider takes no more tries of this person.</summary>
    public const string Limit = "limit";

    /// <summary>Picture, light, movement or time were not good enough; the provider says no more.</summary>
    public const string Retry = "retry";

    /// <summary>The provider does not take the name as it is written.</summary>
    public const string NameInvalid = "nameInvalid";

    /// <summary>The provider does not take the number.</summary>
    public const string IdInvalid = "idInvalid";

    /// <summary>The person has no eID (E证通) yet.</summary>
    public const string EidUnregistered = "eidUnregistered";

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
        NotLive,
        CardExpired,
        Cancelled,
        Device,
        NoRecord,
        Limit,
        Retry,
        NameInvalid,
        IdInvalid,
        EidUnregistered,
        Expired,
        Other);

    /// <summary>Reasons that another try does not mend: a picture with the certificate is what is left.</summary>
    public static readonly FrozenSet<string> NeedPicture = FrozenSet.Create(StringComparer.Ordinal, Device, NoRecord, Limit);

    /// <summary>The code whose texts explain a reason.</summary>
    public static string CodeOf(string reason) => "faceCheck.reason." + reason;
}
