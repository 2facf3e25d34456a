using Beian.MiniApi.Platform;

namespace Beian.MiniApi.Sandbox.Face;

/// <summary>The routes of the played provider of face checks.</summary>
public static class FaceSandboxEndpoints
{
    public static WebApplicationBuilder AddFaceSandbox(this WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<FaceSandbox>();
        return builder;
    }

    public static IEndpointRouteBuilder MapFaceSandbox(this IEndpointRouteBuilder app)
    {
        var face = app.MapGroup("/sandbox/face").WithTags("Sandbox").AddEndpointFilter<RefusalFilter>();
        face.MapPost("/checks", Start)
            .WithName("SandboxStartFaceCheck")
            .WithSummary("Sandbox: take a face check; a name ending in 拒 fails, in 待 stays pending, others pass")
            .Produces<FaceCheckTaken>()
            .ProducesProblem(StatusCodes.Status400BadRequest);
        face.MapGet("/checks/{reference}", Read)
            .WithName("SandboxReadFaceCheck")
            .WithSummary("Sandbox: how a face check went")
            .Produces<FaceCheckJudged>()
            .ProducesProblem(StatusCodes.Status404NotFound);
        face.MapGet("/{token}", Show)
            .WithName("SandboxShowFaceCheck")
            .WithSummary("Sandbox: the page a person would do the check on")
            .Produces(StatusCodes.Status200OK, contentType: "text/html")
            .ProducesProblem(StatusCodes.Status404NotFound);
        face.MapPost("/{token}", Finish)
            .WithName("SandboxFinishFaceCheck")
            .WithSummary("Sandbox: the person has finished")
            .Produces(StatusCodes.Status200OK, contentType: "text/html")
            .ProducesProblem(StatusCodes.Status404NotFound);
        return app;
    }

    private static Answer Start(Body<FaceCheckAsked> body, FaceSandbox sandbox, HttpContext http)
    {
        var check = sandbox.Start(body.Value);
        var url = $"{http.Request.Scheme}://{http.Request.Host}/sandbox/face/{check.Token}";
        return Answer.Ok(new FaceCheckTaken(check.Ref, url, check.ExpiresAt));
    }

    private static Answer Read(string reference, FaceSandbox sandbox)
    {
        if (sandbox.Find(reference) is not { } found)
        {
            return RequestErrors.RouteNotFound().ToAnswer();
        }

        var check = sandbox.Finish(found);
        var failed = check.Outcome == "failed";
        double? score = check.Outcome switch
        {
            "passed" => 97.5,
            "failed" => 12.5,
            _ => null,
        };
        var asked = check.Asked;
        return Answer.Ok(new FaceCheckJudged(
            check.Outcome,
            failed ? "FACE_MISMATCH" : null,
            asked.CheckId,
            asked.Name,
            asked.CertificateType,
            asked.CertificateNumber,
            score,
            check.At));
    }

    private static IResult Show(string token, FaceSandbox sandbox, HttpContext http) =>
        sandbox.FindByToken(token) is null ? RequestErrors.RouteNotFound().ToAnswer() : FacePage.Of(http, FacePage.Rules);

    private static IResult Finish(string token, FaceSandbox sandbox, HttpContext http)
    {
        if (sandbox.FindByToken(token) is not { } check)
        {
            return RequestErrors.RouteNotFound().ToAnswer();
        }

        sandbox.Finish(check);
        return FacePage.Of(http, FacePage.Done);
    }
}
