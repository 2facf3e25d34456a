using System.Globalization;
using Beian.MiniApi.Domain.Resources;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Storage;

namespace Beian.MiniApi.ReviewConsole.Admin;

/// <summary>A page of the provider's inventory, as far as it was fed to us.</summary>
/// <param name="Owner">The account whose resources are shown; null for everybody's.</param>
/// <param name="Id">The one resource that is looked for, or null.</param>
/// <param name="Resources">Last known first.</param>
/// <param name="Codes">How many auth codes a resource has; one without is absent.</param>
/// <param name="NextCursor">Of the page that follows; null on the last.</param>
public sealed record ResourcesModel(string? Owner, string? Id, IReadOnlyList<CloudResource> Resources, IReadOnlyDictionary<string, int> Codes, string? NextCursor)
{
    /// <summary>The query of this list, beginning with a question mark; empty for all of it.</summary>
    public string Query => Owner is null ? string.Empty : "?owner=" + Uri.EscapeDataString(Owner);
}

internal static class ShowResources
{
    public static async Task<IResult> HandleAsync(HttpContext http, PageRequest page, IResourceStore resources, IAuthCodeStore codes, CancellationToken cancellationToken)
    {
        var (owner, id) = (IdOf(http.Request.Query["owner"]), IdOf(http.Request.Query["id"]));
        var before = long.TryParse(page.After, NumberStyles.None, CultureInfo.InvariantCulture, out var sequence) ? sequence : (long?)null;
        var rows = (id, owner) switch
        {
            ({ } one, _) => await resources.FindAsync(one, cancellationToken) is { } found ? [new ResourceRow(0, found)] : [],
            (_, { } account) => await resources.FindByOwnerAsync(account, before, page.Take, cancellationToken),
            _ => await resources.PageAsync(before, page.Take, cancellationToken),
        };
        var shown = Page.Of(rows, page, r => r.Sequence.ToString(CultureInfo.InvariantCulture), r => r.Resource);
        var counts = await codes.CountByResourceAsync([.. shown.Items.Select(r => r.Id)], cancellationToken);
        return ConsolePage.Show<ResourcesPage>(http, "resources.title", new ResourcesModel(owner, id, shown.Items, counts, shown.NextCursor));
    }

    internal static string? IdOf(string? text) => CloudResource.IsId(text?.Trim()) ? text!.Trim() : null;
}
