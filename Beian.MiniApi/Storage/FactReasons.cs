using Beian.MiniApi.Domain.Filings;

namespace Beian.MiniApi.Storage;

/// <summary>Why a filing came back, as figures count it: fields and codes, never what somebody wrote.</summary>
internal static class FactReasons
{
    public static IReadOnlyList<string> Of(HistoryEntry entry) => entry.Action switch
    {
        FilingAction.RejectUnreachable => ["callUnreachable"],
        FilingAction.RequestModification or FilingAction.Reject or FilingAction.RecordAuthorityRejection => [.. entry.Findings.Select(f => FieldOf(f.Path))],
        _ => [],
    };

    /// <summary>The field for all sites alike: ids of sites count nothing together.</summary>
    private static string FieldOf(string path)
    {
        var parts = path.Split('/');
        return parts switch
        {
            [""] => "/",
            [_, "sites", _, .. var rest] => "/sites/*" + string.Concat(rest.Select(r => "/" + r)),
            [_, "materials", var kind, var part, _] => part.Length == 0 ? $"/materials/{kind}" : $"/materials/{kind}/{part}",
            _ => path,
        };
    }
}
