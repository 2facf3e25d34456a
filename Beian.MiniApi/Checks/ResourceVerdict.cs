using Beian.MiniApi.Domain;

namespace Beian.MiniApi.Checks;

/// <summary>Whether a site may be served by what the applicant chose.</summary>
public sealed record ResourceVerdict
{
    /// <summary>Why not, or null when it may. A <c>rate.codeAttempts</c> means that nothing was judged.</summary>
    public DomainError? Refusal { get; init; }

    /// <summary>The resource behind the choice; null when refused.</summary>
    public string? ResourceId { get; init; }

    /// <summary>The redeemed code; null when refused, and for an own resource.</summary>
    public string? CodeId { get; init; }

    /// <summary>Type of the resource, such as <c>cvm</c>; null when refused.</summary>
    public string? ResourceType { get; init; }

    /// <summary>Region of the resource; null when refused.</summary>
    public string? Region { get; init; }

    /// <summary>When the resource, and a code with it, runs out; null when refused or without end.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    /// <summary>Days that must be left of it, by its type; 0 for no demand, or when refused.</summary>
    public int MinRemainingDays { get; init; }

    /// <summary>The addresses to file.</summary>
    public IReadOnlyList<string> PublicIps { get; init; } = [];

    /// <summary>
    /// Reservations to try in order, one of which the site must hold: the code's only one, or the slots that no other filing holds. Several sites of
    /// one filing each need their own, so keys that another site of the filing holds must be left out.
    /// </summary>
    public IReadOnlyList<string> HoldKeys { get; init; } = [];

    public static ResourceVerdict No(DomainError refusal) => new() { Refusal = refusal };
}
