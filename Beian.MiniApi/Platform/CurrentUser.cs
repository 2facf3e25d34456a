using System.Reflection;
using Beian.MiniApi.Domain;
using Beian.MiniApi.Platform.Auth;

namespace Beian.MiniApi.Platform;

/// <summary>
/// Who is calling, as established by the access token and its live session. Bind it as a handler parameter; it is there on every route that
/// requires authorization.
/// </summary>
/// <param name="UserId">Id of the WeChat user, or of the member of staff.</param>
/// <param name="AccountId">The provider's customer account the user works for; empty for staff.</param>
/// <param name="Role">Applicant, reviewer or admin.</param>
/// <param name="SessionId">The session the token belongs to.</param>
public sealed record CurrentUser(string UserId, string AccountId, Role Role, string SessionId) : IBindableFromHttpContext<CurrentUser>
{
    /// <summary>What a member of staff must do before anything else; empty for applicants.</summary>
    public IReadOnlyList<StaffDemand> Demands { get; init; } = [];

    public Actor Actor => new(Role, UserId);

    public static ValueTask<CurrentUser?> BindAsync(HttpContext context, ParameterInfo parameter) =>
        ValueTask.FromResult(context.Features.Get<CurrentUser>());
}

/// <summary>Names of the authorization policies.</summary>
public static class Policies
{
    /// <summary>Applicants only: staff calling an applicant's route are refused with 403.</summary>
    public const string Applicant = "applicant";

    /// <summary>Reviewers and admins.</summary>
    public const string Reviewer = "reviewer";

    /// <summary>Admins only.</summary>
    public const string Admin = "admin";
}
