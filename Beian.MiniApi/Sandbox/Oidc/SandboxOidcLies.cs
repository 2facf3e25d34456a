namespace Beian.MiniApi.Sandbox.Oidc;

/// <summary>What the played identity provider says wrongly.</summary>
public enum SandboxOidcLie
{
    /// <summary>Nothing.</summary>
    None = 1,

    /// <summary>Its discovery document names another issuer.</summary>
    OtherDiscovery = 2,

    /// <summary>It has no keys.</summary>
    NoKeys = 3,

    /// <summary>The token answer has no ID token.</summary>
    NoIdToken = 4,

    /// <summary>The ID token is of another issuer.</summary>
    Issuer = 5,

    /// <summary>The ID token is for somebody else.</summary>
    Audience = 6,

    /// <summary>For us and somebody else, issued to somebody else.</summary>
    Party = 7,

    /// <summary>For us and somebody else, and not said to whom issued.</summary>
    NoParty = 8,

    /// <summary>Of another login.</summary>
    Nonce = 9,

    /// <summary>Of no login.</summary>
    NoNonce = 10,

    /// <summary>Expired an hour ago.</summary>
    Expired = 11,

    /// <summary>Never expires.</summary>
    NoExpiry = 12,

    /// <summary>Issued in an hour.</summary>
    Future = 13,

    /// <summary>About nobody.</summary>
    NoSubject = 14,

    /// <summary>For another access token.</summary>
    AccessTokenHash = 15,

    /// <summary>The signature is of another text.</summary>
    Signature = 16,

    /// <summary>Signed by a key that is not published, under the name of one that is.</summary>
    Key = 17,

    /// <summary>Signed by a key that is not published.</summary>
    UnknownKey = 18,

    /// <summary>Not signed.</summary>
    Unsigned = 19,

    /// <summary>Signed with the client's secret.</summary>
    Hs256 = 20,

    /// <summary>Signed with an algorithm that is not taken.</summary>
    Rs384 = 21,

    /// <summary>An access token in the place of an ID token.</summary>
    Type = 22,

    /// <summary>The code is not taken.</summary>
    InvalidGrant = 23,

    /// <summary>The client is not taken.</summary>
    InvalidClient = 24,
}

/// <summary>The switch.</summary>
/// <param name="Lie">What is said wrongly from now on.</param>
/// <param name="Ecdsa">Whether keys are made for ES256 from now on; default false, RS256.</param>
public sealed record SandboxOidcBehaviour(SandboxOidcLie Lie, bool Ecdsa = false);

/// <summary>Somebody who can log in there.</summary>
/// <param name="Subject">Stable id.</param>
/// <param name="Name">Shown name; nobody's in the world.</param>
/// <param name="Roles">What the claim <c>roles</c> says.</param>
public sealed record SandboxOidcPerson(string Subject, string Name, IReadOnlyList<string> Roles);
