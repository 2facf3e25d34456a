using Beian.MiniApi.Platform;
using Beian.MiniApi.Platform.Auth;

namespace Beian.MiniApi.Features.Auth;

/// <summary>Routes of staff's own login, password and second factor. They take no <c>Idempotency-Key</c>: bodies and answers hold secrets, and no record of those is kept.</summary>
public static class StaffEndpoints
{
    public static RouteGroupBuilder MapStaff(this RouteGroupBuilder api)
    {
        var staff = api.MapGroup("/staff").WithTags("Staff");
        staff.MapPost("/login", LogInStaff.HandleAsync)
            .WithName("logInStaff")
            .WithSummary("Log a reviewer or admin in; five failures close the name for a quarter of an hour")
            .AllowAnonymous()
            .WithMetadata(new LoginRouteAttribute())
            .Uncached()
            .Produces<StaffLoginView>(StatusCodes.Status200OK)
            .Refuses(400, 401, 409, 413, 415, 429);

        staff.MapPost("/logout", LogOut.HandleAsync)
            .WithName("logOutStaff")
            .WithSummary("End this staff session, or with all=true every one of the member; acts at once")
            .RequireAuthorization(Policies.Reviewer)
            .WithMetadata(new MeetsAttribute(StaffDemand.PasswordChange, StaffDemand.SecondFactorEnrolment))
            .Produces(StatusCodes.Status204NoContent)
            .Refuses(400, 401, 403, 429);

        staff.MapPost("/password", ChangePassword.HandleAsync)
            .WithName("changeStaffPassword")
            .WithSummary("Change one's own password; every other session of the member ends")
            .RequireAuthorization(Policies.Reviewer)
            .WithMetadata(new MeetsAttribute(StaffDemand.PasswordChange))
            .Produces(StatusCodes.Status204NoContent)
            .Refuses(400, 401, 403, 409, 413, 415, 422, 429);

        MapProvider(staff.MapGroup("/oidc"));
        MapSecondFactor(staff);
        MapAdmin(api.MapGroup("/admin/staff").WithTags("Admin").RequireAuthorization(Policies.Admin));
        return api;
    }

    private static void MapProvider(RouteGroupBuilder provider)
    {
        provider.MapPost("/start", StartProviderLogin.HandleAsync)
            .WithName("startProviderLogin")
            .WithSummary("Begin a login at the identity provider, where Staff:Login is oidc: an address for the browser")
            .AllowAnonymous()
            .WithMetadata(new LoginRouteAttribute())
            .Uncached()
            .Produces<ProviderLoginView>(StatusCodes.Status200OK)
            .Refuses(409, 429, 500, 503);

        provider.MapPost("/finish", FinishProviderLogin.HandleAsync)
            .WithName("finishProviderLogin")
            .WithSummary("Finish it with the code and state that the browser brought back; the role is the provider's to give")
            .AllowAnonymous()
            .WithMetadata(new LoginRouteAttribute())
            .Uncached()
            .Produces<StaffLoginView>(StatusCodes.Status200OK)
            .Refuses(400, 401, 403, 409, 413, 415, 429, 500, 503);
    }

    private static void MapSecondFactor(RouteGroupBuilder staff)
    {
        staff.MapPost("/totp", EnrolSecondFactor.HandleAsync)
            .WithName("enrolSecondFactor")
            .WithSummary("Begin to set up a second factor (TOTP): a secret for an authenticator app, to be confirmed by a code")
            .RequireAuthorization(Policies.Reviewer)
            .WithMetadata(new MeetsAttribute(StaffDemand.SecondFactorEnrolment))
            .Uncached()
            .Produces<SecondFactorView>(StatusCodes.Status200OK)
            .Refuses(401, 403, 409, 429);

        staff.MapPost("/totp/confirmation", ConfirmSecondFactor.HandleAsync)
            .WithName("confirmSecondFactor")
            .WithSummary("Confirm the second factor by a code; answers ten recovery codes, once, and ends every other session of the member")
            .RequireAuthorization(Policies.Reviewer)
            .WithMetadata(new MeetsAttribute(StaffDemand.SecondFactorEnrolment))
            .Uncached()
            .Produces<RecoveryCodesView>(StatusCodes.Status200OK)
            .Refuses(400, 401, 403, 409, 413, 415, 422, 429);

        staff.MapDelete("/totp", RemoveSecondFactor.HandleAsync)
            .WithName("removeSecondFactor")
            .WithSummary("Remove one's own second factor, with password and code; every other session of the member ends")
            .RequireAuthorization(Policies.Reviewer)
            .Produces(StatusCodes.Status204NoContent)
            .Refuses(400, 401, 403, 409, 413, 415, 422, 429);
    }

    private static void MapAdmin(RouteGroupBuilder admin)
    {
        admin.MapGet("", ListStaff.HandleAsync)
            .WithName("listStaff")
            .WithSummary("Everybody who reviews or runs the service, closed logins included")
            .Produces<Page<StaffMemberView>>(StatusCodes.Status200OK)
            .Refuses(400, 401, 403, 429);

        admin.MapDelete("/{staffId}/totp", ResetSecondFactor.HandleAsync)
            .WithName("resetSecondFactor")
            .WithSummary("Remove the second factor of somebody who lost it; their sessions end")
            .Produces(StatusCodes.Status204NoContent)
            .Refuses(401, 403, 404, 429);
    }
}
