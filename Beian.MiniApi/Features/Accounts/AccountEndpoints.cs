using Beian.MiniApi.Platform;

namespace Beian.MiniApi.Features.Accounts;

/// <summary>Routes of the user's own profile and of the provider's account feed.</summary>
public static class AccountEndpoints
{
    public static RouteGroupBuilder MapAccounts(this RouteGroupBuilder api)
    {
        api.MapGet("/me", GetMe.HandleAsync).Shows("accounts")
            .WithName("getMe")
            .WithSummary("The user's profile, account and notification choices")
            .WithTags("Me")
            .RequireAuthorization(Policies.Applicant)
            .Produces<MeView>(StatusCodes.Status200OK)
            .Refuses(401, 403, 429);

        api.MapGet("/me/access-log", GetAccessLog.HandleAsync)
            .WithName("getAccessLog")
            .WithSummary("Who looked at the account's data, newest first; staff by role")
            .WithTags("Me")
            .RequireAuthorization(Policies.Applicant)
            .Produces<Page<AccessView>>(StatusCodes.Status200OK)
            .Refuses(400, 401, 403, 429);

        api.MapPut("/me", PutMe.HandleAsync)
            .WithName("putMe")
            .WithSummary("Replace the notification choices")
            .WithTags("Me")
            .RequireAuthorization(Policies.Applicant)
            .Produces<MeView>(StatusCodes.Status200OK)
            .Refuses(400, 401, 403, 413, 415, 429);

        api.MapPost("/me/phone", BindPhone.HandleAsync).Idempotent()
            .WithName("bindPhone")
            .WithSummary("Bind the telephone number that the user gave with a tap")
            .WithTags("Me")
            .RequireAuthorization(Policies.Applicant)
            .Produces<MeView>(StatusCodes.Status200OK)
            .Refuses(400, 401, 403, 413, 415, 429, 500, 502, 503, 504);

        api.MapDelete("/me", EraseMe.HandleAsync)
            .WithName("eraseMe")
            .WithSummary("Erase the user, and with the account's last user its drafts; says what is kept and why")
            .WithTags("Me")
            .RequireAuthorization(Policies.Applicant)
            .Produces<ErasedView>(StatusCodes.Status200OK)
            .Refuses(401, 403, 409, 429);

        api.MapGet("/admin/accounts/{accountId}", GetAccount.HandleAsync).Shows("accounts", "accountId")
            .WithName("getAccount")
            .WithSummary("An account with its real-name facts and users")
            .WithTags("Admin")
            .RequireAuthorization(Policies.Admin)
            .Produces<AccountView>(StatusCodes.Status200OK)
            .Refuses(401, 403, 404, 429);

        api.MapPut("/admin/accounts/{accountId}", PutAccount.HandleAsync)
            .WithName("putAccount")
            .WithSummary("Feed real-name facts and users of an account; creates an absent one")
            .WithTags("Admin")
            .RequireAuthorization(Policies.Admin)
            .Produces<AccountView>(StatusCodes.Status200OK)
            .Produces<AccountView>(StatusCodes.Status201Created)
            .Refuses(400, 401, 403, 409, 413, 415, 422, 429);

        // Not idempotent: its answer holds a secret, and those are never stored. A repeat makes another code.
        api.MapPost("/admin/accounts/{accountId}/links", MakeAccountLink.HandleAsync)
            .WithName("makeAccountLink")
            .WithSummary("A code with which one user joins the account within 10 minutes, with the picture to scan")
            .WithTags("Admin")
            .RequireAuthorization(Policies.Admin)
            .Produces<AccountLinkView>(StatusCodes.Status201Created)
            .Refuses(401, 403, 404, 429);

        api.MapPost("/me/account", JoinAccount.HandleAsync)
            .WithName("joinAccount")
            .WithSummary("Join the provider's account with a one-time code; acts at once, in this session too")
            .WithTags("Me")
            .RequireAuthorization(Policies.Applicant)
            .Idempotent()
            .Produces<MeView>(StatusCodes.Status200OK)
            .Refuses(400, 401, 403, 409, 413, 415, 422, 429);

        return api;
    }
}
