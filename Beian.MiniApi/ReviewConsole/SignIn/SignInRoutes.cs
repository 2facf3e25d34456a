using Beian.MiniApi.Platform.Auth;

namespace Beian.MiniApi.ReviewConsole.SignIn;

/// <summary>Logging in and out.</summary>
internal static class SignInRoutes
{
    public static void MapSignInPages(this ConsoleGroups console)
    {
        console.Open.MapGet("/login", ShowLogin.Handle).WithName("console.login");
        console.Open.MapPost("/login", LogIn.HandleAsync).WithName("console.logIn").WithMetadata(new LoginRouteAttribute());
        console.Open.MapPost("/login/code", EnterCode.HandleAsync).WithName("console.enterCode").WithMetadata(new LoginRouteAttribute());
        console.Reviewers.MapPost("/logout", LogOutHere.HandleAsync).WithName("console.logOut")
            .WithMetadata(new MeetsAttribute(StaffDemand.PasswordChange, StaffDemand.SecondFactorEnrolment));

        console.Open.MapGet("", ProviderReturn.HandleAsync).WithName("console.start").WithMetadata(new LoginRouteAttribute());
        console.Open.MapGet("/login/provider", ProviderStart.HandleAsync).WithName("console.provider").WithMetadata(new LoginRouteAttribute());
        MapAccount(console.Reviewers);
    }

    private static void MapAccount(RouteGroupBuilder staff)
    {
        var password = new MeetsAttribute(StaffDemand.PasswordChange);
        staff.MapGet("/password", ShowPassword.Handle).WithName("console.password").WithMetadata(password);
        staff.MapPost("/password", ChangePasswordHere.HandleAsync).WithName("console.changePassword").WithMetadata(password);

        var factor = new MeetsAttribute(StaffDemand.SecondFactorEnrolment);
        staff.MapGet("/second-factor", ShowFactor.HandleAsync).WithName("console.factor").WithMetadata(factor);
        staff.MapPost("/second-factor", BeginFactor.HandleAsync).WithName("console.beginFactor").WithMetadata(factor);
        staff.MapPost("/second-factor/confirmation", ConfirmFactor.HandleAsync).WithName("console.confirmFactor").WithMetadata(factor);
        staff.MapPost("/second-factor/removal", RemoveFactor.HandleAsync).WithName("console.removeFactor");

        staff.MapGet("/account", ShowAccount.HandleAsync).WithName("console.account");
        staff.MapPost("/account/sessions/{sessionId}/end", EndOwnSession.HandleAsync).WithName("console.endSession");
    }
}
