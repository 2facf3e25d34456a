using System.Globalization;
using Beian.MiniApi.Domain.Resources;
using Beian.MiniApi.Platform;
using Beian.MiniApi.Storage;

namespace Beian.MiniApi.ReviewConsole.Admin;

/// <summary>A page of the audit trail.</summary>
/// <param name="Actor">Who is looked for, an id; null for everybody.</param>
/// <param name="Thing">What is looked for, as typed; null for everything.</param>
/// <param name="Entries">Newest first.</param>
/// <param name="Staff">Names of the members of staff by id.</param>
/// <param name="NextCursor">Of the page that follows; null on the last.</param>
public sealed record AuditModel(string? Actor, string? Thing, IReadOnlyList<AccessRecord> Entries, IReadOnlyDictionary<string, string> Staff, string? NextCursor)
{
    /// <summary>The query of this list, beginning with a question mark; empty for all of it.</summary>
    public string Query
    {
        get
        {
            (string Name, string? Value)[] all = [("actor", Actor), ("thing", Thing)];
            var set = all.Where(a => a.Value is not null).Select(a => $"{a.Name}={Uri.EscapeDataString(a.Value!)}").ToArray();
            return set.Length == 0 ? string.Empty : "?" + string.Join('&', set);
        }
    }
}

internal static class ShowAudit
{
    public static async Task<IResult> HandleAsync(
        HttpContext http, PageRequest page, IAuditLog audit, IStaffStore staff, IFilingStore filings, CancellationToken cancellationToken)
    {
        var (actor, typed) = (IdOf(http.Request.Query["actor"]), IdOf(http.Request.Query["thing"]));

        // People know a filing by its number, the trail by its id.
        var thing = typed is not null && await filings.FindByNumberAsync(typed.ToUpper(CultureInfo.InvariantCulture), cancellationToken) is { } filing ? filing.Snapshot.Id : typed;
        var before = long.TryParse(page.After, NumberStyles.None, CultureInfo.InvariantCulture, out var seq) ? seq : (long?)null;
        var rows = await audit.PageAsync(new AuditFilter(actor, thing), before, page.Take, cancellationToken);
        var shown = Page.Of(rows, page, r => r.Seq.ToString(CultureInfo.InvariantCulture), r => r);
        var names = (await staff.ListAsync(cancellationToken)).ToDictionary(m => m.Id, m => m.DisplayName ?? m.UserName, StringComparer.Ordinal);
        return ConsolePage.Show<AuditPage>(http, "audit.title", new AuditModel(actor, typed, shown.Items, names, shown.NextCursor));
    }

    private static string? IdOf(string? text) => CloudResource.IsId(text?.Trim()) ? text!.Trim() : null;
}
