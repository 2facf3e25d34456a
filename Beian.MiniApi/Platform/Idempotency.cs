using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Beian.MiniApi.Coordination;
using Beian.MiniApi.Domain;
using Beian.MiniApi.Storage;

namespace Beian.MiniApi.Platform;

/// <summary>Refusals about an <c>Idempotency-Key</c>.</summary>
public static class IdempotencyErrors
{
    public static DomainError BadKey() => new("idempotency.badKey", ErrorKind.Invalid);

    public static DomainError KeyReused() => new("idempotency.keyReused", ErrorKind.Unprocessable);

    public static DomainError InProgress() => new("idempotency.inProgress", ErrorKind.Conflict) { RetryAfter = TimeSpan.FromSeconds(1) };
}

/// <summary>
/// The idempotency of one request. A handler that saves something asks <see cref="Record"/> for the record of its answer and gives it to the store
/// with the change. A handler whose body is a stream calls <see cref="Repeats"/> once it knows what was sent.
/// </summary>
public sealed class Idempotency(IHttpContextAccessor http)
{
    /// <summary>How long a first answer is repeated.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    private string? _key;
    private string? _requestHash;
    private IdempotencyRecord? _known;

    /// <summary>The answer whose record was handed out last. A handler that ends with another one did not save it.</summary>
    internal Answer? RecordedFor { get; private set; }

    /// <summary>The record to write with the change that this answer reports, or null when the caller sent no key.</summary>
    public IdempotencyRecord? Record(Answer answer)
    {
        if (_key is null || _requestHash is null)
        {
            return null;
        }

        RecordedFor = answer;
        var sent = answer.Error is null ? answer : Problems.Word(answer, http.HttpContext!);
        var stored = new StoredAnswer(sent.Status, sent.ContentType, sent.ETag, sent.Location, sent.Body.ToArray());
        return new IdempotencyRecord(
            _key,
            _requestHash,
            JsonSerializer.SerializeToUtf8Bytes(stored, ApiJson.Data),
            TimeProvider.System.GetUtcNow() + Lifetime)
        {
            OwnerId = http.HttpContext?.User.FindFirst("sub")?.Value,
        };
    }

    /// <summary>For streamed bodies: the first answer when this request was seen before, a refusal when the key was used for another one, else null.</summary>
    /// <param name="requestHash">Digest over everything that makes two requests the same, in hex.</param>
    public Answer? Repeats(string requestHash)
    {
        _requestHash = requestHash;
        return _known is null ? null : Replay(_known, requestHash);
    }

    internal void Begin(string key, string? requestHash, IdempotencyRecord? known) => (_key, _requestHash, _known) = (key, requestHash, known);

    internal static Answer Replay(IdempotencyRecord known, string requestHash)
    {
        if (!string.Equals(known.RequestHash, requestHash, StringComparison.Ordinal))
        {
            return IdempotencyErrors.KeyReused().ToAnswer();
        }

        var stored = JsonSerializer.Deserialize<StoredAnswer>(known.Answer, ApiJson.Data)!;
        return Answer.Restore(stored.Status, stored.Body, stored.ContentType, stored.ETag, stored.Location);
    }

    private sealed record StoredAnswer(int Status, string? ContentType, string? ETag, string? Location, byte[] Body);
}

/// <summary>
/// Gives every POST it stands on the repeat behaviour of the contract: the first answer again, another body refused, a running first one awaited by the caller.
/// </summary>
public sealed class IdempotencyFilter(IIdempotencyStore store, ILeases leases) : IEndpointFilter
{
    /// <summary>
    /// How long the note lasts that another instance has begun the same request, 15 s: after a kill the caller need not wait longer. It spares the work of a
    /// repeat; that the work counts once, the store sees to, which saves the key with what was done.
    /// </summary>
    private static readonly TimeSpan NoteLife = TimeSpan.FromSeconds(15);

    private static readonly ConcurrentDictionary<string, bool> Running = new(StringComparer.Ordinal);

    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        if (!http.Request.Headers.TryGetValue("Idempotency-Key", out var header))
        {
            return await next(context);
        }

        var callerKey = header.ToString();
        if (header.Count != 1 || callerKey.Length is < 1 or > 64 || callerKey.Any(c => c is < '!' or > '~'))
        {
            return IdempotencyErrors.BadKey().ToAnswer();
        }

        var key = Digest(http.User.FindFirst("sub")?.Value ?? string.Empty, http.Request.Method, http.Request.Path, callerKey);
        if (!Running.TryAdd(key, true))
        {
            return IdempotencyErrors.InProgress().ToAnswer();
        }

        var (note, holder) = ("idempotency:" + key, Guid.NewGuid().ToString("N"));
        try
        {
            return (await leases.TakeAsync(note, holder, NoteLife, http.RequestAborted)).State == LeaseState.Held
                ? IdempotencyErrors.InProgress().ToAnswer()
                : await OnceAsync(context, next, key);
        }
        catch (IdempotencyKeyTakenException)
        {
            // Another instance of the service saved the same request first.
            return IdempotencyErrors.InProgress().ToAnswer();
        }
        finally
        {
            Running.TryRemove(key, out _);
            await leases.ReleaseAsync(note, holder, CancellationToken.None);
        }
    }

    private async Task<object?> OnceAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next, string key)
    {
        var http = context.HttpContext;
        var idempotency = http.RequestServices.GetRequiredService<Idempotency>();
        var known = await store.FindAsync(key, TimeProvider.System.GetUtcNow(), http.RequestAborted);
        var hash = await HashOfJsonAsync(http);
        idempotency.Begin(key, hash, known);
        if (known is not null && hash is not null)
        {
            return Idempotency.Replay(known, hash);
        }

        var result = await next(context);
        if (result is Answer answer && !ReferenceEquals(answer, idempotency.RecordedFor) && !answer.Replayed && IsFinal(answer) && answer.Error?.Code != "idempotency.keyReused"
            && idempotency.Record(answer) is { } record)
        {
            await store.SaveAsync(record, CancellationToken.None);
        }

        return result;
    }

    /// <summary>Answers worth repeating: what was done, and refusals that were decided. Unreadable, unauthorised and throttled requests may simply be sent again, and so may what is only refused for the moment.</summary>
    private static bool IsFinal(Answer answer) => answer.Status is >= 200 and < 300 or 404 or 409 or 412 or 413 or 415 or 422 && answer.RetryAfterSeconds is null;

    /// <summary>Null when the body is a stream that only the handler can digest.</summary>
    private static async Task<string?> HashOfJsonAsync(HttpContext http)
    {
        if (http.Request.ContentType is not null && !http.Request.HasJsonContentType() && http.Request.ContentLength is not 0)
        {
            return null;
        }

        var (bytes, refusal) = await RequestBytes.ReadAsync(http, Body<object>.MaxBytes);
        return refusal is null ? Convert.ToHexStringLower(SHA256.HashData([.. bytes.Span, .. Encoding.UTF8.GetBytes(http.Request.QueryString.Value ?? string.Empty)])) : null;
    }

    private static string Digest(params ReadOnlySpan<string> parts) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', parts))));
}
