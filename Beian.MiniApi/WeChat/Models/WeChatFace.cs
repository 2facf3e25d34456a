namespace Beian.MiniApi.WeChat.Models;

/// <summary>Who is to be recognised: only mainland identity cards. Never prints.</summary>
/// <param name="Name">As on the card.</param>
/// <param name="Number">18 characters.</param>
public sealed record WeChatFacePerson(string Name, string Number)
{
    /// <summary>The only kind of certificate WeChat checks.</summary>
    public const string CertificateType = "IDENTITY_CARD";

    public override string ToString() => nameof(WeChatFacePerson);
}

/// <summary>A face verification to be started. Never prints.</summary>
/// <param name="Serial">Our number for it: 5 to 32 of <c>0-9A-Za-z_-</c>, never used before.</param>
/// <param name="Person">Who is to be recognised.</param>
/// <param name="OpenId">The user whose phone does it.</param>
public sealed record WeChatFaceStart(string Serial, WeChatFacePerson Person, string OpenId)
{
    public override string ToString() => nameof(WeChatFaceStart);
}

/// <summary>A started verification. Never prints.</summary>
/// <param name="VerifyId">For <c>wx.requestFacialVerify</c>; at most 256 characters.</param>
/// <param name="ExpiresIn">How long it can be done and asked for.</param>
public sealed record WeChatFaceTicket(string VerifyId, TimeSpan ExpiresIn)
{
    public override string ToString() => nameof(WeChatFaceTicket);
}

/// <summary>A question for the result of a verification; all of it must be what it was started with. Never prints.</summary>
/// <param name="VerifyId">From the start.</param>
/// <param name="Serial">Our number for it.</param>
/// <param name="Person">Who was to be recognised.</param>
/// <param name="OpenId">The user whose phone did it.</param>
public sealed record WeChatFaceQuery(string VerifyId, string Serial, WeChatFacePerson Person, string OpenId)
{
    public override string ToString() => nameof(WeChatFaceQuery);
}

/// <summary>What a result of a face verification means.</summary>
public enum WeChatFaceClass
{
    Passed = 1,

    /// <summary>Not finished, or still running.</summary>
    Pending = 2,

    /// <summary>Somebody else, or another number.</summary>
    Failed = 3,

    /// <summary>Not in the authority's database: for a person to check.</summary>
    Manual = 4,

    /// <summary>May be tried again: picture, light, network, the phone.</summary>
    UserRetry = 5,

    /// <summary>The user left.</summary>
    UserCancel = 6,

    /// <summary>The user has to allow the camera or the microphone.</summary>
    UserAction = 7,

    /// <summary>This phone cannot do it.</summary>
    OtherChannel = 8,

    /// <summary>WeChat has a failure; ask again. Comes as the refusal <c>face.busy</c>.</summary>
    Later = 9,

    /// <summary>We or the console are wrong. Comes as the refusal <c>face.config</c>.</summary>
    Bug = 10,
}

/// <summary>How a face verification stands.</summary>
/// <param name="VerifyRet">WeChat's number.</param>
/// <param name="Class">What it means.</param>
/// <param name="Code">Our code for it, such as <c>face.passed</c>.</param>
public sealed record WeChatFaceResult(int VerifyRet, WeChatFaceClass Class, string Code)
{
    public bool IsPassed => Class == WeChatFaceClass.Passed;
}
