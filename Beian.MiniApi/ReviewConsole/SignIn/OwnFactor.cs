using Beian.MiniApi.Domain;
using Beian.MiniApi.Features.Auth;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Platform.Auth;
using Beian.MiniApi.Storage;

namespace Beian.MiniApi.ReviewConsole.SignIn;

/// <summary>The page of one's own second factor.</summary>
/// <param name="IsDemanded">Whether nothing else is open until there is one.</param>
/// <param name="IsLocal">False for those whom the identity provider vouches for; they have none here.</param>
/// <param name="HasFactor">Whether one is set up.</param>
/// <param name="Waiting">One that waits for its confirmation: shown once.</param>
/// <param name="AsksCode">Whether the form for the confirming code is shown.</param>
/// <param name="RecoveryCodes">Shown once, after the confirmation.</param>
/// <param name="Error">Why something was refused, or null.</param>
public sealed record FactorModel(
    bool IsDemanded, bool IsLocal, bool HasFactor, SecondFactorView? Waiting = null, bool AsksCode = false, IReadOnlyList<string>? RecoveryCodes = null, DomainError? Error = null)
{
    /// <summary>Without the secrets: records end up in logs.</summary>
    public override string ToString() => nameof(FactorModel);
}

internal static class ShowFactor
{
    public static async Task<IResult> HandleAsync(HttpContext http, CurrentUser user, IStaffStore staff, CancellationToken cancellationToken) =>
        Page(http, await ModelAsync(user, staff, cancellationToken));

    internal static async Task<FactorModel> ModelAsync(CurrentUser user, IStaffStore staff, CancellationToken cancellationToken)
    {
        var member = await staff.FindAsync(user.UserId, cancellationToken);
        return new FactorModel(user.Demands.Contains(StaffDemand.SecondFactorEnrolment), member is { IsLocal: true }, member is { HasSecondFactor: true });
    }

    internal static IResult Page(HttpContext http, FactorModel model) =>
        ConsolePage.Show<FactorPage>(http, "factor.title", model, model.Error is { } error ? Problems.StatusOf(error.Kind) : StatusCodes.Status200OK);
}

internal static class BeginFactor
{
    public static async Task<IResult> HandleAsync(HttpContext http, CurrentUser user, IStaffStore staff, SecondFactors factors, CancellationToken cancellationToken)
    {
        var model = await ShowFactor.ModelAsync(user, staff, cancellationToken);
        var begun = await EnrolSecondFactor.BeginAsync(user, staff, factors, cancellationToken);
        return ShowFactor.Page(http, begun.TryGet(out var view, out var refusal) ? model with { Waiting = view, AsksCode = true } : model with { Error = refusal });
    }
}

internal static class ConfirmFactor
{
    public static async Task<IResult> HandleAsync(HttpContext http, CurrentUser user, IStaffStore staff, SecondFactors factors, CancellationToken cancellationToken)
    {
        var form = await ConsoleForms.ReadAsync(http);
        var confirmed = await factors.ConfirmAsync(user, form.Text("code"), cancellationToken);
        var model = await ShowFactor.ModelAsync(user, staff, cancellationToken);
        return ShowFactor.Page(http, confirmed switch
        {
            { RecoveryCodes: { } codes } => model with { IsDemanded = false, RecoveryCodes = codes },
            { CodeWrong: true } => model with { AsksCode = true, Error = AuthErrors.CodeWrong() },
            _ => model with { Error = AuthErrors.SecondFactorAbsent() },
        });
    }
}

internal static class RemoveFactor
{
    public static async Task<IResult> HandleAsync(
        HttpContext http, CurrentUser user, IStaffStore staff, StaffAttempts attempts, StaffHashes hashes, SecondFactors factors, CancellationToken cancellationToken)
    {
        var form = await ConsoleForms.ReadAsync(http);
        var request = new FactorRemovalRequest(form.Raw("password"), form.Text("code"));
        return await RemoveSecondFactor.RemoveAsync(request, user, staff, attempts, hashes, factors, cancellationToken) is { } refusal
            ? ShowFactor.Page(http, await ShowFactor.ModelAsync(user, staff, cancellationToken) with { Error = refusal })
            : ConsolePage.Back(http, ConsolePaths.SecondFactor, null, "factor.removed");
    }
}
