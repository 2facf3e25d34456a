using Beian.MiniApi.Domain;

namespace Beian.MiniApi.Platform;

/// <summary>
/// What a handler answers: a status, headers and the finished bytes. The bytes exist before the change is saved, so that an idempotency record can
/// be written together with the change it belongs to, and so that nothing is serialised twice.
/// </summary>
public sealed class Answer : IResult
{
    private const string JsonType = "application/json; charset=utf-8";

    private Answer(int status, ReadOnlyMemory<byte> body, string? contentType) => (Status, Body, ContentType) = (status, body, contentType);

    public int Status { get; }

    public ReadOnlyMemory<byte> Body { get; }

    public string? ContentType { get; }

    /// <summary>Entity tag of the answer, already quoted, or null.</summary>
    public string? ETag { get; private init; }

    /// <summary>Where a created thing lives, or null.</summary>
    public string? Location { get; private init; }

    /// <summary>Seconds to wait, or null.</summary>
    public int? RetryAfterSeconds { get; private init; }

    /// <summary>True when this answer was given before and is repeated from its record.</summary>
    public bool Replayed { get; private init; }

    /// <summary>The refusal behind a problem answer whose texts are written when it is sent, in the caller's language; null otherwise.</summary>
    public DomainError? Error { get; private init; }

    public static Answer Ok<T>(T view, int? version = null) => Json(StatusCodes.Status200OK, view, version);

    public static Answer Accepted<T>(T view, int? version = null) => Json(StatusCodes.Status202Accepted, view, version);

    public static Answer Created<T>(string location, T view, int? version = null)
    {
        var answer = Json(StatusCodes.Status201Created, view, version);
        return new Answer(answer.Status, answer.Body, answer.ContentType) { ETag = answer.ETag, Location = location };
    }

    public static Answer NoContent() => new(StatusCodes.Status204NoContent, default, null);

    public static Answer Restore(int status, byte[] body, string? contentType, string? etag, string? location) =>
        new(status, body, contentType) { ETag = etag, Location = location, Replayed = true };

    /// <summary>A refusal, to be worded when it is sent.</summary>
    public static Answer Refuse(DomainError error) => new(Problems.StatusOf(error.Kind), default, null)
    {
        Error = error,
        ETag = Tag(error.Version ?? error.CurrentVersion),
        RetryAfterSeconds = error.RetryAfter is { } wait ? (int)Math.Ceiling(wait.TotalSeconds) : null,
    };

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        ArgumentNullException.ThrowIfNull(httpContext);
        if (Error is not null && httpContext.Features.Get<IRefusalPage>() is { } page)
        {
            await page.ShowAsync(httpContext, this);
            return;
        }

        var sent = Error is null ? this : Problems.Word(this, httpContext);
        var response = httpContext.Response;
        response.StatusCode = sent.Status;
        if (sent.ETag is not null)
        {
            response.Headers.ETag = sent.ETag;
        }

        if (sent.Location is not null)
        {
            response.Headers.Location = sent.Location;
        }

        if (sent.RetryAfterSeconds is { } seconds)
        {
            response.Headers.RetryAfter = seconds.ToString(System.Globalization.CultureInfo.InvariantCulture);
        }

        if (sent.Status == StatusCodes.Status401Unauthorized)
        {
            response.Headers.WWWAuthenticate = "Bearer";
        }

        if (sent.Replayed)
        {
            response.Headers["Idempotency-Replayed"] = "true";
        }

        if (sent.Body.Length > 0)
        {
            response.ContentType = sent.ContentType;
            response.ContentLength = sent.Body.Length;
            await response.Body.WriteAsync(sent.Body, httpContext.RequestAborted);
        }
    }

    /// <summary>The same refusal under a status that only the pipeline gives, such as 405 or 500.</summary>
    internal Answer WithStatus(int status) => new(status, Body, ContentType) { Error = Error, ETag = ETag, RetryAfterSeconds = RetryAfterSeconds };

    /// <summary>The same answer with its problem worded: what goes over the wire and into an idempotency record.</summary>
    internal Answer Worded(ReadOnlyMemory<byte> problem) =>
        new(Status, problem, "application/problem+json; charset=utf-8") { ETag = ETag, RetryAfterSeconds = RetryAfterSeconds };

    private static Answer Json<T>(int status, T view, int? version) =>
        new(status, ApiJson.Serialize(view), JsonType) { ETag = Tag(version) };

    private static string? Tag(int? version) => version is { } v ? $"\"{v.ToString(System.Globalization.CultureInfo.InvariantCulture)}\"" : null;
}
