namespace Beian.MiniApi.Domain;

/// <summary>What sort of refusal an error is; the edge maps each kind to one HTTP status.</summary>
public enum ErrorKind
{
    /// <summary>The request itself cannot be read or stored.</summary>
    Invalid = 1,
    Unauthenticated = 2,
    Forbidden = 3,
    NotFound = 4,
    Conflict = 5,
    Stale = 6,
    TooLarge = 7,
    UnsupportedType = 8,
    Unprocessable = 9,
    TooMany = 10,

    /// <summary>An outside service did not answer; the caller may try again later.</summary>
    Unavailable = 11,

    /// <summary>There is no room to store it.</summary>
    NoRoom = 12,

    /// <summary>A setting or the program is wrong; the caller did nothing wrong and cannot mend it.</summary>
    Broken = 13,

    /// <summary>An outside service refuses us, not the caller.</summary>
    BadGateway = 14,

    /// <summary>An outside service took too long, and whether it did what was asked is unknown.</summary>
    TimedOut = 15,

    /// <summary>The address does not answer that method.</summary>
    BadMethod = 16,
}

/// <summary>An expected refusal, as a value. Carries no personal data: its arguments end up in answers and logs.</summary>
/// <param name="Code">Stable dotted code, part of the public contract; its texts live in <c>ReferenceData/texts</c>.</param>
/// <param name="Kind">Decides the HTTP status.</param>
public sealed record DomainError(string Code, ErrorKind Kind)
{
    /// <summary>Values for the placeholders of the texts, by name.</summary>
    public IReadOnlyDictionary<string, string> Args { get; init; } = Texts.NoArgs;

    /// <summary>The single demands that are not met, each pointing at its field. Empty when the refusal is about the whole.</summary>
    public IReadOnlyList<Finding> Errors { get; init; } = [];

    /// <summary>What the caller may do in the present state; only set on a state conflict.</summary>
    public IReadOnlyList<string>? AllowedActions { get; init; }

    /// <summary>The state the thing is in; only set on a state conflict.</summary>
    public string? State { get; init; }

    /// <summary>The version now stored; set when a write was stale.</summary>
    public int? CurrentVersion { get; init; }

    /// <summary>The version as which the values of a refused write were stored all the same; null when nothing was.</summary>
    public int? Version { get; init; }

    /// <summary>The code whose remedy is told, where that of <see cref="Code"/> does not fit what was asked for; null otherwise.</summary>
    public string? RemedyCode { get; init; }

    /// <summary>How long to wait before trying again, or null when waiting does not help.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>Any further member of the problem body, such as the current step of a stale write.</summary>
    public object? Current { get; init; }
}

/// <summary>How heavy a finding weighs.</summary>
public enum Severity
{
    /// <summary>Must be mended before submission.</summary>
    Error = 1,

    /// <summary>May be submitted; the reviewer sees it.</summary>
    Warning = 2,

    /// <summary>Tells what was done, such as a normalised domain.</summary>
    Info = 3,
}

/// <summary>One remark about one field.</summary>
/// <param name="Pointer">JSON pointer: into the request for a refused request, into the filing for a requirement.</param>
/// <param name="Code">Stable dotted code with texts in <c>ReferenceData/texts</c>.</param>
/// <param name="Severity">How heavy it weighs.</param>
public sealed record Finding(string Pointer, string Code, Severity Severity = Severity.Error)
{
    public IReadOnlyDictionary<string, string> Args { get; init; } = Texts.NoArgs;

    /// <summary>The step of the journey the field belongs to, or null outside a filing.</summary>
    public string? Step { get; init; }

    /// <summary>The site it is about, or null.</summary>
    public string? SiteId { get; init; }

    /// <summary>The rule or data row that judged, such as <c>440000.minAge</c>; null outside the requirements of a filing.</summary>
    public string? RuleId { get; init; }

    /// <summary>Pack or data file of that rule, and its version, such as <c>440000@2026-07</c>; null outside the requirements of a filing.</summary>
    public string? PackVersion { get; init; }

    /// <summary>What another source says of the same point, for people; null where the sources agree.</summary>
    public string? Conflict { get; init; }

    /// <summary>The check of an outside fact that found it, which is asked again at submission; null for what the form itself says.</summary>
    public string? Check { get; init; }

    /// <summary>For a material that is due: its id in the materials data.</summary>
    public string? MaterialKind { get; init; }

    /// <summary>For a material that is due: the missing part, such as <c>front</c>; null when it has no parts.</summary>
    public string? MaterialPart { get; init; }

    /// <summary>For a material that is due: other kinds that would do as well.</summary>
    public IReadOnlyList<string> Alternatives { get; init; } = [];

    /// <summary>The code whose remedy is told, where the reader is not the one whom that of <see cref="Code"/> is meant for; null otherwise.</summary>
    public string? RemedyCode { get; init; }

    /// <summary>The paper with which the value may stand as it is; null when there is none.</summary>
    public string? AlternativeMaterial { get; init; }
}

/// <summary>Small helpers to give texts their arguments.</summary>
public static class Texts
{
    public static readonly IReadOnlyDictionary<string, string> NoArgs = new Dictionary<string, string>(0);

    public static IReadOnlyDictionary<string, string> Args(params (string Name, string Value)[] args) =>
        args.ToDictionary(a => a.Name, a => a.Value, StringComparer.Ordinal);
}
