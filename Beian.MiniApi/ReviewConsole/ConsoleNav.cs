namespace Beian.MiniApi.ReviewConsole;

/// <summary>A page that the head of every page leads to.</summary>
/// <param name="Path">Where it is.</param>
/// <param name="WordKey">Key of its name.</param>
/// <param name="AdminOnly">Whether reviewers may not go there.</param>
public sealed record NavItem(string Path, string WordKey, bool AdminOnly = false);

/// <summary>The pages in the head, in their order.</summary>
public static class ConsoleNav
{
    public static readonly IReadOnlyList<NavItem> Items =
    [
        new(ConsolePaths.Queue, "nav.queue"),
        new(ConsolePaths.Stats, "nav.stats"),
        new(ConsolePaths.Deliveries, "nav.deliveries"),
        new(ConsolePaths.Staff, "nav.staff", AdminOnly: true),
        new(ConsolePaths.Resources, "nav.resources", AdminOnly: true),
        new(ConsolePaths.Codes, "nav.codes", AdminOnly: true),
        new(ConsolePaths.Audit, "nav.audit", AdminOnly: true),
    ];
}
