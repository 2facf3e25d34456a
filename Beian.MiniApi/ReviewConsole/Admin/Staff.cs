using Beian.MiniApi.Features.Auth;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Storage;

namespace Beian.MiniApi.ReviewConsole.Admin;

/// <summary>A page of the staff.</summary>
/// <param name="Members">Closed logins included.</param>
/// <param name="NextCursor">Of the page that follows; null on the last.</param>
public sealed record StaffModel(IReadOnlyList<StaffMemberView> Members, string? NextCursor);

internal static class ShowStaff
{
    public static async Task<IResult> HandleAsync(HttpContext http, PageRequest page, IStaffStore staff, CancellationToken cancellationToken)
    {
        var shown = Page.Of(await staff.PageAsync(page.After, page.Take, cancellationToken), page, m => m.Id, StaffMemberView.From);
        return ConsolePage.Show<StaffPage>(http, "staff.title", new StaffModel(shown.Items, shown.NextCursor));
    }
}

internal static class ResetFactor
{
    public static async Task<IResult> HandleAsync(
        string staffId, HttpContext http, CurrentUser user, IStaffStore staff, SecondFactors factors, ILogger<SecondFactors> log, CancellationToken cancellationToken)
    {
        var answer = await ResetSecondFactor.HandleAsync(staffId, user, staff, factors, log, cancellationToken);
        return ConsolePage.Back(http, ConsolePaths.Staff, answer.Error, "staff.reset");
    }
}
