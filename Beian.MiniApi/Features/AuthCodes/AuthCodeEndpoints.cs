using Beian.MiniApi.Platform;

namespace Beian.MiniApi.Features.AuthCodes;

/// <summary>Routes of filing auth codes (备案授权码), for the account that makes them out and for the one that redeems them.</summary>
internal static class AuthCodeEndpoints
{
    public static void MapAuthCodes(this IEndpointRouteBuilder api)
    {
        var codes = api.MapGroup("/auth-codes").WithTags("Auth codes").RequireAuthorization(Policies.Applicant);
        codes.MapPost("", IssueAuthCodes.HandleAsync)
            .WithName("issueAuthCodes")
            .WithSummary("Make out one to five codes of an own resource to an account")
            .Produces<IssuedView>(StatusCodes.Status201Created)
            .Refuses(400, 401, 403, 409, 413, 415, 422, 429)
            .Idempotent();
        codes.MapGet("", ListAuthCodes.HandleAsync)
            .WithName("listAuthCodes")
            .WithSummary("List the codes this account made out, newest first")
            .Produces<Page<AuthCodeView>>()
            .Refuses(400, 401, 403, 429);
        codes.MapPut("/{codeId}", ChangeAuthCode.HandleAsync)
            .WithName("changeAuthCode")
            .WithSummary("Change resource, target or note of an unused code")
            .Produces<AuthCodeView>()
            .Refuses(400, 401, 403, 404, 409, 413, 415, 422, 429);
        codes.MapDelete("/{codeId}", DeleteAuthCode.HandleAsync)
            .WithName("deleteAuthCode")
            .WithSummary("Delete an unused code")
            .Produces(StatusCodes.Status204NoContent)
            .Refuses(401, 403, 404, 409, 429);
        codes.MapPost("/check", CheckAuthCode.HandleAsync)
            .WithName("checkAuthCode")
            .WithSummary("Tell whether this account could redeem a code, without redeeming it")
            .Produces<AuthCodeVerdictView>()
            .Refuses(400, 401, 403, 413, 415, 422, 429);
    }
}
