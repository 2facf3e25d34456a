using Beian.MiniApi.Domain;

namespace Beian.MiniApi.ReviewConsole.SignIn;

/// <summary>The login's first step, or its only one.</summary>
/// <param name="To">Where to go afterwards.</param>
/// <param name="UserName">As typed before; a password is never shown again.</param>
/// <param name="Error">Why it was refused, or null.</param>
/// <param name="AtProvider">Whether staff log in at the identity provider.</param>
public sealed record LoginModel(string To, string UserName, DomainError? Error, bool AtProvider)
{
    /// <summary>Without the name: records end up in logs.</summary>
    public override string ToString() => nameof(LoginModel);
}

/// <summary>The login's second step.</summary>
/// <param name="To">Where to go afterwards.</param>
/// <param name="Ticket">Says, sealed, whose name and password were right.</param>
/// <param name="Error">Why the code was refused, or null.</param>
public sealed record CodeModel(string To, string Ticket, DomainError? Error)
{
    /// <summary>Without the ticket: records end up in logs.</summary>
    public override string ToString() => nameof(CodeModel);
}
