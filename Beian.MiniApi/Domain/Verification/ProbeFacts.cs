namespace Beian.MiniApi.Domain.Verification;

/// <summary>How a host behaved when it was asked for its home page.</summary>
public enum HostAnswer
{
    /// <summary>The name has no address.</summary>
    NoAddress = 1,

    /// <summary>It has an address, and nothing there answers HTTP or HTTPS in time.</summary>
    Silent = 2,

    /// <summary>Something answers, whatever it says.</summary>
    Answers = 3,

    /// <summary>It has only addresses that are nobody's on the public internet; nothing was connected to.</summary>
    NotPublic = 4,

    /// <summary>Nobody could say whether it has an address.</summary>
    Unknown = 5,
}

/// <summary>What was seen of one host.</summary>
/// <param name="Host">A-label form.</param>
/// <param name="Answer">How it behaved.</param>
/// <param name="Evidence">Short text such as <c>www.example.cn: http 200</c>; nothing of the page.</param>
public sealed record HostFacts(string Host, HostAnswer Answer, string Evidence);

/// <summary>What was seen of a site that must not be open yet: its domain and the same with <c>www.</c>.</summary>
/// <param name="Hosts">One entry a host.</param>
/// <param name="CheckedAt">Real time.</param>
public sealed record SiteFacts(IReadOnlyList<HostFacts> Hosts, DateTimeOffset CheckedAt);

/// <summary>Whether a page shows its filing number.</summary>
public enum FooterState
{
    /// <summary>Shown, as a link to the authority's filing system.</summary>
    Linked = 1,

    /// <summary>Shown, without that link.</summary>
    Unlinked = 2,

    /// <summary>Not in what was read of the page.</summary>
    Missing = 3,
}

/// <summary>What was seen of the home page of a filed site.</summary>
/// <param name="Answer">How its hosts behaved, the best of them.</param>
/// <param name="Footer">How the page shows the filing number; null when no page came, or an error page.</param>
/// <param name="Evidence">Short text; nothing of the page.</param>
/// <param name="CheckedAt">Real time.</param>
public sealed record HomePageFacts(HostAnswer Answer, FooterState? Footer, string Evidence, DateTimeOffset CheckedAt);
