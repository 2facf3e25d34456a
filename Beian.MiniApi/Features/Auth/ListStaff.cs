using Beian.MiniApi.Domain;
using Beian.MiniApi.Domain.Accounts;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Storage;

namespace Beian.MiniApi.Features.Auth;

/// <summary>A member of staff, for admins.</summary>
/// <param name="Id">Stable id, as in the history of filings.</param>
/// <param name="UserName">Login name, or what the identity provider calls them.</param>
/// <param name="Role">Reviewer or admin; comes from the configuration or the identity provider.</param>
/// <param name="Active">False for a login that is closed.</param>
/// <param name="SecondFactor">Whether a second factor is set up here.</param>
/// <param name="LastLoginAt">Last complete login, or null.</param>
public sealed record StaffMemberView(string Id, string UserName, Role Role, bool Active, bool SecondFactor, DateTimeOffset? LastLoginAt)
{
    /// <summary>Without the name: records end up in logs.</summary>
    public override string ToString() => $"StaffMemberView {Id}";

    internal static StaffMemberView From(StaffMember member) =>
        new(member.Id, member.DisplayName ?? member.UserName, member.Role, member.Active, member.HasSecondFactor, member.LastLoginAt);
}

internal static class ListStaff
{
    public static async Task<Answer> HandleAsync(PageRequest page, IStaffStore staff, CancellationToken cancellationToken) =>
        Answer.Ok(Page.Of(await staff.PageAsync(page.After, page.Take, cancellationToken), page, m => m.Id, StaffMemberView.From));
}
