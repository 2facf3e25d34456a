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

    public static void MapFaceSandbox(this IEndpointRouteBuilder routes)
    {
        if (routes.MapSandbox("/sandbox/face") is not { } face)
        {
            return;
        }

        face.AddEndpointFilter(new RefusalFilter());
        face.MapPost("/checks", Start);
        face.MapGet("/checks/{reference}", Read);
        face.MapGet("/{token}", Show);
        face.MapPost("/{token}", Finish);
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
