namespace Beian.MiniApi.Storage;

/// <summary>Something that was looked at.</summary>
/// <param name="Act">One of <see cref="AuditActs"/>.</param>
/// <param name="Kind">Kind of the thing: the table it is kept in.</param>
/// <param name="Thing">Its id.</param>
/// <param name="Owner">The account whose data it is, or null.</param>
/// <param name="Reason">Words for it, of which only a digest is kept; or null.</param>
public sealed record Sighting(string Act, string Kind, string Thing, string? Owner, string? Reason = null)
{
    public override string ToString() => $"{nameof(Sighting)} {Act} {Kind}";
}

/// <summary>
/// On whose behalf this flow of control works. It is ambient: every store writes its entries with it, and none has to be told by its callers, who could forget.
/// </summary>
public sealed class AuditScope
{
    private static readonly AsyncLocal<AuditScope?> Ambient = new();

    private static readonly AuditScope Nobody = new("system", "system", string.Empty, null);

    private readonly List<Sighting> _sightings = [];

    private AuditScope(string actor, string role, string route, string? source) => (Actor, Role, Route, Source) = (actor, role, route, source);

    /// <summary>The scope of this flow; the program itself where nobody entered one.</summary>
    public static AuditScope Current => Ambient.Value ?? Nobody;

    public string Actor { get; }

    public string Role { get; }

    public string Route { get; }

    public string? Source { get; }

    /// <summary>What this call has looked at so far.</summary>
    public IReadOnlyList<Sighting> Sightings => _sightings;

    /// <summary>Enters a scope for the rest of the calling asynchronous method and all it calls.</summary>
    public static AuditScope Enter(string actor, string role, string route, string? source) => Ambient.Value = new AuditScope(actor, role, route, source);

    /// <summary>Enters the scope of a part of the program that works by itself.</summary>
    /// <param name="part">Its name.</param>
    public static void EnterSystem(string part) => Enter(part, "system", string.Empty, null);

    /// <summary>Notes what a call looks at, to be recorded before its answer leaves.</summary>
    public static void Sees(Sighting sighting)
    {
        if (Ambient.Value is { } scope)
        {
            scope._sightings.Add(sighting);
        }
    }
}
