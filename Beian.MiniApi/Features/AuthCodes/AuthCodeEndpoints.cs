using Beian.MiniApi.Platform;

namespace Beian.MiniApi.Features.AuthCodes;

/// <summary>Routes of filing auth codes (备案授权码), for the account that makes them out and for the one that redeems them.</summary>
internal static class AuthCodeEndpoints
{
    public static void MapAuthCodes(this IEndpointRouteBuilder api)
    {
        var codes = api.MapGroup("/auth-codes").WithTags("Auth codes").RequireAuthorization(Policies.Applicant);
        codes.MapPost("", IssueAuthCodes.HandleAsync)
            .WithName(nameof(IssueAuthCodes))
            .WithSummary("Make out one to five codes of an own resource to an account")
            .Produces<IssuedView>(StatusCodes.Status201Created)
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .Idempotent();
        codes.MapGet("", ListAuthCodes.HandleAsync)
            .WithName(nameof(ListAuthCodes))
            .WithSummary("List the codes this account made out, newest first")
            .Produces<Page<AuthCodeView>>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden);
        codes.MapPut("/{codeId}", ChangeAuthCode.HandleAsync)
            .WithName(nameof(ChangeAuthCode))
            .WithSummary("Change resource, target or note of an unused code")
            .Produces<AuthCodeView>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity);
        codes.MapDelete("/{codeId}", DeleteAuthCode.HandleAsync)
            .WithName(nameof(DeleteAuthCode))
            .WithSummary("Delete an unused code")
            .Produces(StatusCodes.Status204NoContent)
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status404NotFound)
            .ProducesProblem(StatusCodes.Status409Conflict);
        codes.MapPost("/check", CheckAuthCode.HandleAsync)
            .WithName(nameof(CheckAuthCode))
            .WithSummary("Tell whether this account could redeem a code, without redeeming it")
            .Produces<AuthCodeVerdictView>()
            .ProducesProblem(StatusCodes.Status400BadRequest)
            .ProducesProblem(StatusCodes.Status401Unauthorized)
            .ProducesProblem(StatusCodes.Status403Forbidden)
            .ProducesProblem(StatusCodes.Status413PayloadTooLarge)
            .ProducesProblem(StatusCodes.Status422UnprocessableEntity)
            .ProducesProblem(StatusCodes.Status429TooManyRequests);
    }
}
