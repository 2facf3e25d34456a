using System.Diagnostics;
using System.Text.Json.Serialization;
using Beian.MiniApi.Domain;

namespace Beian.MiniApi.Platform;

/// <summary>The body of every refusal (RFC 9457), as callers see it.</summary>
public sealed record ProblemView
{
    /// <summary>Identifies the kind of problem; ends in the code.</summary>
    public required string Type { get; init; }

    public required string Title { get; init; }

    public required int Status { get; init; }

    public required string Detail { get; init; }

    /// <summary>Path of the request that was refused.</summary>
    public required string Instance { get; init; }

    /// <summary>Stable dotted code to program against.</summary>
    public required string Code { get; init; }

    public required string TraceId { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Remedy { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? State { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? AllowedActions { get; init; }

    /// <summary>The version stored now, when a write was stale.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? CurrentVersion { get; init; }

    /// <summary>The version as which the values were stored although the request was refused.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Version { get; init; }

    /// <summary>The step as it is stored now, when a write was stale.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public object? Current { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ProblemField>? Errors { get; init; }
}

/// <summary>One unmet demand inside a problem.</summary>
/// <param name="Pointer">JSON pointer to the field.</param>
/// <param name="Code">Stable dotted code.</param>
/// <param name="Message">What is wrong, for people.</param>
public sealed record ProblemField(string Pointer, string Code, string Message)
{
    /// <summary>What to do about it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Remedy { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Step { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? SiteId { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Kind { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Part { get; init; }

    /// <summary>The rule or the check that says so; null where the request itself is at fault.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? RuleId { get; init; }
}

/// <summary>The one place that turns a refusal into an HTTP answer.</summary>
public static class Problems
{
    public static int StatusOf(ErrorKind kind) => kind switch
    {
        ErrorKind.Invalid => StatusCodes.Status400BadRequest,
        ErrorKind.Unauthenticated => StatusCodes.Status401Unauthorized,
        ErrorKind.Forbidden => StatusCodes.Status403Forbidden,
        ErrorKind.NotFound => StatusCodes.Status404NotFound,
        ErrorKind.Conflict => StatusCodes.Status409Conflict,
        ErrorKind.Stale => StatusCodes.Status412PreconditionFailed,
        ErrorKind.TooLarge => StatusCodes.Status413PayloadTooLarge,
        ErrorKind.UnsupportedType => StatusCodes.Status415UnsupportedMediaType,
        ErrorKind.Unprocessable => StatusCodes.Status422UnprocessableEntity,
        ErrorKind.TooMany => StatusCodes.Status429TooManyRequests,
        ErrorKind.Unavailable => StatusCodes.Status503ServiceUnavailable,
        ErrorKind.NoRoom => StatusCodes.Status507InsufficientStorage,
        ErrorKind.Broken => StatusCodes.Status500InternalServerError,
        ErrorKind.BadGateway => StatusCodes.Status502BadGateway,
        ErrorKind.BadMethod => StatusCodes.Status405MethodNotAllowed,
        ErrorKind.TimedOut => StatusCodes.Status504GatewayTimeout,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "A kind of error without a status."),
    };

    public static Answer ToAnswer(this DomainError error) => Answer.Refuse(error);

    /// <summary>True when the caller asked for English before Chinese; zh-CN is the default.</summary>
    public static bool WantsEnglish(HttpContext context)
    {
        foreach (var language in context.Request.GetTypedHeaders().AcceptLanguage.Where(l => l.Quality is not 0).OrderByDescending(l => l.Quality ?? 1))
        {
            if (language.Value.StartsWith("en", StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }

            if (language.Value.StartsWith("zh", StringComparison.OrdinalIgnoreCase))
            {
                return false;
            }
        }

        return false;
    }

    /// <summary>Writes the texts of a refusal in the caller's language.</summary>
    public static Answer Word(Answer refusal, HttpContext context)
    {
        var error = refusal.Error ?? throw new ArgumentException("Not a refusal.", nameof(refusal));
        var texts = context.RequestServices.GetRequiredService<TextCatalogue>();
        var english = WantsEnglish(context);
        var args = error.RetryAfter is { } wait ? new Dictionary<string, string>(error.Args, StringComparer.Ordinal) { ["wait"] = Waits.Say(wait, english) } : error.Args;
        var text = texts.Find(error.Code, english, args);
        var view = new ProblemView
        {
            Type = $"urn:beian:problem:{error.Code}",
            Title = text.Title,
            Status = refusal.Status,
            Detail = text.Detail,
            Instance = context.Request.Path,
            Code = error.Code,
            TraceId = Activity.Current?.TraceId.ToString() ?? context.TraceIdentifier,
            Remedy = error.RemedyCode is { } other ? texts.Find(other, english, args).Remedy : text.Remedy,
            State = error.State,
            AllowedActions = error.AllowedActions,
            CurrentVersion = error.CurrentVersion,
            Version = error.Version,
            Current = error.Current,
            Errors = error.Errors.Count == 0 ? null : [.. error.Errors.Select(e => Field(e, texts, english))],
        };
        return refusal.Worded(ApiJson.Serialize(view));
    }

    private static ProblemField Field(Finding finding, TextCatalogue texts, bool english)
    {
        var text = texts.Find(finding.Code, english, finding.Args);
        return new ProblemField(finding.Pointer, finding.Code, text.Detail)
        {
            Remedy = finding.RemedyCode is { } other ? texts.Find(other, english, finding.Args).Remedy : text.Remedy,
            Step = finding.Step,
            SiteId = finding.SiteId,
            Kind = finding.MaterialKind,
            Part = finding.MaterialPart,
            RuleId = finding.RuleId,
        };
    }
}
