using Beian.MiniApi.Domain;
using Beian.MiniApi.Platform;

namespace Beian.MiniApi.Sandbox.WeChat;

/// <summary>What a user answers to the dialog for a subscription.</summary>
public sealed record AnswerSubscriptionRequest
{
    /// <summary>Name of the sandbox user.</summary>
    public required string User { get; init; }

    /// <summary>Which template.</summary>
    public required string TemplateId { get; init; }

    /// <summary>True for one permission more, false for none any longer.</summary>
    public required bool Accept { get; init; }
}

/// <param name="Credits">Permissions that are left.</param>
public sealed record SubscriptionView(int Credits);

/// <summary>The messages that were delivered, oldest first, and the templates there are.</summary>
public sealed record SandboxMessagesView(IReadOnlyList<SandboxTemplateView> Templates, IReadOnlyList<SandboxSent> Items);

/// <summary>A template of the played account.</summary>
public sealed record SandboxTemplateView(string Id, string Title, IReadOnlyList<string> Keys);

/// <param name="VerifyRet">What the verification answers from now on, such as 10000.</param>
public sealed record FinishFaceRequest(int VerifyRet);

/// <summary>What a phone would do: answer the dialog for subscriptions, finish a face verification.</summary>
internal static class SandboxControls
{
    public static void MapSandboxControls(this IEndpointRouteBuilder routes)
    {
        if (routes.MapSandbox("/sandbox/subscriptions") is not { } messages || routes.MapSandbox("/sandbox/wechat-face") is not { } faces)
        {
            return;
        }

        messages.AddEndpointFilter(new RefusalFilter());
        messages.MapGet("", (SandboxMessages sent) => Answer.Ok(
            new SandboxMessagesView([.. SandboxTemplates.All.Select(t => new SandboxTemplateView(t.Id, t.Title, [.. t.Lines.Select(l => l.Key)]))], sent.Sent)));
        messages.MapPost("", AnswerDialog);
        faces.AddEndpointFilter(new RefusalFilter());
        faces.MapPut("/{verifyId}", (string verifyId, Body<FinishFaceRequest> body, SandboxFaceVerification verifications) =>
            verifications.Finish(verifyId, body.Value.VerifyRet) ? Answer.Ok(body.Value) : RequestErrors.RouteNotFound().ToAnswer());
    }

    private static Answer AnswerDialog(Body<AnswerSubscriptionRequest> body, SandboxMessages messages) =>
        messages.Answer(body.Value.User, body.Value.TemplateId, body.Value.Accept) is { } left
            ? Answer.Ok(new SubscriptionView(left))
            : new DomainError("sandbox.badTemplate", ErrorKind.Unprocessable).ToAnswer();
}
