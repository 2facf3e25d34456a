using Beian.MiniApi.Domain.AuthCodes;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Storage;

namespace Beian.MiniApi.ReviewConsole.Admin;

/// <summary>An auth code as admins see it: which it is, never what it says.</summary>
/// <param name="FilingId">The filing that holds it, or null.</param>
/// <param name="IsUsed">Whether that filing was approved.</param>
public sealed record CodeRow(string Id, string Last4, string ResourceId, int Number, string Issuer, string Target, DateTimeOffset CreatedAt, string? FilingId, bool IsUsed);

/// <summary>A page of the codes.</summary>
/// <param name="ResourceId">The resource whose codes are shown; null for everybody's.</param>
/// <param name="Codes">Newest first.</param>
/// <param name="NextCursor">Of the page that follows; null on the last.</param>
public sealed record CodesModel(string? ResourceId, IReadOnlyList<CodeRow> Codes, string? NextCursor)
{
    /// <summary>The query of this list, beginning with a question mark; empty for all of it.</summary>
    public string Query => ResourceId is null ? string.Empty : "?resource=" + Uri.EscapeDataString(ResourceId);
}

internal static class ShowCodes
{
    public static async Task<IResult> HandleAsync(HttpContext http, PageRequest page, IAuthCodeStore codes, IHoldReader holds, CancellationToken cancellationToken)
    {
        var resource = ShowResources.IdOf(http.Request.Query["resource"]);
        var rows = await codes.PageAsync(resource, page.After, page.Take, cancellationToken);
        var held = await holds.FindAsync([.. rows.Select(c => c.HoldKey)], cancellationToken);
        var shown = Page.Of(rows, page, c => c.Id, c => RowOf(c, held.GetValueOrDefault(c.HoldKey)));
        return ConsolePage.Show<CodesPage>(http, "codes.title", new CodesModel(resource, shown.Items, shown.NextCursor));
    }

    private static CodeRow RowOf(AuthCode code, Hold? hold) =>
        new(code.Id, code.Last4, code.ResourceId, code.Number, code.IssuerAccountId, code.TargetAccountId, code.CreatedAt, hold?.FilingId, hold is { Used: true });
}
