namespace Beian.MiniApi.Sandbox.Faults;

/// <summary>How an outside service can fail.</summary>
public enum SandboxFaultKind
{
    /// <summary>Does what it is asked, and answers late.</summary>
    Slow = 1,

    /// <summary>Does nothing, and a gateway answers 502 with a page of HTML.</summary>
    Http5xx = 2,

    /// <summary>Does what it is asked, and the answer breaks off in the middle.</summary>
    MalformedJson = 3,

    /// <summary>Does what it is asked, and calls its answer <c>text/html</c>.</summary>
    WrongContentType = 4,

    /// <summary>Does what it is asked, and hangs up without an answer.</summary>
    Dropped = 5,

    /// <summary>Does nothing, and answers an errcode; WeChat only.</summary>
    Errcode = 6,

    /// <summary>One of <see cref="Slow"/> to <see cref="Dropped"/>, by chance.</summary>
    Mixed = 7,
}

/// <summary>A switched fault.</summary>
/// <param name="Endpoint">
/// Path below <c>/sandbox</c> and everything under it: <c>wechat/cv/ocr/idcard</c>, <c>wechat</c>, <c>rdap</c>, <c>dns</c>, <c>face</c>, <c>oidc</c>, <c>tencent</c> and
/// <c>tencent/GetEidToken</c>, by action; <c>*</c> for all of them.
/// </param>
/// <param name="Kind">How it fails.</param>
public sealed record SandboxFault(string Endpoint, SandboxFaultKind Kind)
{
    /// <summary>Share of the calls that meet it; default 1, all of them.</summary>
    public double Probability { get; init; } = 1;

    /// <summary>Chooses which calls meet it: the same seed chooses the same ones, counted from the switching on; default 1.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>How late a slow answer is; default 3,000, at most 60,000.</summary>
    public int DelayMilliseconds { get; init; } = 3_000;

    /// <summary>What WeChat answers; needed for <see cref="SandboxFaultKind.Errcode"/> and for nothing else.</summary>
    public int? Errcode { get; init; }

    /// <summary>How many calls meet it before it switches itself off; null, the default, for no end.</summary>
    public int? Times { get; init; }
}

/// <summary>A fault and how it goes.</summary>
/// <param name="Fault">As it was switched on.</param>
/// <param name="Calls">Calls of its endpoints since.</param>
/// <param name="Met">Those that met it.</param>
public sealed record SandboxFaultView(SandboxFault Fault, int Calls, int Met);

/// <summary>What a call meets.</summary>
/// <param name="Kind">Never mixed.</param>
/// <param name="Delay">For a slow answer.</param>
/// <param name="Errcode">For an errcode.</param>
internal sealed record SandboxMishap(SandboxFaultKind Kind, TimeSpan Delay, int Errcode);
