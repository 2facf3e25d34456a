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
    }
}
